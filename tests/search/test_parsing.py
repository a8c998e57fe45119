"""What a person typed, understood."""

from hypothesis import given
from hypothesis import strategies as st

from search.parsing import LONGEST_TEXT, MOST_CLAUSES, Clause, ParsedText, parse


def test_words_phrases_and_what_to_leave_out() -> None:
    assert parse('water "ion exchange" -plastic') == ParsedText(
        text='water "ion exchange" -plastic',
        wanted=(Clause(("water",)), Clause(("ion", "exchange"), quoted=True)),
        unwanted=(Clause(("plastic",)),),
    )


def test_only_a_word_at_the_very_end_is_unfinished() -> None:
    assert [clause.unfinished for clause in parse("water mem").wanted] == [False, True]
    assert [clause.unfinished for clause in parse("water mem ").wanted] == [False, False]
    assert [clause.unfinished for clause in parse("污水").wanted] == [False]


def test_scripts_that_run_together_are_told_apart() -> None:
    assert parse("污水处理5G基站").wanted == (
        Clause(("污", "水", "处", "理")),
        Clause(("5g",)),
        Clause(("基", "站")),
    )


def test_fields_and_operators_are_plain_words() -> None:
    assert parse("notes:wang ").wanted == (Clause(("notes", "wang")),)
    assert parse("a* OR (b)").wanted == (Clause(("b",), unfinished=True),)


def test_common_words_do_not_decide_unless_there_are_no_others() -> None:
    assert parse("the water of life ").wanted == (Clause(("water",)), Clause(("life",)))
    assert parse("to be ").wanted == (Clause(("to",)), Clause(("be",)))
    assert parse('"to be"').wanted == (Clause(("to", "be"), quoted=True),)


def test_what_is_too_long_is_cut_and_said() -> None:
    long, many = parse("x" * 2_000_000), parse(" ".join(f"w{n}" for n in range(40)))

    assert (len(long.text), long.shortened) == (LONGEST_TEXT, True)
    assert (len(many.wanted), many.shortened) == (MOST_CLAUSES, True)
    assert parse("short").shortened is False


def test_how_many_clauses_must_be_met() -> None:
    assert [parse(" ".join("abcdefgh"[:n]).replace("a", "k")).required for n in range(6)] == [0, 1, 2, 2, 3, 3]


def test_blank_is_everything_and_signs_are_nothing() -> None:
    assert parse("  ").is_blank is True
    assert (parse("!?").is_blank, parse("!?").is_hopeless) == (False, True)


@given(st.text(alphabet=st.sampled_from('ab "-:膜Ж\n\x00*'), max_size=80))
def test_nothing_that_is_typed_raises(text: str) -> None:
    parsed = parse(text)

    assert all(clause.words for clause in (*parsed.wanted, *parsed.unwanted))
    assert parse(parsed.text + " ").unwanted == parsed.unwanted
