"""What may follow what: the states of a venture, the stages it passes, and the outcomes of a gate review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Refused
from portal.kernel.workflow import Transition, Workflow

from . import rules, signals
from .enums import GateOutcome, Stage, VentureState, Weight
from .models import GateReview, Venture


def all_must_meet(review: GateReview) -> None:
    """Refuse unless every must-meet criterion was found met."""
    unmet = review.findings.filter(weight=Weight.MUST_MEET).exclude(is_met=True).count()
    if unmet:
        text = _("%(count)s must-meet criteria are not met: a venture passes on conditions, or not at all.")
        raise Refused(text % {"count": unmet}, code="must_meet")


def conditions_are_stated(review: GateReview) -> None:
    """Refuse a conditional pass that names no condition."""
    if not review.conditions.strip():
        raise Refused(_("State the conditions on which it passes."), code="conditions", field="conditions")


def last_stage(venture: Venture) -> None:
    """Refuse to graduate before the last stage."""
    if venture.stage != Stage.LAUNCH:
        raise Refused(_("Only a venture that has reached launch graduates."), code="too_early")


VENTURE = Workflow(
    "venture",
    (
        Transition(
            "hold", VentureState.ACTIVE, VentureState.ON_HOLD, rules.can_steer_venture,
            label=_("Put on hold"), needs_reason=True,
        ),
        Transition("resume", VentureState.ON_HOLD, VentureState.ACTIVE, rules.can_steer_venture, label=_("Resume")),
        Transition(
            "graduate", VentureState.ACTIVE, VentureState.GRADUATED, rules.can_steer_venture,
            label=_("Graduate"), guard=last_stage,
        ),
        Transition(
            "stop", (VentureState.ACTIVE, VentureState.ON_HOLD), VentureState.STOPPED, rules.can_steer_venture,
            label=_("Stop"), needs_reason=True, tone="danger",
        ),
        # what a gate's outcome does to the venture; these buttons are on the review
        Transition("hold_at_gate", VentureState.ACTIVE, VentureState.ON_HOLD, rules.keeps_gate),
        Transition("stop_at_gate", VentureState.ACTIVE, VentureState.STOPPED, rules.keeps_gate),
    ),
)  # fmt: skip

STEERING = ("hold", "resume", "graduate", "stop")
"""Transitions of a venture that have a button of their own."""

STAGES = Workflow(
    "venture_stage",
    tuple(Transition("advance", stage, stage.next, rules.keeps_gate) for stage in Stage if stage.next),
    field="stage",
)

GATE_REVIEW = Workflow(
    "gate_review",
    (
        Transition(
            "go", GateOutcome.OPEN, GateOutcome.GO, rules.can_decide_gate,
            label=_("Go"), guard=all_must_meet, signal=signals.gate_decided, tone="good",
        ),
        Transition(
            "conditional_go", GateOutcome.OPEN, GateOutcome.CONDITIONAL_GO, rules.can_decide_gate,
            label=_("Conditional go"), guard=conditions_are_stated, signal=signals.gate_decided,
        ),
        Transition(
            "hold", GateOutcome.OPEN, GateOutcome.HOLD, rules.can_decide_gate,
            label=_("Hold"), needs_reason=True, signal=signals.gate_decided,
        ),
        Transition(
            "recycle", GateOutcome.OPEN, GateOutcome.RECYCLE, rules.can_decide_gate,
            label=_("Recycle"), needs_reason=True, signal=signals.gate_decided,
        ),
        Transition(
            "kill", GateOutcome.OPEN, GateOutcome.KILL, rules.can_decide_gate,
            label=_("Kill"), needs_reason=True, signal=signals.gate_decided, tone="danger",
        ),
    ),
)  # fmt: skip
