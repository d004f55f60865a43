"""Alembic's environment and steps; a new store is made by running all of them."""
