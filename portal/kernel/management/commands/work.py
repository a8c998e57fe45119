"""The outbox and the clock, for an installation whose pages are served by other processes."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from portal.kernel.commands import ReportingCommand
from portal.kernel.worker import working


class Command(ReportingCommand):
    """Runs until SIGINT or SIGTERM, then finishes what it has in hand. Start as many as there is work for."""

    help = "Work off the outbox and run what is due by the clock, until stopped."

    def work(self, **options: Any) -> dict[str, Any]:
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        with working():
            self.stderr.write("Working off the outbox and the clock; stop with Ctrl-C.")
            while not stop.wait(1):
                pass
        return {"stopped": True}
