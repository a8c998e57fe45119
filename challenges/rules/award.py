"""Who sees an award, and who moves it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import Predicate, predicate

from portal.accounts.rules import is_person, is_platform_master

from .challenge import can_manage_challenge, is_seeker
from .submission import has_conflict, is_team_member

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from ..models import Award


@predicate
def is_announced(user: Viewer, award: Award) -> bool:
    """Everybody may know of the award."""
    return award.announced_at is not None


@predicate
def is_told_winner(user: Viewer, award: Award) -> bool:
    """The person is of the winning team, and the team was told."""
    return award.submission.informed_at is not None and bool(is_team_member(user, award.submission))


@predicate
def is_of_winning_team(user: Viewer, award: Award) -> bool:
    """The person is of the winning team."""
    return bool(is_team_member(user, award.submission))


@predicate
def oversees_award(user: Viewer, award: Award) -> bool:
    """Seeker or platform master, with no tie to the winning submission."""
    sides = bool(is_platform_master(user) or is_seeker(user, award.challenge))
    return sides and not has_conflict(user, award.submission)


@predicate
def manages_award(user: Viewer, award: Award) -> bool:
    """The seeker's side, with no part in the winning submission."""
    involved = has_conflict(user, award.submission) or is_team_member(user, award.submission)
    return bool(can_manage_challenge(user, award.challenge)) and not involved


@predicate
def is_second_pair_of_eyes(user: Viewer, award: Award) -> bool:
    """The person is not the one who gave the award."""
    return bool(is_person(user)) and award.awarded_by_id != user.pk


can_view_award: Predicate = is_announced | is_told_winner | oversees_award
"""Twin: ``AwardQuerySet.visible_to``."""

can_move_award: Predicate = manages_award
can_verify_award: Predicate = manages_award | (is_platform_master & ~is_of_winning_team)
can_freeze_award: Predicate = is_platform_master & ~is_of_winning_team
can_answer_award: Predicate = is_told_winner
