"""How every search engine is written and rebuilt: one suite, run on each engine that there is."""

import pytest

from search.documents.base import digest
from search.engines.port import Delete, Engine, EngineUnavailable, Entry, Written
from tests.search.notes import CHINESE, MEMBER, NOTES, WATER, ask, numbers, puts, source

# --- writing ------------------------------------------------------------------------------------


def test_writing_the_same_twice_changes_nothing(changing: Engine) -> None:
    before = sorted(changing.entries(), key=lambda entry: entry.key)

    written = changing.write(puts(NOTES))

    assert written == Written(applied=5)
    assert sorted(changing.entries(), key=lambda entry: entry.key) == before
    assert ask(changing).total == 4


def test_an_older_version_never_replaces_a_newer_one(engine: Engine) -> None:
    engine.write(puts([source(1, "second")], version=2))

    assert engine.write(puts([source(1, "first")], version=1)) == Written(outdated=1)
    assert [hit.source["title"] for hit in ask(engine).hits] == ["second"]


def test_an_older_version_never_revives_what_was_deleted(engine: Engine) -> None:
    engine.write(puts([source(1, "first")], version=1))
    engine.write([Delete("note:1", 3)])

    assert engine.write(puts([source(1, "second")], version=2)) == Written(outdated=1)
    assert (ask(engine).total, list(engine.entries())) == (0, [])
    assert engine.write(puts([source(1, "fourth")], version=4)) == Written(applied=1)
    assert ask(engine).total == 1


def test_deleting_what_is_absent_is_done(engine: Engine) -> None:
    assert engine.write([Delete("note:404", 1)]) == Written(applied=1)


def test_of_equal_keys_in_one_batch_the_newest_stays(engine: Engine) -> None:
    engine.write([*puts([source(1, "newer")], version=2), *puts([source(1, "older")], version=1)])

    assert [hit.source["title"] for hit in ask(engine).hits] == ["newer"]
    assert len(list(engine.entries())) == 1


def test_a_document_changes_sides_without_leaving_a_copy(engine: Engine) -> None:
    for version, allow in enumerate((["public"], ["org:4"], ["public"], ["org:4"]), 1):
        engine.write(puts([source(1, "swing", allow=allow)], version=version))

        assert [entry.version for entry in engine.entries()] == [version]
        assert ask(engine, tokens=MEMBER).total == 1
        assert ask(engine).total == (1 if allow == ["public"] else 0)


def test_entries_tell_what_is_held(filled: Engine) -> None:
    assert sorted(filled.entries(), key=lambda entry: entry.key) == [
        Entry(each["key"], 1, digest(each)) for each in NOTES
    ]
    assert list(filled.entries(["letter"])) == []


# --- rebuilding ---------------------------------------------------------------------------------


def test_an_engine_without_an_index_says_so(empty_engine: Engine) -> None:
    assert empty_engine.health().ready is False
    with pytest.raises(EngineUnavailable):
        ask(empty_engine, "anything")
    with pytest.raises(EngineUnavailable):
        empty_engine.write(puts([WATER]))


def test_a_rebuild_takes_over_at_its_end_and_not_before(changing: Engine) -> None:
    with changing.rebuild() as fresh:
        fresh.write(puts([source(8, "fresh")], version=2))
        assert ask(changing, "fresh").total == 0
        assert ask(changing).total == 4

    assert numbers(ask(changing)) == [8]


def test_what_is_written_during_a_rebuild_is_not_lost(changing: Engine) -> None:
    with changing.rebuild() as fresh:
        changing.write(puts([source(7, "meanwhile")], version=3))
        changing.write([Delete("note:1", 3)])
        fresh.write(puts([WATER, source(7, "stale copy"), CHINESE], version=2))

    assert sorted(hit.source["title"] for hit in ask(changing).hits) == ["meanwhile", CHINESE["title"]]


def test_a_rebuild_that_fails_leaves_the_old_index(changing: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        _rebuild_and_fail(changing)

    assert sorted(numbers(ask(changing))) == [1, 2, 3, 4]
    assert changing.write(puts([source(9, "after")], version=3)) == Written(applied=1)


def _rebuild_and_fail(engine: Engine) -> None:
    with engine.rebuild() as fresh:
        fresh.write(puts([source(8, "fresh")], version=2))
        raise ZeroDivisionError


def test_two_rebuilds_at_once_are_refused(changing: Engine) -> None:
    with changing.rebuild(), pytest.raises(EngineUnavailable), changing.rebuild():
        pass

    assert changing.health().ready is True
