"""Building the index anew from the database, while the portal goes on reading and writing."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from search import engines
from search.documents import KINDS, documents_of, sources_of
from search.drain import BATCH
from search.engines.port import Delete, DocumentsRefused, Engine, Put, Rebuild, Write
from search.models import VersionCounter
from search.semantic import embedders
from search.semantic.stores import store_for

log = logging.getLogger(__name__)

Advance = Callable[[int], object]
Rows = list[Any]


@dataclass
class Rebuilt:
    """How many documents were written of each kind, how many removed, and the objects that could not be.

    ``vectors``: how many are compared by what they mean.
    """

    written: dict[str, int] = field(default_factory=dict)
    removed: int = 0
    rejected: list[str] = field(default_factory=list)
    vectors: int = 0


def rebuild(kinds: Sequence[str] = (), *, advance: Advance = lambda steps: None) -> Rebuilt:
    """Build the whole index beside the one that serves and swap them; with kinds, write these again in place.

    What changes meanwhile reaches the new index too, and no later than the old. A row that cannot be prepared, or that
    the engine refuses, is reported and left out rather than stopping the rest.
    """
    engine = engines.current()
    if kinds and engine.health().ready:
        return _again_in_place(engine, kinds, advance)
    report = Rebuilt()
    with engine.rebuild() as fresh:
        for kind in KINDS:
            _fill(fresh, kind, report, advance)
    if embedder := embedders.current():
        report.vectors = store_for(embedder).refill()
    return report


def object_of(key: str) -> str:
    """The object whose document has this key, as ``kind:pk``."""
    return ":".join(key.split(":")[:2])


def size(kinds: Sequence[str] = ()) -> int:
    """How many rows a rebuild reads."""
    return sum(documents_of(kind)[0].rows().count() for kind in kinds or KINDS)


def batches(kind: str, draw: Callable[[], int]) -> Iterator[tuple[int, Rows]]:
    """All rows of a kind in order, a batch at a time, each with the version drawn before it was read."""
    last, rows = 0, documents_of(kind)[0].rows().order_by("pk")
    while True:
        version = draw()
        batch = list(rows.filter(pk__gt=last)[:BATCH])
        if not batch:
            return
        yield version, batch
        last = batch[-1].pk


def _fill(target: Rebuild | Engine, kind: str, report: Rebuilt, advance: Advance) -> set[str]:
    """Write all documents of a kind; the keys written."""
    keys: set[str] = set()
    for version, rows in batches(kind, VersionCounter.draw):
        puts = list(chain.from_iterable(_puts(row, kind, version, report) for row in rows))
        keys.update(put.key for put in puts)
        keys -= _refused(target, puts, report)
        advance(len(rows))
    report.written[kind] = len(keys)
    return keys


def _refused(target: Rebuild | Engine, puts: Sequence[Write], report: Rebuilt) -> set[str]:
    """Write the documents; the keys of those that the engine refuses, which are reported and left out."""
    try:
        target.write(puts)
    except DocumentsRefused as refusal:
        report.rejected += map(object_of, refusal.keys)
        return set(refusal.keys)
    return set()


def _puts(row: Any, kind: str, version: int, report: Rebuilt) -> list[Write]:
    try:
        return [Put(source["key"], version, source) for source in sources_of(row, kind)]
    except Exception as error:  # one bad row must not keep everything else from being found
        log.warning("%s:%s cannot be indexed: %s", kind, row.pk, type(error).__name__)
        report.rejected.append(f"{kind}:{row.pk}")
        return []


def _again_in_place(engine: Engine, kinds: Sequence[str], advance: Advance) -> Rebuilt:
    """Write these kinds again. What is left over of them is older than the version drawn first, and goes."""
    report, began = Rebuilt(), VersionCounter.draw()
    for kind in kinds:
        keys = _fill(engine, kind, report, advance)
        surplus = [Delete(entry.key, began) for entry in engine.entries([kind]) if entry.key not in keys]
        report.removed += engine.write(surplus).applied
    return report
