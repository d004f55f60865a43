"""Alembic's environment: the connection comes from ``storage.upgrade``, inside one transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False)
context.run_migrations()
