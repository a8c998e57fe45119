"""Every door there is: the URL map, the description of the API, the topics; each at every object it can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from portal.kernel import kinds

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
OTHERS = {
    "name": ("submit_for_review", "list", "review", "accept"),
    "outcome": ("go",),
    "seq": ("1",),
    "token": ("guessed",),
    "version": ("1",),
    "member": ("1",),
    "muting": ("1",),
    "page_view_restriction_id": ("1",),
    "page_id": ("1",),
}
"""What is put where an object's key does not belong."""
NOT_OURS = ("^(?P", "_util/", "cms/", "account/2fa/", "account/confirm-email/", "account/password/", "static/")
"""Wagtail's and allauth's own addresses: with parameters they lead to nothing of the portal's."""
UNNAMED = {"of_kind": "kind"}


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address pattern of the portal, as it is written."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield pattern


def is_walked(pattern: str) -> bool:
    """Whether the walk goes there: all but what the libraries bring with parameters of their own."""
    if pattern == "cms/failwhale/":  # breaks on purpose, to show how that looks
        return False
    return not (pattern.startswith(NOT_OURS) and PARAMETER.search(pattern)) and "(?P" not in pattern


def addresses(pattern: str, objects: Iterable[Model]) -> list[str]:
    """The pattern's addresses at every object that may lie behind it; ``LookupError`` for an unknown parameter."""
    names = [UNNAMED.get(name, name) for _type, name in PARAMETER.findall(pattern)]
    if names[-2:] == ["kind", "key"]:
        return ["/" + _filled(pattern, each) for each in (*_named(objects), ("challenge", "guessed"))]
    values = [_values(name, pattern, list(objects)) for name in names]
    return ["/" + _filled(pattern, chosen) for chosen in product(*values)]


def _named(objects: Iterable[Model]) -> Iterator[tuple[str, ...]]:
    """Each object's kind and public key."""
    for obj in objects:
        try:
            yield kinds.of(obj).name, kinds.key(obj)
        except KeyError:
            continue


def _filled(pattern: str, chosen: tuple[str, ...]) -> str:
    left = iter(chosen)
    return PARAMETER.sub(lambda _match: next(left), pattern.replace("^", "").replace("$", ""))


def _values(name: str, pattern: str, objects: list[Model]) -> list[str]:
    if name in OTHERS:
        return list(OTHERS[name])
    if name == "kind":
        return ["challenge", "submission", "gate-evidence"]
    if name in ("public_id", "evidence"):
        behind = _behind(pattern)
        return ["guessed", *(obj.public_id for obj in objects if obj._meta.model_name in behind)]  # type: ignore[attr-defined]
    if name == "slug":
        return [obj.slug for obj in objects if hasattr(obj, "slug")]
    if name == "number":
        return [obj.number for obj in objects if obj._meta.model_name == "patent"]  # type: ignore[attr-defined]
    raise LookupError(f"the walk has nothing to put for <{name}> in {pattern}")


BEHIND = {
    "files/": ("challengeattachment", "submissionfile", "gateevidence"),
    "people/": ("user",),
    "organisations/invitations/": ("invitation",),
    "organisations/": ("user",),
    "notifications/": ("notification",),
    "outbox/": ("sentmail",),
    "rooms/": ("room",),
    "licences/offers/": ("licenceoffer",),
    "licence-offers/": ("licenceoffer",),
    "licences/requests/": ("licencerequest",),
    "licence-requests/": ("licencerequest",),
    "challenges/": ("challengeattachment",),
    "registrations/": ("registration",),
    "submissions/files/": ("submissionfile",),
    "submissions/": ("submission",),
    "receipts/": ("disclosurereceipt",),
    "reviews/": ("reviewassignment",),
    "awards/": ("award",),
    "ventures/": ("venture",),
    "gate-reviews/": ("gatereview", "gateevidence"),
    "account/tokens/": ("apitoken",),
    "account/blocked/": ("user",),
    "decisions/": ("moderationcase",),
    "master/moderation/words/": ("watchedphrase",),
    "master/moderation/": ("moderationcase",),
    "blocked/": ("user",),
    "messages/": ("message",),
    "moderation/cases/": ("moderationcase",),
    "search/saved/": ("savedsearch",),
    "saved-searches/": ("savedsearch",),
}
"""The objects that an address's public id may be of, by how the address begins."""


def _behind(pattern: str) -> tuple[str, ...]:
    found = [models for start, models in BEHIND.items() if pattern.removeprefix("api/v1/").startswith(start)]
    if not found:
        raise LookupError(f"the walk does not know which objects lie behind {pattern}")
    return found[0]
