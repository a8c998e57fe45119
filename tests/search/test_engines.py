"""What every search engine must do: one suite, run on each engine that there is (``conftest.ENGINES``)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents.base import Audience
from search.engines.port import Engine
from search.requests import SearchRequest
from search.spans import RANGES, Span
from tests.search.notes import BATTERY, CONFLICTED, MEMBER, NEW_YEAR, NOTES, SECRET, WATER, ask, numbers, puts, source

# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("membrane", [1]),
        ("MEMBRANES", [1]),
        ("water treatment", [1]),
        ("waters membrane", [1]),
        ("osmosis", [1]),
        ("污水", [2]),
        ("污水处理", [2]),
        ("水处理技术方案", [2]),
        ("膜", [2]),
        ("очистка воды", [3]),
        ("ЕЛКА", [3]),
        ("ёлки", [3]),
        ("батарея", []),
        ("ｂａｔｔｅｒｙ", [4]),
        ("lithium", [4]),
    ],
)
def test_words_are_found_in_three_languages(filled: Engine, text: str, expected: list[int]) -> None:
    assert numbers(ask(filled, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title:water", [1]),
        ("title:osmosis", []),
        ('title:"water treatment" membranes', [1]),
        ('title:"treatment water"', []),
        ("number:EP1234567", [6]),
        ("applicant:acme", [6]),
        ('inventor:"acme works"', [6]),
        ("TITLE:pumps", [6]),
        ("-title:pumps acme", []),
        ("subtitle:pumps", []),
    ],
)
def test_a_word_can_be_looked_for_in_one_place(engine: Engine, text: str, expected: list[int]) -> None:
    engine.write(puts([*NOTES, source(6, "Pumps", context="EP1234567, Acme Works", body="water")]))

    assert numbers(ask(engine, text)) == expected


@pytest.mark.parametrize(
    ("name", "low", "high", "expected"),
    [
        ("reward", "500", "1000", [2, 3]),
        ("reward", "501", "", [3, 4]),
        ("reward", "", "500", [1, 2]),
        ("reward", "2000000", "", []),
        ("deadline", "2026-01-02", "2026-01-03", [2, 3]),
        ("deadline", "2026-01-04", "", [4]),
        ("date", "", "2026-01-02", [1]),
    ],
)
def test_results_are_narrowed_to_a_range(engine: Engine, name: str, low: str, high: str, expected: list[int]) -> None:
    worth = {1: 0, 2: 500, 3: 1_000, 4: 1_000_000, 5: None}
    days = {number: NEW_YEAR + timedelta(days=number - 1, hours=23) if number < 5 else None for number in worth}
    engine.write(
        puts(
            source(n, f"note {n}", reward=worth[n], deadline=days[n], subject=["one" if n < 3 else "two"])
            for n in worth
        )
    )

    found = ask(engine, spans=(Span(RANGES[name], low, high),))

    assert sorted(numbers(found)) == expected
    assert sum(found.facets["subject"].values()) == found.total == len(expected)
    one = ask(engine, spans=(Span(RANGES[name], low, high),), filters=(("subject", ("one",)),))
    assert one.facets["subject"] == found.facets["subject"], "a facet is not narrowed by itself, but by a range"


def test_the_highest_reward_comes_first_and_none_last(engine: Engine) -> None:
    engine.write(puts(source(n, f"note {n}", reward=worth) for n, worth in enumerate([5, None, 50, 0], 1)))

    assert numbers(ask(engine, sort="reward")) == [3, 1, 4, 2]


def test_the_best_of_each_kind_are_those_the_viewer_may_see(changing: Engine) -> None:
    request = SearchRequest("battery")
    tops = changing.tops(request, request.parsed, ["note", "other"], 3)

    assert {kind: numbers(hits) for kind, hits in tops.items()} == {"note": [4], "other": []}
    member = changing.tops(SearchRequest("battery", MEMBER), request.parsed, ["note"], 1)
    assert numbers(member["note"]) == numbers(ask(changing, "battery", tokens=MEMBER))[:1]
    narrowed = SearchRequest("battery", filters=(("subject", ("water",)),))
    assert changing.tops(narrowed, narrowed.parsed, ["note"], 3) == {"note": ()}


@pytest.mark.parametrize("typed", ["membrnae", "membrane", "menbrane", "membranee", "membrne", "embranes"])
def test_slips_of_the_finger_are_forgiven(filled: Engine, typed: str) -> None:
    assert numbers(ask(filled, typed)) == [1]


def test_numbers_are_never_guessed_at(engine: Engine) -> None:
    engine.write(puts([source(1, "US10123456 filter")]))

    assert numbers(ask(engine, "US10123456")) == [1]
    assert numbers(ask(engine, "US10123457")) == []


def test_the_word_still_being_typed_is_a_beginning(filled: Engine) -> None:
    assert numbers(ask(filled, "batt")) == [4]
    assert numbers(ask(filled, "recycling batt")) == [4]
    assert numbers(ask(filled, "batt recycling")) == []


def test_quotes_keep_words_together_and_a_minus_leaves_out(filled: Engine) -> None:
    assert numbers(ask(filled, '"reverse osmosis"')) == [1]
    assert numbers(ask(filled, '"osmosis reverse"')) == []
    assert numbers(ask(filled, '"lithium"')) == [4]
    assert numbers(ask(filled, "water -brackish")) == []
    assert sorted(numbers(ask(filled, "-water"))) == [2, 3, 4]


def test_three_of_four_words_are_enough_and_more_is_better(engine: Engine) -> None:
    engine.write(
        puts([source(1, "red green blue"), source(2, "red green blue white"), source(3, "red green"), source(4, "red")])
    )

    assert numbers(ask(engine, "red green blue white")) == [2, 1]


def test_a_match_in_the_title_counts_more_than_one_in_the_body(engine: Engine) -> None:
    engine.write(puts([source(1, "Pumps", body="graphene " * 5), source(2, "Graphene")]))

    assert numbers(ask(engine, "graphene")) == [2, 1]


@pytest.mark.parametrize("text", ["!!!", '"', "***", "( ) [ ]", "\x00", "\u202e"])
def test_text_without_words_finds_nothing_and_breaks_nothing(filled: Engine, text: str) -> None:
    found = ask(filled, text)

    assert (found.total, found.hits) == ((0, ()) if text.strip("\x00\u202e") else (4, found.hits))


@pytest.mark.parametrize(
    "text",
    [
        *("allow:org:4", "title:zirconium", "body:* OR allow:*", "zirconium~2", "/zirc.*/", "zirc*", "zirc?nium"),
        *("+zirconium", "(zirconium)", "zirconium^9", "{a TO z}", "NOT battery", "_exists_:deny", '"zirconium"~9'),
    ],
)
def test_operators_of_query_languages_are_plain_words(filled: Engine, text: str) -> None:
    found = ask(filled, text)

    assert 5 not in numbers(found)
    assert "hidden" not in found.facets["subject"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_breaks_the_engine(filled: Engine, text: str) -> None:
    assert 5 not in numbers(ask(filled, text))


# --- who sees what ------------------------------------------------------------------------------


def test_a_restricted_document_is_found_by_who_is_admitted_and_not_denied(filled: Engine) -> None:
    assert numbers(ask(filled, "zirconium")) == []
    assert numbers(ask(filled, "zirconium", tokens=MEMBER)) == [5]
    assert numbers(ask(filled, "zirconium", tokens=CONFLICTED)) == []


def test_a_hidden_word_is_as_unknown_as_one_that_nobody_wrote(filled: Engine) -> None:
    hidden, invented = ask(filled, "zirconium"), ask(filled, "zyrcolinum")

    assert hidden.unknown == ("zirconium",)
    assert invented.unknown == ("zyrcolinum",)
    assert (hidden.total, hidden.facets) == (invented.total, invented.facets)


def test_nothing_of_a_restricted_document_is_suggested_or_called_near(filled: Engine) -> None:
    for length in range(1, len("zirconium") + 1):
        assert filled.suggest("zirconium"[:length], (), 8) == ()
    assert filled.near("zirconum") is None
    assert 5 not in numbers(filled.similar(BATTERY, (), 8))


def test_what_was_public_is_not_suggested_after_it_is_withdrawn(changing: Engine) -> None:
    changing.write(puts([BATTERY | {"allow": ["org:4"]}], version=2))

    assert changing.suggest("batt", (), 8) == ()
    assert changing.near("recyclng") is None
    assert numbers(ask(changing, "recycling")) == []
    assert numbers(ask(changing, "recycling", tokens=MEMBER)) == [4]


TOKENS = ["public", "org:1", "org:2", "user:1", "user:2", "master"]
audiences = st.builds(
    Audience, st.frozensets(st.sampled_from(TOKENS), min_size=1), st.frozensets(st.sampled_from(TOKENS[1:]), max_size=2)
)
documents = st.tuples(
    audiences, st.sampled_from(["iron ore", "iron", "copper"]), st.sets(st.sampled_from("abc"), max_size=2)
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    shelf=st.lists(documents, max_size=12),
    held=st.frozensets(st.sampled_from(TOKENS[1:])),
    text=st.sampled_from(["", "iron", "copper", "coppr"]),
    chosen=st.sets(st.sampled_from("abc"), max_size=2),
)
def test_totals_and_counts_are_exactly_what_the_viewer_may_see(
    empty_engine: Engine, shelf: list[Any], held: frozenset[str], text: str, chosen: set[str]
) -> None:
    sources = [
        source(n, title, allow=sorted(who.allow), deny=sorted(who.deny), subject=sorted(subjects))
        for n, (who, title, subjects) in enumerate(shelf)
    ]
    with empty_engine.rebuild() as fresh:
        fresh.write(puts(sources))
    tokens = frozenset({"public", *held})
    filters = (("subject", tuple(sorted(chosen))),) if chosen else ()

    found = ask(empty_engine, text, tokens=tokens, filters=filters)

    wanted = {"coppr": "copper"}.get(text, text)
    seen = [s for s, (who, *_) in zip(sources, shelf, strict=True) if who.admits(tokens) and wanted in s["title"]]
    narrowed = [s for s in seen if not chosen or chosen & set(s["subject"])]
    counts = {value: sum(value in s["subject"] for s in seen) for value in "abc"}
    assert sorted(numbers(found)) == [int(s["key"].split(":")[1]) for s in narrowed]
    assert found.total == len(narrowed)
    assert found.facets["subject"] == {value: count for value, count in counts.items() if count}
    assert found.facets["kind"] == ({"note": len(narrowed)} if narrowed else {})


# --- narrowing, ordering, paging ----------------------------------------------------------------


def test_a_facet_counts_without_its_own_filter(filled: Engine) -> None:
    found = ask(filled, filters=(("subject", ("materials",)),))

    assert numbers(found) == [2]
    assert found.facets["subject"] == {"water": 3, "materials": 1, "energy": 1}
    assert found.facets["kind"] == {"note": 1}


def test_several_values_of_a_facet_are_alternatives(filled: Engine) -> None:
    assert sorted(numbers(ask(filled, filters=(("subject", ("materials", "energy")),)))) == [2, 4]


def test_kinds_narrow_and_are_still_counted(filled: Engine) -> None:
    found = ask(filled, kinds=("letter",))

    assert (found.total, found.facets["kind"]) == (0, {"note": 4})


def test_only_the_facets_asked_for_and_the_chosen_ones_are_counted(filled: Engine) -> None:
    request = SearchRequest(filters=(("subject", ("materials",)),))

    assert filled.search(SearchRequest(), ["kind"]).facets == {"kind": {"note": 4}}
    assert set(filled.search(request, ["kind"]).facets) == {"kind", "subject"}
    assert set(filled.search(request, []).facets) == {"subject"}


def test_without_words_everything_comes_newest_first(filled: Engine) -> None:
    assert numbers(ask(filled)) == [4, 3, 2, 1]
    assert numbers(ask(filled, sort="oldest")) == [1, 2, 3, 4]


def test_what_has_no_deadline_comes_after_what_has(engine: Engine) -> None:
    soon, later = NEW_YEAR + timedelta(days=1), NEW_YEAR + timedelta(days=2)
    engine.write(puts([source(1, "a"), source(2, "b", deadline=later), source(3, "c", deadline=soon)]))

    assert numbers(ask(engine, sort="deadline")) == [3, 2, 1]


def test_pages_follow_each_other_without_gap_or_repetition(engine: Engine) -> None:
    engine.write(puts(source(n, "tin", allow=["public" if n % 3 else "org:4"]) for n in range(1, 48)))

    pages = [ask(engine, "tin", tokens=MEMBER, page=page, size=10) for page in range(1, 7)]

    assert [len(page.hits) for page in pages] == [10, 10, 10, 10, 7, 0]
    assert sorted(n for page in pages for n in numbers(page)) == list(range(1, 48))
    assert {page.total for page in pages} == {47}


# --- suggesting ---------------------------------------------------------------------------------


def test_titles_are_suggested_as_they_are_typed(filled: Engine) -> None:
    assert numbers(filled.suggest("mem", (), 8)) == [1]
    assert numbers(filled.suggest("water mem", (), 8)) == [1]
    assert numbers(filled.suggest("污水", (), 8)) == [2]
    assert numbers(filled.suggest("очис", (), 8)) == [3]
    assert numbers(filled.suggest("batery", (), 8)) == [4]
    assert filled.suggest("", (), 8) == ()
    assert filled.suggest("mem", ("letter",), 8) == ()


def test_the_nearest_public_word_is_meant(filled: Engine) -> None:
    assert filled.near("ozmosis") == "osmosis"
    assert filled.near("membrnes") == "membranes"
    assert filled.near("xylophone") is None


def test_like_things_are_found_by_what_they_speak_of(engine: Engine) -> None:
    engine.write(
        puts(
            [
                source(1, "Membranes for desalination", summary="Ceramic membranes desalinate brackish water."),
                source(2, "Ceramic membranes", summary="Desalination of brackish water in the desert."),
                source(3, "Wind turbines", summary="Blades for offshore wind."),
                source(4, "海水淡化膜", summary="陶瓷膜用于海水淡化。"),
                source(5, "淡化海水的陶瓷膜"),
            ]
        )
    )

    assert numbers(engine.similar(source(1, "Membranes for desalination", summary="Ceramic brackish"), (), 3)) == [2]
    assert numbers(engine.similar(source(4, "海水淡化膜", summary="陶瓷膜"), (), 3)) == [5]


def test_documents_that_share_words_are_found_for_matching(filled: Engine) -> None:
    clauses = filled.telling(WATER, 40)

    assert {str(clause) for clause in clauses} <= {"membranes", "water", "treatment", "reverse", "osmosis", "brackish"}
    assert numbers(filled.sharing(clauses, 1, ["note"], 5)) == [1]
    assert filled.sharing(clauses, 1, ["other"], 5) == filled.sharing((), 1, ["note"], 5) == ()
    assert 5 not in numbers(filled.sharing(filled.telling(SECRET, 40), 1, [], 5)), "what is not public is never found"
