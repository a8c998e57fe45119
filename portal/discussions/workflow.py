"""What may follow what for a case of moderation, and who decides it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from . import rules
from .enums import CaseState as State

CASE: Final = Workflow(
    "moderation_case",
    (
        Transition(
            "decline", State.OPEN, State.DECLINED, rules.can_decide_case,
            label=_("Keep the message"), tone="primary",
        ),
        Transition(
            "uphold", State.OPEN, State.UPHELD, rules.can_decide_case,
            label=_("Decide against it"), needs_reason=True, tone="danger",
        ),
        Transition(
            "retract", (State.UPHELD, State.CONFIRMED), State.OVERTURNED, rules.can_decide_case,
            label=_("Take the decision back"),
        ),
        Transition("appeal", State.UPHELD, State.APPEALED, rules.can_appeal_case, label=_("Appeal"), needs_reason=True),
        Transition(
            "overturn", State.APPEALED, State.OVERTURNED, rules.can_answer_appeal,
            label=_("Overturn the decision"), needs_reason=True, tone="primary",
        ),
        Transition(
            "confirm", State.APPEALED, State.CONFIRMED, rules.can_answer_appeal,
            label=_("Confirm the decision"), needs_reason=True, tone="danger",
        ),
    ),
)  # fmt: skip
"""An appeal is made once: no way leads from what follows it to another."""
