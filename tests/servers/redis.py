"""A Redis of our own for as long as the tests last: nothing kept on disk, a free loopback port, no trace."""

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

import redis

from .packages import REDIS
from .ports import LOOPBACK, free_port

START_SECONDS = 30


@dataclass
class RedisServer:
    """A server that can be killed and started again, empty, on the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        command = [REDIS.had(), "--port", str(self.port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                redis.Redis.from_url(self.url).ping()
            except redis.RedisError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"Redis did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def hang(self) -> None:
        """Let it hold its connections and answer nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again, and remember what it held."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@contextmanager
def temporary_redis() -> Iterator[RedisServer]:
    """Start a server, yield it, and end it whatever happens. Raises ``Missing`` when there is none to be had."""
    folder = Path(tempfile.mkdtemp(prefix="portal-redis-"))
    server = RedisServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
