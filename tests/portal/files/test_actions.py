"""Uploads are taken whole and honest, or refused with nothing left behind."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest

from challenges.models import ChallengeAttachment
from portal.files import actions
from portal.files.storage import INCOMING, private_storage
from portal.kernel.errors import Refused
from tests.factories.challenges import ChallengeFactory
from tests.portal.files.samples import EXE, HTML, PDF, SVG, archive, upload, word_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge() -> Any:
    return ChallengeFactory()


def store(challenge: Any, *args: Any) -> ChallengeAttachment:
    return actions.store(ChallengeAttachment, upload(*args), uploaded_by=challenge.posted_by, challenge=challenge)


def bytes_of(file: ChallengeAttachment) -> bytes:
    with file.file.open("rb") as handle:
        content: bytes = handle.read()
    return content


def on_disk() -> list[Path]:
    return [path for path in Path(private_storage().location).rglob("*") if path.is_file()]


def test_a_stored_file_says_exactly_what_was_kept(challenge: Any) -> None:
    file = store(challenge, "../Plan Ä.pdf", PDF, "text/html")
    assert (file.name, file.size, file.content_type, file.sha256, file.uploaded_by) == (
        "Plan Ä.pdf",
        len(PDF),
        "application/pdf",
        hashlib.sha256(PDF).hexdigest(),
        challenge.posted_by,
    )
    assert bytes_of(file) == PDF
    assert "Plan" not in file.file.name


def test_two_files_of_one_name_are_kept_apart(challenge: Any) -> None:
    one, other = store(challenge, "a.txt", b"one"), store(challenge, "a.txt", b"other")
    assert (bytes_of(one), bytes_of(other)) == (b"one", b"other")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("report.pdf", EXE, "file_type"),
        ("report.pdf", HTML, "file_type"),
        ("report.pdf.exe", EXE, "file_type"),
        ("drawing.svg", SVG, "file_type"),
        ("page.html", HTML, "file_type"),
        ("notes.txt", SVG, "file_type"),
        ("noextension", PDF, "file_type"),
        ("empty.pdf", b"", "file_empty"),
        ("letter.docx", archive(("a.txt", b"a")), "file_archive"),
        ("evil.zip", archive(("../../etc/passwd", b"x")), "file_archive"),
        ("bomb.zip", archive(("bomb", b"\0" * 8 * 1024 * 1024)), "file_archive"),
        ("bomb.docx", archive(("[Content_Types].xml", b"\0" * 8 * 1024 * 1024)), "file_archive"),
    ],
)
def test_a_hostile_upload_leaves_neither_row_nor_byte(challenge: Any, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        store(challenge, name, content)
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert (challenge.attachments.count(), on_disk()) == (0, [])


def test_an_honest_document_is_taken(challenge: Any) -> None:
    assert store(challenge, "letter.docx", word_document()).content_type.endswith("wordprocessingml.document")


def test_the_size_cap_holds_to_the_byte(challenge: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = len(PDF)
    assert store(challenge, "fits.pdf", PDF).size == len(PDF)
    with pytest.raises(Refused, match="too large"):
        store(challenge, "over.pdf", PDF + b"x")
    assert len(on_disk()) == 1


def test_a_size_that_lies_is_found_out_while_reading(challenge: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    lying = upload("lies.txt", b"x" * 500)
    lying.size = 10
    with pytest.raises(Refused) as refusal:
        actions.store(ChallengeAttachment, lying, uploaded_by=None, challenge=challenge)
    assert (refusal.value.code, on_disk()) == ("file_size", [])


def test_bytes_outlive_a_row_as_long_as_another_shares_them(
    challenge: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = store(challenge, "a.pdf")
    twin = actions.share(file, challenge=challenge)
    assert (twin.public_id != file.public_id, twin.sha256) == (True, file.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(file)
    assert bytes_of(twin) == PDF
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(twin)
    assert on_disk() == []


def test_sweeping_removes_old_leftovers_and_nothing_else(challenge: Any) -> None:
    kept = store(challenge, "kept.pdf")
    root = Path(private_storage().location)
    leftovers = [root / INCOMING / "tmpold", root / "ab" / "orphan"]
    young = [root / INCOMING / "tmpyoung", root / "ab" / "young"]
    for path in [*leftovers, *young]:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    for path in [*leftovers, root / kept.file.name]:
        os.utime(path, (time.time() - 90_000,) * 2)
    assert actions.sweep() == 2
    assert sorted(on_disk()) == sorted([root / kept.file.name, *young])


def test_sweeping_an_empty_storage_is_nothing() -> None:
    assert actions.sweep() == 0
