"""The real server, as people start it, on a folder and a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .databases import copy_sqlite, sqlite_template
from .ports import LOOPBACK, free_port

START_SECONDS = 120
END_SECONDS = 15


@dataclass
class ServedPortal:
    """A running portal: where it answers, where its data lie, and its process."""

    url: str
    var: Path
    process: subprocess.Popen[str]
    log: Path

    def told(self) -> str:
        """What it has written so far."""
        return self.log.read_text()

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(END_SECONDS)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served_portal(var: Path, **how: str) -> Iterator[ServedPortal]:
    """A portal for as long as the block lasts, on a database that is migrated already."""
    if not how.get("database_url"):
        copy_sqlite(sqlite_template(), var / "portal.sqlite3")
    portal = start_portal(var, **how)
    try:
        yield portal
    finally:
        portal.stop()


def start_portal(var: Path, **servers: str) -> ServedPortal:
    """Start ``manage.py serve`` on ``var`` and return once it answers; raises when it ends or hangs instead.

    ``servers`` name those beside it: ``database_url``, ``redis_url``, ``elasticsearch_url``. It shares the secret key
    of the tests, so that they can sign people in without a form.
    """
    port, log = free_port(), var / "server.log"
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-demo"],
            env=environment(var, port=port, **servers),
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
        )
    portal = ServedPortal(f"http://{LOOPBACK}:{port}", var, process, log)
    try:
        _wait(portal)
    except BaseException:
        portal.kill()
        raise
    return portal


def environment(var: Path, *, port: int, **servers: str) -> dict[str, str]:
    """The environment of a portal of its own on ``var``, with these servers and no others beside it."""
    beside = {name: servers.get(name.lower(), "") for name in ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")}
    own = {"PORTAL_VAR": str(var), "PORT": str(port), "SECRET_KEY": settings.SECRET_KEY}
    return {**os.environ, **own, **beside, "DJANGO_SETTINGS_MODULE": "portal.settings"}


def _wait(portal: ServedPortal) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and portal.process.poll() is None:
        try:
            urllib.request.urlopen(f"{portal.url}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The portal did not open:\n{portal.told()}")
