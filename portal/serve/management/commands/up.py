"""``make up``: the portal in one process, as ``make run``, on PostgreSQL, Redis and Elasticsearch."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from portal.kernel.commands import UsageError
from portal.settings.environment import environment

from .serve import Command as Serve

NEEDED = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


class Command(Serve):
    """As ``serve``, but all three servers must be named. There is no demo: its sign-ins are for loopback alone."""

    help = "Serve the portal on PostgreSQL, Redis and Elasticsearch: DATABASE_URL, REDIS_URL and ELASTICSEARCH_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing to choose."""

    def work(self, **options: Any) -> dict[str, Any]:
        """Refuse to start on anything less."""
        missing = [name for name in NEEDED if not getattr(environment, name.lower())]
        if missing:
            raise UsageError(f"Not set: {', '.join(missing)}. For a portal without servers there is: make run")
        return super().work(no_demo=True)
