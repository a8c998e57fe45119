"""Every state × transition × role of a case: it moves, or nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.discussions.enums import CaseState
from portal.discussions.models import ModerationCase
from portal.discussions.workflow import CASE
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.workflow import CLOCK
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.discussions import room_of
from tests.factories.moderation import CaseFactory, said_by

ROLES = ("author", "decider", "other_master", "moderator", "member", "stranger", "anonymous", "clock")
MASTERS = {"decider", "other_master"}
MAY = {
    "decline": MASTERS | {"moderator"},
    "uphold": MASTERS | {"moderator"},
    "retract": MASTERS | {"moderator"},
    "appeal": {"author"},
    "overturn": {"other_master"},
    "confirm": {"other_master"},
}


@pytest.fixture
def people(organisation: Any, anonymous: Any) -> dict[str, Any]:
    """In each role towards a case about a message in a room of ``organisation``, whose owner moderates it."""
    return {
        "author": UserFactory(),
        "decider": UserFactory(is_platform_master=True),
        "other_master": UserFactory(is_platform_master=True),
        "moderator": owner_of(organisation),
        "member": UserFactory(),
        "stranger": UserFactory(),
        "anonymous": anonymous,
        "clock": CLOCK,
    }


@pytest.fixture
def case(people: dict[str, Any], organisation: Any) -> ModerationCase:
    message = said_by(people["author"], room=room_of(organisation))
    for role in ("author", "member"):
        organisation.memberships.create(user=people[role], role="member")
    return CaseFactory(message=message, decided_by=people["decider"], outcome="hide")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(MAY))
@pytest.mark.parametrize("state", CaseState.values)
def test_case(case: ModerationCase, people: dict[str, Any], state: str, name: str, role: str) -> None:
    ModerationCase.objects.update(state=state)
    [row] = CASE.named(name)
    error = Missing if role not in MAY[name] else None if state in row.sources else WrongState

    if error:
        with pytest.raises(error):
            CASE.perform(case, name, actor=people[role], reason="Because")
    else:
        CASE.perform(case, name, actor=people[role], reason="Because")

    case.refresh_from_db()
    assert case.state == (state if error else row.target)


def test_every_transition_has_a_row_here() -> None:
    assert {row.name for row in CASE.transitions} == MAY.keys()


@pytest.mark.parametrize(("name", "state"), [("uphold", "open"), ("overturn", "appealed"), ("confirm", "appealed")])
def test_decisions_need_a_reason(case: ModerationCase, people: dict[str, Any], name: str, state: str) -> None:
    ModerationCase.objects.update(state=state)

    with pytest.raises(Refused) as refusal:
        CASE.perform(case, name, actor=people["other_master"], reason="  ")

    assert refusal.value.code == "reason_missing"


def test_the_only_master_answers_appeals_against_themselves(case: ModerationCase, people: dict[str, Any]) -> None:
    User.objects.filter(pk=people["other_master"].pk).update(is_active=False)
    ModerationCase.objects.update(state="appealed")

    assert CASE.perform(case, "confirm", actor=people["decider"], reason="I looked again").state == "confirmed"


def test_a_master_does_not_judge_their_own_words(people: dict[str, Any]) -> None:
    case = CaseFactory(message=said_by(people["decider"]))

    with pytest.raises(Missing):
        CASE.perform(case, "decline", actor=people["decider"])

    assert CASE.perform(case, "decline", actor=people["other_master"]).state == "declined"


def test_one_case_of_a_message_waits(case: ModerationCase) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(message=case.message)
