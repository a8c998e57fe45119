"""Bulk requests: many operations in one, each answered for itself.

Every operation carries the version of its document (``external_gte``), so it may be repeated and may arrive late. A
server that is short of room takes the rest in ever smaller windows; one that stays short is left to the outbox.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

import orjson
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.breaker import ServerFailing
from search.engines.elasticsearch.gateway import NoRoom, named, translated
from search.engines.elasticsearch.indices import written_by

MOST_OPERATIONS = 2_000
MOST_BYTES = 4_000_000
TRIES = 5
PAUSE_SECONDS = 0.1
TOLD = "items.*._index,items.*.status,items.*.error.type"


class Outcome(Enum):
    """What came of an operation. ``ABSENT``: there was nothing to delete."""

    DONE = auto()
    ABSENT = auto()
    OUTDATED = auto()
    REFUSED = auto()


SETTLED = {
    HTTPStatus.NOT_FOUND: Outcome.ABSENT,
    HTTPStatus.CONFLICT: Outcome.OUTDATED,
    HTTPStatus.BAD_REQUEST: Outcome.REFUSED,
}


class IndexVanished(Exception):
    """An index that was to be written to is there no more: another took its place since it was asked for."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Put an entry under a key of an index, or remove what is there; unless a newer version of it is known."""

    index: str
    key: str
    version: int
    entry: bytes | None = None

    def lines(self) -> Iterator[bytes]:
        """The operation as the server reads it."""
        where = {
            "_index": written_by(self.index),
            "_id": self.key,
            "version": self.version,
            "version_type": "external_gte",
        }
        yield orjson.dumps({"delete" if self.entry is None else "index": where})
        if self.entry is not None:
            yield self.entry

    def __len__(self) -> int:
        return len(self.entry or b"") + len(self.key)


def send(client: Elasticsearch, operations: Sequence[Operation]) -> list[Outcome]:
    """Carry out operations, each on a key and index of its own; what came of each.

    Raises :class:`IndexVanished`, or :class:`EngineUnavailable` when the server cannot take them now; some may have
    been carried out then.
    """
    outcomes: list[Outcome] = []
    window, tries = MOST_OPERATIONS, TRIES
    while len(outcomes) < len(operations):
        batch = _beginning(operations, len(outcomes), window)
        answered = _answered(client, batch)
        outcomes += answered
        if len(answered) < len(batch):
            window, tries = max(1, len(batch) // 2), tries - 1
            if not tries:
                raise ServerFailing("the server has no room for what is written")
            time.sleep(PAUSE_SECONDS * 2 ** (TRIES - tries))
    return outcomes


def _beginning(operations: Sequence[Operation], start: int, window: int) -> Sequence[Operation]:
    """As many operations from ``start`` on as one request takes; one at least."""
    end, size = start, 0
    while end < min(len(operations), start + window) and (end == start or size + len(operations[end]) <= MOST_BYTES):
        size += len(operations[end])
        end += 1
    return operations[start:end]


def _answered(client: Elasticsearch, batch: Sequence[Operation]) -> list[Outcome]:
    """What came of the operations up to the first that the server had no room for."""
    lines = [line for operation in batch for line in operation.lines()]
    try:
        with translated():
            answer = client.bulk(operations=lines, require_alias=True, filter_path=TOLD).body  # type: ignore[arg-type]
    except NoRoom:
        return []
    outcomes: list[Outcome] = []
    for operation, item in zip(batch, answer["items"], strict=True):
        [told] = item.values()
        if told["status"] == HTTPStatus.TOO_MANY_REQUESTS:
            break
        outcomes.append(_outcome(client, operation, told))
    return outcomes


def _outcome(client: Elasticsearch, operation: Operation, told: Mapping[str, Any]) -> Outcome:
    status, error = told["status"], told.get("error", {}).get("type", "")
    if not error and told["_index"] == written_by(operation.index):
        _remove_stray(client, told["_index"])
        raise IndexVanished(operation.index)
    if error == "index_not_found_exception":
        raise IndexVanished(operation.index)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.DONE
    if status in SETTLED:
        return SETTLED[status]
    raise named(status, error)


def _remove_stray(client: Elasticsearch, name: str) -> None:
    """A delete with a version makes the index that it names, if there is none: take that away again."""
    with translated():
        client.indices.delete(index=name, ignore_unavailable=True)
