"""Comparing the vectors with the documents, and what is searched with the vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from search.documents import documents_of
from search.models import DocumentVector
from search.rebuild import object_of
from search.semantic import tasks
from search.semantic.passages import KINDS, passages
from search.semantic.stores import store_for

if TYPE_CHECKING:
    from search.semantic.embedders import Embedder

READ = 500


@dataclass
class VectorDrift:
    """Where vectors and public texts disagree, by the keys of documents.

    ``missing`` have none, ``stale`` one of another text, ``surplus`` one although they are not public or gone;
    ``astray`` are held by the store as something else than the database has.
    """

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """All that are wrong."""
        return [*self.missing, *self.stale, *self.surplus, *self.astray]


def vector_drift(embedder: Embedder) -> VectorDrift:
    """Compare every vector by the present embedder; asks it for nothing and changes nothing."""
    rows = DocumentVector.objects.filter(model=embedder.name).exclude(vector=b"")
    texts = dict(rows.values_list("key", "text"))
    found = VectorDrift(astray=store_for(embedder).astray(dict(rows.values_list("key", "version"))))
    for key, digest in _wanted():
        found.compared += 1
        kept = texts.pop(key, None)
        if kept is None:
            found.missing.append(key)
        elif kept != digest:
            found.stale.append(key)
    found.surplus = sorted(texts)
    return found


def repair(found: VectorDrift, embedder: Embedder) -> int:
    """Have the vectors of all wrong documents made again, or withdrawn, and the store filled anew; how many objects."""
    objects = {object_of(key) for key in (*found.missing, *found.stale, *found.surplus)}
    tasks.enqueue(sorted(objects))
    if found.astray:
        store_for(embedder).refill()
    return len(objects | set(map(object_of, found.astray)))


def _wanted() -> Iterator[tuple[str, str]]:
    """The key and the fingerprint of each text that should have a vector."""
    for kind in KINDS:
        [document, *_more] = documents_of(kind)
        last = 0
        while batch := list(document.rows().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:READ]):
            last = batch[-1]
            yield from ((passage.key, passage.digest) for passage in passages(kind, list(map(str, batch))))
