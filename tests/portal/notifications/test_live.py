"""News reaches the reader's open pages, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from portal.live import backplane as planes
from portal.live.backplane import Announcement, InProcess
from portal.notifications.actions import mark_all_read, mark_read
from portal.notifications.models import Notification
from portal.notifications.send import send
from tests.factories.challenges import ChallengeFactory


@dataclass(frozen=True)
class Told:
    """A notice about ``key`` of ``kind``."""

    kind: str = ""
    key: str = ""
    category: str = "organisations"

    def subject(self) -> str:
        return "Something happened"

    def body(self) -> str:
        return ""

    def url(self) -> str:
        return "/desk/"


class Ear:
    """A hub that writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []

    def tell(self, news: Any) -> None:
        if isinstance(news, Announcement):
            self.heard.append((news.address, orjson.loads(news.text)))

    def heal_all(self) -> None:
        raise AssertionError("nothing was cut")


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    ear, plane = Ear(), InProcess()
    plane.attach(ear)
    monkeypatch.setattr(planes, "backplane", plane)
    return ear


@pytest.mark.django_db
def test_news_comes_to_its_reader_after_the_commit(ear, creator, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        [row] = send(Told(), to=[creator])
        assert ear.heard == []

    frame = {
        "topic": "me",
        "on": "notice",
        "subject": "Something happened",
        "unread": 1,
        "id": row.public_id,
        "category": "organisations",
        "url": "/desk/",
    }
    assert ear.heard == [(f"me:{creator.pk}", frame)]


@pytest.mark.django_db
def test_what_the_reader_may_not_see_is_not_shown(ear, creator, django_capture_on_commit_callbacks) -> None:
    hidden = ChallengeFactory(state="draft", published_at=None)

    with django_capture_on_commit_callbacks(execute=True):
        send(Told(kind="challenge", key=hidden.slug), to=[creator])

    assert ear.heard == []


@pytest.mark.django_db
def test_reading_in_one_tab_is_told_to_the_others(ear, creator, django_capture_on_commit_callbacks) -> None:
    first, _second = (send(Told(), to=[creator])[0] for _ in range(2))

    with django_capture_on_commit_callbacks(execute=True):
        mark_read(first)
        mark_read(first)
        mark_all_read(actor=creator)

    assert [frame["unread"] for _address, frame in ear.heard] == [1, 0]
    assert Notification.objects.unread().count() == 0
