from __future__ import annotations

import pytest

from portal.files import sniff
from portal.kernel.errors import Refused
from tests.portal.files.samples import EXE, HTML, PDF, PNG, STEP, SVG, archive, word_document


@pytest.mark.parametrize(
    ("extension", "head", "content_type"),
    [
        ("pdf", PDF, "application/pdf"),
        ("png", PNG, "image/png"),
        ("jpeg", b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image/jpeg"),
        ("zip", archive(("a.txt", b"a")), "application/zip"),
        ("docx", word_document(), sniff.TYPES["docx"].content_type),
        ("txt", "Größe".encode(), "text/plain"),
        ("txt", "привет".encode("utf-16"), "text/plain"),
        ("md", b"\xef\xbb\xbf# Title", "text/markdown"),
        ("csv", b"a,b\n1,2\n", "text/csv"),
        ("txt", b"", "text/plain"),
        ("step", STEP, "model/step"),
    ],
)
def test_extension_and_content_that_agree_are_taken(extension: str, head: bytes, content_type: str) -> None:
    assert sniff.recognise(extension, head).content_type == content_type


@pytest.mark.parametrize(
    ("extension", "head"),
    [
        ("pdf", EXE),
        ("pdf", HTML),
        ("pdf", PNG),
        ("pdf", b" " + PDF),
        ("png", SVG),
        ("docx", PDF),
        ("txt", EXE),
        ("txt", SVG),
        ("txt", b"\n\t " + HTML),
        ("txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"),
        ("md", b"<script>alert(1)</script>"),
        ("csv", b"a,b\x00c"),
        ("csv", b"caf\xe9"),
        ("step", b"solid cube"),
    ],
)
def test_content_that_is_something_else_is_refused(extension: str, head: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        sniff.recognise(extension, head)
    assert (refusal.value.code, refusal.value.field) == ("file_type", "file")


@pytest.mark.parametrize("extension", ["svg", "html", "htm", "xhtml", "xml", "js", "exe", "bat", "sh", "py", "php", ""])
def test_what_could_run_is_not_taken_whatever_it_holds(extension: str) -> None:
    for content in (b"plain words", PDF, SVG):
        with pytest.raises(Refused):
            sniff.recognise(extension, content)


def test_a_character_cut_by_the_end_of_the_head_is_no_reason_to_refuse() -> None:
    head = ("a" + "я" * sniff.HEAD).encode()[: sniff.HEAD]
    assert head.decode(errors="ignore") != head.decode(errors="replace")
    assert sniff.recognise("txt", head).is_text
