"""The words of incubation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a venture stands on its way to the market; each stage ends at a gate."""

    DISCOVERY = "discovery", _("Discovery")
    SCOPING = "scoping", _("Scoping")
    BUSINESS_CASE = "business_case", _("Business case")
    DEVELOPMENT = "development", _("Development")
    VALIDATION = "validation", _("Validation")
    PILOT_PRODUCTION = "pilot_production", _("Pilot production")
    LAUNCH = "launch", _("Launch")

    @property
    def next(self) -> Stage | None:
        """The stage after this one; None after the last."""
        stages = list(Stage)
        place = stages.index(self)
        return stages[place + 1] if place + 1 < len(stages) else None


class VentureState(models.TextChoices):
    """What is being done with a venture."""

    ACTIVE = "active", _("Active")
    ON_HOLD = "on_hold", _("On hold")
    GRADUATED = "graduated", _("Graduated")
    STOPPED = "stopped", _("Stopped")


ENDED = (VentureState.GRADUATED, VentureState.STOPPED)
"""States in which a venture is history."""


class VentureRole(models.TextChoices):
    """What a person is to a venture; one person may be several things to it."""

    LEAD = "lead", _("Lead")
    MEMBER = "member", _("Member")
    MENTOR = "mentor", _("Mentor")
    GATE_KEEPER = "gate_keeper", _("Gate-keeper")


TEAM = (VentureRole.LEAD, VentureRole.MEMBER)
"""Those who do the work and bring the evidence."""


class Weight(models.TextChoices):
    """Whether a criterion must be met to pass its gate, or speaks for passing it."""

    MUST_MEET = "must_meet", _("Must meet")
    SHOULD_MEET = "should_meet", _("Should meet")


class GateOutcome(models.TextChoices):
    """The state of a gate review: open until the gate-keepers have spoken."""

    OPEN = "open", _("Open")
    GO = "go", _("Go")
    CONDITIONAL_GO = "conditional_go", _("Conditional go")
    HOLD = "hold", _("Hold")
    RECYCLE = "recycle", _("Recycle")
    KILL = "kill", _("Kill")


PASSED = (GateOutcome.GO, GateOutcome.CONDITIONAL_GO)
"""Outcomes that let a venture into its next stage."""
