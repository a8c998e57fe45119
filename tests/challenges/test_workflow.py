"""Every table of transitions: each state × transition × role moves or refuses, as the tables below say.

The tables are written by hand from the product's words, so that a slip in the code shows as a difference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from challenges.enums import (
    AssignmentState,
    AwardState,
    ChallengeState,
    PhaseState,
    RegistrationState,
    SubmissionState,
)
from challenges.workflow import ASSIGNMENT, AWARD, CHALLENGE, PHASE, REGISTRATION, SUBMISSION
from portal.kernel.errors import Missing, WrongState
from portal.kernel.workflow import CLOCK, Workflow
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.challenges import (
    AssignmentFactory,
    AwardFactory,
    ChallengeFactory,
    RegistrationFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

Table = dict[str, tuple[set[str], str, set[str]]]
"""Transition → the states it leaves, the one it leads to, and the roles that may."""

CHALLENGE_TABLE: Table = {
    "submit_for_review": ({"draft", "changes_requested"}, "in_review", {"owner"}),
    "request_changes": ({"in_review"}, "changes_requested", {"master"}),
    "approve": ({"in_review"}, "approved", {"master"}),
    "announce": ({"approved"}, "forecast", {"owner"}),
    "publish": ({"approved", "forecast"}, "open", {"owner", "clock"}),
    "close": ({"open"}, "closed", {"owner", "clock"}),
    "evaluate": ({"closed"}, "evaluating", {"owner"}),
    "decide": ({"evaluating"}, "decided", {"owner"}),
    "complete": ({"decided"}, "completed", {"owner"}),
    "cancel": (
        {"draft", "in_review", "changes_requested", "approved", "forecast", "open", "closed", "evaluating"},
        "cancelled",
        {"owner", "master"},
    ),
    "archive": ({"completed", "cancelled"}, "archived", {"owner", "master"}),
}
PHASE_TABLE: Table = {
    "open": ({"planned"}, "open", {"owner", "clock"}),
    "close": ({"open"}, "closed", {"owner", "clock"}),
    "evaluate": ({"closed"}, "evaluating", {"owner", "clock"}),
    "decide": ({"closed", "evaluating"}, "decided", {"owner", "clock"}),
}
REGISTRATION_TABLE: Table = {
    "request": ({"declined"}, "requested", {"solver"}),
    "approve": ({"requested"}, "approved", {"owner", "clock"}),
    "decline": ({"requested"}, "declined", {"owner"}),
    "revoke": ({"requested", "approved"}, "revoked", {"owner"}),
}
UNDER_WAY = {"submitted", "screening", "more_info", "eligible", "in_evaluation", "shortlisted", "selected"}
SUBMISSION_TABLE: Table = {
    "submit": ({"draft", "submitted", "more_info", "shortlisted"}, "submitted", {"solver"}),
    "withdraw": (UNDER_WAY | {"draft", "ineligible", "not_selected"}, "withdrawn", {"solver"}),
    "screen": ({"submitted"}, "screening", {"owner"}),
    "ask_more": ({"screening"}, "more_info", {"owner"}),
    "accept_eligible": ({"screening", "more_info"}, "eligible", {"owner"}),
    "refuse_eligible": ({"screening", "more_info"}, "ineligible", {"owner"}),
    "evaluate": ({"eligible"}, "in_evaluation", {"owner"}),
    "shortlist": ({"in_evaluation"}, "shortlisted", {"owner"}),
    "select": ({"in_evaluation", "shortlisted"}, "selected", {"owner"}),
    "decline": ({"in_evaluation", "shortlisted"}, "not_selected", {"owner"}),
    "award": ({"selected"}, "awarded", {"owner"}),
    "disqualify": (UNDER_WAY, "disqualified", {"owner", "master"}),
}
ASSIGNMENT_TABLE: Table = {
    "accept": ({"invited"}, "accepted", {"reviewer"}),
    "decline": ({"invited", "accepted"}, "declined", {"reviewer"}),
    "declare_conflict": (
        {"invited", "accepted", "in_progress", "submitted", "returned"},
        "conflict",
        {"reviewer"},
    ),
    "start": ({"accepted"}, "in_progress", {"reviewer"}),
    "submit": ({"accepted", "in_progress", "returned"}, "submitted", {"reviewer"}),
    "send_back": ({"submitted"}, "returned", {"owner", "master"}),
}
MOVING = {"approved", "offered", "accepted", "verified", "contracted", "in_payment"}
AWARD_TABLE: Table = {
    "approve": ({"recommended"}, "approved", {"owner"}),
    "offer": ({"approved"}, "offered", {"owner"}),
    "accept": ({"offered"}, "accepted", {"solver"}),
    "decline": ({"offered"}, "declined", {"solver"}),
    "verify": ({"accepted"}, "verified", {"owner", "master"}),
    "contract": ({"verified"}, "contracted", {"owner"}),
    "pay": ({"contracted"}, "in_payment", {"owner"}),
    "settle": ({"in_payment"}, "settled", {"owner", "master"}),
    "freeze": (MOVING, "frozen", {"master"}),
}

ROLES = ("owner", "master", "solver", "reviewer", "rival", "anonymous", "clock")


def _people(owner: Any, solver: Any, reviewer: Any) -> dict[str, Any]:
    from django.contrib.auth.models import AnonymousUser

    return {
        "owner": owner,
        "master": UserFactory(is_platform_master=True),
        "solver": solver,
        "reviewer": reviewer,
        "rival": owner_of(OrganisationFactory()),
        "anonymous": AnonymousUser(),
        "clock": CLOCK,
    }


def _challenge(state: str) -> tuple[Any, dict[str, Any]]:
    organisation = OrganisationFactory()
    owner = owner_of(organisation)
    challenge = ChallengeFactory(organisation=organisation, posted_by=owner, state=state)
    return challenge, _people(owner, UserFactory(), UserFactory())


def _phase(state: str) -> tuple[Any, dict[str, Any]]:
    challenge, people = _challenge(ChallengeState.OPEN)
    phase = challenge.phases.get()
    type(phase).objects.filter(pk=phase.pk).update(state=state)
    phase.refresh_from_db()
    return phase, people


def _registration(state: str) -> tuple[Any, dict[str, Any]]:
    challenge, people = _challenge(ChallengeState.OPEN)
    return RegistrationFactory(challenge=challenge, user=people["solver"], state=state), people


def _submission(state: str, challenge_state: str = ChallengeState.OPEN) -> tuple[Any, dict[str, Any]]:
    challenge, people = _challenge(challenge_state)
    submission = SubmissionFactory(challenge=challenge, lead=people["solver"], state=state)
    return submission, people


def _assignment(state: str) -> tuple[Any, dict[str, Any]]:
    submission, people = _submission(SubmissionState.IN_EVALUATION, ChallengeState.EVALUATING)
    assignment = AssignmentFactory(
        submission=submission, reviewer=people["reviewer"], invited_by=people["owner"], state=state
    )
    return assignment, people


def _award(state: str) -> tuple[Any, dict[str, Any]]:
    submission, people = _submission(SubmissionState.AWARDED, ChallengeState.DECIDED)
    type(submission).objects.filter(pk=submission.pk).update(informed_at=submission.filed_at)
    submission.refresh_from_db()
    return AwardFactory(submission=submission, awarded_by=people["owner"], state=state), people


KINDS: dict[str, tuple[Workflow, Table, Any, Callable[[str], tuple[Any, dict[str, Any]]]]] = {
    "challenge": (CHALLENGE, CHALLENGE_TABLE, ChallengeState, _challenge),
    "phase": (PHASE, PHASE_TABLE, PhaseState, _phase),
    "registration": (REGISTRATION, REGISTRATION_TABLE, RegistrationState, _registration),
    "submission": (SUBMISSION, SUBMISSION_TABLE, SubmissionState, _submission),
    "assignment": (ASSIGNMENT, ASSIGNMENT_TABLE, AssignmentState, _assignment),
    "award": (AWARD, AWARD_TABLE, AwardState, _award),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_transition_is_in_the_table(kind: str) -> None:
    workflow, table, _states, _make = KINDS[kind]
    assert {row.name for row in workflow.transitions} == set(table)


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for kind, row in KINDS.items() for name in row[1]])
def test_transition_leads_where_the_table_says(kind: str, name: str) -> None:
    workflow, table, _states, _make = KINDS[kind]
    sources, target, _roles = table[name]
    rows = workflow.named(name)
    assert {state for row in rows for state in row.sources} == sources
    assert {row.target for row in rows} == {target}


@pytest.mark.parametrize(("kind", "state"), [(kind, state.value) for kind, row in KINDS.items() for state in row[2]])
def test_each_role_moves_or_is_refused(kind: str, state: str) -> None:
    """From one state: every transition, by every role, with what comes of it."""
    workflow, table, _states, make = KINDS[kind]
    obj, people = make(state)
    found, expected = {}, {}
    for name, (sources, _target, roles) in table.items():
        for role in ROLES:
            found[name, role] = _outcome(workflow, obj, name, people[role])
            allowed = role in roles and not _needs_more(kind, state, name)
            expected[name, role] = ("moves" if state in sources else "wrong state") if allowed else "missing"
    assert found == expected


def _needs_more(kind: str, state: str, name: str) -> bool:
    """Scoring needs an assignment that is being read, in whatever state the table would take it from."""
    reading = {"accepted", "in_progress", "submitted", "returned"}
    answering = {"accept"}
    return kind == "assignment" and (
        (name in ("start", "submit") and state not in reading) or (name in answering and state == "conflict")
    )


def _outcome(workflow: Workflow, obj: Any, name: str, actor: Any) -> str:
    """What performing would do, without doing it: the rule, then the state, as the engine asks."""
    rows = [row for row in workflow.named(name) if row.rule(actor, obj)]
    if not rows:
        return "missing"
    return "moves" if any(getattr(obj, workflow.field) in row.sources for row in rows) else "wrong state"


@pytest.mark.parametrize("state", ChallengeState)
def test_engine_does_what_the_table_says(state: ChallengeState) -> None:
    """The same by the real engine, for the challenge: it moves, or raises, and then nothing is written."""
    for name, (sources, target, _roles) in CHALLENGE_TABLE.items():
        challenge, people = _challenge(state)
        for role in ROLES:
            permitted = role in CHALLENGE_TABLE[name][2]
            if permitted and state in sources:
                continue
            with pytest.raises(WrongState if permitted else Missing):
                CHALLENGE.perform(challenge, name, actor=people[role], reason="why")
            challenge.refresh_from_db()
            assert challenge.state == state
        if state in sources and name not in ("announce", "publish"):
            role = next(iter(CHALLENGE_TABLE[name][2]))
            assert CHALLENGE.perform(challenge, name, actor=people[role], reason="why").state == target
