"""Two ways of finding, one list: what has the words, and what means the same.

What is nearest in meaning joins what has the words inside the engine's own query (``ParsedText.akin``), so that totals
and facets count it, and nobody finds what they may not see. Then the two orders are fused by reciprocal rank.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from search.engines.port import Engine, EngineUnavailable, Found, FoundHit
from search.parsing import ParsedText
from search.requests import LARGEST_PAGE, RELEVANCE, SearchRequest
from search.semantic import embedders
from search.semantic.embedders import EmbedderUnavailable
from search.semantic.passages import KINDS
from search.semantic.stores import Near, store_for

log = logging.getLogger(__name__)

MOST_OF_A_KIND: Final = 14
"""All kinds together fit on the largest page."""
FUSED: Final = LARGEST_PAGE
"""As many of the best by words take part in the fusion; what lies deeper is ordered by words alone."""
FUSED_OF_A_KIND: Final = 10
CONSTANT: Final = 60
"""Of reciprocal rank fusion: the larger, the less the very first places count."""


class MeaningUnavailable(Exception):
    """What a question means cannot be compared now; search is by words alone."""


def with_meaning(request: SearchRequest) -> SearchRequest:
    """The request with what is nearest in meaning to it, the nearest first; as it is, where meaning is not asked for.

    Raises :class:`MeaningUnavailable`.
    """
    embedder = embedders.current()
    if embedder is None or not asks_for_meaning(request):
        return request
    try:
        vector = embedders.question(embedder, request.parsed.text)
        found = store_for(embedder).nearest(vector, KINDS, MOST_OF_A_KIND)
    except (EmbedderUnavailable, EngineUnavailable) as away:
        log.warning("search is by words alone: %s", away)
        raise MeaningUnavailable from away
    near = sorted((each for nearest in found.values() for each in nearest), key=_nearest_first)
    least = max(embedder.floor, near[0].likeness - embedder.reach) if near else 0.0
    return request.meaning(tuple(each.key for each in near if each.likeness >= least))


def asks_for_meaning(request: SearchRequest) -> bool:
    """Whether it is words in their usual sense that are asked for: no phrases, no names of fields, no numbers alone."""
    words = (word for clause in request.parsed.wanted for word in clause.words)
    return request.sort == RELEVANCE and request.parsed.is_plain and any(map(_is_spoken, words))


def search(engine: Engine, request: SearchRequest, counted: Collection[str] | None = None) -> Found:
    """As the engine's own, with the first hundred results in the order of both ways together."""
    if not request.parsed.akin or request.offset + request.size > FUSED:
        return engine.search(request, counted)
    best = engine.search(request.changed(page=1, size=FUSED), counted)
    ordered = fused(best.hits, _meant(engine, request), request.parsed.akin)
    return replace(best, hits=tuple(ordered[request.offset : request.offset + request.size]))


def tops(
    engine: Engine, request: SearchRequest, sought: ParsedText, kinds: Collection[str], size: int
) -> Mapping[str, tuple[FoundHit, ...]]:
    """As the engine's own, each kind's best in the order of both ways together."""
    if not sought.akin:
        return engine.tops(request, sought, kinds, size)
    spoken, meant = engine.tops(request, sought, kinds, FUSED_OF_A_KIND), _meant(engine, request)
    of_kind = {kind: [hit for hit in meant if hit.kind == kind] for kind in kinds}
    return {kind: tuple(fused(spoken[kind], of_kind[kind], sought.akin)[:size]) for kind in kinds}


def _meant(engine: Engine, request: SearchRequest) -> tuple[FoundHit, ...]:
    """Those that are near in meaning, as far as the request admits them, whatever their words."""
    alone = request.meaning(request.parsed.akin, words=False)
    return engine.search(alone.changed(page=1, size=LARGEST_PAGE), ()).hits


def fused(by_words: Iterable[FoundHit], by_meaning: Iterable[FoundHit], akin: Sequence[str]) -> list[FoundHit]:
    """One list of both, each document once: the sum of its reciprocal ranks in the two decides.

    ``by_words`` is in order; what has no score in it has none of the words. ``akin`` is the order of ``by_meaning``.
    """
    place = {key: rank for rank, key in enumerate(akin)}
    spoken = [hit for hit in by_words if hit.score > 0]
    meant = sorted(by_meaning, key=lambda hit: place[hit.key])
    worth: dict[str, float] = {}
    for ranked in (spoken, meant):
        for rank, hit in enumerate(ranked, 1):
            worth[hit.key] = worth.get(hit.key, 0.0) + 1 / (CONSTANT + rank)
    hits = {hit.key: replace(hit, akin=True) for hit in meant} | {hit.key: hit for hit in spoken}
    return sorted(hits.values(), key=lambda hit: (-worth[hit.key], hit.key))


def _is_spoken(word: str) -> bool:
    return any(letter.isalpha() for letter in word)


def _nearest_first(near: Near) -> tuple[float, str]:
    return -near.likeness, near.key
