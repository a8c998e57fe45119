"""How text becomes words, in documents and questions alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.analysis import Word


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Größe", "große"), ("FAÇADE", "facade"), ("Ёлка", "елка"), ("Йод", "йод"), ("ＡＢＣ１", "abc1"), ("CO₂", "co2")],
)
def test_folding_evens_out_what_a_reader_reads_past(text: str, folded: str) -> None:
    assert analysis.fold(text) == folded


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя0123456789", min_size=1, max_size=12)
)
def test_no_stemmer_changes_the_first_letter(word: str) -> None:
    assert analysis.stem(word)[:1] == word[0]


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(analysis.fold(text)) == len(text)


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in analysis.words(text):
        assert word.text == analysis.fold(text[word.start : word.end])


def test_han_characters_are_words_of_their_own() -> None:
    assert list(analysis.words("5G基站 X")) == [
        Word("5g", 0, 2),
        Word("基", 2, 3),
        Word("站", 3, 4),
        Word("x", 5, 6),
    ]


@pytest.mark.parametrize(
    ("word", "stem"),
    [("membranes", "membran"), ("воды", "вод"), ("технологии", "технолог"), ("膜", "膜"), ("große", "gross")],
)
def test_stems_in_three_languages(word: str, stem: str) -> None:
    assert analysis.stem(word) == stem


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("water", "water", 0), ("water", "watre", 1), ("water", "wter", 1), ("water", "wateer", 1), ("", "abc", 3)],
)
def test_slips_are_counted_as_fingers_make_them(one: str, other: str, slips: int) -> None:
    assert (analysis.typos(one, other), analysis.typos(other, one)) == (slips, slips)


@pytest.mark.parametrize(
    ("word", "allowed"), [("ion", 0), ("iron", 1), ("graphene", 2), ("us10123456", 0), ("膜", 0), ("вода", 1)]
)
def test_short_words_and_numbers_are_not_guessed_at(word: str, allowed: int) -> None:
    assert analysis.typos_allowed(word) == allowed


@pytest.mark.parametrize("word", ["dying", "ties", "skies", "early", "only", "idly", "happily", "yes", "воды"])
def test_words_begin_as_the_head_of_their_stem(word: str) -> None:
    assert word.startswith(analysis.head(analysis.stem(word)))
