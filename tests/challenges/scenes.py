"""Scenes with people in place: a challenge that is open, a solver who takes part, a submission that is in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from challenges.actions import filing, submitting
from challenges.actions.submitting import Texts
from challenges.enums import ChallengeState, PhaseState
from challenges.models import Challenge, DisclosureReceipt, Submission
from portal.accounts.models import User
from portal.kernel.clock import database_now
from tests.factories.challenges import ChallengeFactory, take_part

TEXTS = Texts("Owl-wing blades", "Serrated edges calm the flow.", "# How\n\nLike an **owl**.")


def open_challenge(organisation: Any, **fields: Any) -> Challenge:
    """A challenge of ``organisation`` that takes submissions."""
    return ChallengeFactory(organisation=organisation, **fields)


def begin(challenge: Challenge, solver: User, texts: Texts = TEXTS) -> Submission:
    """``solver`` takes part and has a draft."""
    take_part(solver, challenge)
    return submitting.draft_submission(challenge, texts, actor=solver)


def file(challenge: Challenge, solver: User, texts: Texts = TEXTS) -> Submission:
    """``solver`` has filed."""
    submission = begin(challenge, solver, texts)
    filing.file_submission(submission, actor=solver)
    return Submission.objects.get(pk=submission.pk)


def receipt_of(submission: Submission) -> DisclosureReceipt:
    """The newest receipt."""
    return DisclosureReceipt.objects.filter(version__submission=submission).latest("issued_at")


def close(challenge: Challenge, *, evaluating: bool = False) -> Challenge:
    """The deadline has passed, and the phase is closed (or being evaluated): bodies are open to the seeker."""
    pass_deadline(challenge)
    state = ChallengeState.EVALUATING if evaluating else ChallengeState.CLOSED
    phase = PhaseState.EVALUATING if evaluating else PhaseState.CLOSED
    Challenge.objects.filter(pk=challenge.pk).update(state=state)
    challenge.phases.update(state=phase)
    challenge.refresh_from_db()
    return challenge


def pass_deadline(challenge: Challenge, by: timedelta = timedelta(milliseconds=1)) -> None:
    """The deadline lies ``by`` in the past, and the clock has not come to close it yet."""
    moment = timezone.now() - by
    Challenge.objects.filter(pk=challenge.pk).update(closes_at=moment)
    challenge.phases.update(closes_at=moment)
    challenge.refresh_from_db()


def set_deadline(challenge: Challenge, *, in_milliseconds: int) -> None:
    """The deadline comes that soon, by the database's clock."""
    moment = database_now() + timedelta(milliseconds=in_milliseconds)
    Challenge.objects.filter(pk=challenge.pk).update(closes_at=moment)
    challenge.phases.update(closes_at=moment)
    challenge.refresh_from_db()
