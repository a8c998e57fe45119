"""Every state × transition × role of ventures and gate reviews: it moves, or nothing changes."""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts.models import User
from portal.incubation.enums import GateOutcome, Stage, VentureRole, VentureState
from portal.incubation.models import GateReview, Venture, VentureMember
from portal.incubation.workflow import GATE_REVIEW, STAGES, VENTURE
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.workflow import CLOCK
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.incubation import GateReviewFactory, VentureFactory, keeper_of, lead_of

ROLES = ("sponsor", "lead", "mentor", "gate_keeper", "master", "stranger", "clock")

MAY = {
    "hold": {"sponsor"},
    "resume": {"sponsor"},
    "graduate": {"sponsor"},
    "stop": {"sponsor"},
    "hold_at_gate": {"gate_keeper"},
    "stop_at_gate": {"gate_keeper"},
    "advance": {"gate_keeper"},
    "go": {"gate_keeper"},
    "conditional_go": {"gate_keeper"},
    "recycle": {"gate_keeper"},
    "kill": {"gate_keeper"},
}


def somebody(role: str, venture: Venture) -> Any:
    people = {
        "sponsor": lambda: owner_of(venture.organisation),
        "lead": lambda: lead_of(venture),
        "gate_keeper": lambda: keeper_of(venture),
        "mentor": lambda: (
            VentureMember.objects.create(venture=venture, user=UserFactory(), role=VentureRole.MENTOR).user
        ),
        "master": lambda: UserFactory(is_platform_master=True),
        "stranger": lambda: owner_of(OrganisationFactory()),
        "clock": lambda: CLOCK,
    }
    return people[role]()


def expected(may: bool, fits: bool) -> type[Exception] | None:
    if not may:
        return Missing
    return None if fits else WrongState


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted({row.name for row in VENTURE.transitions}))
@pytest.mark.parametrize("state", VentureState.values)
def test_venture(db: None, state: str, name: str, role: str) -> None:
    venture = VentureFactory(state=state, stage=Stage.LAUNCH)
    [row] = VENTURE.named(name)
    error = expected(role in MAY[name], state in row.sources)
    actor = somebody(role, venture)

    if error:
        with pytest.raises(error):
            VENTURE.perform(venture, name, actor=actor, reason="Because")
    else:
        VENTURE.perform(venture, name, actor=actor, reason="Because")

    assert Venture.objects.get(pk=venture.pk).state == (state if error else row.target)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", list(Stage))
def test_stage(db: None, stage: Stage, role: str) -> None:
    venture = VentureFactory(stage=stage)
    error = expected(role in MAY["advance"], stage.next is not None)
    actor = somebody(role, venture)

    if error:
        with pytest.raises(error):
            STAGES.perform(venture, "advance", actor=actor)
    else:
        STAGES.perform(venture, "advance", actor=actor)

    assert Venture.objects.get(pk=venture.pk).stage == (stage if error else stage.next)


def decided_fields(state: str, by: User) -> dict[str, Any]:
    from django.utils import timezone

    return {} if state == GateOutcome.OPEN else {"decided_by": by, "decided_at": timezone.now()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted({row.name for row in GATE_REVIEW.transitions}))
@pytest.mark.parametrize("state", GateOutcome.values)
def test_gate_review(db: None, state: str, name: str, role: str) -> None:
    by = UserFactory()
    review = GateReviewFactory(state=state, conditions="One.", **decided_fields(state, by))
    review.findings.update(is_met=True)
    [row] = GATE_REVIEW.named(name)
    may = MAY["go"]
    error = expected(role in may, state in row.sources)
    actor = somebody(role, review.venture)

    def perform() -> None:
        GATE_REVIEW.perform(review, name, actor=actor, reason="Because", **decided_fields(row.target, by))

    if error:
        with pytest.raises(error):
            perform()
    else:
        perform()

    assert GateReview.objects.get(pk=review.pk).state == (state if error else row.target)


def test_a_reason_is_asked_for(db: None) -> None:
    venture = VentureFactory()

    with pytest.raises(Refused, match="reason"):
        VENTURE.perform(venture, "stop", actor=owner_of(venture.organisation), reason="  ")
