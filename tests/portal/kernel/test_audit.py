"""The audit: chained, unchanging, and free of personal words."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from portal.kernel import audit
from portal.kernel.models import AuditEvent
from tests.factories.accounts import OrganisationFactory, UserFactory

TABLE = AuditEvent._meta.db_table


def write_three() -> list[AuditEvent]:
    organisation, actor = OrganisationFactory(), UserFactory()
    return [audit.record(f"step.{n}", organisation, actor=actor, n=n) for n in range(3)]


def tamper(statement: str) -> None:
    """Do what the trigger forbids, as somebody with the keys to the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER kernel_auditevent_no_update")
            cursor.execute("DROP TRIGGER kernel_auditevent_no_delete")
        cursor.execute(statement)


def test_a_true_chain_verifies(db: None) -> None:
    events = write_three()

    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.previous_hash for event in events] == ["", events[0].hash, events[1].hash]
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    ("statement", "reasons"),
    [
        ("UPDATE {table} SET action = 'nothing' WHERE id = {second}", ["it was changed"]),
        ("UPDATE {table} SET actor_id = NULL WHERE id = {second}", ["it was changed"]),
        ("DELETE FROM {table} WHERE id = {second}", ["an event is missing before it"]),
        ("DELETE FROM {table} WHERE id = {first}", ["an event is missing before it"]),
    ],
)
def test_tampering_is_found(db: None, statement: str, reasons: list[str]) -> None:
    first, second, _third = write_three()

    tamper(statement.format(table=TABLE, first=first.pk, second=second.pk))

    assert [found.reason for found in audit.verify()] == reasons


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_an_event(db: None, deed: str) -> None:
    rows = AuditEvent.objects.filter(pk=write_three()[0].pk)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(action="nothing") if deed == "update" else rows.delete()


def test_a_digest_tells_equal_texts_and_nothing_else(db: None) -> None:
    assert audit.digest("a reason") == audit.digest("a reason")
    assert audit.digest("a reason") != audit.digest("another")
    assert "a reason" not in audit.digest("a reason")


def test_history_is_in_order(db: None) -> None:
    organisation = OrganisationFactory()
    for n in range(3):
        audit.record(f"step.{n}", organisation, actor=None)

    assert [event.action for event in audit.history(organisation)] == ["step.0", "step.1", "step.2"]
