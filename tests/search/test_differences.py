"""Where the engines differ, each as docs/guides/search.md tells it; everywhere else they run the same cases."""

import pytest

from search.engines.port import DocumentsRefused, Engine, Written
from search.requests import SearchRequest
from tests.search.notes import puts, source


def total(engine: Engine, text: str) -> int:
    return engine.search(SearchRequest(text)).total


def test_letters_of_two_scripts_in_one_word(engine: Engine) -> None:
    engine.write(puts([source(1, "ビタミンC 剤")]))

    assert total(engine, '"ビタミンC"') == 1
    assert total(engine, '"ビタミン"') == {"embedded": 0, "elasticsearch": 1}[engine.name]


def test_values_longer_than_the_server_keeps_whole(engine: Engine) -> None:
    long = puts([source(1, "tin", subject=["x" * 40_000])])

    if engine.name == "embedded":
        assert engine.write(long) == Written(applied=1)
    else:
        with pytest.raises(DocumentsRefused):
            engine.write(long)


def test_facets_of_very_many_values(engine: Engine) -> None:
    engine.write(puts(source(n, "tin", subject=[f"s{n}", "all"]) for n in range(100)))

    counts = engine.search(SearchRequest("tin")).facets["subject"]

    assert (len(counts), counts["all"]) == ({"embedded": 101, "elasticsearch": 20}[engine.name], 100)


def test_what_a_suggestion_tells(engine: Engine) -> None:
    engine.write(puts([source(1, "Tin", summary="A metal.")]))

    [hit] = engine.suggest("tin", (), 8)

    assert (hit.kind, hit.source["title"]) == ("note", "Tin")
    assert hit.source.get("summary") == {"embedded": "A metal.", "elasticsearch": None}[engine.name]
