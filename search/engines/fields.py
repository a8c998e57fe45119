"""What the documents' mappings say, read once for whichever engine holds them: there is no second declaration."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from search import analysis
from search.documents.base import PortalDocument


class ClashingFields(Exception):
    """Two documents declare a field of one name differently, or in a way an engine cannot hold."""


def _union(documents: Iterable[type[PortalDocument]]) -> dict[str, Mapping[str, Any]]:
    properties: dict[str, Mapping[str, Any]] = {}
    for document in documents:
        for name, declared in document._doc_type.mapping.to_dict()["properties"].items():
            if properties.setdefault(name, declared) != declared:
                raise ClashingFields(f"{document.__name__}.{name} differs from another document's {name}")
    return properties


@dataclass(frozen=True)
class TextField:
    """A searchable field and how much a match in it counts; ``exact`` is its twin that holds unstemmed words."""

    name: str
    weight: float

    @property
    def exact(self) -> str:
        """The name of the twin."""
        return f"{self.name}.exact"


class Fields:
    """The union of the documents' mappings, sorted by name: an index needs the same order in every process."""

    def __init__(self, documents: Iterable[type[PortalDocument]]) -> None:
        self.properties: Mapping[str, Mapping[str, Any]] = dict(sorted(_union(documents).items()))

    def of_type(self, wanted: str) -> tuple[str, ...]:
        """The names of the fields of a type."""
        return tuple(name for name, declared in self.properties.items() if declared["type"] == wanted)

    @property
    def fingerprint(self) -> str:
        """A short name for exactly these fields; an index made for others cannot be used."""
        declared = orjson.dumps(self.properties, option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(declared + analysis.WORD_PATTERN.encode()).hexdigest()[:16]

    @cached_property
    def text_fields(self) -> tuple[TextField, ...]:
        """The fields that words are looked for in."""
        hints = ((name, self.properties[name].get("meta", {})) for name in self.of_type("text"))
        return tuple(TextField(name, float(hint.get("weight", 1))) for name, hint in hints)

    def fields_of(self, scope: str) -> tuple[TextField, ...]:
        """The one field of this name; all of them, when none is named."""
        return tuple(field for field in self.text_fields if scope in ("", field.name))

    @cached_property
    def title_fields(self) -> tuple[TextField, ...]:
        """Those of them that titles are suggested from."""
        return tuple(field for field in self.text_fields if field.name == "title")

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """The fields that are offered as facets."""
        return tuple(name for name, p in self.properties.items() if p.get("meta", {}).get("facet"))
