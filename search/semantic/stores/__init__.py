"""Where the vectors are compared: in memory beside the embedded engine, on Elasticsearch beside that one.

A store only proposes keys. Whether the viewer may see a document is decided by the engine, inside its query, and once
more by the database: a vector that outlives its document for a moment shows nobody anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

if TYPE_CHECKING:
    from search.models import DocumentVector
    from search.semantic.embedders import Embedder, Vectors


@dataclass(frozen=True)
class Near:
    """A document and how alike it is: the cosine of the two vectors."""

    key: str
    likeness: float


class VectorStore(Protocol):
    """Finds the nearest of the vectors by one embedder. May raise ``EngineUnavailable``."""

    def nearest(self, vector: Vectors, kinds: Collection[str], most: int) -> Mapping[str, Sequence[Near]]:
        """Of each kind the ``most`` documents nearest to ``vector``, the nearest first."""
        ...

    def put(self, rows: Sequence[DocumentVector]) -> None:
        """Take in vectors that were written to the database; an empty one goes."""
        ...

    def astray(self, versions: Mapping[str, int]) -> list[str]:
        """Keys under which this store holds something else than the database, whose ``versions`` those are."""
        ...

    def refill(self) -> int:
        """Build the store anew from the database; how many vectors it holds then."""
        ...


def store_for(embedder: Embedder) -> VectorStore:
    """The store beside the engine of this installation."""
    return _served(settings.ELASTICSEARCH_URL, embedder) if settings.ELASTICSEARCH_URL else _in_memory(embedder)


@lru_cache(maxsize=4)
def _in_memory(embedder: Embedder) -> VectorStore:
    from search.semantic.stores.memory import MemoryStore

    return MemoryStore(embedder)


@lru_cache(maxsize=4)
def _served(url: str, embedder: Embedder) -> VectorStore:
    from search import engines
    from search.semantic.stores.served import ServedStore

    return ServedStore(engines.current(), embedder)  # type: ignore[arg-type]
