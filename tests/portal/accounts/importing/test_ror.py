"""Organisations come in from the register once each, whatever else is in the file."""

from __future__ import annotations

import gzip
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import Organisation
from tests.factories.accounts import OrganisationFactory, owner_of

pytestmark = pytest.mark.django_db

RECORD: dict[str, Any] = {
    "id": "https://ror.org/03yrm5c26",
    "status": "active",
    "types": ["education", "funder"],
    "names": [
        {"value": "University of the Valleys", "types": ["ror_display", "label"], "lang": "en"},
        {"value": "山谷大学", "types": ["label"], "lang": "zh"},
    ],
    "links": [{"type": "website", "value": "https://valleys.example/"}],
    "locations": [{"geonames_details": {"country_code": "CN"}}],
}


def record(number: int, **changes: Any) -> dict[str, Any]:
    return RECORD | {"id": f"https://ror.org/0{number:08d}"} | changes


def brought(folder: Path, *rows: Any, **options: Any) -> dict[str, Any]:
    """Write the rows, import them, and read the summary."""
    file = folder / "ror.jsonl"
    file.write_bytes(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))
    told = StringIO()
    call_command("import_organisations", str(file), stdout=told, **options)
    summary: dict[str, Any] = json.loads(told.getvalue().splitlines()[-1])
    return summary


def counts(summary: dict[str, Any]) -> tuple[int, ...]:
    return tuple(summary[name] for name in ("read", "created", "updated", "unchanged", "rejected"))


def test_a_record_becomes_an_organisation(tmp_path) -> None:
    assert counts(brought(tmp_path, RECORD)) == (1, 1, 0, 0, 0)

    made = Organisation.objects.get(ror_id="03yrm5c26")
    assert (made.name, made.kind, str(made.country), made.state) == (
        "University of the Valleys",
        "university",
        "CN",
        "verified",
    )
    assert (made.website, made.slug) == ("https://valleys.example/", "university-of-the-valleys-03yrm5c26")
    assert "山谷大学" in made.summary
    assert made.memberships.count() == 0


def test_again_changes_nothing_and_a_change_is_taken_over(tmp_path) -> None:
    brought(tmp_path, RECORD)

    assert counts(brought(tmp_path, RECORD)) == (1, 0, 0, 1, 0)
    assert counts(brought(tmp_path, RECORD | {"types": ["company"]})) == (1, 0, 1, 0, 0)
    assert Organisation.objects.get(ror_id="03yrm5c26").kind == "company"


def test_what_people_look_after_stays_theirs(tmp_path) -> None:
    own = OrganisationFactory(ror_id="03yrm5c26", name="We call ourselves this")
    owner_of(own)

    assert counts(brought(tmp_path, RECORD)) == (1, 0, 0, 1, 0)
    own.refresh_from_db()
    assert own.name == "We call ourselves this"


def test_a_dry_run_tells_and_leaves_it(tmp_path) -> None:
    assert counts(brought(tmp_path, RECORD, dry_run=True)) == (1, 1, 0, 0, 0)
    assert not Organisation.objects.filter(ror_id="03yrm5c26").exists()


def test_bad_rows_hold_up_no_good_one_and_are_listed(tmp_path, settings) -> None:
    settings.PORTAL_VAR = tmp_path
    bad = [
        b"not json",
        b"[1, 2]",
        b'{"id": "https://ror.org/03yrm5c26"}',
        record(1, status="withdrawn"),
        record(2, names=[]),
        record(3, names="Bob"),
        record(4, id="https://elsewhere.example/1"),
        b"\x00\xff\xfe",
        b"[" * 100_000,
    ]

    summary = brought(tmp_path, *bad, record(5, names=[{"value": "x" * 500, "types": []}], links=[{"type": 7}]))

    assert counts(summary) == (10, 1, 0, 0, 9)
    rejects = [json.loads(line) for line in Path(summary["rejects_file"]).read_text().splitlines()]
    assert [row["line"] for row in rejects] == list(range(1, 10))
    assert all(row["reason"] for row in rejects)
    with pytest.raises(SystemExit) as ended:
        brought(tmp_path, *bad, record(5), strict=True)
    assert ended.value.code == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"not json", gzip.compress(b"{}", mtime=0)[:-5]],
    ids=["empty", "blank lines", "not json", "cut short"],
)
def test_a_file_of_nothing_is_a_refusal(tmp_path, settings, content) -> None:
    settings.PORTAL_VAR = tmp_path
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    before = Organisation.objects.count()

    with pytest.raises(CommandError) as refusal:
        call_command("import_organisations", str(file))

    assert (refusal.value.returncode, Organisation.objects.count()) == (1, before)


def test_an_absent_file_is_bad_usage(tmp_path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_organisations", str(tmp_path / "none"))
    assert refusal.value.returncode == 2


SAMPLE = Path(os.environ.get("SHARED_DATA", "../shared/data")) / "orgs" / "ror_sample_2000.jsonl.gz"


@pytest.mark.once
@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample of the register is not beside the project")
def test_the_real_sample_comes_in_whole() -> None:
    told = StringIO()
    call_command("import_organisations", str(SAMPLE), stdout=told)

    summary = json.loads(told.getvalue().splitlines()[-1])
    assert summary["read"] == 2000
    assert summary["created"] + summary["rejected"] == 2000
    assert summary["created"] > 1900
