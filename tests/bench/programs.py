"""Programs that a bench needs, for as long as it needs them: started on loopback, ended by their own id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ports import LOOPBACK

START_SECONDS = 60
END_SECONDS = 10
FIXED = {"PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1"}


@contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    **how: object,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that listens on ``port``, with its log in ``folder``; it and its children are gone afterwards."""
    log = folder / f"{Path(command[0]).name}-{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(  # type: ignore[call-overload]
            [*map(str, command)],
            env={**os.environ, **FIXED, **(environment or {})},
            stdout=output,
            stderr=output,
            start_new_session=True,
            **how,
        )
    try:
        _wait(server, port, log)
        yield server
    finally:
        end(server)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process, which leads its own session, and what it started to end; insist when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{server.args[0]} did not open port {port}:\n{log.read_text()[-3000:]}")  # type: ignore[index]
