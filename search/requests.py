"""What is asked and what is answered, as values: the same for the page, the API and every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from search.parsing import ParsedText, parse
from search.spans import Span

if TYPE_CHECKING:
    from django.db.models import Model

PAGE_SIZE = 20
LARGEST_PAGE = 100
DEEPEST_HIT = 1_000
MOST_VALUES = 20

RELEVANCE = "relevance"
NEWEST = "newest"
OLDEST = "oldest"
DEADLINE = "deadline"
REWARD = "reward"

TITLES = "titles"
"""What answers where no engine does: see :mod:`search.engines.titles`."""


@dataclass(frozen=True)
class Sort:
    """An order of results: a field of dates or amounts and its direction; relevance has neither."""

    name: str
    field: str = ""
    descending: bool = True


SORTS = {
    sort.name: sort
    for sort in (
        Sort(RELEVANCE),
        Sort(NEWEST, "updated_at"),
        Sort(OLDEST, "updated_at", descending=False),
        Sort(DEADLINE, "deadline", descending=False),
        Sort(REWARD, "reward"),
    )
}


@dataclass(frozen=True)
class SearchRequest:
    """A question, complete: whose it is (``tokens``) as well as what it is.

    ``kinds`` narrows to these kinds (none: all); ``filters`` maps a facet to the values any of which will do; ``spans``
    are the ranges it is narrowed to.
    """

    text: str = ""
    tokens: frozenset[str] = frozenset({"public"})
    kinds: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    spans: tuple[Span, ...] = ()
    sort: str = RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE

    @cached_property
    def parsed(self) -> ParsedText:
        """The text, understood."""
        return parse(self.text)

    def changed(self, **changes: Any) -> "SearchRequest":
        """The same request with something changed; a text that stays is not read again."""
        other = replace(self, **changes)
        if other.text == self.text:
            other.__dict__["parsed"] = self.parsed
        return other

    def understood(self, parsed: ParsedText) -> "SearchRequest":
        """The same request, its text understood so."""
        other = replace(self)
        other.__dict__["parsed"] = parsed
        return other

    def loosely(self) -> "SearchRequest":
        """The same request, answered by whatever has one of its words."""
        return self.understood(self.parsed.loosely())

    def unnarrowed(self) -> "SearchRequest":
        """The same words, of everything that may be seen."""
        return self.changed(kinds=(), filters=(), spans=(), page=1)

    def meaning(self, akin: tuple[str, ...], *, words: bool = True) -> "SearchRequest":
        """The same request, answered by these documents too; or, without its ``words``, by these alone."""
        return self.understood(replace(self.parsed, akin=akin, wanted=self.parsed.wanted if words else ()))

    @property
    def order(self) -> Sort:
        """The order asked for; without words there is no relevance, so the newest come first."""
        if self.sort == RELEVANCE and not self.parsed.wanted and not self.parsed.akin:
            return SORTS[NEWEST]
        return SORTS[self.sort]

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.size

    @property
    def is_anonymous(self) -> bool:
        """Whether nothing but public documents can answer it."""
        return self.tokens == {"public"}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the words decides what is found."""
        return bool(self.kinds or self.filters or self.spans)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        return dict(self.filters).get(facet, ())


@dataclass(frozen=True)
class Hit:
    """One result, checked against the database: ``obj`` is the row the viewer may see.

    ``akin``: it was found by what it means, and has none of the words. ``title`` and ``snippet`` are escaped HTML in
    which only ``<mark>`` was added.
    """

    kind: str
    id: str
    url: str
    title: SafeString
    snippet: SafeString
    obj: "Model"
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)
    akin: bool = False


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet and how many of the viewer's results have it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A way to narrow the results. Its counts leave its own filter out, so that several values can be chosen."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether one of its values narrows the results now."""
        return any(value.chosen for value in self.values)


@dataclass(frozen=True)
class HitGroup:
    """The best few hits of a kind, and how many there are of it in all."""

    kind: str
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class Relaxed:
    """The same question narrowed by one thing less: what that is called, and how many results there are then."""

    without: str | Promise
    request: SearchRequest
    total: int


@dataclass(frozen=True)
class ResultPage:
    """One page of an answer. ``degraded`` is empty, or says in plain words what is missing from it.

    ``loosened``: words with a slip were taken for others; ``some_words``: few had all of them, so one was enough;
    ``no_words``: what is shown has none of them, and is close in meaning.
    ``groups``, where they were asked for, show the best of each kind; ``relaxed`` says what would be found with less
    narrowing, when nothing was.
    """

    request: SearchRequest
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: tuple[Facet, ...] = ()
    engine: str = ""
    mode: str = "lexical"
    degraded: str | Promise = ""
    took_ms: float = 0.0
    did_you_mean: str = ""
    loosened: bool = False
    some_words: bool = False
    no_words: bool = False
    groups: tuple[HitGroup, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    notes: Sequence[str | Promise] = ()

    @property
    def is_searched(self) -> bool:
        """Whether an engine found it: then it can be kept, and taken away as a table."""
        return self.engine != TITLES

    @property
    def pages(self) -> int:
        """How many pages can be turned; what lies deeper than the 1,000th hit is reached by narrowing."""
        reachable = min(self.total, DEEPEST_HIT)
        return max(1, -(-reachable // self.request.size))

    def facet(self, name: str) -> Facet | None:
        """The facet of this name, if it is offered."""
        return next((facet for facet in self.facets if facet.name == name), None)
