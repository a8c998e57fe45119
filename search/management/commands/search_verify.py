"""``search_verify [KIND…] [--repair]``: compare the index with the database."""

from typing import Any

from django.core.management.base import CommandParser

from portal.kernel.commands import ReportingCommand
from portal.kernel.errors import Refused
from search.documents import KINDS
from search.engines.port import EngineUnavailable
from search.management.commands.search_rebuild import known_kinds
from search.rebuild import size
from search.verify import drift, repair

SHOWN = 20


class Command(ReportingCommand):
    """Compares the index with the database."""

    help = "Compare the search index with the database and report drift. Changes nothing without --repair."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"one of: {', '.join(KINDS)}")
        parser.add_argument("--repair", action="store_true", help="have what differs indexed again")

    def work(self, **options: Any) -> dict[str, Any]:
        """Compare, and list what differs; ``rejected`` counts it, so that ``--strict`` fails on drift."""
        kinds = known_kinds(options["kinds"])
        with self.progress(size(kinds), "Comparing") as advance:
            try:
                found = drift(kinds, advance=advance)
            except EngineUnavailable as trouble:
                raise Refused(str(trouble)) from trouble
        differing = {name: getattr(found, name) for name in ("missing", "stale", "surplus")}
        summary: dict[str, Any] = {"compared": found.compared, "waiting": found.waiting}
        summary |= {name: len(keys) for name, keys in differing.items()}
        summary |= {"examples": {name: keys[:SHOWN] for name, keys in differing.items() if keys}}
        summary |= {"rejected": len(found.keys), "repaired": repair(found) if options["repair"] else 0}
        return summary
