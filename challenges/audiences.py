"""The rooms of a challenge: one for everybody, one for those who take part, one for those who judge.

And the room of a submission: its team, and the seeker once the body is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rules import Predicate

from portal.accounts.rules import is_person, is_platform_master
from portal.discussions.audiences import Audience, register

from .enums import READING, RegistrationState
from .models import Challenge, Submission
from .rules import can_talk_with_team, can_view_challenge, is_registered, is_reviewer_in, is_seeker

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

PUBLIC: Final = "challenge"
REGISTERED: Final = "challenge-registered"
REVIEWERS: Final = "challenge-reviewers"
SUBMISSION: Final = "submission"

can_read_registered_room: Predicate = is_platform_master | is_seeker | is_registered
can_read_reviewers_room: Predicate = ~is_registered & (is_platform_master | is_seeker | is_reviewer_in)


def _visible(user: Viewer) -> QuerySet[Challenge, int]:
    return Challenge.objects.visible_to(user).values_list("pk", flat=True)


def _with_registered(user: Viewer) -> QuerySet[Challenge, int]:
    """Twin of ``can_read_registered_room``."""
    rows = Challenge.objects.values_list("pk", flat=True)
    if not is_person(user):
        return rows.none()
    if is_platform_master(user):
        return rows
    mine = Q(registrations__user=user.pk, registrations__state=RegistrationState.APPROVED)
    return rows.filter(mine | Q(organisation__in=user.owned_organisation_ids)).distinct()  # type: ignore[union-attr]


def _with_reviewers(user: Viewer) -> QuerySet[Challenge, int]:
    """Twin of ``can_read_reviewers_room``: a solver is not among the judges, whatever else they are."""
    rows = Challenge.objects.values_list("pk", flat=True)
    if not is_person(user):
        return rows.none()
    entered = {"registrations__user": user.pk, "registrations__state": RegistrationState.APPROVED}
    rows = rows.exclude(pk__in=Challenge.objects.filter(**entered).values("pk"))
    if is_platform_master(user):
        return rows
    mine = Q(submissions__assignments__reviewer=user.pk, submissions__assignments__state__in=READING)
    return rows.filter(mine | Q(organisation__in=user.owned_organisation_ids)).distinct()  # type: ignore[union-attr]


register(
    Audience(
        name=PUBLIC,
        can_read=can_view_challenge,
        can_write=is_person,
        readable_ids=_visible,
        label=_("Everybody"),
        can_moderate=is_seeker,
    )
)
register(
    Audience(
        name=REGISTERED,
        can_read=can_read_registered_room,
        can_write=can_read_registered_room,
        readable_ids=_with_registered,
        label=_("Registered solvers"),
        can_moderate=is_seeker,
    )
)
register(
    Audience(
        name=REVIEWERS,
        can_read=can_read_reviewers_room,
        can_write=can_read_reviewers_room,
        readable_ids=_with_reviewers,
        label=_("Reviewers"),
        can_moderate=is_seeker,
    )
)
register(
    Audience(
        name=SUBMISSION,
        can_read=can_talk_with_team,
        can_write=can_talk_with_team,
        readable_ids=lambda user: Submission.objects.talking_with(user).values_list("pk", flat=True),
        label=_("Team and seeker"),
    )
)
