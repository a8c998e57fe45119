"""What one viewer asks of the indices that they may open."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zlib import crc32

import orjson

from search.documents.base import PUBLIC as EVERYBODY
from search.engines.elasticsearch.gateway import Answer, Search
from search.engines.elasticsearch.indices import PUBLIC, SIDES, Names
from search.engines.elasticsearch.queries import Query, any_of
from search.engines.elasticsearch.schema import DOCUMENT
from search.engines.port import FoundHit
from search.requests import Sort

RELEVANT_FIRST = [{"_score": "desc"}, {"key": "asc"}]


class Reading:
    """Searches as a viewer with these tokens; a stranger's never open the restricted index."""

    def __init__(self, names: Names, tokens: Collection[str]) -> None:
        self.names = names
        self.tokens = sorted(tokens)
        self.sides = (PUBLIC,) if set(tokens) <= {EVERYBODY} else SIDES

    def hits(self, query: Query, order: Sort, offset: int, size: int) -> Search:
        """A page of the documents that answer, in order."""
        page = {"from": offset, "size": size, "sort": _sorting(order), "track_total_hits": False}
        return self._search(query, self.sides, page)

    def few(self, query: Query, size: int, shown: Sequence[str] = ("",)) -> Search:
        """The documents that answer best, of each what stands under the names ``shown``."""
        kept = [".".join(filter(None, (DOCUMENT, name))) for name in shown]
        page = {"size": size, "sort": RELEVANT_FIRST, "track_total_hits": False, "_source": kept}
        return self._search(query, self.sides, page)

    def any(self, query: Query) -> Search:
        """Whether any document answers."""
        return self._search(query, self.sides, {"size": 0, "terminate_after": 1})

    def counts(self, query: Query, side: str, counting: Mapping[str, Any]) -> Search:
        """How many documents of one side answer, and how many of them have each value that is counted."""
        return self._search(query, (side,), {"size": 0, "track_total_hits": True, "aggs": counting})

    def _search(self, query: Query, sides: Sequence[str], page: Mapping[str, Any]) -> Search:
        """The search in the shape the server wants. The same question goes to the same copy of an index."""
        body = {"query": self._visible(query), **page}
        copy = f"copy-{crc32(orjson.dumps(query))}"
        return {"index": self.names.aliases(sides), "preference": copy, "allow_partial_search_results": False}, body

    def _visible(self, query: Query) -> Query:
        """Of what answers the query, what the viewer may see: an allow token is held and no deny token is.

        This is part of the query, so that counts and totals are of what is seen. It changes no score.
        """
        held, denied = any_of("allow", self.tokens), any_of("deny", self.tokens)
        return {"bool": {"must": [query], "filter": [held], "must_not": [denied]}}


def _sorting(order: Sort) -> list[dict[str, Any]]:
    """What has no value comes last, and what is equal always in the same order."""
    if not order.field:
        return RELEVANT_FIRST
    direction = "desc" if order.descending else "asc"
    return [{order.field: {"order": direction, "missing": "_last"}}, {"key": "asc"}]


def found(answer: Answer) -> tuple[FoundHit, ...]:
    """The hits of an answer."""
    return tuple(FoundHit(hit["_id"], hit["_source"][DOCUMENT], hit["_score"] or 0.0) for hit in answer["hits"]["hits"])


def total(answer: Answer) -> int:
    """How many documents answered, where that was asked."""
    return int(answer["hits"]["total"]["value"])
