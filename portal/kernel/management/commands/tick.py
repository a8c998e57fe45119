"""The clock, once: for cron, and for those who will not wait."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from portal.kernel import outbox, schedule
from portal.kernel.commands import ReportingCommand


class Command(ReportingCommand):
    """Safe to run twice: each task is due once a period, and each is harmless when repeated."""

    help = "Run what is due by the clock once (deadlines, digests, alerts), and work off what follows from it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="run every task, due or not")

    def work(self, **options: Any) -> dict[str, Any]:
        ran = schedule.tick(now_anyway=options["all"])
        drained = outbox.drain()
        failed = sum(state != "done" for state in ran.values())
        return {"ran": ran, "rejected": failed, "outbox": {"done": drained.done, "failed": drained.failed}}
