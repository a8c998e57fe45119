"""Alive, ready, or degraded by name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.utils import timezone

from portal.kernel import health, outbox, probes, schedule
from portal.kernel.models import OutboxEntry, PeriodicRun


def test_alive_asks_nothing_of_anybody(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_ready_names_the_database(db: None, client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["dependencies"]["database"]["ok"] is True


def test_what_the_portal_can_do_without_is_a_named_degradation(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> str:
        raise ConnectionError("secret address")

    monkeypatch.setattr(health, "_degradable", {"weather": away})

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["degraded"]) == (200, ["weather"])
    assert "secret" not in answer.content.decode()


def test_an_unwritable_store_makes_it_unready(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.kernel.health.os.access", lambda *a: False)

    assert client.get("/readyz").status_code == 503


def test_a_store_that_cannot_be_made_makes_it_unready(db: None, client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.PRIVATE_ROOT = tmp_path / "file" / "private"

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["dependencies"]["files"]["ok"]) == (503, False)


@pytest.mark.parametrize("error", [InterfaceError, OperationalError])
def test_a_database_that_is_away_makes_it_unready(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def away(*_given: Any) -> Any:
        raise error("connection already closed")

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=away))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["dependencies"]["database"]["is"]) == (503, error.__name__)


def degradation(client: Client, name: str) -> str | None:
    """What ``/readyz`` says is wrong with ``name``; None when all is well."""
    answer = client.get("/readyz")
    assert answer.status_code == 200, "work behind the pages may be late: the pages are not"
    told = answer.json()["dependencies"][name]
    return None if told["ok"] else told["is"]


def an_entry(**facts: Any) -> OutboxEntry:
    now = timezone.now()
    made = {"topic": "mail", "key": "1", "not_before": now, **facts}
    entry = OutboxEntry.objects.create(**{name: value for name, value in made.items() if name != "created_at"})
    OutboxEntry.objects.filter(pk=entry.pk).update(created_at=made.get("created_at", now))
    return entry


def test_work_that_nobody_does_is_a_degradation(db: None, client: Client) -> None:
    OutboxEntry.objects.all().delete()
    entry = an_entry()
    assert degradation(client, "outbox") is None
    OutboxEntry.objects.filter(pk=entry.pk).update(not_before=timezone.now() - timedelta(minutes=3))
    assert degradation(client, "outbox") == "due work has waited 180 s"

    claimed = outbox.claim("mail", 1)

    assert (len(claimed), degradation(client, "outbox")) == (1, None), "somebody is at it"


def test_work_that_was_set_aside_is_a_degradation(db: None, client: Client) -> None:
    an_entry(dead=True)

    assert degradation(client, "outbox") == "1 set aside after 8 tries"


def test_mail_that_waits_for_its_server_is_a_degradation(db: None, client: Client) -> None:
    long_ago, later = timezone.now() - timedelta(minutes=6), timezone.now() + timedelta(hours=1)
    an_entry(created_at=long_ago, not_before=later)  # to be sent later, and not tried yet
    an_entry(last_error="mail server away: OSError")  # tried, a moment ago
    assert degradation(client, "mail") is None

    an_entry(last_error="mail server away: OSError", created_at=long_ago, not_before=later)

    assert degradation(client, "mail") == "1 wait for the mail server"


def test_a_clock_that_stands_still_is_a_degradation(db: None, client: Client) -> None:
    assert degradation(client, "clock") == "has never ticked"
    schedule.tick()
    assert degradation(client, "clock") is None

    PeriodicRun.objects.filter(name=PeriodicRun.objects.first().name).update(
        due_at=timezone.now() - timedelta(minutes=5)
    )

    assert degradation(client, "clock") == "300 s late"


def test_tables_that_are_not_those_of_the_code_are_a_degradation(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    probes._waiting.cache_clear()
    plan = [("a migration", False)]
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda *_given: plan)
    assert degradation(client, "migrations") == "1 wait"

    plan.clear()

    assert degradation(client, "migrations") is None
