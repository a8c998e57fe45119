"""The connection: what the server's answers and its silence become."""

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.breaker import Breaker, ServerFailing
from search.engines.elasticsearch.gateway import Gateway
from search.engines.port import EngineUnavailable
from search.requests import SearchRequest
from tests.search.notes import NoteDocument, puts, source
from tests.servers.door import Door, door_before
from tests.servers.ports import LOOPBACK, free_port


class Impostor(BaseHTTPRequestHandler):
    """Answers everything, and does not say that it is Elasticsearch."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture
def impostor() -> Iterator[str]:
    server = ThreadingHTTPServer((LOOPBACK, 0), Impostor)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{LOOPBACK}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def door() -> Iterator[Door]:
    with door_before(os.environ["TEST_ELASTICSEARCH_URL"]) as door:
        yield door


@pytest.fixture
def behind_door(engine: Any, door: Door, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The engine's indices, reached through the door, by a reader who waits no longer than a moment."""
    monkeypatch.setattr("search.engines.elasticsearch.gateway.READ_SECONDS", 0.3)
    engine.write(puts([source(1, "tin")]))
    return ElasticsearchEngine(Address(door.url, engine.names.prefix), [NoteDocument], Breaker())


def outcome(engine: Any) -> str:
    """What a search comes to: its total, or the kind of trouble."""
    try:
        return str(engine.search(SearchRequest("tin")).total)
    except EngineUnavailable as trouble:
        return type(trouble).__name__


def test_nobody_there_is_a_failure_of_the_server() -> None:
    gateway = Gateway(Address(f"http://{LOOPBACK}:{free_port()}"))

    with pytest.raises(ServerFailing, match="cannot be reached"):
        gateway.asked([({"index": "x"}, {})])


def test_who_is_no_elasticsearch_is_not_believed(impostor: str) -> None:
    with pytest.raises(EngineUnavailable, match="no Elasticsearch"):
        Gateway(Address(impostor)).asked([({"index": "x"}, {})])


def test_a_server_that_does_not_answer_in_time_is_left_alone_after_three_tries(behind_door: Any, door: Door) -> None:
    assert outcome(behind_door) == "1"
    door.open.clear()

    assert [outcome(behind_door) for _ in range(3)] == ["ServerFailing"] * 3
    asked = len(door.passed)
    door.open.set()

    assert [outcome(behind_door) for _ in range(3)] == ["EngineUnavailable"] * 3
    assert behind_door.health().reason.startswith("the server has failed repeatedly")
    assert len(door.passed) <= asked + 3


def test_an_overloaded_server_counts_as_failing(behind_door: Any, door: Door) -> None:
    door.widest = 10

    assert [outcome(behind_door) for _ in range(4)] == ["NoRoom"] * 3 + ["EngineUnavailable"]


def test_a_question_that_the_server_refuses_gets_a_polite_answer_and_opens_nothing(engine: Any, indices: Any) -> None:
    """Here because of an odd setting of the index; whatever the reason, pages fall back to titles."""
    [generation] = engine.generations.written_to()
    indices.put_settings(index=generation["public"], settings={"index.max_result_window": 10})

    assert [outcome(engine) for _ in range(6)] == ["EngineUnavailable"] * 6
    with pytest.raises(EngineUnavailable, match=r"^the server refuses: 400 \w+$"):
        engine.search(SearchRequest("a private question"))
    assert engine.gateway.breaker.run(lambda: "closed") == "closed"


def test_troubles_quote_nothing_that_was_written(engine: Any) -> None:
    with pytest.raises(Exception) as refused:
        engine.write(puts([source(1, "private words", subject=["private" * 6_000])]))

    assert "private" not in repr(refused.value)
