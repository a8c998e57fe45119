"""What may follow what in a registration; asking the first time makes the row."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from .. import rules, signals
from ..enums import RegistrationState as S

REGISTRATION = Workflow(
    "registration",
    (
        Transition("request", S.DECLINED, S.REQUESTED, rules.is_registrant, label=_("Ask again")),
        Transition(
            "approve",
            S.REQUESTED,
            S.APPROVED,
            rules.can_approve_registration,
            label=_("Approve"),
            signal=signals.registration_approved,
            tone="primary",
        ),
        Transition(
            "decline",
            S.REQUESTED,
            S.DECLINED,
            rules.can_decline_registration,
            label=_("Decline"),
            needs_reason=True,
            signal=signals.registration_ended,
        ),
        Transition(
            "revoke",
            (S.REQUESTED, S.APPROVED),
            S.REVOKED,
            rules.can_revoke_registration,
            label=_("Revoke"),
            needs_reason=True,
            signal=signals.registration_ended,
            tone="danger",
        ),
    ),
)
