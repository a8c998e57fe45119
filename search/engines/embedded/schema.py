"""The tantivy schema, derived from the mappings of the documents: there is no second declaration.

One schema serves all kinds: the union of their fields. ``text`` fields are analysed (a sub-field becomes
``field.sub``), ``keyword`` fields are kept whole and countable, ``date`` and ``long`` fields sortable. Beside them
stand the ``version`` that guards against older writes, a ``digest`` of the content for finding drift, and the document
itself.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import orjson
import tantivy

from search import analysis
from search.documents.base import digest
from search.engines.fields import ClashingFields, Fields

SOURCE = "_source"
VERSION = "_version"
DIGEST = "_digest"


class Schema(Fields):
    """The union of the documents' mappings, and how a document becomes an entry of the index."""

    @cached_property
    def compiled(self) -> tantivy.Schema:
        """The schema as the library takes it."""
        builder = tantivy.SchemaBuilder()
        for name, declared in self.properties.items():
            _declare(builder, name, declared)
        builder.add_unsigned_field(VERSION, fast=True)
        builder.add_text_field(DIGEST, stored=True, tokenizer_name="raw")
        builder.add_bytes_field(SOURCE, stored=True)
        return builder.build()

    def entry(self, version: int, source: Mapping[str, Any]) -> tantivy.Document:
        """A document's source as an entry of the index."""
        entry = tantivy.Document()
        for name, value in source.items():
            self._fill(entry, name, value)
        entry.add_unsigned(VERSION, version)
        entry.add_text(DIGEST, digest(source))
        entry.add_bytes(SOURCE, orjson.dumps(source))
        return entry

    def tombstone(self, key: str, version: int) -> tantivy.Document:
        """What is left of a deleted document so that no older write revives it: it admits nobody and holds nothing."""
        entry = tantivy.Document()
        entry.add_text("key", key)
        entry.add_unsigned(VERSION, version)
        return entry

    def _fill(self, entry: tantivy.Document, name: str, value: Any) -> None:
        declared = self.properties[name]
        for item in value if isinstance(value, list) else [value]:
            if item in (None, ""):
                continue
            if declared["type"] == "date":
                entry.add_date(name, item.astimezone(UTC))
            elif declared["type"] == "keyword":
                entry.add_text(name, item)
            elif declared["type"] == "long":
                entry.add_integer(name, item)
            else:
                _fill_text(entry, name, declared, item)


def _fill_text(entry: tantivy.Document, name: str, declared: Mapping[str, Any], text: str) -> None:
    folded = analysis.fold(text)
    entry.add_text(name, folded)
    for sub in declared.get("fields", {}):
        entry.add_text(f"{name}.{sub}", folded)


def _declare(builder: tantivy.SchemaBuilder, name: str, declared: Mapping[str, Any]) -> None:
    if declared["type"] == "text":
        builder.add_text_field(name, tokenizer_name=declared["analyzer"])
        for sub, shape in declared.get("fields", {}).items():
            builder.add_text_field(f"{name}.{sub}", tokenizer_name=shape["analyzer"])
    elif declared["type"] == "keyword":
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True, stored=name == "key")
    elif declared["type"] == "date":
        builder.add_date_field(name, indexed=True, fast=True)
    elif declared["type"] == "long":
        builder.add_integer_field(name, indexed=True, fast=True)
    else:
        raise ClashingFields(f"{name}: this engine has no fields of type {declared['type']}")


def opened(entry: tantivy.Document) -> dict[str, Any]:
    """The source of an entry, as it was given (times as ISO 8601 text); empty for a tombstone."""
    raw = entry.get_first(SOURCE)
    return orjson.loads(bytes(raw)) if raw else {}


def when(nanoseconds: int | None) -> datetime | None:
    """A date as the index returns it, as a time."""
    return datetime.fromtimestamp(nanoseconds / 1e9, tz=UTC) if nanoseconds is not None else None
