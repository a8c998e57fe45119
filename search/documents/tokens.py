"""The words in which documents say whom they admit, and viewers who they are.

Membership lies with the viewer, not with the document: when somebody joins or leaves an organisation or a room, no
document that admits it has to be written again.
"""

from collections.abc import Iterable
from typing import Any

from portal.accounts.rules import is_person, is_platform_master
from portal.discussions.models import Room
from search.documents.base import PUBLIC

MASTER = "master"


def person(pk: int | None) -> str:
    """One person."""
    return f"user:{pk}"


def people(pks: Iterable[int]) -> set[str]:
    """Several persons, each by their own token."""
    return {person(pk) for pk in pks}


def members(organisation: int | None) -> str:
    """Everybody who belongs to an organisation."""
    return f"org:{organisation}"


def owners(organisation: int | None) -> str:
    """The micro-owners of an organisation."""
    return f"owner:{organisation}"


def room(pk: int) -> str:
    """Everybody who may read a room that is not open to strangers."""
    return f"room:{pk}"


def tokens_of(user: Any) -> frozenset[str]:
    """All that a viewer is: their person, organisations, office and private rooms. Everybody is ``public``."""
    if not is_person(user):
        return frozenset({PUBLIC})
    held = {PUBLIC, person(user.pk), *map(room, _private_rooms(user))}
    held.update(map(members, user.organisation_ids), map(owners, user.owned_organisation_ids))
    return frozenset(held | {MASTER} if is_platform_master(user) else held)


def _private_rooms(user: Any) -> Iterable[int]:
    """The rooms that the person may read and a stranger may not, as far as anything was said in them."""
    return (room.pk for room in Room.objects.filter(seq__gt=0).only("pk").private_to(user))
