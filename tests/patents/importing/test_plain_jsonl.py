"""The plain schema, field by field, and what a hostile row is told."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.enums import LegalStatus
from patents.importing import plain_jsonl
from patents.importing.records import PatentRecord
from patents.importing.rows import Accepted, Rejected, Unusable
from patents.numbers import parse
from portal.kernel.importing import sources
from portal.kernel.importing.sources import survey
from tests.patents.importing.files import GRANT, MEMBRANE, UNPUBLISHED, written


def test_grant_is_read_whole() -> None:
    record = plain_jsonl.to_record(GRANT)
    assert record == PatentRecord(
        number=parse("US-7521044-B2"),
        source="uspto_xml",
        title=GRANT["title"],
        abstract=GRANT["abstract"],
        language="en",
        claims=("1. A valve.", "2. The valve of claim 1."),
        family_key=record.family_key,
        legal_status=LegalStatus.GRANTED,
        status_source="kind code",
        status_date=date(2009, 4, 21),
        status_code="B2",
        filing_date=date(2006, 8, 1),
        publication_date=date(2009, 4, 21),
        grant_date=date(2009, 4, 21),
        parties=(("inventor", "Ada Turner"), ("inventor", "Bo Li"), ("owner", "Pumps & Valves Ltd")),
        classes=(("cpc", "F16K 15/02"), ("ipc", "F16K 15/00")),
        citations=("US4218478A", "WOWO95/11994", "Anon., Valves, 1990"),
    )


def test_what_was_never_published_is_named_by_its_application() -> None:
    record = plain_jsonl.to_record(UNPUBLISHED)
    assert (str(record.number), record.application_number, record.family_key, record.expiry_date) == (
        "US-14021325-APP",
        "14/021,325",
        "docket:LAR-17502",
        date(2027, 9, 25),
    )


@pytest.mark.parametrize("pub", [None, "US0", "US   "])
def test_without_serial_it_is_named_by_its_docket(pub: str | None) -> None:
    record = plain_jsonl.to_record(UNPUBLISHED | {"pub": pub, "serial": "/0", "expiration": "1970-01-01"})
    assert (str(record.number), record.application_number, record.expiry_date) == ("US-LAR175021CON-REF", "", None)


def test_membrane_brings_its_terms() -> None:
    record = plain_jsonl.to_record(MEMBRANE)
    assert (record.source_licence, record.classes) == ("CC BY 4.0", (("ipc", "B01D 67/00"), ("ipc", "C02F")))


def test_mark_up_leaves_the_abstract() -> None:
    record = plain_jsonl.to_record(GRANT | {"abstract": "<p onclick='x'>A <b>valve</b>.</p><script>alert(1)</script>"})
    assert record.abstract == "A valve."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pub": None}, "it has no number"),
        ({"pub": "nonsense"}, "its number cannot be read: 'nonsense'"),
        ({"pub": 7521044}, "pub must be a text"),
        ({"title": ["a"]}, "title must be a text"),
        ({"title": "x" * 1001}, "title is longer than 1000 characters"),
        ({"abstract": "x" * 20_001}, "abstract is longer than 20000 characters"),
        ({"inventors": "Ada"}, "inventors must be a list of texts"),
        ({"inventors": ["Ada", None]}, "inventors must be a list of texts"),
        ({"inventors": ["x" * 301]}, "an entry of inventors is longer than 300 characters"),
        ({"citations": ["US1"] * 5001}, "citations has more than 5000 entries"),
        ({"filing_date": "2006-13-01"}, "filing_date is not a day: '2006-13-01'"),
        ({"filing_date": 20060801}, "filing_date must be a text"),
        ({"redistributable": False}, "its terms do not allow it to be shown"),
        ({"redistributable": "no"}, "redistributable must be true or false"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unusable) as refused:
        plain_jsonl.to_record(GRANT | change)
    assert str(refused.value) == reason


def rows_of(folder: Path, *records: object) -> list[object]:
    return list(plain_jsonl.read(survey(written(folder, *records))))


def test_bad_lines_are_rejected_and_the_others_read(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        GRANT,
        "{broken",
        "[]",
        b'{"pub": "US1234567B2", "title": "\xff\xfe"}',
        "[" * 100_000,
        '{"pub": "US1234567B2", "title": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"pub": "US1234567B2", "title": "\\ud800"}',
        "",
        MEMBRANE,
    )
    assert [type(row) for row in rows] == [Accepted, *[Rejected] * 6, Accepted]
    assert all(row.reason for row in rows if isinstance(row, Rejected))


def test_endless_line_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 2000)
    rows = rows_of(tmp_path, GRANT | {"claims": ["x" * 3000]}, MEMBRANE)
    assert rows[0] == Rejected(1, "the line is longer than 4 MB", "")
    assert isinstance(rows[1], Accepted)


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (orjson.dumps(GRANT), True),
        (b'\n {"serial" : "1"}', True),
        (b"PATDOC", False),
        (b"<?xml version='1.0'?>", False),
        (b"id,title,assignee", False),
        (b'{"type": "FeatureCollection"}', False),
        (b"[1, 2]", False),
    ],
)
def test_recognises_its_own(head: bytes, known: bool) -> None:
    assert plain_jsonl.recognises(head) is known


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*GRANT, *UNPUBLISHED, "family", "kind"]), JSON, max_size=12))
def test_any_object_is_a_record_or_refused(raw: dict[str, Any]) -> None:
    with suppress(Unusable):
        assert len(plain_jsonl.to_record(raw).fingerprint) == 64
