"""A PostgreSQL of our own for as long as the tests last: temporary folder, free loopback port, no trace."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from .packages import POSTGRES
from .ports import LOOPBACK, free_port
from .unprivileged import owner_of

START_SECONDS = 60
# The data are thrown away, so nothing needs to reach the disk; locks and visibility are those of production.
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "autovacuum": "off",
}


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a server, yield its ``postgresql://`` address, and stop it whatever happens.

    PostgreSQL refuses to run as root, so root hands it to an unprivileged user. Raises ``Missing`` when there is
    no PostgreSQL to be had.
    """
    programs = POSTGRES.had()
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        who = owner_of(folder)
        _init(programs, folder / "data", who)
        with _running(programs, folder, who) as port:
            yield f"postgresql://portal@{LOOPBACK}:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _init(programs: Path, data: Path, who: dict[str, int]) -> None:
    command = [programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    made = subprocess.run(command, cwd=data.parent, capture_output=True, text=True, **who)  # type: ignore[call-overload]
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


@contextmanager
def _running(programs: Path, folder: Path, who: dict[str, int]) -> Iterator[int]:
    port = free_port()
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", "-p", str(port), *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # type: ignore[call-overload]
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **who
        )
    try:
        _wait(server, port, folder / "log")
        yield port
    finally:
        _stop(server)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=LOOPBACK, port=port, user="portal", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End at once: nobody will read these data again."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
