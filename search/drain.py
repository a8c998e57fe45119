"""From the outbox into the index. An entry of topic ``index`` is a key, ``kind:pk``; its object is read afresh."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portal.kernel import commit, outbox
from portal.kernel.models import OutboxEntry
from search import engines
from search.documents import documents_of
from search.engines.port import Delete, EngineUnavailable, NoIndex, Put, Write, Written
from search.models import VersionCounter

log = logging.getLogger(__name__)

TOPIC = "index"
BATCH = 500

Key = tuple[str, str]


def register() -> None:
    """Make this process able to drain index changes."""
    outbox.handler(TOPIC, batch=BATCH)(index_entries)


def enqueue(kind: str, pks: Iterable[Any]) -> None:
    """Have these objects' documents written again, once the present transaction has committed."""
    commit.enqueue_many(TOPIC, [f"{kind}:{pk}" for pk in pks])


def index_entries(entries: Sequence[OutboxEntry]) -> None:
    """Bring the index up to date with the objects of these entries; harmless when run twice, in any order.

    Where there is no index for today's documents yet, it is built, and these objects with it. An engine that is away
    postpones the entries, without counting it against them.
    """
    from search.rebuild import rebuild

    try:
        try:
            write_keys(parsed_key(entry.key) for entry in entries)
        except NoIndex:
            rebuild()
    except EngineUnavailable as away:
        raise outbox.Postpone(str(away)) from away


def write_keys(keys: Iterable[Key]) -> Written:
    """Write the documents of these objects as they are now; what they no longer have is deleted.

    Raises :class:`search.engines.port.DocumentsRefused` when the engine will not take some of them; the others are
    written then.
    """
    return engines.current().write(list(writes_of(keys, VersionCounter.draw())))


def parsed_key(key: str) -> Key:
    """The kind and primary key that an outbox key names."""
    kind, _, pk = key.partition(":")
    return kind, pk


def writes_of(keys: Iterable[Key], version: int) -> Iterator[Write]:
    """The writes that make the index agree with the database about these objects."""
    by_kind: dict[str, set[str]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, set()).add(pk)
    for kind, pks in by_kind.items():
        yield from _writes_of_kind(kind, pks, version)


def _writes_of_kind(kind: str, pks: set[str], version: int) -> Iterator[Write]:
    documents = documents_of(kind)
    rows = documents[0].rows().filter(pk__in=pks) if documents else ()
    found = {str(row.pk): row for row in rows}
    for pk in sorted(pks):
        for document in documents:
            row = found.get(pk)
            if row is not None and document.eligible(row):
                yield Put(document.key_of(pk), version, document.source(row))
            else:
                yield Delete(document.key_of(pk), version)
