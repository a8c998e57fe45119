"""What editorial pages show of what is going on. All of it is public, so it is the same for every reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from challenges.models import Challenge
from challenges.queries.challenges import open_challenges
from patents.models import Patent
from patents.queries import PatentFilter, listed_patents
from portal.accounts.models import Organisation
from portal.incubation.queries import listed_ventures

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import BasePage


@dataclass(frozen=True)
class Numbers:
    """How much of each anybody may see."""

    open_challenges: int
    patents: int
    organisations: int
    ventures: int


def numbers() -> Numbers:
    """Counted now, as a visitor who is not signed in would count."""
    return Numbers(
        open_challenges=open_challenges().order_by().count(),
        patents=Patent.objects.count(),
        organisations=Organisation.objects.verified().count(),
        ventures=listed_ventures(AnonymousUser()).order_by().count(),
    )


def challenges_to_show(number: int) -> list[Challenge]:
    """Challenges that can be answered now, the next deadline first."""
    return list(open_challenges()[:number])


def newest_patents(number: int) -> list[Patent]:
    """The latest publications."""
    return list(listed_patents(AnonymousUser(), PatentFilter()).order_by("-sort_date", "-id")[:number])


def children_to_read(page: BasePage) -> QuerySet[BasePage]:
    """The published pages directly below ``page``, in the editor's order."""
    return page.get_children().live().public().specific()
