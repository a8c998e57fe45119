"""What is asked of search by pages, the API and fragments: results that the viewer may see, ready to be shown."""

import logging
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.kernel import kinds
from search import engines
from search.authorise import Rows, readable, visible_rows
from search.documents import documents_of
from search.documents.base import Source
from search.engines.port import Engine, EngineUnavailable, Found, FoundHit
from search.engines.titles import titled
from search.facets import DEFINITIONS, Label, facets, kind_label, shown
from search.highlighting import Marker, marked, snippet
from search.parsing import parse
from search.requests import DEEPEST_HIT, LARGEST_PAGE, TITLES, Hit, HitGroup, Relaxed, ResultPage, SearchRequest
from search.semantic import alike, hybrid

log = logging.getLogger(__name__)

SUGGESTIONS = 8
RELATED = 5
A_GROUP = 3
SEVERAL = 2
ENOUGH = 10
"""As many results are enough: with fewer, those that have but one of several words are shown as well."""
MOST_TRIED = 8
RELATED_KINDS = ("challenge", "patent", "licence_offer", "venture", "organisation", "page")
SNIPPET_FIELDS = ("summary", "body", "context")

BY_WORDS = _("Results are by words alone: what means the same in other words cannot be looked for now.")
DEGRADED = _("Search is being repaired: only titles are looked through, and results cannot be narrowed.")


@dataclass(frozen=True)
class Suggestion:
    """Something that may be meant by what is being typed."""

    kind: str
    label: str
    title: str
    url: str


def result_page(request: SearchRequest, user: Any, *, grouped: bool = False) -> ResultPage:
    """One page of answers to a request that was made with ``user``'s tokens; ``grouped``: with the best of each kind.

    Every hit was read from the database as the user. With the engine away it is a title search, and says so.
    """
    began = time.perf_counter()
    try:
        page = _page_by_meaning(request, user, grouped)
    except EngineUnavailable as away:
        log.warning("search is degraded: %s", away)
        page = _title_page(request, user)
    return replace(page, took_ms=round((time.perf_counter() - began) * 1000, 1))


def suggestions(text: str, kinds_wanted: Collection[str] = ()) -> list[Suggestion]:
    """Public things whose title has these words, for everybody alike; none while the engine is away."""
    try:
        hits = engines.current().suggest(text, kinds_wanted, SUGGESTIONS)
    except EngineUnavailable:
        return []
    rows = readable(hits, AnonymousUser())
    return [_suggestion(hit, rows[hit.kind, hit.pk]) for hit in hits if (hit.kind, hit.pk) in rows]


def related(obj: Model, wanted: Collection[str] = RELATED_KINDS, size: int = RELATED) -> list[Hit]:
    """Public things that speak of what ``obj`` speaks of; none while the engine is away.

    The caller has fetched ``obj`` through the gate. What is compared is its poorest document: what it says to all who
    may see it.
    """
    source = poorest_source(obj)
    if source is None:
        return []
    engine = engines.current()
    try:
        hits = alike.similar(engine, source, wanted, size)
    except EngineUnavailable:
        return []
    return _hits(hits, readable(hits, AnonymousUser()), Marker.of(parse("")))


def poorest_source(obj: Model) -> Source | None:
    """The document of ``obj`` that says what it says to all who may see it; nothing when it has none."""
    every = documents_of(kinds.of(obj).name)
    row = every[0].rows().filter(pk=obj.pk).first() if every else None
    documents = [document for document in every if row is not None and document.eligible(row)]
    return documents[-1].source(row) if row is not None and documents else None


def exported(request: SearchRequest, user: Any) -> Iterator[Hit]:
    """Every hit that can be reached by turning pages, each read from the database as the user.

    Raises ``EngineUnavailable``, before the first hit or after some of them.
    """
    for found, rows in _sheets(request, user, loosely=True):
        yield from _hits(found.hits, rows, Marker.of(found.sought))


def reachable(request: SearchRequest, user: Any) -> Iterator[tuple[str, str]]:
    """Kind and primary key of every object that has enough of the words, as far as pages can be turned."""
    for found, rows in _sheets(request, user):
        yield from (place for hit in found.hits if (place := (hit.kind, hit.pk)) in rows)


def _sheets(request: SearchRequest, user: Any, *, loosely: bool = False) -> Iterator[tuple[Found, Rows]]:
    engine = engines.current()
    asked = request.loosely() if loosely and has_few(engine, request) else request
    sheet = asked.changed(page=1, size=LARGEST_PAGE)
    while sheet.offset < DEEPEST_HIT:
        found = engine.search(sheet, ())
        yield found, readable(found.hits, user)
        if sheet.offset + sheet.size >= found.total:
            return
        sheet = sheet.changed(page=sheet.page + 1)


def _page_by_meaning(request: SearchRequest, user: Any, grouped: bool) -> ResultPage:
    """The page by words and, where there is an embedder, by meaning; by words alone, and saying so, while it fails."""
    try:
        asked = hybrid.with_meaning(request)
    except hybrid.MeaningUnavailable:
        return replace(_found_page(request, user, grouped), degraded=BY_WORDS)
    page = _found_page(asked, user, grouped)
    return replace(page, mode="hybrid") if asked.parsed.akin else page


def _found(engine: Engine, request: SearchRequest, counted: Collection[str]) -> tuple[SearchRequest, Found]:
    """The answer, and the request as it was best asked: where few have enough of its words, one of them has to do."""
    found = hybrid.search(engine, request, counted)
    if found.total < ENOUGH + len(request.parsed.akin) and has_few(engine, request, found.total):
        request = request.loosely()
        found = hybrid.search(engine, request, counted)
    return request, found


def has_few(engine: Engine, request: SearchRequest, total: int | None = None) -> bool:
    """Whether few things have enough of its several words, whatever it is narrowed to: to narrow never makes more.

    ``total``, where it is known, is how many answer the request as it is: with nothing to take away, that tells.
    """
    if len(request.parsed.wanted) < SEVERAL or not request.parsed.is_plain:
        return False
    if total is None or request.is_narrowed or request.parsed.akin:
        total = engine.search(request.meaning(()).unnarrowed().changed(size=1), ()).total
    return total < ENOUGH


def _found_page(request: SearchRequest, user: Any, grouped: bool) -> ResultPage:
    engine = engines.current()
    request, found = _found(engine, request, shown(request))
    last = max(1, -(-found.total // request.size))
    if not found.hits and request.page > last:
        request = request.changed(page=last)
        found = hybrid.search(engine, request, shown(request))
    tops = _tops(engine, request, found) if grouped else {}
    rows = readable(chain(found.hits, *tops.values()), user)
    has_words = found.total > 0 and not all(hit.akin for hit in found.hits)
    marker, counts = Marker.of(found.sought), found.facets.get("kind", {})
    return ResultPage(
        request=request,
        hits=tuple(_hits(found.hits, rows, marker)),
        groups=tuple(HitGroup(kind, tuple(_hits(hits, rows, marker)), counts[kind]) for kind, hits in tops.items()),
        relaxed=_relaxed(engine, request) if request.is_narrowed and not found.total else (),
        total=found.total,
        facets=facets(request, found.facets),
        engine=engine.name,
        some_words=has_words and request.parsed.loose,
        loosened=has_words and any(clause.slips for clause in found.sought.wanted),
        no_words=found.total > 0 and not has_words,
        did_you_mean=_did_you_mean(request, found),
    )


def _tops(engine: Engine, request: SearchRequest, found: Found) -> Mapping[str, tuple[FoundHit, ...]]:
    """The best of each kind, the kind of the best hit first; of one kind alone there is nothing to group."""
    counts = found.facets.get("kind", {})
    order = dict.fromkeys([*(hit.kind for hit in found.hits), *sorted(counts, key=lambda kind: -counts[kind])])
    return hybrid.tops(engine, request, found.sought, [*order], A_GROUP) if len(order) > 1 else {}


def _relaxed(engine: Engine, request: SearchRequest) -> tuple[Relaxed, ...]:
    """What would be found with each thing that narrows taken away; the most first."""
    filters, spans = request.filters, request.spans
    less: list[tuple[Label, SearchRequest]] = [
        (DEFINITIONS[name].label, request.changed(filters=tuple(each for each in filters if each[0] != name), page=1))
        for name, _values in filters
    ]
    less += [
        (span.range.label, request.changed(spans=tuple(each for each in spans if each != span), page=1))
        for span in spans
    ]
    if request.kinds:
        less.append((DEFINITIONS["kind"].label, request.changed(kinds=(), page=1)))
    tried = (Relaxed(label, each, engine.search(each.changed(size=1), ()).total) for label, each in less[:MOST_TRIED])
    return tuple(sorted((each for each in tried if each.total), key=lambda each: -each.total))


def _title_page(request: SearchRequest, user: Any) -> ResultPage:
    marker = Marker.of(request.parsed)
    found = titled(request, user, visible_rows)
    turned = found[request.offset : request.offset + request.size]
    hits = tuple(hit_of(kind, row, {"title": title_of(row)}, marker) for kind, row in turned)
    return ResultPage(request=request, hits=hits, total=len(found), engine=TITLES, degraded=DEGRADED)


def _did_you_mean(request: SearchRequest, found: Found) -> str:
    """The question with each unknown word replaced by the nearest public one; empty when there is no nearer."""
    near = {word: engines.current().near(word) for word in found.unknown}
    better = {word: other for word, other in near.items() if other}
    if not better:
        return ""
    words = (better.get(word.casefold(), word) for word in request.parsed.text.split())
    text = " ".join(words)
    return text if text != request.parsed.text else ""


def _hits(found: Collection[FoundHit], rows: Mapping[tuple[str, str], Model], marker: Marker) -> list[Hit]:
    seen = ((hit, rows.get((hit.kind, hit.pk))) for hit in found)
    return [hit_of(hit.kind, row, hit.source, marker, akin=hit.akin) for hit, row in seen if row is not None]


def hit_of(kind: str, row: Model, source: Mapping[str, Any], marker: Marker, *, akin: bool = False) -> Hit:
    """A row that the viewer may see, as a result."""
    return Hit(
        kind=kind,
        id=kinds.get(kind).key(row),
        url=address_of(row),
        title=marked(source["title"], marker),
        snippet=snippet([source.get(name) or "" for name in SNIPPET_FIELDS], marker),
        obj=row,
        source=source,
        akin=akin,
    )


def _suggestion(hit: FoundHit, row: Model) -> Suggestion:
    return Suggestion(hit.kind, str(kind_label(hit.kind)), hit.source["title"], address_of(row))


def title_of(row: Model) -> str:
    """What the row is called."""
    return str(getattr(row, "title", "") or row)


def address_of(row: Any) -> str:
    """Where the row is shown; editorial pages know it by another name."""
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else row.url or ""
