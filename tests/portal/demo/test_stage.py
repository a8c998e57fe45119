"""The demo: whole, true to its own past, and loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from challenges.enums import ChallengeState, SubmissionState
from challenges.models import Challenge, ChallengeInvitation, Submission
from patents.models import Patent
from portal.demo import reading, stage
from portal.demo.script import Script
from portal.incubation.models import Venture
from portal.kernel import audit
from portal.kernel.models import OutboxEntry
from search.models import SavedSearch


@contextmanager
def silent(total: int | None, label: str) -> Iterator[Any]:
    yield lambda steps=1: None


@pytest.mark.once
def test_it_shows_every_state_and_its_chains_hold(db: None, client: Client) -> None:
    first = stage.load(silent)
    second = stage.load(silent)

    assert first == second
    assert first["challenges"] == len(reading.challenges()) == 30
    assert set(Challenge.objects.values_list("state", flat=True)) == set(ChallengeState.values)
    assert set(Submission.objects.values_list("state", flat=True)) == set(SubmissionState.values)
    assert (Patent.objects.count(), Venture.objects.count()) == (257, 5)
    assert SavedSearch.objects.count() == 3
    assert ChallengeInvitation.objects.count() == 3
    assert list(audit.verify()) == []
    assert not OutboxEntry.objects.filter(topic="mail").exists()
    open_ones = Challenge.objects.filter(state=ChallengeState.OPEN)
    assert not open_ones.filter(closes_at__lte=timezone.now()).exists()
    account = stage.accounts()[0]
    client.login(email=account["email"], password=account["password"])
    assert client.get("/master/").status_code == 200


def test_it_is_refused_where_strangers_could_come(db: None, settings: Any) -> None:
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="loopback"):
        call_command("demo")


def test_scenes_are_played_in_order_and_none_of_the_future() -> None:
    script, played = Script(), []
    for day in (-1.0, 5.0, -3.0):
        script.on(day, lambda day=day: played.append((day, timezone.now())))

    script.play(lambda: None)

    assert played == [(-3.0, script.moment(-3.0)), (-1.0, script.moment(-1.0))]
    assert timezone.now() > script.moment(0)
