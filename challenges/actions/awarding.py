"""The award: given once, offered to the team, accepted or declined, followed to its settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Missing, Refused

from .. import signals
from ..enums import AwardState
from ..models import Award, Challenge, DisclosureReceipt, Reward, Submission, TermsVersion
from ..workflow import AWARD, SUBMISSION

if TYPE_CHECKING:
    from djmoney.money import Money

    from portal.accounts.models import User


def award_submission(
    submission: Submission,
    *,
    actor: User,
    reward: Reward | None = None,
    amount: Money | None = None,
    citation: str = "",
) -> Award:
    """Give ``submission`` its award and offer it to the team, in one transaction.

    The award is recommended, approved and offered by ``actor``, each step on record, and carries the terms that
    the team accepted. ``amount`` is the reward's unless another is given. Then ``submission_awarded`` is sent:
    what grows out of an award begins here, not at its acceptance. Raises ``Missing`` for whoever may not decide,
    ``WrongState`` for a submission that is not selected (awarded meanwhile by somebody else, withdrawn, …), and
    ``Refused`` for a reward that is gone or of another challenge. The database refuses a second award.
    """
    with transaction.atomic():
        # The state first: of two who award at once the second waits here, and finds it awarded.
        won = SUBMISSION.perform(submission, "award", actor=actor, informed_at=submission.informed_at or database_now())
        _refuse_reward(won.challenge, reward)
        award = Award.objects.create(  # type: ignore[misc]
            challenge=won.challenge,
            submission=won,
            reward=reward,
            amount=_amount(reward, amount),
            citation=citation.strip(),
            terms_version=_accepted_terms(won),
            awarded_by=actor,
        )
        audit.record("award.recommend", award, actor=actor, new=award.state, reward=reward.pk if reward else None)
        for step in ("approve", "offer"):
            award = AWARD.perform(award, step, actor=actor)
        signals.submission_awarded.send(sender=Award, award=award, actor=actor)
    return award


def accept_award(award: Award, *, actor: User) -> Award:
    """The team accepts; the award becomes public."""
    return AWARD.perform(award, "accept", actor=actor, announced_at=database_now())


def decline_award(award: Award, *, actor: User) -> Award:
    """The team declines; the reward may go to another submission."""
    return AWARD.perform(award, "decline", actor=actor)


def move_award(award: Award, name: str, *, actor: User, reason: str = "") -> Award:
    """Any other step of an award: ``verify``, ``contract``, ``pay``, ``settle``, ``freeze``."""
    if name == "accept":
        return accept_award(award, actor=actor)
    return AWARD.perform(award, name, actor=actor, reason=reason)


def _refuse_reward(challenge: Challenge, reward: Reward | None) -> None:
    if reward is None:
        return
    if reward.challenge_id != challenge.pk:
        raise Missing
    # Held until the end, so that of two awards of one reward the second finds it taken.
    Reward.objects.select_for_update().get(pk=reward.pk)
    if reward.awards.exclude(state=AwardState.DECLINED).exists():
        raise Refused(_("This reward has been given already."), code="reward_given", field="reward")


def _amount(reward: Reward | None, amount: Money | None) -> Money | None:
    given = amount if amount is not None else (reward.amount if reward else None)
    if given is not None and given.amount < 0:  # type: ignore[union-attr]
        raise Refused(_("An award cannot be negative."), code="negative", field="amount")
    return given  # type: ignore[return-value]


def _accepted_terms(submission: Submission) -> TermsVersion | None:
    """The terms under which the submission was filed last, as its receipt names them."""
    issued = DisclosureReceipt.objects.filter(version__submission=submission).order_by("-issued_at").first()
    sha256 = issued.payload["terms_sha256"] if issued else ""
    return submission.challenge.terms_versions.filter(sha256=sha256).exclude(sha256="").first()
