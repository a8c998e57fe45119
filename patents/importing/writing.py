"""A batch of records into the database: each patent written once, whatever it was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from patents.models import (
    Citation,
    Classification,
    ImportRun,
    Patent,
    PatentClassification,
    PatentParty,
    Pool,
    PoolMembership,
    SourceRecord,
)
from patents.numbers import canonical, parse
from portal.accounts.models import Organisation
from portal.kernel.signals import object_changed

from .records import PatentRecord

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
_COPIED = (
    "title", "abstract", "language", "application_number", "family_key", "legal_status", "status_source", "status_date",
    "status_code", "priority_date", "filing_date", "publication_date", "grant_date", "expiry_date", "source",
    "source_licence",
)  # fmt: skip
_WRITTEN = (*_COPIED, "claims", "sort_date", "owner", "updated_at")


@dataclass(frozen=True)
class Placement:
    """Where the patents of an import go: who holds those nobody holds, and which pool all of them join."""

    owner: Organisation | None = None
    pool: Pool | None = None


@dataclass
class _Staged:
    """A patent on its way into the database: the row, what it will say, and the new records that make it so."""

    patent: Patent
    record: PatentRecord
    records: list[PatentRecord] = field(default_factory=list)


@transaction.atomic
def write_batch(records: Sequence[PatentRecord], run: ImportRun, placement: Placement) -> Counter[str]:
    """Write ``records`` and count, record by record, what was created, updated or already known.

    A record that has gone into its patent before changes nothing. Several records of one patent within a run add up;
    a record of a later run replaces what its source said earlier.
    """
    held = Patent.objects.in_bulk({str(record.number) for record in records}, field_name="number")
    known = _known_fingerprints(held.values())
    staged: dict[str, _Staged] = {}
    tally: Counter[str] = Counter()
    for record in records:
        tally[_stage(record, run, held, known, staged)] += 1
    _see_again(records, held, run)
    adopted = _adopt([patent for number, patent in held.items() if number not in staged], placement, tally)
    _save(staged, run, placement)
    joined = _join_pool([*held.values(), *(each.patent for each in staged.values())], placement)
    changed = {each.patent.pk for each in staged.values()} | adopted | joined
    if changed:
        object_changed.send(sender=Patent, objs=sorted(changed))
    return tally


def _known_fingerprints(patents: Iterable[Patent]) -> dict[str, dict[str, int]]:
    """Number of a held patent → fingerprint of a record in it → the run that brought it."""
    known: dict[str, dict[str, int]] = {}
    rows = SourceRecord.objects.filter(patent__in=list(patents))
    for number, fingerprint, run in rows.values_list("patent__number", "fingerprint", "run_id"):
        known.setdefault(number, {})[fingerprint] = run
    return known


def _stage(
    record: PatentRecord,
    run: ImportRun,
    held: dict[str, Patent],
    known: dict[str, dict[str, int]],
    staged: dict[str, _Staged],
) -> str:
    """Put ``record`` among what is to be written; which of the three outcomes it is."""
    number = str(record.number)
    prints = known.setdefault(number, {})
    first_of_run = run.pk not in prints.values()
    is_known = record.fingerprint in prints
    prints[record.fingerprint] = run.pk
    if is_known:
        return UNCHANGED
    if number in staged:
        staged[number].record = record.over(staged[number].record, beside=True)
        staged[number].records.append(record)
        return UPDATED
    patent = held.get(number)
    said = record.over(as_record(patent), beside=not first_of_run) if patent else record
    staged[number] = _Staged(patent or _new_patent(record), said, [record])
    return UPDATED if patent else CREATED


def _new_patent(record: PatentRecord) -> Patent:
    number = record.number
    return Patent(number=str(number), country=number.country, document_number=number.document, kind_code=number.kind)


def as_record(patent: Patent) -> PatentRecord:
    """What is held of a patent, in the form in which records compare."""
    classed = patent.classified.order_by("sequence", "id")
    return PatentRecord(
        number=parse(patent.number),
        claims=tuple(patent.claims),
        parties=tuple(patent.parties.values_list("role", "name")),
        classes=tuple(classed.values_list("classification__scheme", "classification__symbol")),
        citations=tuple(patent.citations.values_list("raw", flat=True)),
        **{name: getattr(patent, name) for name in _COPIED},
    )


def _see_again(records: Sequence[PatentRecord], held: dict[str, Patent], run: ImportRun) -> None:
    """What this run has brought again counts as brought by this run."""
    prints = [record.fingerprint for record in records if str(record.number) in held]
    SourceRecord.objects.filter(patent__in=held.values(), fingerprint__in=prints).update(run=run)


def _adopt(patents: list[Patent], placement: Placement, tally: Counter[str]) -> set[int]:
    """Give what nobody holds to the owner of this import, and tell which; nothing is taken from anybody."""
    free = {patent.pk for patent in patents if placement.owner and patent.owner_id is None}
    Patent.objects.filter(pk__in=free).update(owner=placement.owner)
    tally[UNCHANGED] -= len(free)
    tally[UPDATED] += len(free)
    return free


def _save(staged: dict[str, _Staged], run: ImportRun, placement: Placement) -> None:
    for each in staged.values():
        copy_facts(each.record, each.patent)
        each.patent.owner = each.patent.owner or placement.owner
    fresh = [each.patent for each in staged.values() if each.patent.pk is None]
    kept = [each.patent for each in staged.values() if each.patent.pk is not None]
    Patent.objects.bulk_create(fresh)
    Patent.objects.bulk_update(kept, _WRITTEN, batch_size=100)
    rewrite_lists([(each.patent, each.record) for each in staged.values()])
    _remember(list(staged.values()), kept, run)


def copy_facts(record: PatentRecord, patent: Patent) -> None:
    """Set the fields of ``patent`` to what ``record`` says, without saving it."""
    for name in _COPIED:
        setattr(patent, name, getattr(record, name))
    patent.claims = list(record.claims)
    patent.sort_date = patent.latest_known_date


def rewrite_lists(pairs: Sequence[tuple[Patent, PatentRecord]]) -> None:
    """Parties, classes and citations of saved patents, written anew from their records."""
    for rows in (PatentParty, PatentClassification, Citation):
        rows._default_manager.filter(patent__in=[patent for patent, _record in pairs]).delete()
    symbols = _classifications({symbol for _patent, record in pairs for symbol in record.classes})
    parties = [
        PatentParty(patent=patent, role=role, name=name, sequence=place)
        for patent, record in pairs
        for place, (role, name) in enumerate(record.parties)
    ]
    classed = [
        PatentClassification(patent=patent, classification=symbols[symbol], sequence=place)
        for patent, record in pairs
        for place, symbol in enumerate(record.classes)
    ]
    cited = [
        Citation(patent=patent, raw=raw, number=canonical(raw), sequence=place)
        for patent, record in pairs
        for place, raw in enumerate(record.citations)
    ]
    PatentParty.objects.bulk_create(parties, batch_size=500)
    PatentClassification.objects.bulk_create(classed, batch_size=500)
    Citation.objects.bulk_create(cited, batch_size=500)


def _classifications(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], Classification]:
    rows = [Classification(scheme=scheme, symbol=symbol) for scheme, symbol in sorted(pairs)]
    Classification.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    wanted = Classification.objects.filter(symbol__in={symbol for _scheme, symbol in pairs})
    return {(row.scheme, row.symbol): row for row in wanted}


def _remember(staged: list[_Staged], kept: list[Patent], run: ImportRun) -> None:
    """Note which records a patent is made of; what the same sources said in earlier runs is no longer part of it."""
    said = {record.source for each in staged for record in each.records}
    SourceRecord.objects.filter(patent__in=kept, source__in=said).exclude(run=run).delete()
    SourceRecord.objects.bulk_create(
        SourceRecord(patent=each.patent, run=run, source=record.source, fingerprint=record.fingerprint)
        for each in staged
        for record in each.records
    )


def _join_pool(patents: list[Patent], placement: Placement) -> set[int]:
    """Put what is not in the pool yet into it, and tell which."""
    if placement.pool is None:
        return set()
    members = set(PoolMembership.objects.filter(pool=placement.pool).values_list("patent_id", flat=True))
    joining = {patent.pk for patent in patents} - members
    rows = [PoolMembership(pool=placement.pool, patent_id=key) for key in joining]
    PoolMembership.objects.bulk_create(rows, ignore_conflicts=True)
    return joining
