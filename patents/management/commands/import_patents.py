"""``manage.py import_patents``: bring patents in from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.text import slugify

from patents.actions import expire_patents
from patents.importing.readers import AUTO, READERS
from patents.importing.running import COUNTED, import_jobs, prepare
from patents.importing.writing import Placement
from patents.models import Pool
from portal.accounts.models import Organisation
from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.importing.rejects import Rejects


class Command(ReportingCommand):
    """Survey, read and write files of patents, and say in numbers what came of it."""

    help = (
        "Import patents from files, packed by gzip or not. The same file again changes nothing. "
        "Rows that cannot be taken are listed, with the reason, in the rejects file that the summary names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file to read")
        parser.add_argument("--format", default=AUTO, choices=[AUTO, *READERS], help="default: %(default)s")
        parser.add_argument("--owner", metavar="ORG", help="slug of the organisation that holds what nobody holds yet")
        parser.add_argument("--pool", metavar="POOL", help="slug of the pool they join; made when there is none")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and leave it")
        parser.add_argument("--resume", action="store_true", help="go on where an interrupted import stopped")

    def work(self, **options: Any) -> dict[str, Any]:
        """Import every file; the summary of the contract."""
        for path in options["paths"]:
            if not path.is_file():
                raise UsageError(f"{path} is not a file.")
        owner, slug = _owner(options["owner"]), _slug(options["pool"])
        jobs = prepare(options["paths"], options["format"])
        rejects = Rejects()
        placement = Placement(owner, _pool(slug, owner, options["dry_run"]))
        with self.progress(sum(job.source.lines for job in jobs), "Patents") as advance:
            counts = import_jobs(
                jobs, placement, rejects=rejects, resume=options["resume"], dry_run=options["dry_run"], advance=advance
            )
        if not options["dry_run"]:
            expire_patents()
        return {name: counts[name] for name in COUNTED} | {"rejects_file": rejects.path and str(rejects.path)}


def _owner(slug: str | None) -> Organisation | None:
    if not slug:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise UsageError(f"There is no organisation with the slug {slug!r}.")
    return organisation


def _slug(pool: str | None) -> str:
    if pool and slugify(pool)[:80] != pool:
        raise UsageError(f"{pool!r} is no slug: use lower-case letters, digits and hyphens.")
    return pool or ""


def _pool(slug: str, owner: Organisation | None, dry_run: bool) -> Pool | None:
    """The pool of this slug. A new one is kept by the owner of the import; a dry run makes none."""
    if not slug or dry_run:
        return None
    name = slug.replace("-", " ").capitalize()
    return Pool.objects.get_or_create(slug=slug, defaults={"name": name, "organisation": owner})[0]
