"""How often the words of a document occur in public ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from search import analysis
from search.engines.elasticsearch.gateway import translated
from search.engines.elasticsearch.indices import PUBLIC, Names
from search.engines.elasticsearch.schema import Schema
from search.engines.forgiving import SPOKEN_IN
from search.engines.likeness import LONGEST_READ


@dataclass(frozen=True)
class Vocabulary:
    """The number of public documents that have each word, in the field in which most have it, and of all."""

    frequencies: Mapping[str, int]
    documents: int

    def frequency(self, word: str) -> int:
        """How many documents have the word."""
        return self.frequencies.get(word, 0)


def vocabulary(client: Elasticsearch, names: Names, schema: Schema, source: Mapping[str, Any]) -> Vocabulary:
    """What the public index knows of the words of a document, which need not be in it."""
    text = " ".join((source.get(name) or "")[:LONGEST_READ] for name in SPOKEN_IN)
    spoken = " ".join(dict.fromkeys(analysis.spelled(text).split()))
    with translated():
        told = client.termvectors(
            index=names.alias(PUBLIC),
            doc={field.name: spoken for field in schema.text_fields},
            fields=[field.exact for field in schema.text_fields],
            term_statistics=True,
            field_statistics=True,
            positions=False,
            offsets=False,
            payloads=False,
        ).body
    frequencies: dict[str, int] = {}
    for about in told["term_vectors"].values():
        for word, known in about["terms"].items():
            frequencies[word] = max(known.get("doc_freq", 0), frequencies.get(word, 0))
    counts = (about["field_statistics"]["doc_count"] for about in told["term_vectors"].values())
    return Vocabulary(frequencies, max(counts, default=0))
