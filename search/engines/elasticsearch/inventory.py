"""Everything that a generation holds, read through a point in time: for finding drift."""

from collections.abc import Collection, Iterator
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
    with translated():
        point = client.open_point_in_time(index=generation.names, keep_alive=KEPT).body["id"]
    try:
        yield from _entries(client, point, {"bool": {"filter": [any_of("kind", kinds) if kinds else EVERYTHING]}})
    finally:
        with suppress(EngineUnavailable), translated():
            client.close_point_in_time(id=point)


def _entries(client: Elasticsearch, point: str, query: dict[str, Any]) -> Iterator[Entry]:
    after: dict[str, Any] = {}
    while True:
        with translated():
            answer = client.search(
                pit={"id": point, "keep_alive": KEPT},
                query=query,
                sort=["_shard_doc"],
                size=PAGE,
                version=True,
                source={"includes": [DIGEST]},
                track_total_hits=False,
                allow_partial_search_results=False,
                **after,
            ).body
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield from (Entry(hit["_id"], int(hit["_version"]), hit["_source"][DIGEST]) for hit in hits)
        point, after = answer["pit_id"], {"search_after": hits[-1]["sort"]}
