"""What people write is safe to show, and cheap to render."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import TooLarge
from portal.kernel.text import MOST_BRACKETS, clean_html, plain_text, render_markdown


def test_markdown_becomes_html_below_the_pages_heading() -> None:
    html = render_markdown("# Need\n\nA *pump* with **no** moving parts.\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<h2>Need</h2>" in html
    assert "<em>pump</em> with <strong>no</strong>" in html
    assert "<td>1</td>" in html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        '<a href="data:text/html,x" onclick="y">z</a>',
        "<svg/onload=alert(1)>",
        "<iframe src=//evil>",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_that_runs_gets_through(evil: str) -> None:
    for html in (render_markdown(evil), clean_html(evil)):
        tags = re.findall(r"<[^>]*>", html.lower())
        assert not [tag for tag in tags if re.search(r"script|img|svg|iframe|style|javascript:|data:|\son", tag)]


@given(st.text(max_size=400))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_html(text)

    assert clean_html(once) == once


def test_too_long_and_too_nested_are_refused() -> None:
    with pytest.raises(TooLarge):
        render_markdown("x" * 20_001)
    with pytest.raises(TooLarge):
        render_markdown("[" * (MOST_BRACKETS + 1))


def test_plain_text_has_no_markup() -> None:
    assert plain_text("<p>One <b>two</b></p>\n<script>x</script>") == "One two"
