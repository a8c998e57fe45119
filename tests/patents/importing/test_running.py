"""Whole files: what is counted, what stays, what is taken back, and where it goes on."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patents.importing import running
from patents.importing.running import import_jobs, prepare
from patents.importing.writing import Placement
from patents.models import ImportRun, Patent, SourceRecord
from portal.accounts.models import Organisation
from portal.kernel.errors import Refused
from portal.kernel.importing.rejects import Rejects
from portal.kernel.models import AuditEvent
from portal.kernel.signals import object_changed
from tests.factories.accounts import OrganisationFactory
from tests.factories.patents import PatentFactory, PoolFactory
from tests.patents.importing.files import GRANT, MEMBRANE, UNPUBLISHED, written

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))


@pytest.fixture(autouse=True)
def own_imports(settings: Any, tmp_path: Path) -> None:
    settings.PORTAL_VAR = tmp_path / "var"


def imported(*paths: Path, owner: Organisation | None = None, pool: Any = None, **options: Any) -> dict[str, int]:
    counts = import_jobs(prepare(paths), Placement(owner, pool), rejects=Rejects(), **options)
    return dict(counts)


def told() -> dict[str, Any]:
    """Everything the database says of patents, to compare two ways that should lead to the same."""
    return {
        patent.number: (
            patent.title,
            patent.abstract,
            patent.legal_status,
            patent.filing_date,
            patent.claims,
            [str(party) for party in patent.parties.all()],
            [str(row.classification) for row in patent.classified.all()],
            [(row.raw, row.number) for row in patent.citations.all()],
        )
        for patent in Patent.objects.all()
    }


def many(count: int) -> list[dict[str, Any]]:
    return [MEMBRANE | {"pub": f"EP{1_000_000 + n}A1", "title": f"Membrane {n}"} for n in range(count)]


def test_records_become_patents(tmp_path: Path) -> None:
    counts = imported(written(tmp_path, GRANT, UNPUBLISHED, MEMBRANE, packed=True))
    assert counts == {"read": 3, "created": 3}
    grant = Patent.objects.get(number="US-7521044-B2")
    assert (grant.title, grant.country, grant.document_number, grant.kind_code) == (
        GRANT["title"],
        "US",
        "7521044",
        "B2",
    )
    assert grant.claims == ["1. A valve.", "2. The valve of claim 1."]
    assert [(party.role, party.name) for party in grant.parties.all()] == [
        ("inventor", "Ada Turner"),
        ("inventor", "Bo Li"),
        ("owner", "Pumps & Valves Ltd"),
    ]
    assert [(cited.raw, cited.number) for cited in grant.citations.all()] == [
        ("US4218478A", "US-4218478-A"),
        ("WOWO95/11994", "WO-1995011994"),
        ("Anon., Valves, 1990", ""),
    ]


def test_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, GRANT, UNPUBLISHED, MEMBRANE)
    imported(path)
    before = told()
    assert imported(path) == {"read": 3, "unchanged": 3}
    assert told() == before


def test_changed_record_replaces_what_its_source_said(tmp_path: Path) -> None:
    imported(written(tmp_path, GRANT))
    mended = GRANT | {"title": "Valve", "inventors": ["Ada Turner"], "abstract": ""}
    assert imported(written(tmp_path, mended)) == {"read": 1, "updated": 1}
    patent = Patent.objects.get()
    assert (patent.title, patent.abstract) == ("Valve", GRANT["abstract"])
    assert [party.name for party in patent.parties.filter(role="inventor")] == ["Ada Turner"]


def test_record_that_returns_to_what_it_was_is_taken_again(tmp_path: Path) -> None:
    first, second = written(tmp_path, GRANT, name="a"), written(tmp_path, GRANT | {"title": "Valve"}, name="b")
    outcomes = [imported(path) for path in (first, second, first)]
    assert outcomes == [{"read": 1, "created": 1}, {"read": 1, "updated": 1}, {"read": 1, "updated": 1}]
    assert Patent.objects.get().title == GRANT["title"]


TWIN = MEMBRANE | {"filing_date": "2016-01-08", "ipc": ["C02F1/44"]}


@pytest.mark.parametrize("batch", [1, 500], ids=["in two batches", "in one batch"])
def test_several_records_of_one_patent_add_up(tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", batch)
    path = written(tmp_path, MEMBRANE, TWIN, MEMBRANE)
    assert imported(path) == {"read": 3, "created": 1, "updated": 1, "unchanged": 1}
    patent = Patent.objects.get()
    assert [str(row.classification) for row in patent.classified.all()] == ["B01D 67/00", "C02F", "C02F 1/44"]
    assert (str(patent.filing_date), SourceRecord.objects.count()) == ("2016-01-08", 2)
    assert imported(path) == {"read": 3, "unchanged": 3}


def test_one_of_several_records_changes_and_the_file_settles(tmp_path: Path) -> None:
    imported(written(tmp_path, MEMBRANE, TWIN))
    changed = written(tmp_path, MEMBRANE, TWIN | {"filing_date": "2016-01-09"})
    assert imported(changed) == {"read": 2, "unchanged": 1, "updated": 1}
    assert imported(changed) == {"read": 2, "unchanged": 2}


def test_bad_rows_are_listed_and_the_others_written(tmp_path: Path) -> None:
    rejects = Rejects()
    path = written(tmp_path, GRANT, "{broken", MEMBRANE | {"pub": None})
    counts = import_jobs(prepare([path]), Placement(), rejects=rejects)
    assert (dict(counts), Patent.objects.count()) == ({"read": 3, "created": 1, "rejected": 2}, 1)
    assert rejects.path is not None
    listed = [orjson.loads(line) for line in rejects.path.read_bytes().splitlines()]
    assert [(row["file"], row["line"], row["reason"]) for row in listed] == [
        ("patents.jsonl", 2, listed[0]["reason"]),
        ("patents.jsonl", 3, "it has no number"),
    ]


def test_nothing_is_written_when_any_file_cannot_be_taken(tmp_path: Path) -> None:
    good = written(tmp_path, GRANT)
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(gzip.compress(b'{"pub": "US1234567B2"}\n' * 5000)[:-20])
    with pytest.raises(Refused):
        imported(good, damaged)
    assert not Patent.objects.exists()


@pytest.mark.parametrize("content", [b"id,title\n1,Valve\n", b"<html></html>", b"\x00\x01\x02", b'{"type": "x"}'])
def test_unrecognised_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused, match="none of the known formats"):
        imported(path)


def test_dry_run_counts_and_leaves_everything(tmp_path: Path) -> None:
    path = written(tmp_path, GRANT, GRANT, MEMBRANE)
    assert imported(path, dry_run=True) == {"read": 3, "created": 2, "unchanged": 1}
    assert (Patent.objects.count(), ImportRun.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def test_owner_gets_what_nobody_holds_and_takes_nothing(tmp_path: Path) -> None:
    holder, other = OrganisationFactory(), OrganisationFactory()
    PatentFactory(number="EP-3243562-B1", country="EP", document_number="3243562", owner=holder)
    path = written(tmp_path, GRANT, MEMBRANE)
    imported(path, owner=other)
    owners = dict(Patent.objects.values_list("number", "owner"))
    assert owners == {"US-7521044-B2": other.pk, "EP-3243562-B1": holder.pk}


def test_owner_named_later_adopts_known_patents(tmp_path: Path) -> None:
    path, owner = written(tmp_path, GRANT, MEMBRANE), OrganisationFactory()
    imported(path)
    assert imported(path, owner=owner) == {"read": 2, "updated": 2}
    assert imported(path, owner=owner) == {"read": 2, "unchanged": 2}


def test_pool_is_joined_once(tmp_path: Path) -> None:
    path, pool = written(tmp_path, GRANT, MEMBRANE), PoolFactory()
    imported(path)
    imported(path, pool=pool)
    imported(path, pool=pool)
    assert pool.memberships.count() == 2


def test_listeners_hear_of_what_changed_and_of_nothing_else(tmp_path: Path) -> None:
    heard: list[str] = []

    def listen(objs: Any, **news: Any) -> None:
        heard.extend(Patent.objects.filter(pk__in=objs).order_by("pk").values_list("number", flat=True))

    object_changed.connect(listen, sender=Patent)
    try:
        imported(written(tmp_path, GRANT, MEMBRANE))
        imported(written(tmp_path, GRANT | {"title": "Valve"}, MEMBRANE))
    finally:
        object_changed.disconnect(listen, sender=Patent)
    assert heard == ["US-7521044-B2", "EP-3243562-B1", "US-7521044-B2"]


class Killed(BaseException):
    """What the machine does to a process."""


@pytest.mark.django_db(transaction=True)
def test_killed_import_resumes_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 10)
    path = written(tmp_path, *many(18), "{broken", *many(18), *[MEMBRANE, TWIN] * 3)
    imported(path)
    unbroken = told()
    Patent.objects.all().delete()
    ImportRun.objects.all().delete()
    write, calls = running.write_batch, Counter[str]()

    def write_or_die(*args: Any) -> Any:
        calls["made"] += 1
        tally = write(*args)
        if calls["made"] == 3:
            raise Killed
        return tally

    monkeypatch.setattr(running, "write_batch", write_or_die)
    with pytest.raises(Killed):
        imported(path)
    assert ImportRun.objects.get().rows_done == 20
    counts = imported(path, resume=True)
    assert counts == {"read": 43, "created": 19, "updated": 1, "unchanged": 22, "rejected": 1}
    assert (told(), ImportRun.objects.count(), calls["made"]) == (unbroken, 1, 6)


def test_resume_of_a_finished_import_reads_anew(tmp_path: Path) -> None:
    path = written(tmp_path, GRANT)
    imported(path)
    assert imported(path, resume=True) == {"read": 1, "unchanged": 1}


def test_run_is_on_record_without_anybodys_words(tmp_path: Path) -> None:
    imported(written(tmp_path, GRANT))
    event = AuditEvent.objects.get(action="patents.import")
    run = ImportRun.objects.get()
    assert event.facts == {
        "source": run.source_digest, "read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip


def writes_of(path: Path) -> int:
    """How often the database was asked to write patents and what belongs to them."""
    with CaptureQueriesContext(connection) as asked:
        imported(path)
    return sum(query["sql"].startswith(('INSERT INTO "patents_', 'UPDATE "patents_')) for query in asked)


def test_writes_do_not_grow_with_the_rows(tmp_path: Path) -> None:
    few = writes_of(written(tmp_path, *many(2), name="few"))
    assert writes_of(written(tmp_path, *many(100), name="more")) <= few + 4


@pytest.mark.once
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_real_records_come_in_whole_and_once() -> None:
    path = SHARED / "patents" / "patents_dev.jsonl.gz"
    assert imported(path) == {"read": 3667, "created": 3546, "updated": 3, "unchanged": 118}
    assert imported(path) == {"read": 3667, "unchanged": 3667}
    assert Patent.objects.filter(family_key="").count() == 0
