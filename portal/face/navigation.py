"""What stands in the header: apps say it from ``AppConfig.ready``, the base template shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise

PLACES = ("primary", "header", "user", "account", "footer")


def everyone(request: HttpRequest) -> bool:
    """Shown to whoever comes."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """Shown to people with a session."""
    return bool(request.user.is_authenticated)


@dataclass(frozen=True)
class NavItem:
    """One entry: ``url_name`` is reversed without arguments, ``icon`` is a name in ``face/icons.svg``.

    ``place`` is ``primary`` (the bar), ``header`` (an icon at its end), ``user`` (the menu under one's name),
    ``account`` (beside the pages of one's own account) or ``footer``. ``visible`` decides per request; ``count``
    (only for ``header``) is how many things wait there.
    """

    label: str | Promise
    url_name: str
    icon: str = ""
    order: int = 100
    place: str = "primary"
    visible: Callable[[HttpRequest], bool] = everyone
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class NavLink:
    """An entry as one request sees it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int


_items: dict[tuple[str, str], NavItem] = {}


def register(item: NavItem) -> None:
    """Add ``item``; a second one of the same place and ``url_name`` replaces the first.

    Raises ``ValueError`` for a place that does not exist.
    """
    if item.place not in PLACES:
        raise ValueError(f"no such place: {item.place!r}; there are {', '.join(PLACES)}")
    _items[item.place, item.url_name] = item


def links(place: str, request: HttpRequest) -> list[NavLink]:
    """The entries of ``place`` for this request, in order; those whose address is not wired are left out."""
    chosen = (item for item in _items.values() if item.place == place and item.visible(request))
    made = (_link(item, request) for item in sorted(chosen, key=lambda item: (item.order, item.url_name)))
    return [link for link in made if link is not None]


def _link(item: NavItem, request: HttpRequest) -> NavLink | None:
    url = _address(item.url_name, get_urlconf(), get_script_prefix())
    if url is None:
        return None
    count = item.count(request) if item.count else 0
    return NavLink(item.label, url, item.icon, is_current(url, request.path), count)


@cache
def _address(url_name: str, urlconf: str | None, prefix: str) -> str | None:
    """Where ``url_name`` leads, looked up once: every page shows some thirty of these."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def is_current(url: str, path: str) -> bool:
    """Whether ``path`` is at or below ``url``; the home page is only ever itself."""
    return path == url or (url != "/" and path.startswith(url))
