"""What lies near to something that is there already: by its own vector, which no embedder has to be asked for."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence

from search.documents.base import Source
from search.engines.port import Engine, EngineUnavailable, FoundHit
from search.models import DocumentVector
from search.requests import LARGEST_PAGE, SearchRequest
from search.semantic import embedders
from search.semantic.hybrid import fused
from search.semantic.stores import Near, store_for
from search.semantic.vectors import unpacked

log = logging.getLogger(__name__)

POOL = 40
"""How many of each order take part where two are fused, at most."""


def similar(engine: Engine, source: Source, kinds: Collection[str], size: int) -> Sequence[FoundHit]:
    """Public documents that speak of what this one speaks of, or mean it; without itself."""
    near = neighbours(source["key"], kinds)
    if not near:
        return engine.similar(source, kinds, size)
    spoken = engine.similar(source, kinds, POOL)
    return fused(spoken, hits_of(engine, near), list(near))[:size]


def neighbours(key: str, kinds: Collection[str]) -> Mapping[str, Near]:
    """The public documents of each kind nearest in meaning to the one of this key, the nearest first.

    None without an embedder, for a document without a vector, and while they cannot be compared.
    """
    embedder = embedders.current()
    row = DocumentVector.objects.filter(model=embedder.name, key=key).first() if embedder else None
    if embedder is None or row is None or not row.vector:
        return {}
    most = min(POOL, LARGEST_PAGE // len(kinds))
    try:
        found = store_for(embedder).nearest(unpacked([row])[0], kinds, most)
    except EngineUnavailable as away:
        log.warning("what is near in meaning cannot be told: %s", away)
        return {}
    near = sorted((each for nearest in found.values() for each in nearest), key=lambda each: (-each.likeness, each.key))
    return {each.key: each for each in near if each.key != key and each.likeness >= embedder.floor}


def closeness(near: Near | None) -> float:
    """How close two texts are in meaning: 1 where they are about the same, more where they say the same; else 0."""
    embedder = embedders.current()
    if near is None or embedder is None or near.likeness < embedder.close:
        return 0.0
    return (near.likeness - embedder.floor) / (embedder.close - embedder.floor)


def hits_of(engine: Engine, near: Mapping[str, Near]) -> tuple[FoundHit, ...]:
    """The documents of these keys that strangers may read."""
    alone = SearchRequest(size=LARGEST_PAGE).meaning(tuple(near)[:LARGEST_PAGE], words=False)
    return engine.search(alone, ()).hits if near else ()
