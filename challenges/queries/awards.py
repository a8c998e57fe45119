"""What is read of awards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ..enums import AwardState
from ..models import Award, Challenge, Reward, Submission

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.accounts.querysets import Viewer


def with_context() -> QuerySet[Award]:
    """Awards with what their rules and pages ask for at once."""
    return Award.objects.select_related(
        "challenge__organisation", "submission__team__lead", "submission__challenge", "reward", "terms_version"
    )


def award_of(submission: Submission, user: Viewer) -> Award | None:
    """The award of ``submission``, if ``user`` may know of one."""
    return with_context().filter(submission=submission, pk__in=Award.objects.visible_to(user)).first()


def rewards_left(challenge: Challenge) -> QuerySet[Reward]:
    """The rewards of ``challenge`` that nobody has been given, or that were declined."""
    return challenge.rewards.exclude(awards__in=Award.objects.exclude(state=AwardState.DECLINED)).order_by("rank")


def awards_to_answer(user: User) -> QuerySet[Award]:
    """The awards that a person's team is offered and has not answered."""
    mine = Submission.objects.of_team_member(user)
    return with_context().filter(submission__in=mine, state=AwardState.OFFERED).order_by("pk")


def announced_awards(challenge: Challenge) -> QuerySet[Award]:
    """The awards of ``challenge`` that everybody may know of."""
    return with_context().filter(challenge=challenge, announced_at__isnull=False).order_by("reward__rank", "pk")
