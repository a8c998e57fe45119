"""Writing: what goes where, what is refused, what is taken back, and what becomes of a server that is short of room."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.bulk import IndexVanished, Operation, Outcome, send
from search.engines.port import Delete, DocumentsRefused, EngineUnavailable, Written
from search.requests import SearchRequest
from tests.search.notes import NoteDocument, puts, source
from tests.search.own import own_indices
from tests.servers.door import Door, door_before

MEMBER = frozenset({"public", "org:4"})
LONG = "x" * 40_000


@pytest.fixture
def door() -> Iterator[Door]:
    with door_before(os.environ["TEST_ELASTICSEARCH_URL"]) as door:
        yield door


@pytest.fixture
def behind_door(engine: ElasticsearchEngine, door: Door) -> ElasticsearchEngine:
    """The engine's indices, reached through the door."""
    return ElasticsearchEngine(Address(door.url, engine.names.prefix), [NoteDocument])


def held(engine: Any, side: str) -> dict[str, tuple[int, dict[str, Any]]]:
    """Everything that lies in one index: key → version and all that is kept of it."""
    alias = engine.names.alias(side)
    found = engine.gateway.writing.search(index=alias, version=True, size=1_000)["hits"]["hits"]
    return {hit["_id"]: (hit["_version"], hit["_source"]) for hit in found}


def test_the_public_index_holds_nothing_restricted(engine: Any) -> None:
    """Everything that is in it, down to the last field, after documents have changed sides both ways."""
    for version, allow in enumerate((["org:4"], ["public"], ["org:4"]), 1):
        engine.write(puts([source(1, "Zirconium", body="secret", allow=allow)], version=version))
    engine.write(puts([source(2, "Open"), source(3, "Zirconium", allow=["user:1"])], version=4))
    with engine.rebuild() as fresh:
        fresh.write(puts([source(2, "Open"), source(3, "Zirconium", allow=["user:1"])], version=5))
        engine.write(puts([source(1, "Zirconium", body="secret", allow=["org:4"])], version=6))

    public = held(engine, "public")

    assert {key: kept["document"]["title"] for key, (_, kept) in public.items()} == {"note:2": "Open"}
    assert held(engine, "restricted").keys() == {"note:1", "note:3"}
    assert "irconium" not in str(public)


def test_a_document_that_the_server_refuses_keeps_no_other_out(engine: Any) -> None:
    with pytest.raises(DocumentsRefused) as refused:
        engine.write(puts([source(1, "good"), source(2, "bad", subject=[LONG]), source(3, "good")]))

    assert refused.value.keys == ["note:2"]
    assert [hit.pk for hit in engine.search(SearchRequest("good", sort="oldest")).hits] == ["1", "3"]


def test_a_field_that_is_not_declared_is_refused(engine: Any) -> None:
    with pytest.raises(DocumentsRefused):
        engine.write(puts([source(1, "odd", colour="red")]))


def test_what_is_refused_does_not_leave_its_older_public_self(engine: Any) -> None:
    engine.write(puts([source(1, "was public")]))

    with pytest.raises(DocumentsRefused):
        engine.write(puts([source(1, "is not", allow=["org:4"], subject=[LONG])], version=2))

    assert (held(engine, "public"), held(engine, "restricted")) == ({}, {})


def test_a_put_is_taken_back_when_the_other_side_knows_better(engine: Any, indices: Any) -> None:
    """As when the server, restarted, has forgotten what was deleted: the public tombstone of version 5 is gone."""
    engine.gateway.writing.index(
        index=engine.names.alias("restricted"),
        id="note:1",
        version=5,
        version_type="external_gte",
        document={"key": "note:1", "kind": "note", "allow": "org:4", "document": {}, "digest": "d"},
        refresh=True,
    )

    written = engine.write(puts([source(1, "late and public")], version=4))

    assert written == Written(outdated=1)
    assert (held(engine, "public"), held(engine, "restricted").keys()) == ({}, {"note:1"})


def test_a_late_write_makes_no_index_of_one_that_was_dropped(engine: Any, indices: Any) -> None:
    gone = f"{engine.names.alias('public')}-20260101000000-abcdef"

    for operation in (Operation(gone, "note:1", 1, b"{}"), Operation(gone, "note:1", 1)):
        with pytest.raises(IndexVanished):
            send(engine.gateway.writing, [operation])

    assert list(indices.get(index=f"{gone}*")) == []


def test_a_batch_that_meets_a_swap_is_written_to_what_serves_now(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = engine.generations.written_to()
    with engine.rebuild():
        pass
    known = [stale]
    usual = engine.generations.written_to
    monkeypatch.setattr(engine.generations, "written_to", lambda: known.pop() if known else usual())

    assert engine.write([*puts([source(1, "late")]), Delete("note:2", 1)]) == Written(applied=2)
    assert engine.search(SearchRequest("late")).total == 1


def test_what_a_short_server_has_no_room_for_is_sent_in_smaller_pieces(behind_door: Any, door: Door) -> None:
    notes = [source(n, "tin", body="word " * 200) for n in range(40)]
    door.widest = 30_000

    assert behind_door.write(puts(notes)) == Written(applied=40)
    assert behind_door.search(SearchRequest("tin")).total == 40
    assert max(door.passed) <= 30_000


def test_a_server_that_stays_short_is_left_to_the_outbox(behind_door: Any, door: Door) -> None:
    door.widest = 500

    with pytest.raises(EngineUnavailable, match="no room"):
        behind_door.write(puts([source(1, "tin", body="word " * 200)]))


def test_an_index_that_takes_no_writes_is_left_to_the_outbox(engine: Any, indices: Any) -> None:
    """The block that the server sets when the disk is nearly full."""
    [generation] = engine.generations.written_to()
    indices.put_settings(index=generation["public"], settings={"index.blocks.read_only_allow_delete": True})

    with pytest.raises(EngineUnavailable, match="read_only_allow_delete"):
        engine.write(puts([source(1, "tin")]))
    with pytest.raises(EngineUnavailable, match="no room"):
        send(engine.gateway.writing, [Operation(generation["public"], "note:1", 1)])

    assert "disk" in engine.health().reason
    indices.put_settings(index=generation["public"], settings={"index.blocks.read_only_allow_delete": None})
    assert engine.write(puts([source(1, "tin")])) == Written(applied=1)


def test_a_large_batch_is_sent_in_several_requests(
    behind_door: Any, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.bulk.MOST_OPERATIONS", 10)
    index = behind_door.generations.written_to()[0]["public"]
    before = len(door.passed)

    outcomes = send(behind_door.gateway.writing, [Operation(index, f"note:{n}", 1) for n in range(25)])

    assert outcomes == [Outcome.ABSENT] * 25
    assert len(door.passed) - before == 3


def test_indices_of_another_portal_on_the_server_are_left_alone(engine: Any) -> None:
    with own_indices(os.environ["TEST_ELASTICSEARCH_URL"]) as url:
        other = ElasticsearchEngine(Address.parsed(url), [NoteDocument])
        with other.rebuild() as fresh:
            fresh.write(puts([source(1, "theirs")]))
        with engine.rebuild() as fresh:
            fresh.write(puts([source(1, "ours")]))

        assert [engine.search(SearchRequest(text)).total for text in ("ours", "theirs")] == [1, 0]
        assert other.search(SearchRequest("theirs")).total == 1
