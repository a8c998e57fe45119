"""All vectors in the memory of the process, compared by one multiplication: 100,000 of 384 dimensions take 150 MB."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from search.models import DocumentVector
from search.semantic.stores import Near
from search.semantic.vectors import unpacked

if TYPE_CHECKING:
    from search.semantic.embedders import Embedder, Vectors

READ_AT_A_TIME = 5_000


class MemoryStore:
    """Reads the rows that changed since it last looked, before it answers. They are versioned in order of commits."""

    def __init__(self, embedder: Embedder) -> None:
        self._model = embedder.name
        self._shelves: dict[str, Shelf] = {}
        self._version = 0
        self._reading = threading.Lock()

    def nearest(self, vector: Vectors, kinds: Collection[str], most: int) -> Mapping[str, Sequence[Near]]:
        self._catch_up()
        return {kind: self._shelves[kind].nearest(vector, most) for kind in kinds if kind in self._shelves}

    def put(self, rows: Sequence[DocumentVector]) -> None:
        """Nothing to do: it reads them itself, in every process."""

    def astray(self, versions: Mapping[str, int]) -> list[str]:
        """None: what it holds is read from the rows before each answer."""
        return []

    def refill(self) -> int:
        with self._reading:
            self._shelves, self._version = {}, 0
        self._catch_up()
        return sum(len(shelf) for shelf in self._shelves.values())

    def _rows(self) -> QuerySet[DocumentVector]:
        return DocumentVector.objects.filter(model=self._model, version__gt=self._version)

    def _catch_up(self) -> None:
        newest = DocumentVector.objects.aggregate(newest=Max("version"))["newest"] or 0
        if newest == self._version:
            return
        with self._reading:
            if newest < self._version:  # another database stands there now: a backup, or the next test's
                self._shelves, self._version = {}, 0
            by_kind: dict[str, list[DocumentVector]] = {}
            for row in self._rows().order_by("version").iterator(READ_AT_A_TIME):
                by_kind.setdefault(row.kind, []).append(row)
            for kind, rows in by_kind.items():
                self._shelves[kind] = self._shelves.get(kind, Shelf()).changed(rows)
            self._version = newest


class Shelf:
    """The vectors of a kind. Never changed: a changed one takes its place, whoever reads the old one finishes."""

    def __init__(self, keys: Sequence[str] = (), matrix: Vectors | None = None) -> None:
        self._keys = list(keys)
        self._matrix = matrix

    def __len__(self) -> int:
        return len(self._keys)

    def changed(self, rows: Sequence[DocumentVector]) -> Shelf:
        """With these rows in place of their old ones."""
        import numpy

        newest = {row.key: row for row in rows}
        kept = [place for place, key in enumerate(self._keys) if key not in newest]
        fresh = [row for row in newest.values() if row.vector]
        parts = [self._matrix[kept]] if self._matrix is not None and kept else []
        parts += [unpacked(fresh)] if fresh else []
        keys = [*(self._keys[place] for place in kept), *(row.key for row in fresh)]
        return Shelf(keys, numpy.concatenate(parts) if parts else None)

    def nearest(self, vector: Vectors, most: int) -> list[Near]:
        """The nearest, the nearest first."""
        import numpy

        if self._matrix is None:
            return []
        likeness = self._matrix @ vector
        best = numpy.argpartition(-likeness, most)[:most] if len(likeness) > most else range(len(likeness))
        found = [Near(self._keys[place], float(likeness[place])) for place in best]
        return sorted(found, key=lambda near: (-near.likeness, near.key))
