"""A real PostgreSQL for the tests: made in a folder of its own, on a free port, gone at the end.

The server never runs as root: there it is given to ``nobody``. Its databases promise nothing after
a power cut (``fsync=off``), which is the only thing in which they differ from an office's.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from posix_parts import pwd

SERVERS = "/usr/lib/postgresql"
OPTIONS = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")


class Server:
    """One running server; ``fresh()`` gives the address of a new, empty database."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self._numbers = count(1)

    def address(self, database):
        return f"postgresql+psycopg://tests@/{database}?host={self.folder}&port={self.port}"

    def connect(self, database="postgres"):
        return psycopg.connect(
            dbname=database, user="tests", host=str(self.folder), port=self.port, autocommit=True
        )

    def fresh(self, template="template0"):
        name = f"office{next(self._numbers)}"
        with self.connect() as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self.address(name)

    def drop(self, address):
        """Take a database away again, whoever still has it open: each takes 7 MB of disk."""
        name = make_url(address).database
        with self.connect() as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def binaries():
    """The newest installed server's programs; packaging/prepare.sh installs them."""
    found = sorted(Path(SERVERS).glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise RuntimeError("no PostgreSQL server here: packaging/prepare.sh test installs it")
    return Path(elsewhere).parent


def _as_user(folder):
    """Server programs refuse root: hand the folder and the work to ``nobody``."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def running(parent):
    """Start a server in a new folder below ``parent`` and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
    user, data, port = _as_user(folder), folder / "data", _free_port()
    tools = binaries()
    common = {"cwd": "/", "capture_output": True, "check": True, **user}
    quiet = ["--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([tools / "initdb", "-D", data, *quiet], **common)
    options = " ".join(f"-c {o}" for o in OPTIONS)
    where = f"-p {port} -k {folder} -c listen_addresses='' {options}"
    start = [tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", where, "start"]
    subprocess.run(start, **{**common, "capture_output": False, "stdout": subprocess.DEVNULL})
    try:
        yield Server(folder, port)
    finally:
        subprocess.run([tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **common)
        shutil.rmtree(folder, ignore_errors=True)
