"""What one viewer's request sees of the index: the shelves it may open, each behind the viewer's filter."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import tantivy
from tantivy import Occur, Order, Query

from search.engines.embedded.generations import Generation
from search.engines.embedded.queries import QueryBuilder, all_of, counting
from search.engines.embedded.schema import opened
from search.engines.port import FoundHit
from search.requests import Sort

Signed = tuple[Occur, Query]


class Reading:
    """Searches of a generation as a viewer with these tokens; a stranger's never open the restricted shelf."""

    def __init__(self, generation: Generation, builder: QueryBuilder, tokens: Collection[str]) -> None:
        self.builder = builder
        self.visible = builder.visible(tokens)
        shelves = [generation.public] if set(tokens) <= {"public"} else [generation.public, generation.restricted]
        self.searchers = [shelf.searcher() for shelf in shelves]

    def only(self, *parts: Signed) -> Query:
        """These parts together, of what the viewer may see."""
        return all_of(*parts, *self.visible)

    def count(self, query: Query) -> int:
        """How many documents answer the query."""
        return sum(searcher.search(query, limit=1).count or 0 for searcher in self.searchers)  # type: ignore[attr-defined, misc]

    def top(self, query: Query, order: Sort, offset: int, size: int) -> tuple[int, tuple[FoundHit, ...]]:
        """How many answer, and a page of them in order."""
        wanted = offset + size
        results = [(searcher, _ranked(searcher, query, order, wanted)) for searcher in self.searchers]
        total = sum(result.count or 0 for _, result in results)  # type: ignore[attr-defined, misc]
        ranked = [(value, searcher, address) for searcher, result in results for value, address in result.hits]
        ranked.sort(key=lambda entry: _rank(entry[0], descending=order.descending))
        page = ranked[offset:wanted]
        return total, tuple(_hit(searcher, address, 0 if order.field else value) for value, searcher, address in page)

    def counts(self, query: Query, fields: Iterable[str]) -> dict[str, Mapping[str, int]]:
        """The exact number of answers with each value of the fields; values of none are left out."""
        sums: dict[str, Counter[str]] = {field: Counter() for field in fields}
        for searcher in self.searchers if sums else ():
            for field, found in searcher.aggregate(query, counting(sums)).items():
                sums[field].update({bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]})
        return {field: dict(counter) for field, counter in sums.items()}


def _ranked(searcher: tantivy.Searcher, query: Query, order: Sort, wanted: int) -> tantivy.SearchResult:
    if not order.field:
        return searcher.search(query, limit=wanted)
    direction = Order.Desc if order.descending else Order.Asc
    return searcher.search(query, limit=wanted, order_by_field=order.field, order=direction)


def _rank(value: float | None, *, descending: bool) -> tuple[bool, float]:
    """A key that puts the best first and what has no value last."""
    if value is None:
        return True, 0.0
    return False, -value if descending else value


def _hit(searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float) -> FoundHit:
    source = opened(searcher.doc(address))
    return FoundHit(source["key"], source, score)


def filters(builder: QueryBuilder, chosen: Mapping[str, Sequence[str]], but: str = "") -> list[Signed]:
    """The filters of the chosen values, leaving out one field's own."""
    return [builder.any_of(field, values) for field, values in chosen.items() if field != but]
