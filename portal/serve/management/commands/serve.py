"""``make run``: the whole portal in one process, with nothing beside it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.kernel.commands import ReportingCommand
from portal.kernel.worker import working
from portal.serve import preparation, web
from portal.serve.lock import sole_server
from portal.settings.environment import environment


class Command(ReportingCommand):
    """Prepares the data folder, then serves pages, socket, background work and the clock until Ctrl-C.

    Ends with exit code 0 within seconds of SIGINT or SIGTERM. Killed outright it loses nothing that it answered for.
    """

    help = "Serve the portal on 127.0.0.1:$PORT: web, background work and the clock in one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start a new portal empty")

    def work(self, **options: Any) -> dict[str, Any]:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, _leave)
        with web.reserve(environment.port) as taken, sole_server(settings.PORTAL_VAR):
            preparation.migrate(self._step)
            preparation.collect_static_files(self._step)
            accounts = preparation.load_demo(wanted=not options["no_demo"])
            with working():
                web.serve(taken, listening=lambda: self._greet(accounts))
        return {"served": settings.PORTAL_URL}

    @contextmanager
    def _step(self, total: int | None, label: str) -> Iterator[Any]:
        """A bar on a terminal, a plain line elsewhere."""
        if not sys.stderr.isatty():
            self.stdout.write(f"{label} …")
            self.stdout.flush()
        with self.progress(total, label) as advance:
            yield advance

    def _greet(self, accounts: list[dict[str, Any]]) -> None:
        self.stdout.write(_("The portal is open at %(address)s (Ctrl-C ends it)") % {"address": settings.PORTAL_URL})
        if not accounts:
            return
        self.stdout.write(_("Sign in as:"))
        width = max(len(account["email"]) for account in accounts)
        for account in accounts:
            self.stdout.write(f"  {account['email']:<{width}}  {account['password']}  {account['role']}")
        self.stdout.flush()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
