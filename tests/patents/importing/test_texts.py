"""Texts of unknown origin become plain words, and words that only look like mark-up stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.importing.texts import excerpt, plain, plain_or_nothing


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  two   words\n", "two words"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("H<sub>2</sub>O", "H2O"),
        ("a<br/>b", "a b"),
        ("<script>alert(1)</script>Membrane", "Membrane"),
        ("<style>p{}</style>Membrane", "Membrane"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Membrane", "Membrane"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "bold"),
        ('<img src=x onerror="alert(1)">Valve', "Valve"),
        ("Pumps &amp; Valves", "Pumps & Valves"),
        ("Pumps & Valves", "Pumps & Valves"),
        ("<img src='data:image/png;base64," + "A" * 9000 + "'>", ""),
        ("pH < 7 and a<b", "pH < 7 and a<b"),
        ("nul\x00byte\x07bell", "nul byte bell"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("膜‑分离", "膜‑分离"),
    ],
)
def test_plain(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_word_for_nothing_is_nothing() -> None:
    assert [plain_or_nothing(word) for word in ("NA", "n/a", "None", "-", "Nail")] == ["", "", "", "", "Nail"]


def test_excerpt_of_bytes_that_are_no_text() -> None:
    assert excerpt(b"\xff\xfe" + b"a" * 500) == "��" + "a" * 198


@given(st.text(max_size=300))
def test_plain_text_is_plain_already(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(st.text(alphabet="<>/ab =\"'&;lgtscript!-", max_size=120))
def test_no_tag_survives(text: str) -> None:
    assert re.search(r"</?[a-z][^<>]*>", plain(text)) is None
