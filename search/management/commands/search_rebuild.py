"""``search_rebuild [KIND…]``: build the index anew from the database."""

from typing import Any

from django.core.management.base import CommandParser

from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.errors import Refused
from search.documents import KINDS
from search.engines.port import EngineUnavailable
from search.rebuild import rebuild, size


class Command(ReportingCommand):
    """Builds the index anew."""

    help = "Build the search index anew; with KINDs, write only these again. The portal goes on serving meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"one of: {', '.join(KINDS)}")

    def work(self, **options: Any) -> dict[str, Any]:
        """Rebuild, and say how many documents were written of each kind."""
        kinds = known_kinds(options["kinds"])
        with self.progress(size(kinds), "Indexing") as advance:
            try:
                report = rebuild(kinds, advance=advance)
            except EngineUnavailable as trouble:
                raise Refused(str(trouble)) from trouble
        return {
            "written": report.written,
            "removed": report.removed,
            "vectors": report.vectors,
            "rejected": len(report.rejected),
            "rejects": report.rejected[:20],
        }


def known_kinds(names: list[str]) -> list[str]:
    """The names, each of which must be a kind that is searched."""
    unknown = sorted(set(names) - set(KINDS))
    if unknown:
        raise UsageError(f"Unknown kind: {', '.join(unknown)}. Known are {', '.join(KINDS)}.")
    return names
