"""Everything that a generation holds, read through a point in time: for finding drift."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.gateway import translated
from search.engines.elasticsearch.indices import Generation
from search.engines.elasticsearch.queries import EVERYTHING, any_of
from search.engines.elasticsearch.schema import DIGEST
from search.engines.port import EngineUnavailable, Entry

PAGE = 2_000
KEPT = "2m"


def inventory(client: Elasticsearch, generation: Generation, kinds: Collection[str]) -> Iterator[Entry]:
    """Every entry of these kinds (of all, when none is named), as of the beginning, in no particular order."""
    query = {"bool": {"filter": [any_of("kind", kinds) if kinds else EVERYTHING]}}
    for hit in all_hits(client, generation.names, query, [DIGEST]):
        yield Entry(hit["_id"], int(hit["_version"]), hit["_source"][DIGEST])


def all_hits(
    client: Elasticsearch, names: str | Sequence[str], query: dict[str, Any], shown: Sequence[str] = ()
) -> Iterator[Mapping[str, Any]]:
    """Every hit in these indices, with its version and what stands under the names ``shown``."""
    with translated():
        point = client.open_point_in_time(index=names, keep_alive=KEPT).body["id"]
    try:
        yield from _paged(client, point, query, shown)
    finally:
        with suppress(EngineUnavailable), translated():
            client.close_point_in_time(id=point)


def _paged(
    client: Elasticsearch, point: str, query: dict[str, Any], shown: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    after: dict[str, Any] = {}
    while True:
        with translated():
            answer = client.search(
                pit={"id": point, "keep_alive": KEPT},
                query=query,
                sort=["_shard_doc"],
                size=PAGE,
                version=True,
                source={"includes": list(shown)} if shown else False,
                track_total_hits=False,
                allow_partial_search_results=False,
                **after,
            ).body
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield from hits
        point, after = answer["pit_id"], {"search_after": hits[-1]["sort"]}
