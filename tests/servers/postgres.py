"""A PostgreSQL of our own for as long as the tests last: temporary folder, free loopback port, no trace."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from .memory import place_in_memory
from .packages import POSTGRES
from .ports import LOOPBACK, free_port
from .unprivileged import owner_of

START_SECONDS = 60
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "autovacuum": "off",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For data that are thrown away, which lie in memory too: a database is copied in a tenth of the time.

Locks and visibility are those of production."""


@dataclass
class PostgresServer:
    """A server that can be ended and started again on the same port, with what it was told to keep."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, with the database that is always there."""
        return f"postgresql://portal@{LOOPBACK}:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        who = owner_of(self.folder)
        data, programs = self.folder / "data", POSTGRES.had()
        if not data.exists():
            _init(programs, data, who)
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", data, "-p", str(self.port), *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **who
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process and time.monotonic() < deadline and self.process.poll() is None:
            try:
                psycopg.connect(host=LOOPBACK, port=self.port, user="portal", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        """End it as an operator does for a restart: transactions under way are rolled back."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End it at once: it recovers from its log when it is started again."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def temporary_postgres(*, forgetful: bool = True) -> Iterator[PostgresServer]:
    """Start a server, yield it, and stop it whatever happens; unless ``forgetful`` it keeps what it acknowledged.

    PostgreSQL refuses to run as root, so root hands it to an unprivileged user. Raises ``Missing`` when there is
    no PostgreSQL to be had.
    """
    POSTGRES.had()
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-", dir=place_in_memory() if forgetful else None))
    server = PostgresServer(folder, SETTINGS | (FORGETFUL if forgetful else {}))
    try:
        server.start()
        yield server
    finally:
        server.crash()
        shutil.rmtree(server.folder, ignore_errors=True)


def _init(programs: Path, data: Path, who: dict[str, int]) -> None:
    command = [programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    made = subprocess.run(command, cwd=data.parent, capture_output=True, text=True, **who)  # type: ignore[call-overload]
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")
