"""What may follow what in a challenge and in its phases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from .. import rules, signals
from ..enums import ChallengeState as S
from ..enums import PhaseState as P
from . import guards

CHALLENGE = Workflow(
    "challenge",
    (
        Transition(
            "submit_for_review",
            (S.DRAFT, S.CHANGES_REQUESTED),
            S.IN_REVIEW,
            rules.can_manage_challenge,
            label=_("Send in for review"),
            guard=guards.is_complete,
            signal=signals.challenge_submitted_for_review,
            tone="primary",
        ),
        Transition(
            "request_changes",
            S.IN_REVIEW,
            S.CHANGES_REQUESTED,
            rules.can_approve_challenge,
            label=_("Request changes"),
            needs_reason=True,
            signal=signals.challenge_changes_requested,
        ),
        Transition(
            "approve",
            S.IN_REVIEW,
            S.APPROVED,
            rules.can_approve_challenge,
            label=_("Approve"),
            guard=guards.has_deadline_ahead,
            signal=signals.challenge_approved,
            tone="primary",
        ),
        Transition(
            "announce",
            S.APPROVED,
            S.FORECAST,
            rules.can_manage_challenge,
            label=_("Announce"),
            guard=guards.has_deadline_ahead,
            signal=signals.challenge_announced,
        ),
        Transition(
            "publish",
            (S.APPROVED, S.FORECAST),
            S.OPEN,
            rules.can_open_challenge,
            label=_("Open now"),
            guard=guards.has_deadline_ahead,
            signal=signals.challenge_published,
            tone="primary",
        ),
        Transition(
            "close",
            S.OPEN,
            S.CLOSED,
            rules.can_close_challenge,
            label=_("Close now"),
            signal=signals.challenge_closed,
        ),
        Transition(
            "evaluate",
            S.CLOSED,
            S.EVALUATING,
            rules.can_manage_challenge,
            label=_("Begin evaluation"),
            tone="primary",
        ),
        Transition(
            "decide",
            S.EVALUATING,
            S.DECIDED,
            rules.can_manage_challenge,
            label=_("Release the decision"),
            guard=guards.is_decided_throughout,
            signal=signals.challenge_decided,
            tone="primary",
        ),
        Transition("complete", S.DECIDED, S.COMPLETED, rules.can_manage_challenge, label=_("Complete")),
        Transition(
            "cancel",
            (
                S.DRAFT,
                S.IN_REVIEW,
                S.CHANGES_REQUESTED,
                S.APPROVED,
                S.FORECAST,
                S.OPEN,
                S.CLOSED,
                S.EVALUATING,
            ),
            S.CANCELLED,
            rules.can_cancel_challenge,
            label=_("Cancel"),
            needs_reason=True,
            signal=signals.challenge_cancelled,
            tone="danger",
        ),
        Transition("archive", (S.COMPLETED, S.CANCELLED), S.ARCHIVED, rules.can_cancel_challenge, label=_("Archive")),
    ),
)

PHASE = Workflow(
    "phase",
    (
        Transition(
            "open", P.PLANNED, P.OPEN, rules.can_move_phase, guard=guards.has_time_left, signal=signals.phase_opened
        ),
        Transition("close", P.OPEN, P.CLOSED, rules.can_move_phase, signal=signals.phase_closed),
        Transition("evaluate", P.CLOSED, P.EVALUATING, rules.can_move_phase),
        Transition("decide", (P.CLOSED, P.EVALUATING), P.DECIDED, rules.can_move_phase),
    ),
)
