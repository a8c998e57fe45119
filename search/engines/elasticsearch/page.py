"""A page of results: hits, total and facets, asked for in one request.

Hits and counts are separate searches: hits that are not counted stop early, and the server keeps counts until the index
changes. A facet that narrows is counted by a search of its own, without its own filter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from search.engines.elasticsearch import counting
from search.engines.elasticsearch.counting import Tally
from search.engines.elasticsearch.gateway import Answer, Search
from search.engines.elasticsearch.queries import Query, any_of, between
from search.engines.elasticsearch.reading import Reading, total
from search.requests import DEEPEST_HIT, SearchRequest

HITS, TOTAL, EVERY = "hits", "total", "every"
Place = tuple[str, str]


@dataclass(frozen=True)
class PageQuestion:
    """A question whose ``query`` answers the text; the request says how the page is narrowed, ordered and turned.

    ``every``, where it is given, is what has all that was asked for: whether there is any is asked too.
    """

    reading: Reading
    query: Query
    request: SearchRequest
    counted: Collection[str]
    every: Query | None = None

    @property
    def chosen(self) -> Mapping[str, Sequence[str]]:
        """The values chosen of each field that narrows."""
        kinds = {"kind": self.request.kinds} if self.request.kinds else {}
        return dict(self.request.filters) | kinds

    @property
    def unchosen(self) -> list[str]:
        """The facets to count that do not narrow."""
        return [name for name in self.counted if name not in self.chosen]

    def searches(self) -> dict[Place, Search]:
        """What to ask, by what it is for."""
        most = counting.OF_ONE if len(self.reading.sides) == 1 else counting.OF_SEVERAL
        narrowed = self._narrowed()
        offset = min(self.request.offset, DEEPEST_HIT - self.request.size)
        asked = {(HITS, ""): self.reading.hits(narrowed, self.request.order, offset, self.request.size)}
        for side in self.reading.sides:
            asked[TOTAL, side] = self.reading.counts(narrowed, side, counting.frequent(self.unchosen, most))
            for name, values in self.chosen.items():
                asked[name, side] = self.reading.counts(
                    self._narrowed(but=name), side, counting.narrowed(name, values, most)
                )
        return asked | ({(EVERY, ""): self.reading.any(self.every)} if self.every else {})

    def best(self) -> Search:
        """What to ask for the hits alone."""
        return self.reading.hits(self._narrowed(), self.request.order, 0, self.request.size)

    def total(self, answers: Mapping[Place, Answer]) -> int:
        """How many documents answer."""
        return sum(total(answers[TOTAL, side]) for side in self.reading.sides)

    def facets(self, answers: Mapping[Place, Answer]) -> dict[str, dict[str, int] | None]:
        """The exact count of each value of each facet; nothing for a facet that has to be counted once more."""
        found = {name: counting.added(self._tallies(answers, TOTAL, name)) for name in self.unchosen}
        for name in self.chosen:
            counts = counting.added(self._tallies(answers, name, counting.VALUES))
            chosen = counting.added(self._tallies(answers, name, counting.CHOSEN))
            found[name] = None if counts is None else counts | (chosen or {})
        return found

    def recount(self, name: str) -> dict[Place, Search]:
        """What to ask to count all values of a facet."""
        query, everything = self._narrowed(but=name), counting.frequent([name], counting.ALL)
        return {(name, side): self.reading.counts(query, side, everything) for side in self.reading.sides}

    def recounted(self, answers: Mapping[Place, Answer], name: str) -> dict[str, int]:
        """The count of each value of a facet, of all of them."""
        return counting.sum_of(self._tallies(answers, name, name))

    def _tallies(self, answers: Mapping[Place, Answer], place: str, name: str) -> list[Tally]:
        return [Tally.of(answers[place, side], name) for side in self.reading.sides]

    def _narrowed(self, but: str = "") -> Query:
        filters = [any_of(name, values) for name, values in self.chosen.items() if name != but]
        filters += map(between, self.request.spans)
        return {"bool": {"must": [self.query], "filter": filters}} if filters else self.query
