"""Addresses of results: each says a whole request, so that it can be shared; what is usual is left out of it."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from search.requests import RELEVANCE, SearchRequest
from search.spans import Span

AS_LIST = "list"


def url_of(request: SearchRequest) -> str:
    """The address of a request; what is usual is left out of it."""
    query = query_of(request)
    return _results() + ("?" + query if query else "")


def query_of(request: SearchRequest) -> str:
    """The part of the address after the question mark."""
    return urlencode(words_of(request))


def words_of(request: SearchRequest) -> list[tuple[str, str]]:
    """What the address of a request says: names and values."""
    words: list[tuple[str, str]] = [("q", request.parsed.text)] if request.text else []
    words += [("kind", kind) for kind in request.kinds]
    words += [(name, value) for name, values in request.filters for value in values]
    ends = ((f"{span.range.name}_{end}", value) for span in request.spans for end, value in _ends(span))
    words += [(name, value) for name, value in ends if value]
    words += [("sort", request.sort)] if request.sort != RELEVANCE else []
    words += [("page", str(request.page))] if request.page > 1 else []
    return words


def _ends(span: Span) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("from", span.low), ("to", span.high)


def without(request: SearchRequest, name: str) -> SearchRequest:
    """The request with a range no longer chosen, from its first page on."""
    return request.changed(spans=tuple(span for span in request.spans if span.range.name != name), page=1)


def export_of(request: SearchRequest) -> str:
    """Where the results are as a table."""
    return _elsewhere("search:result-export", request)


def save_of(request: SearchRequest) -> str:
    """Where the search can be kept."""
    return _elsewhere("search:saved-new", request)


def _elsewhere(name: str, request: SearchRequest) -> str:
    query = query_of(request.changed(page=1))
    return reverse(name) + ("?" + query if query else "")


def with_words(url: str, **words: str) -> str:
    """The address with something more said in it."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(words)}"


@lru_cache(maxsize=1)
def _results() -> str:
    return reverse("search:result-list")


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with a value of a facet chosen, or no longer chosen, from its first page on."""
    chosen = dict(request.filters)
    values = chosen.get(facet, ())
    chosen[facet] = tuple(v for v in values if v != value) if value in values else (*values, value)
    kept = tuple((name, values) for name, values in chosen.items() if values)
    return request.changed(filters=kept, page=1)
