"""The engine: lock → state → rule → guard → write → audit → signal, or nothing at all."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from portal.accounts.models import Organisation
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.models import AuditEvent
from portal.kernel.signals import transitioned
from portal.kernel.workflow import CLOCK, Transition, Workflow, is_clock
from tests.factories.accounts import OrganisationFactory, UserFactory


def always_allow(user: object, obj: object) -> bool:
    return True


def always_deny(user: object, obj: object) -> bool:
    return False


def refuse(obj: Any) -> None:
    raise Refused("not today", code="guarded")


PLAIN = Workflow(
    "organisation",
    (
        Transition("verify", "pending", "verified", always_allow),
        Transition("decline", "pending", "declined", always_allow, needs_reason=True),
        Transition("suspend", ("pending", "verified"), "suspended", always_deny),
        Transition("reinstate", "pending", "verified", always_allow, guard=refuse),
        Transition("expire", "pending", "suspended", is_clock),
    ),
)


def state_of(organisation: Organisation) -> str:
    return Organisation.objects.values_list("state", flat=True).get(pk=organisation.pk)


def events_of(organisation: Organisation) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind="organisation", object_id=str(organisation.pk)))


def test_perform_moves_audits_and_tells(db: None) -> None:
    organisation, actor = OrganisationFactory(state="pending"), UserFactory()
    heard: list[tuple[str, Any]] = []

    def listen(obj: Organisation, transition: Transition, actor: Any, **news: Any) -> None:
        heard.append((transition.name, actor))

    transitioned.connect(listen)
    try:
        moved = PLAIN.perform(organisation, "verify", actor=actor, summary="Seen")
    finally:
        transitioned.disconnect(listen)

    [event] = events_of(organisation)
    assert (moved.state, moved.summary, organisation.state, state_of(organisation)) == (
        "verified", "Seen", "verified", "verified",
    )  # fmt: skip
    assert (event.action, event.actor, event.facts) == (
        "organisation.verify", actor, {"old": "pending", "new": "verified"},
    )  # fmt: skip
    assert heard == [("verify", actor)]


@pytest.mark.parametrize(
    ("name", "start", "error"),
    [
        ("suspend", "pending", Missing),
        ("suspend", "declined", Missing),
        ("never_heard_of", "pending", Missing),
        ("verify", "verified", WrongState),
        ("decline", "pending", Refused),
        ("reinstate", "pending", Refused),
        ("expire", "pending", Missing),
    ],
)
def test_refusal_writes_nothing(db: None, name: str, start: str, error: type[Exception]) -> None:
    organisation = OrganisationFactory(state=start)

    with pytest.raises(error):
        PLAIN.perform(organisation, name, actor=UserFactory())

    assert (state_of(organisation), events_of(organisation)) == (start, [])


def test_a_stale_copy_is_judged_by_the_row(db: None) -> None:
    organisation = OrganisationFactory(state="pending")
    stale = Organisation.objects.get(pk=organisation.pk)
    PLAIN.perform(organisation, "verify", actor=UserFactory())

    with pytest.raises(WrongState) as refused:
        PLAIN.perform(stale, "decline", actor=UserFactory(), reason="too late")

    assert refused.value.state == "verified"


def test_the_clock_is_an_actor_without_a_name(db: None) -> None:
    organisation = OrganisationFactory(state="pending")

    PLAIN.perform(organisation, "expire", actor=CLOCK)

    assert [(event.action, event.actor_id) for event in events_of(organisation)] == [("organisation.expire", None)]


def test_available_lists_what_state_and_rule_allow(db: None) -> None:
    organisation = OrganisationFactory(state="pending")

    names = [row.name for row in PLAIN.available(organisation, UserFactory())]

    assert names == ["verify", "decline", "reinstate"]


def test_a_failing_receiver_takes_the_move_back(db: None) -> None:
    organisation = OrganisationFactory(state="pending")

    def fail(**news: Any) -> None:
        raise RuntimeError("no room")

    transitioned.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            PLAIN.perform(organisation, "verify", actor=UserFactory())
    finally:
        transitioned.disconnect(fail)

    assert (state_of(organisation), events_of(organisation)) == ("pending", [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_moves_it() -> None:
    organisation, actor = OrganisationFactory(state="pending"), UserFactory()
    barrier, outcomes = threading.Barrier(8), []

    def move() -> None:
        copy = Organisation.objects.get(pk=organisation.pk)
        barrier.wait()
        try:
            PLAIN.perform(copy, "verify", actor=actor)
            outcomes.append("moved")
        except WrongState as refused:
            outcomes.append(refused.state)
        finally:
            connection.close()

    threads = [threading.Thread(target=move) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["moved"] + ["verified"] * 7
    assert len(events_of(organisation)) == 1
