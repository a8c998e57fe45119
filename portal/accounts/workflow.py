"""What may follow what for an organisation, and who decides it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from . import signals
from .enums import OrganisationState as State
from .rules import can_verify_organisation

ORGANISATION: Final = Workflow(
    "organisation",
    (
        Transition(
            "verify",
            (State.PENDING, State.DECLINED),
            State.VERIFIED,
            can_verify_organisation,
            label=_("Verify"),
            signal=signals.organisation_verified,
            tone="primary",
        ),
        Transition(
            "decline",
            State.PENDING,
            State.DECLINED,
            can_verify_organisation,
            label=_("Decline"),
            needs_reason=True,
            tone="danger",
        ),
        Transition(
            "suspend",
            State.VERIFIED,
            State.SUSPENDED,
            can_verify_organisation,
            label=_("Suspend"),
            needs_reason=True,
            signal=signals.access_changed,
            tone="danger",
        ),
        Transition(
            "reinstate",
            State.SUSPENDED,
            State.VERIFIED,
            can_verify_organisation,
            label=_("Reinstate"),
            signal=signals.organisation_verified,
            tone="primary",
        ),
    ),
)
