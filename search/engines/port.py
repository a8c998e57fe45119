"""The seam between the portal and whatever holds its documents. An engine implements :class:`Engine` and nothing else.

Every engine is fed by the same documents and the same drain, answers the same :class:`SearchRequest`, and passes the
same suite (``tests/search/test_engines.py``).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.parsing import Clause, ParsedText
from search.requests import SearchRequest


class EngineUnavailable(Exception):
    """The engine cannot answer or take writes now. Its text is for operators, not for visitors."""


class NoIndex(EngineUnavailable):
    """There is no index for these documents, and building one is up to the portal: the drain does it."""


class DocumentsRefused(Exception):
    """The engine took all other writes of the batch, and never will take the documents of ``keys``."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"the engine refuses {len(keys)} documents")
        self.keys = keys


@dataclass(frozen=True)
class Put:
    """Write this document, unless a newer version of its key is known."""

    key: str
    version: int
    source: Mapping[str, Any]


@dataclass(frozen=True)
class Delete:
    """Remove the document of this key, unless a newer version of it is known. Removing what is absent is done."""

    key: str
    version: int


Write = Put | Delete


@dataclass(frozen=True)
class FoundHit:
    """A document that matched, as it was indexed.

    ``score`` is how well its words answer, in the order of relevance; zero without a word of the question. It is for
    putting hits in order and never shown: it depends on what others may read. ``akin``: it answers by what it means.
    """

    key: str
    source: Mapping[str, Any]
    score: float = 0.0
    akin: bool = False

    @property
    def kind(self) -> str:
        """The kind of the object it is of."""
        return str(self.source["kind"])

    @property
    def pk(self) -> str:
        """The primary key of that object, as text."""
        return self.key.split(":")[1]


@dataclass(frozen=True)
class Found:
    """An engine's answer. ``total`` and ``facets`` count exactly what the viewer's tokens admit.

    ``facets`` maps a field to the count of each value; a field that is narrowed is counted without its own filter. Of a
    field with many values the most frequent are there, ``MOST_VALUES`` at least, and the chosen ones.
    ``sought`` is the question as it was finally asked (with slips forgiven), for highlighting; ``unknown`` lists words
    which occur in nothing that the viewer may read.
    """

    hits: tuple[FoundHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    sought: ParsedText
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """What the index knows of a key: for finding drift."""

    key: str
    version: int
    digest: str


@dataclass
class Written:
    """How many writes took effect, and how many lost to a newer version."""

    applied: int = 0
    outdated: int = 0


@dataclass(frozen=True)
class Health:
    """Whether the engine can answer; ``reason`` says why not, for operators."""

    ready: bool
    reason: str = ""
    documents: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


class Rebuild(Protocol):
    """An index being built beside the one that serves. Writes to the engine meanwhile reach both."""

    def write(self, writes: Sequence[Write]) -> Written:
        """Fill the new index only."""
        ...


class Engine(Protocol):
    """What the portal asks of a search engine. Every method may raise :class:`EngineUnavailable`."""

    name: str

    def health(self) -> Health:
        """Whether it can answer now; never raises."""
        ...

    def search(self, request: SearchRequest, counted: Collection[str] | None = None) -> Found:
        """Answer a request, its filter (allow and deny) inside the query; a stranger's sees public indices only.

        ``counted`` names the facets to count beside the chosen ones; every facet, when it is left out.
        """
        ...

    def tops(
        self, request: SearchRequest, sought: ParsedText, kinds: Collection[str], size: int
    ) -> Mapping[str, tuple[FoundHit, ...]]:
        """The best few answers of each of these kinds, to the question as it was finally asked."""
        ...

    def suggest(self, text: str, kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents whose title has the words of the text, its last word as a beginning.

        Kind and title may be all that stands in their sources.
        """
        ...

    def near(self, word: str) -> str | None:
        """The word of public documents that is nearest to this one within the slips allowed, or nothing."""
        ...

    def telling(self, source: Mapping[str, Any], most: int) -> tuple[Clause, ...]:
        """The clauses of a document that tell it from public ones, the most telling first."""
        ...

    def sharing(
        self, clauses: Sequence[Clause], needed: int, kinds: Collection[str], size: int
    ) -> tuple[FoundHit, ...]:
        """Public documents of these kinds that have ``needed`` of the clauses, those that have more and rarer first."""
        ...

    def similar(self, source: Mapping[str, Any], kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents that speak of what this one speaks of, without itself."""
        ...

    def write(self, writes: Sequence[Write]) -> Written:
        """Apply writes in bulk; when this returns they are durable and seen by every later search.

        Raises :class:`NoIndex` when there is nothing to write to, and :class:`DocumentsRefused` when all are applied
        but those that it names.
        """
        ...

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Build a new index; it takes the old one's place when the block ends well, and vanishes when it does not."""
        ...

    def entries(self, kinds: Collection[str] = ()) -> Iterator[Entry]:
        """Everything held of these kinds (of all, when none is named), in any order."""
        ...
