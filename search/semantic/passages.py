"""Which documents have a vector, and of which text."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from search.documents import documents_of
from search.documents.base import PUBLIC, Source

KINDS: Final = ("challenge", "patent", "licence_offer", "venture", "organisation", "person", "page")
"""The kinds that are found by what they mean. Talk is found by its words; submissions are confidential."""
LONGEST: Final = 1_200
"""Characters: what a text is about stands at its beginning, and twice the text takes twice the time."""


@dataclass(frozen=True)
class Passage:
    """What is embedded of a document."""

    key: str
    kind: str
    text: str

    @property
    def digest(self) -> str:
        """A fingerprint of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


def passages(kind: str, pks: Collection[str]) -> Iterator[Passage]:
    """The passages of those of the objects that are public and say anything."""
    for document in documents_of(kind) if kind in KINDS else ():
        for row in document.rows().filter(pk__in=pks):
            if document.eligible(row) and PUBLIC in document.audience(row).allow:
                source = document.source(row)
                if text := text_of(source):
                    yield Passage(source["key"], kind, text)


def text_of(source: Source) -> str:
    """What a document is about, most telling first."""
    return "\n".join(dict.fromkeys(_parts(source)))[:LONGEST].strip()


def _parts(source: Source) -> Iterable[str]:
    return (source[name].strip() for name in ("title", "summary", "body") if source.get(name))
