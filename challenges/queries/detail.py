"""Everything a challenge's page shows, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.rules import is_platform_master
from portal.discussions.models import Room
from portal.discussions.queries import room_of
from portal.kernel.workflow import Transition

from .. import rules
from ..audiences import PUBLIC
from ..enums import RESULTS_OUT
from ..models import Award, Challenge, ChallengeAttachment, TermsVersion
from ..workflow import CHALLENGE
from .challenges import solver_count
from .standing import Standing, standing

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer


@dataclass(frozen=True)
class ChallengeDetail:
    """One challenge as one viewer sees it."""

    challenge: Challenge
    terms: TermsVersion | None
    standing: Standing
    attachments: list[ChallengeAttachment]
    awards: list[Award]
    room: Room | None
    moves: list[Transition]
    may_edit: bool
    may_manage: bool
    may_revise_terms: bool
    reads_confidential: bool
    may_open_confidential: bool


def with_rows() -> QuerySet[Challenge]:
    """Challenges with all that their page shows, in a fixed number of queries."""
    rows = Challenge.objects.select_related("organisation", "posted_by").annotate(solvers=solver_count())
    return rows.prefetch_related("requirements", "rewards", "phases")


def detail_of(challenge: Challenge, user: Viewer) -> ChallengeDetail:
    """What ``user``, who may see ``challenge``, sees of it.

    The platform master does not read the confidential part in passing: opening it is an act of its own, on record.
    """
    terms = challenge.terms_versions.current().first()
    files = list(challenge.attachments.all())
    has_secrets = bool(challenge.confidential_html) or any(file.is_confidential for file in files)
    in_passing = has_secrets and _reads_in_passing(challenge, user)
    return ChallengeDetail(
        challenge=challenge,
        terms=terms,
        standing=standing(challenge, user, terms, timezone.now()),
        attachments=[file for file in files if in_passing or not file.is_confidential],
        awards=_awards(challenge, user),
        room=room_of(PUBLIC, challenge),
        moves=CHALLENGE.available(challenge, user),
        may_edit=bool(rules.can_edit_challenge(user, challenge)),
        may_manage=bool(rules.can_manage_challenge(user, challenge)) or bool(is_platform_master(user)),
        may_revise_terms=bool(rules.can_revise_terms(user, challenge)),
        reads_confidential=in_passing,
        may_open_confidential=has_secrets and not in_passing and bool(is_platform_master(user)),
    )


def _reads_in_passing(challenge: Challenge, user: Viewer) -> bool:
    """The rule; for most people by its twin, which is one query."""
    if is_platform_master(user):
        return bool(rules.reads_confidential_in_passing(user, challenge))
    return Challenge.objects.confidential_for(user).filter(pk=challenge.pk).exists()


def _awards(challenge: Challenge, user: Viewer) -> list[Award]:
    if challenge.state not in RESULTS_OUT:
        return []
    seen = Award.objects.visible_to(user).filter(challenge=challenge)
    return list(seen.select_related("submission__team", "reward").order_by("reward__rank", "pk"))
