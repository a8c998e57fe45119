"""From the words of a URL to a request. Whatever stands there, something sensible is asked, and what was not, said."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from search.documents import KINDS
from search.documents.tokens import tokens_of
from search.facets import DEFINITIONS
from search.requests import DEEPEST_HIT, LARGEST_PAGE, PAGE_SIZE, RELEVANCE, SORTS, SearchRequest
from search.spans import AMOUNT, RANGES, NotUnderstood, Range, Span
from search.synonyms import with_synonyms
from search.typed import LONGEST_VALUE, taken_from

MOST_CHOSEN = 20

Notes = list[str | Promise]


class Words(Protocol):
    """The query of a URL: each name may stand there several times."""

    def get(self, key: str, default: str = ...) -> str | None: ...

    def getlist(self, key: str) -> list[str]: ...


def request_from(words: Words, user: Any) -> tuple[SearchRequest, Notes]:
    """What is asked for, and by whom; and what could not be understood, in plain words for the person who asked."""
    notes: Notes = []
    text, typed = taken_from(words.get("q") or "")
    size = _number(words.get("size"), PAGE_SIZE, LARGEST_PAGE)
    request = SearchRequest(
        text=text,
        tokens=tokens_of(user),
        kinds=_known_kinds([*words.getlist("kind"), *typed.get("kind", ())], notes),
        filters=_filters(words, typed),
        spans=_spans(words, notes),
        sort=_known_sort(words, notes),
        page=_number(words.get("page"), 1, DEEPEST_HIT // size),
        size=size,
    )
    request = with_synonyms(request)
    if request.parsed.shortened:
        notes.append(_("Your question was long: only its beginning was looked for."))
    return request, notes


def _known_kinds(given: list[str], notes: Notes) -> tuple[str, ...]:
    asked = list(filter(None, given))[:MOST_CHOSEN]
    if set(asked) - set(KINDS):
        notes.append(_("There is no such kind of thing here: everything was searched instead."))
    return tuple(kind for kind in KINDS if kind in asked)


def _known_sort(words: Words, notes: Notes) -> str:
    asked = words.get("sort") or RELEVANCE
    if asked not in SORTS:
        notes.append(_("Results cannot be put in that order: the most relevant come first."))
        return RELEVANCE
    return asked


def _filters(words: Words, typed: Mapping[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values chosen of the facets there are; a name that is no facet is nobody's business."""
    names = (name for name in DEFINITIONS if name != "kind")
    chosen = {name: [*filter(None, words.getlist(name)), *typed.get(name, ())] for name in names}
    return tuple(
        (name, tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in values[:MOST_CHOSEN])))
        for name, values in chosen.items()
        if values
    )


def _spans(words: Words, notes: Notes) -> tuple[Span, ...]:
    """The ranges chosen. Ends the wrong way round are turned; an end that is none is left open."""
    found = []
    for narrowed in RANGES.values():
        low, high = (_end(narrowed, words.get(f"{narrowed.name}_{end}"), notes) for end in ("from", "to"))
        if low and high and _turned(narrowed, low, high):
            low, high = high, low
        if low or high:
            found.append(Span(narrowed, low, high))
    return tuple(found)


def _end(narrowed: Range, text: str | None, notes: Notes) -> str:
    if not text or not text.strip():
        return ""
    try:
        return narrowed.end(text[:LONGEST_VALUE])
    except NotUnderstood:
        form = _("a whole number") if narrowed.sort == AMOUNT else _("a day, as in 2026-05-31")
        notes.append(
            _("%(what)s: one end was not understood. It is %(form)s.") % {"what": narrowed.label, "form": form}
        )
        return ""


def _turned(narrowed: Range, low: str, high: str) -> bool:
    return int(low) > int(high) if narrowed.sort == AMOUNT else low > high


def _number(text: str | None, default: int, most: int) -> int:
    """A positive whole number up to ``most``; anything else is the default."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return min(max(int(text), 1), most)
