"""Adding up what two indices told of the values of a field."""

from typing import Any

import pytest

from search.engines.elasticsearch.counting import Tally, added
from search.engines.elasticsearch.page import PageQuestion
from search.engines.elasticsearch.reading import Reading
from search.engines.port import Engine
from search.requests import SearchRequest
from tests.search.notes import puts, source

MEMBER = frozenset({"public", "org:4"})


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        ([({"a": 3, "b": 1}, False), ({"b": 2, "c": 1}, False)], {"a": 3, "b": 3, "c": 1}),
        ([({"a": 3}, True)], {"a": 3}),
        ([({"a": 3, "b": 2}, True), ({"b": 1}, False)], {"a": 3, "b": 3}),
        ([({"a": 3}, True), ({"b": 1}, False)], None),
        ([({"a": 3}, True), ({"a": 3}, True)], None),
    ],
)
def test_a_sum_is_exact_or_there_is_none(tallies: list[Any], expected: dict[str, int] | None) -> None:
    assert added([Tally(*told) for told in tallies]) == expected


def test_counts_over_both_indices_are_exact_however_many_values_there_are(engine: Engine) -> None:
    """The second index has a value that the first tells only when it is asked for all of its 700."""
    many = [source(n, "tin", subject=[f"s{n}"]) for n in range(700)]
    engine.write(puts([*many, *(source(n, "tin", subject=["s650"], allow=["org:4"]) for n in range(700, 703))]))

    found = engine.search(SearchRequest("tin", tokens=MEMBER), ["subject"])

    assert (found.total, found.facets["subject"]["s650"], sum(found.facets["subject"].values())) == (703, 4, 703)


def test_a_chosen_value_is_counted_however_rare_it_is(engine: Engine) -> None:
    common = [source(n, "tin", subject=[f"s{n % 40}"]) for n in range(80)]
    engine.write(puts([*common, source(99, "tin", subject=["rare"])]))

    found = engine.search(SearchRequest("tin", filters=(("subject", ("rare",)),)))

    assert (found.total, found.facets["subject"]["rare"]) == (1, 1)
    assert len(found.facets["subject"]) == 21


def test_a_stranger_asks_the_public_index_alone(engine: Any) -> None:
    def asked(tokens: frozenset[str]) -> set[str]:
        reading = Reading(engine.names, tokens)
        request = SearchRequest("tin", tokens=tokens, filters=(("subject", ("a",)),))
        searches = PageQuestion(reading, engine.builder.matching(request.parsed), request, ["kind"]).searches()
        return {index for header, _body in searches.values() for index in header["index"].split(",")}

    public, restricted = (engine.names.alias(side) for side in ("public", "restricted"))
    assert asked(frozenset({"public"})) == {public}
    assert asked(MEMBER) == {public, restricted}
