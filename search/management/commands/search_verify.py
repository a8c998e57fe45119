"""``search_verify [KIND…] [--repair]``: compare the index with the database."""

from typing import Any

from django.core.management.base import CommandParser

from portal.kernel.commands import ReportingCommand
from portal.kernel.errors import Refused
from search.documents import KINDS
from search.engines.port import EngineUnavailable
from search.management.commands.search_rebuild import known_kinds
from search.rebuild import size
from search.semantic import embedders
from search.semantic.embedders import Embedder
from search.semantic.verify import repair as repair_vectors
from search.semantic.verify import vector_drift
from search.verify import drift, repair

SHOWN = 20


class Command(ReportingCommand):
    """Compares the index with the database; and the vectors, where there is an embedder and no kind is named."""

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
        embedder = embedders.current()
        return summary if kinds or embedder is None else _with_vectors(summary, embedder, options["repair"])


def _with_vectors(summary: dict[str, Any], embedder: Embedder, mend: bool) -> dict[str, Any]:
    """The summary, with what is wrong with vectors added to what is wrong with documents."""
    try:
        found = vector_drift(embedder)
        repaired = repair_vectors(found, embedder) if mend else 0
    except EngineUnavailable as trouble:
        raise Refused(str(trouble)) from trouble
    differing = {name: getattr(found, name) for name in ("missing", "stale", "surplus", "astray")}
    told: dict[str, Any] = {"compared": found.compared, **{name: len(keys) for name, keys in differing.items()}}
    told["examples"] = {name: keys[:SHOWN] for name, keys in differing.items() if keys}
    added = {"rejected": summary["rejected"] + len(found.keys), "repaired": summary["repaired"] + repaired}
    return {**summary, **added, "vectors": told}
