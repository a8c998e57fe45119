"""A receipt says exactly what was filed, and shows any change to what it says."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges import receipts

FILED_AT = datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=UTC)


def facts(**changed: Any) -> receipts.Facts:
    given: dict[str, Any] = {
        "submission": "s" * 22,
        "challenge": "quieter-fan",
        "version": 1,
        "terms": "a" * 64,
        "texts": {"title": "Owl-wing blades", "abstract": "Serrated edges.", "body": "# How\n…"},
        "files": [("drawing.pdf", 3, hashlib.sha256(b"pdf").hexdigest())],
        "filed_at": FILED_AT,
        "filed_by": "p" * 22,
    }
    return receipts.compose(**{**given, **changed})


def test_the_facts_are_hashes_names_and_a_time_never_a_text() -> None:
    assert facts() == {
        "format": receipts.FORMAT,
        "submission": "s" * 22,
        "challenge": "quieter-fan",
        "version": 1,
        "terms_sha256": "a" * 64,
        "title_sha256": hashlib.sha256(b"Owl-wing blades").hexdigest(),
        "abstract_sha256": hashlib.sha256(b"Serrated edges.").hexdigest(),
        "body_sha256": hashlib.sha256("# How\n…".encode()).hexdigest(),
        "files": [{"name": "drawing.pdf", "size": 3, "sha256": hashlib.sha256(b"pdf").hexdigest()}],
        "filed_at": "2026-03-01T12:30:00.123+00:00",
        "filed_by": "p" * 22,
    }


def test_the_same_moment_in_another_zone_seals_the_same() -> None:
    beijing = FILED_AT.astimezone(timezone(timedelta(hours=8)))
    assert receipts.seal(facts(filed_at=beijing)) == receipts.seal(facts())


def test_the_order_of_keys_does_not_matter_to_the_seal() -> None:
    assert receipts.seal(dict(reversed(facts().items()))) == receipts.seal(facts())


def test_line_ends_of_any_browser_hash_alike() -> None:
    assert receipts.digest("one\r\ntwo") == receipts.digest("one\ntwo")


def test_a_downloaded_receipt_reads_back_intact() -> None:
    sealed = facts()
    read, claimed = receipts.read(receipts.document(sealed, receipts.seal(sealed)))
    assert (read, receipts.is_intact(read, claimed)) == (sealed, True)


@pytest.mark.parametrize("field", ["submission", "challenge", "terms_sha256", "body_sha256", "filed_at", "filed_by"])
def test_any_changed_fact_shows(field: str) -> None:
    sealed = facts()
    forged = {**sealed, field: "0" + sealed[field][1:] if sealed[field][0] != "0" else "1" + sealed[field][1:]}
    assert not receipts.is_intact(forged, receipts.seal(sealed))


@given(st.text(max_size=200), st.text(max_size=200))
def test_different_texts_never_seal_alike(one: str, other: str) -> None:
    texts = {"title": "t", "abstract": "a"}
    seals = {receipts.seal(facts(texts={**texts, "body": body})) for body in (one, other)}
    assert len(seals) == (1 if one.replace("\r\n", "\n") == other.replace("\r\n", "\n") else 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"receipt": 1, "sha256": "x"}',
        b'{"receipt": {}, "sha256": "x"}',
        b'{"receipt": {"format": "another"}, "sha256": "x"}',
        orjson.dumps({"receipt": {"format": receipts.FORMAT}, "sha256": 7}),
        b" " * (receipts.LARGEST + 1),
        b"[" * 5000,
    ],
)
def test_what_is_no_receipt_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(receipts.Malformed):
        receipts.read(content)


def test_files_are_compared_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "drawing.pdf").write_bytes(b"pdf")
    assert receipts.compare_files(facts(), tmp_path) == [receipts.Finding("drawing.pdf", True)]
    (tmp_path / "drawing.pdf").write_bytes(b"pdF")
    assert receipts.compare_files(facts(), tmp_path) == [receipts.Finding("drawing.pdf", False)]


def test_a_file_name_in_a_forged_receipt_reaches_nothing_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"pdf")
    inside = tmp_path / "inside"
    inside.mkdir()
    forged = facts(files=[("../secret", 3, hashlib.sha256(b"pdf").hexdigest())])
    assert receipts.compare_files(forged, inside) == [receipts.Finding("../secret", False)]
