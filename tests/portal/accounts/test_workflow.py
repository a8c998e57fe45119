"""The organisation's table: every state × transition × role moves or refuses."""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts import signals
from portal.accounts.actions import decide_organisation
from portal.accounts.enums import OrganisationState
from portal.accounts.models import Organisation
from portal.accounts.workflow import ORGANISATION
from portal.kernel.errors import Missing, Refused, WrongState

NAMES = sorted({row.name for row in ORGANISATION.transitions})
TARGETS = {(source, row.name): row.target for row in ORGANISATION.transitions for source in row.sources}


@pytest.mark.parametrize("state", OrganisationState.values)
@pytest.mark.parametrize("name", NAMES)
def test_master_moves_what_the_table_allows(state: str, name: str, master: Any, organisation: Organisation) -> None:
    Organisation.objects.update(state=state)

    if (state, name) in TARGETS:
        decided = decide_organisation(organisation, name, actor=master, reason="So it is.")
        assert decided.state == TARGETS[state, name]
    else:
        with pytest.raises(WrongState):
            decide_organisation(organisation, name, actor=master, reason="So it is.")
        organisation.refresh_from_db()
        assert organisation.state == state


@pytest.mark.parametrize("state", OrganisationState.values)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["owner", "colleague", "rival", "creator", "anonymous"])
def test_nobody_else_decides(
    state: str, name: str, role: str, organisation: Organisation, request: pytest.FixtureRequest
) -> None:
    Organisation.objects.update(state=state)

    with pytest.raises(Missing):
        decide_organisation(organisation, name, actor=request.getfixturevalue(role), reason="Because.")

    organisation.refresh_from_db()
    assert organisation.state == state


@pytest.mark.parametrize(("name", "state"), [("decline", "pending"), ("suspend", "verified")])
def test_decision_against_needs_a_reason(name: str, state: str, master: Any, organisation: Organisation) -> None:
    Organisation.objects.update(state=state)

    with pytest.raises(Refused) as refusal:
        decide_organisation(organisation, name, actor=master, reason="  ")

    assert refusal.value.code == "reason_missing"


def test_reason_is_kept_for_the_owners(master: Any, organisation: Organisation) -> None:
    decide_organisation(organisation, "suspend", actor=master, reason="No answer for a year.")

    organisation.refresh_from_db()
    assert (organisation.state, organisation.state_reason) == ("suspended", "No answer for a year.")


def test_verification_is_told(master: Any, organisation: Organisation, heard: Any) -> None:
    Organisation.objects.update(state="pending")
    news = heard(signals.organisation_verified)

    decide_organisation(organisation, "verify", actor=master)

    assert [(n["obj"], n["actor"]) for n in news] == [(organisation, master)]
