from __future__ import annotations

import pytest

from portal.files import names


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("drawing.pdf", "drawing.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/absolute/plan.pdf", "plan.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("nul\x00byte.pdf", "nulbyte.pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("  many   blanks .pdf", "many blanks .pdf"),
        ("设计 图.pdf", "设计 图.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_the_name_shown_is_a_name_and_nothing_else(raw: str, shown: str) -> None:
    assert names.display_name(raw) == shown


def test_a_long_name_is_shortened_and_keeps_its_extension() -> None:
    shown = names.display_name("x" * 400 + ".pdf")
    assert (len(shown), shown[-4:]) == (names.LONGEST, ".pdf")


def test_names_on_disk_are_128_random_bits() -> None:
    made = {names.random_name() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(name.split("/")[1]) == 32 and name[:2] == name[3:5] for name in made)


@pytest.mark.parametrize(("name", "extension"), [("a.PDF", "pdf"), ("a.pdf.exe", "exe"), ("none", ""), ("a.", "")])
def test_the_last_extension_counts(name: str, extension: str) -> None:
    assert names.extension(name) == extension
