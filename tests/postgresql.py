"""A PostgreSQL server of our own, in a temporary folder, run by a user without rights."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.service import children_of, free_ports


def find_programs() -> Path | None:
    """Return the folder with `initdb` and `postgres` of the newest version that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the server and all its connections hang: they stay open, and nothing is answered."""
        family = [self.process.pid, *children_of(self.process.pid)]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                os.kill(pid, signal.SIGCONT)

    def empty_database(self) -> str:
        """Return the address of the database, after everything in it was dropped: quicker than a new one."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user="stemcheck", dbname="postgres")
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
        return f"postgresql+psycopg2://stemcheck@127.0.0.1:{self.port}/postgres"


@contextmanager
def start_postgresql() -> Iterator[Server]:
    """Give a running server, and end it afterwards."""
    programs, folder = find_programs(), Path(tempfile.mkdtemp(prefix="stemcheck-postgresql-"))
    (port,) = free_ports(1)
    # PostgreSQL refuses to run as root
    user = _other_user() if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    options = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    data = folder / "data"
    init = ["initdb", "-D", str(data), "-U", "stemcheck", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([programs / "initdb", *init[1:]], check=True, timeout=60, **options)
    settings = [f"-cport={port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={folder}", "-cfsync=off"]
    process = subprocess.Popen([programs / "postgres", "-D", str(data), *settings], **options)
    try:
        _wait_until_ready(process, port)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _wait_until_ready(process: subprocess.Popen, port: int) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 30 and process.poll() is None:
        try:
            psycopg2.connect(host="127.0.0.1", port=port, user="stemcheck", dbname="postgres").close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start")
