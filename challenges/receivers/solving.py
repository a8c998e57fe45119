"""Who is told of registrations, submissions, reviews and awards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import MembershipRole
from portal.accounts.models import Organisation, User
from portal.kernel.signals import transitioned
from portal.notifications.categories import Category, register
from portal.notifications.send import send

from .. import signals
from ..models import (
    Award,
    Challenge,
    ChallengeInvitation,
    Registration,
    ReviewAssignment,
    Submission,
    SubmissionVersion,
)
from ..notices import solving as notices

register(Category("challenges", _("Challenges")))
register(Category("invitations", _("Invitations to challenges")))
register(Category("submissions", _("Submissions")))
register(Category("reviews", _("Reviews")))
register(Category("awards", _("Awards")))

TELLING_STEPS = frozenset({"ask_more", "refuse_eligible", "disqualify"})


def seekers(challenge: Challenge) -> Iterable[User]:
    """The owners of the organisation that asks."""
    return owners(challenge.organisation)


def owners(organisation: Organisation) -> Iterable[User]:
    """The owners of an organisation."""
    owning = {"memberships__organisation": organisation, "memberships__role": MembershipRole.OWNER}
    return User.objects.filter(**owning)


def team(submission: Submission) -> Iterable[User]:
    """The members of the team that answers."""
    return User.objects.filter(team_memberships__team=submission.team_id)


@receiver(signals.solver_invited, sender=ChallengeInvitation)
def tell_of_invitation(invitation: ChallengeInvitation, **kwargs: Any) -> None:
    """The person asked; of an organisation its owners."""
    to = [invitation.user] if invitation.user else owners(invitation.organisation)  # type: ignore[arg-type]
    send(notices.SolverInvited.of(invitation), to=to)


@receiver(signals.registration_requested, sender=Registration)
def tell_seeker_of_registration(obj: Registration, **kwargs: Any) -> None:
    """A registration waits for the owners' answer."""
    send(notices.RegistrationRequested.of(obj), to=seekers(obj.challenge))


@receiver(signals.registration_approved, sender=Registration)
def tell_of_approval(obj: Registration, **kwargs: Any) -> None:
    """Only where somebody had to approve: else the person has just read it on the page."""
    if obj.challenge.vets_solvers:
        send(notices.RegistrationApproved.of(obj), to=[obj.user])


@receiver(signals.registration_ended, sender=Registration)
def tell_of_ended_registration(obj: Registration, **kwargs: Any) -> None:
    """The person turned away learns of it."""
    send(notices.RegistrationEnded.of(obj), to=[obj.user])


@receiver(signals.submission_filed, sender=SubmissionVersion)
def tell_of_filing(version: SubmissionVersion, **kwargs: Any) -> None:
    """The team each time; the seeker of the first version, not of every change."""
    submission = version.submission
    send(notices.SubmissionFiled.of(version), to=team(submission))
    if version.number == 1:
        send(notices.SubmissionArrived.of(submission), to=seekers(submission.challenge))


@receiver(signals.submission_withdrawn, sender=Submission)
def tell_of_withdrawal(obj: Submission, **kwargs: Any) -> None:
    """The seeker, who knew of it only if it was filed."""
    if obj.filed_at is not None:
        send(notices.SubmissionWithdrawn.of(obj), to=seekers(obj.challenge))


@receiver(signals.decisions_released, sender=Challenge)
def tell_of_decisions(submissions: Iterable[Submission], **kwargs: Any) -> None:
    """All teams at the same moment, each of its own."""
    for submission in submissions:
        send(notices.DecisionReached.of(submission), to=team(submission))


@receiver(transitioned, sender=Submission)
def tell_of_step(obj: Submission, transition: Any, **kwargs: Any) -> None:
    """A step on the way that the team has to know of."""
    if transition.name in TELLING_STEPS:
        send(notices.SubmissionMoved.of(obj), to=team(obj))


@receiver(signals.reviewer_invited, sender=ReviewAssignment)
def invite(obj: ReviewAssignment, **kwargs: Any) -> None:
    """The person asked learns what is asked."""
    send(notices.ReviewInvitation.of(obj), to=[obj.reviewer])


@receiver(signals.review_submitted, sender=ReviewAssignment)
def tell_of_review(obj: ReviewAssignment, actor: User, **kwargs: Any) -> None:
    """The owners learn that a review is in."""
    others = [one for one in seekers(obj.submission.challenge) if one.pk != actor.pk]
    send(notices.ReviewSubmitted.of(obj), to=others)


@receiver(signals.submission_awarded, sender=Award)
def offer_award(award: Award, **kwargs: Any) -> None:
    """The team learns that it won."""
    send(notices.AwardOffered.of(award), to=team(award.submission))


@receiver(transitioned, sender=Award)
def tell_of_answer(obj: Award, transition: Any, **kwargs: Any) -> None:
    """The owners learn whether the team accepts."""
    if transition.name in ("accept", "decline"):
        send(notices.AwardAnswered.of(obj), to=seekers(obj.challenge))
