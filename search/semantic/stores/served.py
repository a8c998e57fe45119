"""Vectors on Elasticsearch: an index of their own beside the documents', asked for its approximate nearest neighbours.

    <prefix>-meaning-<stamp>    the vectors by one embedder, in eight bits a dimension
    <prefix>-meaning            alias by which it is read; <prefix>-meaning.write the one by which it is written

The vectors themselves are the database's: the index is filled from there, and anew by ``search_rebuild``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.db.models import Max, QuerySet

from search.engines.elasticsearch.bulk import IndexVanished, Operation, send
from search.engines.elasticsearch.gateway import translated
from search.engines.elasticsearch.indices import written_by
from search.engines.elasticsearch.inventory import all_hits
from search.engines.elasticsearch.schema import DURABILITY
from search.models import DocumentVector
from search.semantic.stores import Near
from search.semantic.vectors import unpacked

if TYPE_CHECKING:
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.semantic.embedders import Embedder, Vectors

FILLED_AT_A_TIME: Final = 500
CANDIDATES_FOR_ONE: Final = 5
"""How many candidates the server looks at for each that is wanted: more find nearer ones and take longer."""


class ServedStore:
    """The vectors by one embedder, on the server of the engine."""

    def __init__(self, engine: ElasticsearchEngine, embedder: Embedder) -> None:
        self._gateway = engine.gateway
        self._alias = f"{engine.names.prefix}-meaning"
        self._name = embedder.name
        self._model = hashlib.sha256(embedder.name.encode()).hexdigest()[:16]

    def nearest(self, vector: Vectors, kinds: Collection[str], most: int) -> Mapping[str, Sequence[Near]]:
        where = {"index": self._alias, "ignore_unavailable": True}
        answers = self._gateway.asked([(where, self._question(vector, kind, most)) for kind in kinds])
        return {
            kind: [_near(hit) for hit in answer["hits"]["hits"]] for kind, answer in zip(kinds, answers, strict=True)
        }

    def put(self, rows: Sequence[DocumentVector]) -> None:
        operations = list(self._operations(rows))
        try:
            if operations:
                send(self._gateway.writing, operations)
                self._show()
        except IndexVanished:
            self.refill()

    def astray(self, versions: Mapping[str, int]) -> list[str]:
        with translated():
            there = self._gateway.writing.indices.exists_alias(name=self._alias)
        if not there:
            return sorted(versions)
        query = {"bool": {"filter": [{"term": {"model": self._model}}]}}
        hits = all_hits(self._gateway.writing, self._alias, query)
        held = {hit["_id"]: int(hit["_version"]) for hit in hits}
        return sorted(key for key in held.keys() | versions.keys() if held.get(key) != versions.get(key))

    def refill(self) -> int:
        """Build the index anew, let it take over, and bring in what was written meanwhile."""
        began, client = self._newest(), self._gateway.writing
        with translated():
            before = list(client.indices.get(index=f"{self._alias}-*", filter_path="*.aliases").body)
        first = self._rows().exclude(vector=b"").first()
        if first is None:
            self._drop(before)
            return 0
        fresh = f"{self._alias}-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{token_hex(3)}"
        with translated():
            client.indices.create(index=fresh, aliases={written_by(fresh): {}}, **_body(unpacked([first]).shape[1]))
        held = 0
        for batch in self._batches():
            held += len(batch)
            send(client, list(self._operations(batch, fresh)))
        with translated():
            actions = [{"add": {"index": fresh, "alias": alias}} for alias in (self._alias, written_by(self._alias))]
            client.indices.update_aliases(actions=[*actions, *({"remove_index": {"index": name}} for name in before)])
        self.put(list(self._rows().filter(version__gte=began)))
        self._show()
        return held

    def _question(self, vector: Vectors, kind: str, most: int) -> dict[str, Any]:
        nearest = {
            "field": "vector",
            "query_vector": vector.tolist(),
            "k": most,
            "num_candidates": most * CANDIDATES_FOR_ONE,
            "filter": [{"term": {"kind": kind}}, {"term": {"model": self._model}}],
        }
        return {"knn": nearest, "size": most, "_source": False}

    def _operations(self, rows: Sequence[DocumentVector], index: str = "") -> Iterator[Operation]:
        for row in rows:
            entry = None
            if row.vector:
                vector = unpacked([row])[0].tolist()
                entry = orjson.dumps({"kind": row.kind, "model": self._model, "vector": vector})
            yield Operation(index or self._alias, row.key, row.version, entry)

    def _rows(self) -> QuerySet[DocumentVector]:
        return DocumentVector.objects.filter(model=self._name).order_by("pk")

    def _newest(self) -> int:
        return self._rows().aggregate(newest=Max("version"))["newest"] or 0

    def _batches(self) -> Iterator[list[DocumentVector]]:
        last = 0
        while batch := list(self._rows().exclude(vector=b"").filter(pk__gt=last)[:FILLED_AT_A_TIME]):
            yield batch
            last = batch[-1].pk

    def _drop(self, indices: Sequence[str]) -> None:
        """There is no vector left: nothing is to be found by one."""
        with translated():
            if indices:
                self._gateway.writing.indices.delete(index=list(indices), ignore_unavailable=True)

    def _show(self) -> None:
        with translated():
            self._gateway.writing.indices.refresh(index=self._alias)


def _body(dimensions: int) -> dict[str, Any]:
    vector = {
        "type": "dense_vector",
        "dims": dimensions,
        "similarity": "cosine",
        "index_options": {"type": "int8_hnsw"},
    }
    keyword = {"type": "keyword"}
    return {
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0, "translog": {"durability": DURABILITY}}},
        "mappings": {"dynamic": "strict", "properties": {"kind": keyword, "model": keyword, "vector": vector}},
    }


def _near(hit: Mapping[str, Any]) -> Near:
    """The server scores a cosine from 0 to 1. Eight bits a dimension tell no more than two places of it, and how they
    are told changes when the server merges what it has."""
    return Near(hit["_id"], round(2 * hit["_score"] - 1, 2))
