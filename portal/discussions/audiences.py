"""Audiences: who reads and who writes in a room, said by the app whose object the room is about.

An app registers one ``Audience`` for each kind of room it opens; rooms themselves know only its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import is_person, is_platform_master

Rule = Callable[[Any, Any], bool]
Ids = Callable[[Any], QuerySet[Any, Any] | Iterable[int]]


@dataclass(frozen=True)
class Audience:
    """Who belongs in the rooms called ``name``.

    ``can_read`` and ``can_write`` are rules ``(user, subject)``; ``subject`` is the object the room is about, and
    None where the audience has rooms about nothing in particular. ``readable_ids(user)`` is the twin of
    ``can_read``: the primary keys of the subjects it holds for, as a queryset of one column or as ids. It is None
    only for rooms without a subject. Whoever may write may read; a verified address is asked for besides.
    ``can_moderate`` says who keeps order there, apart from the platform masters, who do so everywhere.
    """

    name: str
    can_read: Rule
    can_write: Rule
    readable_ids: Ids | None = None
    label: str | Promise = ""
    can_moderate: Rule = is_platform_master


_audiences: dict[str, Audience] = {}


def register(audience: Audience) -> Audience:
    """Make an audience known; registering its name again replaces it."""
    _audiences[audience.name] = audience
    return audience


def find(name: str) -> Audience | None:
    """The audience called ``name``, or None: rooms of an unknown audience are nobody's."""
    return _audiences.get(name)


def all_audiences() -> list[Audience]:
    """Every audience that is registered."""
    return list(_audiences.values())


def everybody(user: Any, subject: object = None) -> bool:
    """Reads: anyone at all, signed in or not."""
    return True


COMMUNITY: Final = register(Audience(name="community", can_read=everybody, can_write=is_person, label=_("Community")))
