"""The parts of the frame around a page that are the same for everybody, written once in each language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .navigation import NavLink

KEPT = 1_000


class PlainLink(NamedTuple):
    """A link of the frame in plain values: what a part of the frame is known by."""

    label: str
    url: str
    icon: str
    current: bool


def written(template: str, place: str, links: Iterable[NavLink]) -> SafeString:
    """The part ``template`` makes with the ``links`` of ``place``.

    It is given nothing else: no request and nobody's name, so nothing of one reader can be shown to another.
    """
    plain = tuple(PlainLink(str(link.label), link.url, link.icon, link.current) for link in links)
    if settings.DEBUG:  # templates are being changed
        return _made(template, place, plain)
    return _kept(template, place, plain, get_language(), get_script_prefix())


def _made(template: str, place: str, links: tuple[PlainLink, ...]) -> SafeString:
    return render_to_string(template, {"portal_name": settings.WAGTAIL_SITE_NAME, "nav": {place: links}})


@lru_cache(maxsize=KEPT)
def _kept(template: str, place: str, links: tuple[PlainLink, ...], language: str | None, prefix: str) -> SafeString:
    return _made(template, place, links)
