"""The connection to the server: one a process, kept alive. What it raises is said in the words of the port.

Errors are named by their type only: their reasons may quote what a document or a question says.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import orjson
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer, TransportError, UnsupportedProductError

from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.breaker import Breaker, ServerFailing
from search.engines.port import EngineUnavailable, NoIndex

READ_SECONDS = 2.0
WRITE_SECONDS = 60.0
CONNECTIONS = 16

Search = tuple[Mapping[str, Any], Mapping[str, Any]]
Answer = Mapping[str, Any]


class Conflict(EngineUnavailable):
    """What was to be changed has changed meanwhile."""


class NoRoom(ServerFailing):
    """The server has no room for what is asked of it now."""


class Gateway:
    """Elasticsearch as the engine speaks to it: ``reading`` gives up soon, ``writing`` is patient.

    What visitors wait for goes through :meth:`asked` and the breaker in it. Writes do not: nobody waits for them, and
    the outbox tries again by itself.
    """

    def __init__(self, address: Address, breaker: Breaker | None = None) -> None:
        self.url = address.url
        client = Elasticsearch(
            address.url,
            serializer=OrjsonSerializer(),
            http_compress=not address.is_near,
            max_retries=0,
            connections_per_node=CONNECTIONS,
            **address.options,
        )
        self.reading = client.options(request_timeout=READ_SECONDS)
        self.writing = client.options(request_timeout=WRITE_SECONDS)
        self.breaker = breaker or Breaker()

    def asked(self, searches: Sequence[Search]) -> list[Answer]:
        """The answers to several searches, made together; all of them or none."""
        return self.breaker.run(lambda: self._asked(searches))

    def _asked(self, searches: Sequence[Search]) -> list[Answer]:
        lines = [orjson.dumps(part) for search in searches for part in search]
        with translated():
            answers: list[Answer] = self.reading.msearch(searches=lines).body["responses"]  # type: ignore[arg-type]
        for answer in answers:
            if "error" in answer:
                raise named(answer["status"], answer["error"]["type"])
        return answers


@contextmanager
def translated() -> Iterator[None]:
    """Say what the client raises in the words of the port."""
    try:
        yield
    except UnsupportedProductError as stranger:
        raise EngineUnavailable("what answers at ELASTICSEARCH_URL is no Elasticsearch") from stranger
    except ApiError as refusal:
        raise named(refusal.status_code, refusal.error) from refusal
    except TransportError as trouble:
        raise ServerFailing(f"the server cannot be reached: {type(trouble).__name__}") from trouble


def named(status: int, error: str) -> EngineUnavailable:
    """What a refusal of the server means. Only the name of the error is passed on."""
    error = error if error.isidentifier() else "error"
    if status == HTTPStatus.NOT_FOUND:
        return NoIndex("there is no index yet; run search_rebuild")
    if status == HTTPStatus.CONFLICT:
        return Conflict("what was to be changed has changed meanwhile")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return NoRoom(f"the server is overloaded: {error}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerFailing(f"the server is broken: {status} {error}")
    return EngineUnavailable(f"the server refuses: {status} {error}")
