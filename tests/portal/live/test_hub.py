"""The hub: news that crosses on its way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from portal.live import healing
from portal.live.backplane import Announcement, Lost
from portal.live.backplane.in_process import InProcess
from portal.live.gathering import Gathering
from portal.live.hub import Hub
from portal.live.sockets import Identity, Socket
from portal.live.topics import Standing, Topic

ADDRESS = "open:1"


class OpenTopic(Topic):
    name = "open"

    def can_join(self, user: Any, key: str) -> bool:
        return True


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where what did not come was looked for."""
    found: list[str] = []

    async def heal(gathering: Gathering) -> bool:
        found.append(gathering.address)
        return True

    monkeypatch.setattr(healing, "heal", heal)
    monkeypatch.setattr("portal.live.hub.PATIENCE", 0.01)
    return found


async def listening() -> tuple[Hub, list[str]]:
    """A hub with one socket that listens from the beginning, and what it hears."""
    heard: list[str] = []

    async def send(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    hub = Hub(asyncio.get_running_loop(), InProcess())
    socket = Socket(Identity(None, None, "127.0.0.1"), send)
    hub.start(await hub.join(socket, ADDRESS, OpenTopic(), "1"), Standing())
    return hub, heard


@pytest.mark.parametrize(("arrival", "asked"), [((2, 1), []), ((2,), [ADDRESS])])
async def test_only_what_still_waits_is_looked_for(looked, arrival, asked):
    hub, heard = await listening()

    for seq in arrival:
        hub.tell(Announcement(ADDRESS, str(seq), seq))
    await asyncio.sleep(0.05)

    assert (looked, heard) == (asked, [] if asked else ["1", "2"])


@pytest.mark.parametrize(("arrival", "asked"), [((1, 2), []), ((2, 1), []), ((2,), [ADDRESS]), ((1, 1), [])])
async def test_a_change_that_did_not_come_is_looked_for(looked, arrival, asked):
    hub, heard = await listening()

    for rev in arrival:
        hub.tell(Announcement(ADDRESS, str(rev), rev=rev))
    await asyncio.sleep(0.05)

    assert (looked, heard) == (asked, list(map(str, arrival)))


async def test_what_is_lost_while_a_topic_is_read_is_looked_for_once_more(looked, monkeypatch):
    hub, _heard = await listening()
    reading = asyncio.Event()

    async def heal_slowly(gathering: Gathering) -> bool:
        looked.append(gathering.address)
        await reading.wait()
        return True

    monkeypatch.setattr(healing, "heal", heal_slowly)
    hub.tell(Lost())
    await asyncio.sleep(0.01)
    hub.tell(Lost())
    await asyncio.sleep(0.01)
    reading.set()
    await asyncio.sleep(0.01)

    assert looked == [ADDRESS, ADDRESS]


async def test_a_topic_that_could_not_be_read_is_looked_up_again(looked, monkeypatch):
    hub, _heard = await listening()
    monkeypatch.setattr("portal.live.hub.AGAIN", 0.01)

    async def fail_once(gathering: Gathering) -> bool:
        looked.append(gathering.address)
        return len(looked) > 1

    monkeypatch.setattr(healing, "heal", fail_once)
    hub.tell(Lost())
    await asyncio.sleep(0.1)

    assert looked == [ADDRESS, ADDRESS]
