"""The life of a challenge: each verb of its workflow, with all that belongs to it in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.discussions.actions import open_room
from portal.kernel.clock import database_now

from ..audiences import PUBLIC, REGISTERED, REVIEWERS
from ..enums import PhaseState
from ..models import Challenge, ChallengePhase
from ..workflow import CHALLENGE, PHASE
from .deciding import release_decisions
from .terms import freeze_terms


def submit_for_review(challenge: Challenge, *, actor: Any) -> Challenge:
    """Send the challenge to the platform master. Raises ``Refused`` while it lacks a problem or a deadline."""
    return CHALLENGE.perform(challenge, "submit_for_review", actor=actor, review_note="")


def request_changes(challenge: Challenge, *, actor: Any, reason: str) -> Challenge:
    """Send the challenge back to its seeker with the changes asked for."""
    return CHALLENGE.perform(challenge, "request_changes", actor=actor, reason=reason, review_note=reason.strip())


def approve_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Let the challenge go public. It opens by the clock, or when its seeker says so; never by its own poster."""
    return CHALLENGE.perform(challenge, "approve", actor=actor)


def announce_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Show the approved challenge to everybody ahead of its opening, with its public room."""
    with transaction.atomic():
        announced = CHALLENGE.perform(challenge, "announce", actor=actor, published_at=database_now())
        open_room(PUBLIC, announced, announced.title)
    return announced


def publish_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Open the challenge: its terms are frozen, its rooms and its first phase open.

    The person who opens it ahead of its date sets the date to now; the clock keeps the date as planned.
    """
    now = database_now()
    opens_at = challenge.opens_at if challenge.opens_at and challenge.opens_at <= now else now
    with transaction.atomic():
        opened = CHALLENGE.perform(
            challenge, "publish", actor=actor, published_at=challenge.published_at or now, opens_at=opens_at
        )
        freeze_terms(opened)
        open_room(PUBLIC, opened, opened.title)
        open_room(REGISTERED, opened, opened.title)
        _open_first_phase(opened, opens_at, actor)
    return opened


def close_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Take no more submissions; what was filed may be opened."""
    with transaction.atomic():
        closed = CHALLENGE.perform(challenge, "close", actor=actor)
        _move_phases(closed, "close", (PhaseState.OPEN,), actor)
        open_room(REVIEWERS, closed, closed.title)
    return closed


def evaluate_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Begin the evaluation of what was filed."""
    with transaction.atomic():
        evaluating = CHALLENGE.perform(challenge, "evaluate", actor=actor)
        _move_phases(evaluating, "evaluate", (PhaseState.CLOSED,), actor)
    return evaluating


def decide_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Release what was decided quietly and put the decision on record: the solvers' names are out from now on.

    Raises ``Refused`` while a submission that was filed has no outcome.
    """
    with transaction.atomic():
        if challenge.submissions.exclude(pending_decision="").exists():
            release_decisions(challenge, actor=actor)
        decided = CHALLENGE.perform(challenge, "decide", actor=actor)
        _move_phases(decided, "decide", (PhaseState.CLOSED, PhaseState.EVALUATING), actor)
    return decided


def complete_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Nothing more is owed on either side."""
    return CHALLENGE.perform(challenge, "complete", actor=actor)


def cancel_challenge(challenge: Challenge, *, actor: Any, reason: str) -> Challenge:
    """End the challenge without a decision; everybody who took part learns why. What was sealed stays sealed."""
    return CHALLENGE.perform(challenge, "cancel", actor=actor, reason=reason, cancel_reason=reason.strip())


def archive_challenge(challenge: Challenge, *, actor: Any) -> Challenge:
    """Put a finished challenge away; it stays readable."""
    return CHALLENGE.perform(challenge, "archive", actor=actor)


def open_phase(phase: ChallengePhase, *, actor: Any) -> ChallengePhase:
    """Let the phase take submissions."""
    return PHASE.perform(phase, "open", actor=actor)


def close_phase(phase: ChallengePhase, *, actor: Any) -> ChallengePhase:
    """Let the phase take no more submissions, and unseal what was filed for it."""
    return PHASE.perform(phase, "close", actor=actor)


def _open_first_phase(challenge: Challenge, opens_at: datetime, actor: Any) -> None:
    first = challenge.phases.filter(state=PhaseState.PLANNED).first()
    if first is not None:
        PHASE.perform(first, "open", actor=actor, opens_at=opens_at)


def _move_phases(challenge: Challenge, name: str, states: tuple[PhaseState, ...], actor: Any) -> None:
    for phase in challenge.phases.filter(state__in=states):
        PHASE.perform(phase, name, actor=actor)


MOVES: dict[str, Callable[..., Challenge]] = {
    "submit_for_review": submit_for_review,
    "request_changes": request_changes,
    "approve": approve_challenge,
    "announce": announce_challenge,
    "publish": publish_challenge,
    "close": close_challenge,
    "evaluate": evaluate_challenge,
    "decide": decide_challenge,
    "complete": complete_challenge,
    "cancel": cancel_challenge,
    "archive": archive_challenge,
}
"""The verb of each transition, by the name it has in the table and in the API."""


def move_challenge(challenge: Challenge, name: str, *, actor: Any, reason: str = "") -> Challenge:
    """Do the verb called ``name``, with ``reason`` where it needs one.

    Raises ``Missing`` for a name that no transition has, and whatever the verb raises.
    """
    row = CHALLENGE.named(name)[0]
    given = {"reason": reason} if row.needs_reason else {}
    return MOVES[name](challenge, actor=actor, **given)
