"""Importing whole files: surveyed first, then in batches that commit one by one, and resumable between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from patents.models import ImportRun
from portal.kernel import audit
from portal.kernel.importing.rejects import Rejects
from portal.kernel.importing.sources import Source, survey

from .readers import AUTO, Reader, reader_for
from .rows import Accepted, Rejected, Row
from .writing import CREATED, UNCHANGED, UPDATED, Placement, write_batch

BATCH = 500
READ, REJECTED = "read", "rejected"
COUNTED = (READ, CREATED, UPDATED, UNCHANGED, REJECTED)
_ATTEMPTS = 3

Advance = Callable[[int], Any]


@dataclass(frozen=True)
class Job:
    """A file that is whole, and the reader that knows it."""

    source: Source
    reader: Reader


def prepare(paths: Sequence[Path], reader: str = AUTO) -> list[Job]:
    """Survey every file before anything is written from any. Raises ``Refused`` for the first that cannot be taken."""
    sources = [survey(path) for path in paths]
    return [Job(source, reader_for(source, reader)) for source in sources]


def import_jobs(
    jobs: Sequence[Job],
    placement: Placement,
    *,
    rejects: Rejects,
    resume: bool = False,
    dry_run: bool = False,
    advance: Advance = lambda steps: None,
) -> Counter[str]:
    """Import the files one after the other; the counts of ``COUNTED``.

    Each batch commits with the note of how far it got, so an import that is killed leaves whole batches, and with
    ``resume`` goes on behind the last of them. A dry run does everything and then takes it back.
    """
    with _taken_back(dry_run):
        return sum((_import_job(job, placement, rejects, resume, advance) for job in jobs), Counter())


@contextmanager
def _taken_back(dry_run: bool) -> Iterator[None]:
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _import_job(job: Job, placement: Placement, rejects: Rejects, resume: bool, advance: Advance) -> Counter[str]:
    run = _run_for(job, resume)
    advance(run.rows_done)
    rows = islice(job.reader.read(job.source), run.rows_done, None)
    while batch := list(islice(rows, BATCH)):
        rejects.write(job.source.path, [row for row in batch if isinstance(row, Rejected)])
        _commit(batch, run, placement)
        advance(len(batch))
    return _finish(run)


def _run_for(job: Job, resume: bool) -> ImportRun:
    """The unfinished run of the same content when it is to go on, else a new one."""
    same = ImportRun.objects.filter(source_digest=job.source.digest, reader=job.reader.name, finished_at=None)
    unfinished = same.order_by("-pk").first() if resume else None
    return unfinished or ImportRun.objects.create(source_digest=job.source.digest, reader=job.reader.name)


def _commit(batch: Sequence[Row], run: ImportRun, placement: Placement) -> None:
    """One batch and the note of it, in one transaction; again when another import came first to the same patents."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                _write(batch, run, placement)
                return
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise


def _write(batch: Sequence[Row], run: ImportRun, placement: Placement) -> None:
    records = [row.record for row in batch if isinstance(row, Accepted)]
    tally = write_batch(records, run, placement)
    ImportRun.objects.filter(pk=run.pk).update(
        rows_done=F("rows_done") + len(batch),
        rejected=F("rejected") + len(batch) - len(records),
        **{outcome: F(outcome) + tally[outcome] for outcome in (CREATED, UPDATED, UNCHANGED)},
    )


def _finish(run: ImportRun) -> Counter[str]:
    run.refresh_from_db()
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    counts = Counter({READ: run.rows_done} | {name: getattr(run, name) for name in COUNTED[1:]})
    audit.record("patents.import", run, actor=None, source=run.source_digest, **counts)
    return counts
