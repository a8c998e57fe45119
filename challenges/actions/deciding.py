"""Deciding: screening, the quiet decision, the release to all at once, and disqualifying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import access, audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Conflict, Refused, WrongState

from .. import rules, signals
from ..enums import PendingDecision
from ..enums import SubmissionState as S
from ..models import Challenge, Submission
from ..workflow import SUBMISSION
from .submitting import locked_submission

if TYPE_CHECKING:
    from portal.accounts.models import User

STEPS = {S.SUBMITTED: "screen", S.SCREENING: "accept_eligible", S.MORE_INFO: "accept_eligible", S.ELIGIBLE: "evaluate"}
"""From each state on the way to evaluation, the transition that leads on."""

OUTCOMES = frozenset(PendingDecision.values)
"""The transitions that tell a team how it ended."""

DECIDABLE = (S.IN_EVALUATION, S.SHORTLISTED)


def move_submission(submission: Submission, name: str, *, actor: User, reason: str = "") -> Submission:
    """Perform one of the seeker's transitions: ``screen``, ``ask_more``, ``accept_eligible`` and the rest.

    The reason is kept for the team to read. An outcome given this way is told at once. ``submit``, ``withdraw``
    and ``award`` are not here: they have actions of their own. Raises as the workflow does.
    """
    if name in ("submit", "withdraw", "award"):
        raise Refused(_("This has a form of its own."), code="unknown")
    with transaction.atomic():
        changes = {"informed_at": database_now(), "pending_decision": ""} if name in OUTCOMES else {}
        moved = SUBMISSION.perform(submission, name, actor=actor, reason=reason, state_note=reason.strip(), **changes)
        if name in OUTCOMES:
            _announce(moved.challenge, [moved], actor)
    return moved


def take_into_evaluation(submission: Submission, *, actor: User) -> Submission:
    """Walk a filed submission through screening and eligibility into evaluation, each step on record.

    Raises ``WrongState`` for one that is past it or was refused, ``Missing`` for whoever may not decide.
    """
    with transaction.atomic():
        while submission.state != S.IN_EVALUATION:
            step = STEPS.get(S(submission.state))
            if step is None:
                raise WrongState(submission.state, submission.get_state_display())
            submission = SUBMISSION.perform(submission, step, actor=actor)
    return submission


def decide_quietly(
    submission: Submission, decision: str, *, actor: User, seen: str | None = None, feedback: str | None = None
) -> Submission:
    """Note what is decided (a ``PendingDecision``, or "" to take it back); the team learns nothing yet.

    ``seen`` is the decision that the decider saw noted: raises ``Conflict`` when somebody has decided otherwise
    meanwhile. Raises ``WrongState`` unless it is in evaluation or shortlisted, ``Missing`` for whoever may not.
    """
    with transaction.atomic():
        locked = locked_submission(submission)
        access.require(actor, rules.can_decide_submission, locked)
        if decision not in ("", *OUTCOMES):
            raise Refused(_("This is not a decision."), code="unknown", field="decision")
        if locked.state not in DECIDABLE:
            raise WrongState(locked.state, locked.get_state_display())
        _refuse_overtaken(locked, decision, seen)
        locked.pending_decision = decision
        locked.feedback = locked.feedback if feedback is None else feedback
        locked.save(update_fields=["pending_decision", "feedback", "updated_at"])
        audit.record("submission.decide", locked, actor=actor, decision=decision)
    return locked


def release_decisions(challenge: Challenge, *, actor: User) -> list[Submission]:
    """Carry out every decision noted in ``challenge`` and tell all the teams together; those that were told.

    Raises ``Missing`` for whoever may not release, ``Refused`` when nothing is decided.
    """
    with transaction.atomic():
        waiting = challenge.submissions.exclude(pending_decision="").order_by("pk")
        mine = [one for one in waiting.select_for_update(of=("self",)) if rules.can_release_decision(actor, one)]
        if not mine:
            access.require(actor, rules.can_release_decisions, challenge)
            raise Refused(_("No decision is waiting to be released."), code="nothing_to_release")
        now = database_now()
        told = [
            SUBMISSION.perform(one, one.pending_decision, actor=actor, pending_decision="", informed_at=now)
            for one in mine
        ]
        _announce(challenge, told, actor)
    return told


def _announce(challenge: Challenge, submissions: list[Submission], actor: User) -> None:
    signals.decisions_released.send(sender=Challenge, challenge=challenge, submissions=submissions, actor=actor)


def _refuse_overtaken(submission: Submission, decision: str, seen: str | None) -> None:
    present = submission.pending_decision
    if seen is None or present in (seen, decision):
        return
    shown = PendingDecision(present).label if present else _("no decision")
    raise Conflict(_("Somebody decided meanwhile: “%(decision)s”. Nothing was changed.") % {"decision": shown})
