"""What may follow what in an award, from the recommendation to the last payment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from .. import rules
from ..enums import AwardState as S

AWARD = Workflow(
    "award",
    (
        Transition("approve", S.RECOMMENDED, S.APPROVED, rules.can_move_award, label=_("Approve"), tone="primary"),
        Transition("offer", S.APPROVED, S.OFFERED, rules.can_move_award, label=_("Offer"), tone="primary"),
        Transition("accept", S.OFFERED, S.ACCEPTED, rules.can_answer_award, label=_("Accept"), tone="primary"),
        Transition("decline", S.OFFERED, S.DECLINED, rules.can_answer_award, label=_("Decline"), tone="danger"),
        Transition("verify", S.ACCEPTED, S.VERIFIED, rules.can_verify_award, label=_("Verify")),
        Transition("contract", S.VERIFIED, S.CONTRACTED, rules.can_move_award, label=_("Contract signed")),
        Transition("pay", S.CONTRACTED, S.IN_PAYMENT, rules.can_move_award, label=_("Begin payment")),
        Transition("settle", S.IN_PAYMENT, S.SETTLED, rules.can_verify_award, label=_("Settled")),
        Transition(
            "freeze",
            (S.APPROVED, S.OFFERED, S.ACCEPTED, S.VERIFIED, S.CONTRACTED, S.IN_PAYMENT),
            S.FROZEN,
            rules.can_freeze_award,
            label=_("Freeze"),
            needs_reason=True,
            tone="danger",
        ),
    ),
)
