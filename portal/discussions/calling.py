"""Calling people by name: ``@**Ada Lovelace**`` in a message.

Where several are called so, ``@**Ada Lovelace|key**``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import User

from . import rules
from .models import Message, Room

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

MOST_CALLED: Final = 20
OFFERED: Final = 8
CALL: Final = re.compile(r"@\*\*(?P<name>[^*|\n]{1,150})(?:\|(?P<key>[\w-]{1,64}))?\*\*")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#~])")


@dataclass(frozen=True)
class Called:
    """``text`` with the names made links, as Markdown; ``people`` who were called, ``unseeing`` who cannot read it."""

    text: str
    people: Sequence[User] = ()
    unseeing: Sequence[User] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be called: what is written for it, and whether they would see the room."""

    person: User
    written: str
    sees: bool


def people_beside(room: Room, viewer: Viewer) -> QuerySet[User]:
    """Those whom ``viewer`` can call in ``room``: who has talked there, and whom they may see anywhere.

    Who only reads along is named to nobody.
    """
    spoken = Message.objects.filter(room=room).values("author")
    seen = User.objects.visible_to(viewer).values("pk")
    return User.objects.present().filter(Q(pk__in=spoken) | Q(pk__in=seen))


def offered(room: Room, viewer: User, begun: str) -> list[Candidate]:
    """A few of those whose name begins so, or has a word that does; those who have talked here first."""
    words = begun.strip()
    rows = people_beside(room, viewer).exclude(pk=viewer.pk)
    if words:
        rows = rows.filter(Q(display_name__istartswith=words) | Q(display_name__icontains=f" {words}"))
    spoken = Exists(Message.objects.filter(room=room, author=OuterRef("pk")))
    found = list(rows.order_by(spoken.desc(), "display_name", "pk")[: OFFERED * 2])
    names = [person.display_name.casefold() for person in found]
    each = [
        Candidate(person, _written(person, names.count(name) > 1), bool(rules.can_read_room(person, room)))
        for person, name in zip(found, names, strict=True)
    ]
    return sorted(each, key=lambda one: not one.sees)[:OFFERED]


def called(text: str, room: Room, author: User) -> Called:
    """Who is called in ``text``: a name that fits nobody, or several, stays as it was written."""
    found: dict[int, User] = {}

    def linked(match: re.Match[str]) -> str:
        person = _named(match["name"].strip(), match["key"], room, author) if len(found) < MOST_CALLED else None
        if person is None:
            return match[0]
        found[person.pk] = person
        name = _SPECIAL.sub(r"\\\1", str(person))
        return f"[@{name}](/people/{person.public_id}/)"

    linked_text = CALL.sub(linked, text)
    people = [person for person in found.values() if person.pk != author.pk]
    seeing = {person.pk for person in people if rules.can_read_room(person, room)}
    return Called(linked_text, people, [person for person in people if person.pk not in seeing])


def _named(name: str, key: str | None, room: Room, author: User) -> User | None:
    rows = people_beside(room, author).filter(display_name__iexact=name)
    matching = list((rows.filter(public_id=key) if key else rows)[:2])
    return matching[0] if len(matching) == 1 else None


def _written(person: User, is_doubtful: bool) -> str:
    return f"@**{person.display_name}|{person.public_id}**" if is_doubtful else f"@**{person.display_name}**"
