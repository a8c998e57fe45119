from __future__ import annotations

import io

import pytest

from portal.files.archives import MOST_MEMBERS, inspect_archive
from portal.kernel.errors import Refused
from tests.portal.files.samples import archive, crowded_archive, word_document


def test_an_ordinary_archive_passes() -> None:
    inspect_archive(io.BytesIO(archive(("report/one.txt", b"1"), ("report/two.txt", b"2"))))


def test_a_document_holds_what_makes_it_one() -> None:
    inspect_archive(io.BytesIO(word_document()), member="[Content_Types].xml")
    with pytest.raises(Refused):
        inspect_archive(io.BytesIO(archive(("a.txt", b"a"))), member="[Content_Types].xml")


@pytest.mark.parametrize(
    "hostile",
    [
        archive(("../../etc/cron.d/evil", b"x")),
        archive(("/etc/passwd", b"x")),
        archive(("..\\..\\evil.bat", b"x")),
        archive(("C:\\evil.bat", b"x")),
        archive(linked="link"),
        archive(("bomb.txt", b"\0" * 8 * 1024 * 1024)),
        crowded_archive(MOST_MEMBERS + 1),
        archive(("a.txt", b"a"))[:-10],
        b"PK\x03\x04 not really",
        b"",
    ],
    ids=["climbs", "absolute", "backslashes", "drive", "symlink", "bomb", "crowd", "cut", "fake", "empty"],
)
def test_a_hostile_archive_is_refused(hostile: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        inspect_archive(io.BytesIO(hostile))
    assert refusal.value.code == "file_archive"
