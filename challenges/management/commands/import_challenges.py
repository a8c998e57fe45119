"""``manage.py import_challenges PATH…``: challenges of other platforms, from CSV or JSONL, gzipped or not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.importing.keeping import external_organisation, keep
from challenges.importing.mapping import understood
from challenges.importing.reading import Unreadable, rows_of
from portal.accounts.models import Organisation
from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.errors import Refused

BATCH = 200


class Command(ReportingCommand):
    """Import challenges; run again it changes only what changed at the source."""

    help = "Import challenges from CSV or JSONL files (also .gz)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--owner", default="", help="slug of the organisation they stand under")

    def work(self, **options: Any) -> dict[str, Any]:
        absent = [str(path) for path in options["paths"] if not path.is_file()]
        if absent:
            raise UsageError(f"No such file: {', '.join(absent)}")
        organisation = _owner(options["owner"])
        rejects = Path(settings.PORTAL_VAR) / f"import_challenges-{timezone.now():%Y%m%d-%H%M%S-%f}.rejects.jsonl"
        counts: Counter[str] = Counter()
        with self.progress(None, "challenges") as advance, rejects.open("w", encoding="utf-8") as refused:
            for batch in _batches(options["paths"]):
                counts += _keep_batch(batch, organisation, refused)
                advance(len(batch))
        if not sum(counts[name] for name in ("created", "updated", "unchanged")):
            raise Refused(
                _("No challenge was recognised. What was refused, and why, is in %(file)s.") % {"file": rejects}
            )
        if not counts["rejected"]:
            rejects.unlink()
        names = ("read", "created", "updated", "unchanged", "rejected")
        return {name: counts[name] for name in names} | {"rejects_file": str(rejects) if counts["rejected"] else None}


def _owner(slug: str) -> Organisation:
    if not slug:
        return external_organisation()
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise UsageError(f"No organisation has the slug {slug!r}.")
    return organisation


def _batches(paths: list[Path]) -> Iterator[list[dict[str, Any] | Unreadable]]:
    batch: list[dict[str, Any] | Unreadable] = []
    for path in paths:
        for row in rows_of(path):
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


@transaction.atomic
def _keep_batch(batch: list[dict[str, Any] | Unreadable], organisation: Organisation, refused: IO[str]) -> Counter[str]:
    """Keep a batch in one transaction; a row that cannot be kept is written down and holds up no other."""
    counts: Counter[str] = Counter(read=len(batch))
    now = timezone.now()
    for row in batch:
        try:
            if isinstance(row, Unreadable):
                raise row
            with transaction.atomic():
                counts[keep(understood(row, now), organisation)] += 1
        except (Unreadable, DatabaseError, ValueError) as error:
            counts["rejected"] += 1
            reason = str(error) if isinstance(error, Unreadable) else type(error).__name__
            refused.write(json.dumps({"reason": reason, "row": None if row is error else row}, default=str) + "\n")
    return counts
