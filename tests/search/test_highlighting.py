"""Marks in titles and snippets: the right words, and never anybody's mark-up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.highlighting import Marker, marked, snippet
from search.parsing import Clause, ParsedText, parse


def marker(text: str) -> Marker:
    return Marker.of(parse(text))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("membranes ", "A membrane.", "A <mark>membrane</mark>."),
        ("batt", "Battery recycling", "<mark>Battery</mark> recycling"),
        ("воды ", "Очистка воде", "Очистка <mark>воде</mark>"),
        ("елка ", "Ёлка!", "<mark>Ёлка</mark>!"),
        ("污水处理", "膜用于污水的处理", "膜用于<mark>污水</mark>的<mark>处理</mark>"),
        ("膜", "膜技术", "<mark>膜</mark>技术"),
        ("水处理", "污水处理技术", "污<mark>水处理</mark>技术"),
        ("膜 x", "膜x膜 x", "<mark>膜x膜</mark> <mark>x</mark>"),
        ("æther ", "Æther, aether, ether", "<mark>Æther</mark>, <mark>aether</mark>, ether"),
        ('"ion exchange"', "Ion-exchange resin", "<mark>Ion</mark>-<mark>exchange</mark> resin"),
        ("facade ", "La façade", "La <mark>façade</mark>"),
        ("-water", "water", "water"),
    ],
)
def test_what_was_looked_for_is_marked(question: str, text: str, expected: str) -> None:
    assert marked(text, marker(question)) == expected


def test_a_forgiven_slip_is_marked_too() -> None:
    sought = ParsedText("membrne", (Clause(("membrne",), slips=1),))

    assert marked("Ceramic membranes", Marker.of(sought)) == "Ceramic <mark>membranes</mark>"


WORDS = [
    "water",
    "waters",
    "watering",
    "wade",
    "вода",
    "воды",
    "ёлка",
    "façade",
    "æther",
    "膜",
    "膜技",
    "x2",
    "dying",
    "_x",
]


@given(
    question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    text=st.lists(st.sampled_from([*WORDS, "-", "die", "膜x", "2x"]), max_size=12).map(" ".join),
)
def test_passing_over_what_cannot_match_changes_no_mark(question: str, text: str) -> None:
    quick = marked(text, marker(question))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Marker, "_candidates", lambda marker, folded: [analysis.WORD])
        assert quick == marked(text, marker(question))


def test_the_passage_with_most_marks_is_shown() -> None:
    text = f"One pump. {'Nothing here. ' * 30}A pump beside a pump, and a third pump. {'Nothing here. ' * 30}"

    shown = snippet([text], marker("pump "))

    assert (shown.count("<mark>pump</mark>"), shown.startswith("…"), shown.endswith("…")) == (3, True, True)


def test_markup_in_a_document_is_shown_and_not_run() -> None:
    text = '<script>alert("water")</script> <img src=x onerror=water>'

    assert marked(text, marker("water script ")) == (
        "&lt;<mark>script</mark>&gt;alert(&quot;<mark>water</mark>&quot;)&lt;/<mark>script</mark>&gt; "
        "&lt;img src=x onerror=<mark>water</mark>&gt;"
    )


@given(
    question=st.text(alphabet=st.sampled_from("<>&\"' amrk/"), max_size=30),
    text=st.text(alphabet=st.sampled_from("<>&\"' amrk/膜"), max_size=400),
)
def test_only_marks_are_ever_added(question: str, text: str) -> None:
    for html in (marked(text, marker(question)), snippet([text], marker(question))):
        rest = re.sub(r"</?mark>", "", html)
        assert not re.search(r"[<>\"']", rest)
        assert html.count("<mark>") == html.count("</mark>")


def test_a_snippet_shows_the_passage_with_the_words() -> None:
    text = "Nothing to see here. " * 40 + "Then reverse osmosis of brackish water begins. " + "More of the same. " * 40

    html = snippet(["", "Another summary", text], marker("osmosis brackish "))

    assert "<mark>osmosis</mark> of <mark>brackish</mark> water" in html
    assert html.startswith("…")
    assert html.endswith("…")
    assert len(html) < 330


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert snippet(["", "A summary of it", "A body"], marker("zinc ")) == "A summary of it"
    assert snippet(["", ""], marker("zinc ")) == ""
