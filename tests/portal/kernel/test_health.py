"""Alive, ready, or degraded by name."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from portal.kernel import health


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
