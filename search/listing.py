"""A page of results as its template shows it: every link is the same request with one thing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.addresses import AS_LIST, export_of, save_of, toggled, url_of, with_words, without, words_of
from search.facets import DEFINITIONS, Label
from search.requests import DEADLINE, NEWEST, OLDEST, PAGE_SIZE, RELEVANCE, REWARD, Facet, ResultPage, SearchRequest
from search.shown import ICONS, Row, ShownGroup, ShownHit
from search.spans import AMOUNT, Span, offered

OPEN_FACETS = 4
WRITTEN = 512
"""How many facets and tabs of pages a process keeps as they are written: some 10 kB each."""
STEPS = (0, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 10_000_000)
"""The amounts that a slider stops at."""

SORT_LABELS: dict[str, Label] = {
    RELEVANCE: _("Most relevant"),
    NEWEST: _("Newest"),
    OLDEST: _("Oldest"),
    DEADLINE: _("Deadline"),
    REWARD: _("Highest reward"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A way from this page to another: where, how many are there, whether one is there already."""

    label: Label
    url: str
    count: int | None = None
    selected: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Group:
    """A facet as a list of links."""

    title: str
    options: Sequence[Link]
    open: bool


@dataclass(frozen=True)
class ShownRange:
    """A range as a form: its two ends, and what else the address says, which the form hands on."""

    span: Span
    kept: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """What its two ends are called in addresses, before ``_from`` and ``_to``."""
        return self.span.range.name

    @property
    def is_amount(self) -> bool:
        """Whether its ends are amounts, rather than days."""
        return self.span.range.sort == AMOUNT

    @property
    def is_chosen(self) -> bool:
        """Whether it narrows the results now."""
        return bool(self.span.low or self.span.high)

    @property
    def steps(self) -> str:
        """The amounts that its slider stops at, separated by spaces."""
        return " ".join(map(str, STEPS))


@dataclass(frozen=True)
class Listing:
    """What the results page shows."""

    page: ResultPage

    @property
    def request(self) -> SearchRequest:
        """The request that was answered."""
        return self.page.request

    @cached_property
    def rows(self) -> list[Row]:
        """The hits as they are shown."""
        return [ShownHit(hit).row for hit in self.page.hits]

    @cached_property
    def tabs(self) -> list[Link]:
        """Everything, then each kind that has results or is chosen."""
        kinds = self.page.facet("kind")
        if kinds is None:
            return []
        everything = self.request.changed(
            kinds=(), filters=_general(self.request), spans=_general_spans(self.request), page=1
        )
        total = sum(value.count for value in kinds.values)
        tabs = [Link(_("Everything"), url_of(everything), total, selected=not self.request.kinds)]
        for value in kinds.values:
            asked = everything.changed(kinds=(value.value,))
            tabs.append(Link(value.label, url_of(asked), value.count, value.chosen, ICONS.get(value.value, "")))
        return tabs

    @property
    def has_groups(self) -> bool:
        """Whether there are facets beside the kind, without writing all their links to know."""
        return any(facet.name != "kind" for facet in self.page.facets)

    @cached_property
    def groups(self) -> list[Group]:
        """The facets beside the kind."""
        beside = [facet for facet in self.page.facets if facet.name != "kind"]
        return [
            Group(facet.label, _options(self.request, facet), facet.is_chosen or place < OPEN_FACETS)
            for place, facet in enumerate(beside)
        ]

    @property
    def narrowing(self) -> SafeString:
        """The facets and ranges, as they are shown."""
        return self._written("search/_narrowing.html")

    @property
    def kinds(self) -> SafeString:
        """The tabs, as they are shown."""
        return self._written("search/_tabs.html")

    def _written(self, template: str) -> SafeString:
        """Half of a page is the same whenever the counts are."""
        asked = self.request.changed(tokens=frozenset(), page=1, size=PAGE_SIZE)
        return _written(template, get_language(), asked, self.page.facets)

    @property
    def chosen(self) -> Iterator[Link]:
        """What narrows the results now; each link takes one of them away."""
        for name, values in self.request.filters:
            facet = self.page.facet(name)
            labels = {value.value: value.label for value in facet.values} if facet else {}
            for value in values:
                yield Link(labels.get(value, value), url_of(toggled(self.request, name, value)))
        for span in self.request.spans:
            yield Link(str(span), url_of(without(self.request, span.range.name)))

    @property
    def ranges(self) -> Iterator[ShownRange]:
        """The ranges that the results can be narrowed to, as forms."""
        chosen = {span.range.name: span for span in self.request.spans}
        for narrowed in offered(self.request.kinds):
            span = chosen.get(narrowed.name, Span(narrowed))
            yield ShownRange(span, tuple(words_of(without(self.request, narrowed.name))))

    @cached_property
    def sorts(self) -> list[Link]:
        """The orders the results can be put in."""
        present = self.request.order.name
        sensible = [
            name
            for name in SORT_LABELS
            if (name != RELEVANCE or self.request.parsed.wanted)
            and (name not in (DEADLINE, REWARD) or "challenge" in self.request.kinds)
        ]
        return [
            Link(SORT_LABELS[name], url_of(self.request.changed(sort=name, page=1)), selected=name == present)
            for name in sensible
        ]

    @property
    def sort_label(self) -> Label:
        """The order they are in."""
        return SORT_LABELS[self.request.order.name]

    @property
    def by_kind(self) -> list[ShownGroup]:
        """The best of each kind, where results are shown so."""
        return [ShownGroup(group, url_of(self.request.changed(kinds=(group.kind,)))) for group in self.page.groups]

    @property
    def as_list(self) -> str:
        """All results in one list, the best first."""
        return with_words(url_of(self.request), view=AS_LIST)

    @property
    def relaxed(self) -> list[Link]:
        """Ways to find something after all: with one thing less that narrows."""
        return [Link(each.without, url_of(each.request), each.total) for each in self.page.relaxed]

    @property
    def export(self) -> str:
        """The results as a table."""
        return export_of(self.request)

    @property
    def save(self) -> str:
        """Where this search can be kept."""
        return save_of(self.request)

    @property
    def previous(self) -> str:
        """The page before; empty on the first."""
        return url_of(self.request.changed(page=self.request.page - 1)) if self.request.page > 1 else ""

    @property
    def next(self) -> str:
        """The page after; empty on the last."""
        return url_of(self.request.changed(page=self.request.page + 1)) if self.request.page < self.page.pages else ""

    @property
    def better(self) -> str:
        """Where what was perhaps meant is asked."""
        return url_of(SearchRequest(self.page.did_you_mean, kinds=self.request.kinds))

    @property
    def unfiltered(self) -> str:
        """The same words without anything that narrows."""
        return url_of(SearchRequest(self.request.text))


@lru_cache(maxsize=WRITTEN)
def _written(template: str, language: str | None, request: SearchRequest, facets: tuple[Facet, ...]) -> SafeString:
    return render_to_string(template, {"listing": Listing(ResultPage(request, facets=facets))})


def groups_by_kind(request: SearchRequest) -> bool:
    """Whether the best of each kind is shown: everything was asked for by words, in the usual order, from the start."""
    return bool(request.parsed.wanted) and not request.kinds and request.page == 1 and request.sort == RELEVANCE


def _options(request: SearchRequest, facet: Facet) -> list[Link]:
    """The values of a facet, each with the address that chooses it too, or no longer; the rest of it is made once."""
    others = tuple((name, values) for name, values in request.filters if name != facet.name)
    base = url_of(request.changed(filters=others, page=1))
    chosen = {value: f"{facet.name}={quote_plus(value)}" for value in request.chosen(facet.name)}
    joint = "&" if "?" in base else "?"
    options = []
    for value in facet.values:
        words = [word for other, word in chosen.items() if other != value.value]
        if not value.chosen:
            words.append(f"{facet.name}={quote_plus(value.value)}")
        url = f"{base}{joint}{'&'.join(words)}" if words else base
        options.append(Link(value.label, url, value.count, value.chosen))
    return options


def _general_spans(request: SearchRequest) -> tuple[Span, ...]:
    """The ranges that make sense for every kind."""
    return tuple(span for span in request.spans if span.range.everywhere)


def _general(request: SearchRequest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters that make sense for every kind."""
    return tuple((name, values) for name, values in request.filters if DEFINITIONS[name].everywhere)
