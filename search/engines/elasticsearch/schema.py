"""The mapping and the settings of our indices, derived from the documents, and how a document becomes an entry.

Beside the declared fields an entry has ``document``, which is what was given and all that is ever shown, and its
``digest`` for finding drift: these two are kept and not searched. The declared fields are searched and not kept. Their
text is spelled by ``search.analysis`` as it is for the embedded engine, so that both find the same words.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import orjson

from search import analysis
from search.documents.base import PortalDocument, digest
from search.engines.fields import ClashingFields, Fields

DOCUMENT = "document"
DIGEST = "digest"
META = "portal_documents"

DURABILITY = "request"
TOMBSTONES_KEPT = "24h"
SERVING = {"index": {"auto_expand_replicas": "0-1", "refresh_interval": "5s"}}
FILLING = {"index": {"auto_expand_replicas": False, "number_of_replicas": 0, "refresh_interval": "-1"}}

STEMMERS = {
    "portal_english": {"type": "stemmer", "language": "porter2"},
    "portal_russian": {"type": "stemmer", "language": "russian"},
}
FOLDED = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}
ANALYSERS = {
    analysis.EXACT: FOLDED,
    analysis.STEMMED: {**FOLDED, "filter": [*FOLDED["filter"], *STEMMERS]},
}

UNSORTED = {"doc_values": False}
UNSEARCHED = {"index": False, "doc_values": False}
DIET: Mapping[str, Mapping[str, Any]] = {"allow": UNSORTED, "deny": UNSORTED, "part": UNSEARCHED}
"""What some of the shared fields do without."""


class Schema(Fields):
    """The union of the documents' mappings as Elasticsearch takes it."""

    def __init__(self, documents: Sequence[type[PortalDocument]]) -> None:
        super().__init__(documents)
        if clash := {DOCUMENT, DIGEST} & self.properties.keys():
            raise ClashingFields(f"{', '.join(clash)}: this engine needs the name for itself")
        restrictable = {document.KIND for document in documents if _may_be_restricted(document)}
        self.always_public = frozenset(document.KIND for document in documents) - restrictable
        self._texts = frozenset(self.of_type("text"))
        self._keywords = frozenset(self.of_type("keyword"))

    @cached_property
    def mappings(self) -> dict[str, Any]:
        """The mapping of an index. Nothing that is not declared is taken in."""
        declared = {name: _declared(name, as_declared) for name, as_declared in self.properties.items()}
        kept: dict[str, Any] = {DOCUMENT: {"type": "object", "enabled": False}, DIGEST: _keyword(UNSEARCHED)}
        return {"dynamic": "strict", "_source": {"includes": [*kept]}, "properties": declared | kept}

    @cached_property
    def fingerprint(self) -> str:
        """A short name for this exact mapping and analysis; an index of another one cannot be used."""
        made_of = [self.mappings, ANALYSERS, STEMMERS, analysis.WORD_PATTERN, sorted(self.always_public)]
        return hashlib.sha256(orjson.dumps(made_of, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]

    @cached_property
    def body(self) -> dict[str, Any]:
        """What an index is made from. It says for which documents."""
        settings = {
            **FILLING["index"],
            "number_of_shards": 1,
            "gc_deletes": TOMBSTONES_KEPT,
            "translog": {"durability": DURABILITY},
            "analysis": {"analyzer": ANALYSERS, "filter": STEMMERS},
        }
        return {"settings": {"index": settings}, "mappings": {**self.mappings, "_meta": {META: self.fingerprint}}}

    def entry(self, source: Mapping[str, Any]) -> bytes:
        """A document's source as an entry of the index, in JSON."""
        fields = {name: self._searched(name, value) for name, value in source.items()}
        return orjson.dumps(fields | {DOCUMENT: source, DIGEST: digest(source)})

    def _searched(self, name: str, value: Any) -> Any:
        if name in self._texts:
            return analysis.spelled(value) if value else None
        if name in self._keywords:
            return value or None
        return value


def _may_be_restricted(document: type[PortalDocument]) -> bool:
    """Whether the document says whom it admits, rather than admitting everybody always."""
    return document.audience is not PortalDocument.audience


def _declared(name: str, declared: Mapping[str, Any]) -> dict[str, Any]:
    """A field as it was declared. Phrases and beginnings are looked for in exact words only: stems need no places."""
    if declared["type"] == "text":
        exact = dict(declared["fields"]["exact"]) | ({"index_prefixes": {}} if name == "title" else {})
        return {**declared, "index_options": "freqs", "fields": {"exact": exact}}
    return {**declared, **DIET.get(name, {})}


def _keyword(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "keyword", **changes}
