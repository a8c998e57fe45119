"""``manage.py import_organisations PATH…``: organisations from the Research Organization Registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from portal.accounts.importing.keeping import keep
from portal.accounts.importing.ror import Unusable, facts_of
from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.errors import Refused
from portal.kernel.importing.rejects import Rejected, Rejects
from portal.kernel.importing.sources import Line, Source, lines, survey

COUNTED = ("read", "created", "updated", "unchanged", "rejected")
EXCERPT = 200


class Command(ReportingCommand):
    """Survey, read and keep; the same file again changes nothing."""

    help = (
        "Import organisations from ROR files (schema 2, one JSON object a line), packed by gzip or not. "
        "Rows that cannot be taken are listed, with the reason, in the rejects file that the summary names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file to read")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and leave it")

    def work(self, **options: Any) -> dict[str, Any]:
        """Import every file; the summary of the contract."""
        absent = [str(path) for path in options["paths"] if not path.is_file()]
        if absent:
            raise UsageError(f"No such file: {', '.join(absent)}")
        sources = [survey(path) for path in options["paths"]]
        rejects = Rejects()
        with self.progress(sum(source.lines for source in sources), "Organisations") as advance, transaction.atomic():
            counts = sum((_keep_all(source, rejects, advance) for source in sources), Counter[str]())
            transaction.set_rollback(options["dry_run"])
        if counts["read"] == counts["rejected"]:
            message = _("No organisation was recognised. What was refused, and why, is in %(file)s.")
            raise Refused(message % {"file": rejects.path})
        return {name: counts[name] for name in COUNTED} | {"rejects_file": rejects.path and str(rejects.path)}


def _keep_all(source: Source, rejects: Rejects, advance: Callable[[int], object]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines(source):
        counts["read"] += 1
        try:
            counts[_keep(line)] += 1
        except Unusable as reason:
            counts["rejected"] += 1
            excerpt = (line.content or b"")[:EXCERPT].decode("utf-8", "replace")
            rejects.write(source.path, [Rejected(line.number, str(reason), excerpt)])
        advance(1)
    return counts


def _keep(line: Line) -> str:
    if line.content is None:
        raise Unusable(_("The line is too long."))
    facts = facts_of(line.content)
    try:
        with transaction.atomic():
            return keep(facts)
    except DatabaseError:
        raise Unusable(_("The database does not take it.")) from None
