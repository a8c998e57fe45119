"""PostgreSQL restarted and crashed under people who write: what was acknowledged is there, once; the rest is told."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection

from portal.api.actions import create_token
from portal.discussions.models import Message
from portal.serve import migrating
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory
from tests.servers.databases import default_database
from tests.servers.ports import LOOPBACK
from tests.servers.postgres import PostgresServer, temporary_postgres
from tests.servers.served import ServedPortal, start_portal

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(400)]

ACCEPTED = (200, 201)
PAUSE = 0.2
SETTLED = 1.0
"""Seconds after the return of the database from which nothing may fail any more."""


@pytest.fixture
def postgres(django_db_setup: None, django_db_blocker: Any) -> Iterator[PostgresServer]:
    """A server that keeps what it acknowledged, with a migrated database that is the test's own too."""
    with (
        temporary_postgres(forgetful=False) as server,
        django_db_blocker.unblock(),
        default_database("postgres", HOST=LOOPBACK, PORT=str(server.port)),
    ):
        migrating.migrate(lambda total, label: nullcontext(lambda steps=1: None))
        yield server


@pytest.fixture
def portal(postgres: PostgresServer, tmp_path: Path) -> Iterator[ServedPortal]:
    portal = start_portal(tmp_path, database_url=postgres.url)
    yield portal
    portal.stop()


@dataclass
class Writer:
    """Somebody who says one thing after the other, each until it is acknowledged."""

    address: str
    secret: str
    told: list[tuple[float, int]] = field(default_factory=list)
    """When an answer came, and its status."""
    acknowledged: list[str] = field(default_factory=list)

    def write_until(self, over: Event) -> None:
        """Go on until ``over``."""
        said = str(uuid.uuid4())
        while not over.wait(PAUSE):
            status = self._post({"id": said, "text": said})
            self.told.append((time.monotonic(), status))
            if status in ACCEPTED:
                self.acknowledged.append(said)
                said = str(uuid.uuid4())

    def _post(self, message: dict[str, str]) -> int:
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address, json.dumps(message).encode(), headers)
        return answer(request)[0]


def answer(request: urllib.request.Request | str) -> tuple[int, Any]:
    """The status and the headers of what comes back."""
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


def test_restarted_and_crashed_while_four_people_write(postgres: PostgresServer, portal: ServedPortal) -> None:
    room, people = RoomFactory(), UserFactory.create_batch(4)
    secrets = [create_token(person, name="test", scopes=["write"], actor=person)[1] for person in people]
    writers = [Writer(f"{portal.url}/api/v1/rooms/{room.public_id}/messages", secret) for secret in secrets]
    over, shown, cuts = Event(), [], []
    with ThreadPoolExecutor(len(writers)) as threads:
        running = [threads.submit(writer.write_until, over) for writer in writers]
        for end in (postgres.stop, postgres.crash):
            time.sleep(3)
            gone = time.monotonic()
            end()
            for path in ("/healthz", "/readyz", "/challenges/"):
                status, headers = answer(portal.url + path)
                shown.append((path, status, "Retry-After" in headers))
            time.sleep(1)
            postgres.start()
            cuts.append((gone, time.monotonic() + SETTLED))
        time.sleep(4)
        over.set()
        for each in running:
            each.result()

    assert shown == [("/healthz", 200, False), ("/readyz", 503, False), ("/challenges/", 503, True)] * 2
    refused = [each for writer in writers for each in writer.told if each[1] not in ACCEPTED]
    assert {status for _when, status in refused} <= {503}
    assert [when for when, _status in refused if not any(gone <= when < back for gone, back in cuts)] == []
    acknowledged = [said for writer in writers for said in writer.acknowledged]
    connection.close()  # the test's own was cut too
    kept = list(Message.objects.filter(room=room).values_list("text", flat=True))
    assert len(kept) == len(set(kept))
    assert set(acknowledged) <= set(kept)
    assert len(set(kept) - set(acknowledged)) <= len(writers), "what was stored and not told, at the very end"
    assert len(acknowledged) > 100
