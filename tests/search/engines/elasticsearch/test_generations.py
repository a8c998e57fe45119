"""Which indices serve: other mappings, stray indices, careless settings, and what dead rebuilds leave."""

import threading
from typing import Any

import pytest

from search.documents.fields import facet
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address
from search.engines.port import EngineUnavailable, NoIndex, Written
from search.requests import SearchRequest
from tests.search.notes import NoteDocument, puts, source


class LaterNote(NoteDocument):
    """A note as a later version of the portal declares it."""

    colour = facet()


@pytest.fixture
def later(engine: ElasticsearchEngine) -> ElasticsearchEngine:
    """The engine of a process that runs a later version."""
    address = Address(engine.gateway.url, engine.names.prefix)
    return ElasticsearchEngine(address, [LaterNote])


def names(indices: Any, engine: Any) -> set[str]:
    """The indices that begin with the engine's prefix, its lease left out."""
    return {name for name in indices.get(index=f"{engine.names.prefix}-*") if name != engine.names.lease}


def test_without_an_index_there_is_one_to_be_built(empty_engine: Any) -> None:
    for act in (lambda: empty_engine.search(SearchRequest("x")), lambda: empty_engine.write(puts([source(1, "x")]))):
        with pytest.raises(NoIndex):
            act()


def test_an_index_of_another_version_is_neither_read_nor_written_nor_replaced_unasked(engine: Any, later: Any) -> None:
    engine.write(puts([source(1, "tin")]))

    for act in (
        lambda: later.search(SearchRequest("tin")),
        lambda: later.search(SearchRequest("nothing like it")),
        lambda: later.write(puts([source(1, "lead", colour="red")])),
        lambda: list(later.entries()),
    ):
        with pytest.raises(EngineUnavailable, match="run search_rebuild") as refused:
            act()
        assert not isinstance(refused.value, NoIndex)
    assert later.health().reason == "the index was made for other documents; run search_rebuild"
    assert engine.search(SearchRequest("tin")).total == 1


def test_while_a_later_version_builds_writes_of_this_one_wait(engine: Any, later: Any) -> None:
    engine.write(puts([source(1, "tin")]))

    with later.rebuild() as fresh:
        fresh.write(puts([source(1, "tin", colour="red")], version=2))
        assert engine.search(SearchRequest("tin")).total == 1
        with pytest.raises(EngineUnavailable, match="restart this process"):
            engine.write(puts([source(1, "lead")], version=3))

    assert later.search(SearchRequest("tin")).facets["colour"] == {"red": 1}
    with pytest.raises(EngineUnavailable):
        engine.search(SearchRequest("tin"))


def test_a_dead_build_of_a_later_version_stops_nobody(engine: Any, later: Any) -> None:
    later.generations.begin()

    assert engine.write(puts([source(1, "tin")])) == Written(applied=1)


def test_every_process_fills_what_one_of_them_builds(engine: Any) -> None:
    other = ElasticsearchEngine(Address(engine.gateway.url, engine.names.prefix), [NoteDocument])

    with engine.rebuild():
        other.write(puts([source(1, "meanwhile")]))
        assert other.search(SearchRequest("meanwhile")).total == 1

    assert engine.search(SearchRequest("meanwhile")).total == 1


def test_what_a_dead_rebuild_left_is_removed_by_the_next(engine: Any, indices: Any) -> None:
    left = engine.generations.begin()
    indices.create(index=f"{left['public']}x.write")
    serving = set(engine.generations.live(engine.generations.state()).names)
    assert names(indices, engine) == serving | set(left.names) | {f"{left['public']}x.write"}

    with engine.rebuild():
        pass

    assert len(names(indices, engine)) == 3
    assert not names(indices, engine) & (serving | set(left.names))


def test_indices_with_like_names_are_not_ours(engine: Any, indices: Any) -> None:
    stranger = f"{engine.names.alias('public')}-20260101000000"
    indices.create(index=stranger)

    with engine.rebuild():
        pass

    assert stranger in names(indices, engine)


def test_an_index_that_stands_where_the_alias_should_be_is_named(empty_engine: Any, indices: Any) -> None:
    alias = empty_engine.names.alias("public")
    indices.create(index=alias)

    for act in (lambda: empty_engine.write(puts([source(1, "x")])), lambda: empty_engine.rebuild().__enter__()):
        with pytest.raises(EngineUnavailable, match="where an alias should be") as refused:
            act()
        assert not isinstance(refused.value, NoIndex)
    assert alias in empty_engine.health().reason


def test_an_alias_on_a_foreign_index_is_taken_over_by_a_rebuild(engine: Any, indices: Any) -> None:
    """As when somebody restored an index by hand: its mapping is not ours."""
    [alias, serving] = engine.names.alias("public"), engine.generations.written_to()[0]["public"]
    foreign = f"{alias}-by-hand"
    indices.create(index=foreign)
    indices.update_aliases(
        actions=[
            {"remove": {"index": serving, "alias": alias}},
            {"add": {"index": foreign, "alias": alias}},
        ]
    )
    with pytest.raises(EngineUnavailable):
        engine.search(SearchRequest("tin"))
    assert engine.health().ready is False

    with engine.rebuild() as fresh:
        fresh.write(puts([source(1, "tin")]))

    assert engine.search(SearchRequest("tin")).total == 1
    assert foreign in names(indices, engine)


def test_a_half_of_an_index_is_none(engine: Any, indices: Any) -> None:
    [generation] = engine.generations.written_to()
    indices.delete(index=generation["restricted"])

    with pytest.raises(NoIndex):
        engine.write(puts([source(1, "tin")]))
    assert engine.health().ready is False


def test_an_index_that_may_lose_what_it_acknowledged_is_not_written(engine: Any, indices: Any) -> None:
    [generation] = engine.generations.written_to()
    indices.put_settings(index=generation["restricted"], settings={"index.translog.durability": "ASYNC"})

    with pytest.raises(EngineUnavailable, match=r"durability is async.* set it to request"):
        engine.write(puts([source(1, "tin")]))
    assert engine.health().ready is False
    assert "durability" in engine.health().reason

    with engine.rebuild():
        pass
    assert engine.health().ready is True


def test_what_serves_is_set_for_serving(engine: Any, indices: Any) -> None:
    [generation] = engine.generations.written_to()

    told = indices.get_settings(index=generation["public"])[generation["public"]]["settings"]["index"]

    assert {name: told[name] for name in ("gc_deletes", "refresh_interval", "auto_expand_replicas")} == {
        "gc_deletes": "24h",
        "refresh_interval": "5s",
        "auto_expand_replicas": "0-1",
    }


def test_a_rebuild_that_lost_documents_does_not_take_over(engine: Any, indices: Any) -> None:
    engine.write(puts([source(1, "old")]))

    with pytest.raises(EngineUnavailable, match="1 documents that were written"):
        _rebuild_and_lose(engine, indices)

    assert engine.search(SearchRequest("old")).total == 1
    assert len(names(indices, engine)) == 2


def _rebuild_and_lose(engine: Any, indices: Any) -> None:
    """Put an empty index in place of the one that was filled."""
    with engine.rebuild() as fresh:
        fresh.write(puts([source(1, "new")], version=2))
        lost = fresh.generation["public"]
        indices.delete(index=lost)
        indices.create(index=lost, aliases={f"{lost}.write": {}, engine.names.building: {}}, **engine.schema.body)


def test_deletes_by_others_do_not_look_like_losses(engine: Any) -> None:
    with engine.rebuild() as fresh:
        fresh.write(puts([source(1, "a"), source(2, "b", allow=["org:4"]), source(3, "c")]))
        engine.write(puts([source(3, "c", allow=["org:4"])], version=2))

    assert engine.health().documents == 3


def test_searches_go_on_while_generations_are_swapped(engine: Any) -> None:
    totals: set[Any] = set()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                totals.add(engine.search(SearchRequest("tin", tokens=frozenset({"public", "user:1"}))).total)
            except EngineUnavailable as trouble:
                totals.add(str(trouble))

    engine.write(puts([source(1, "tin")]))
    asking = threading.Thread(target=ask)
    asking.start()
    for version in range(2, 6):
        with engine.rebuild() as fresh:
            fresh.write(puts([source(1, "tin")], version=version))
    ended.set()
    asking.join()

    assert totals == {1}
