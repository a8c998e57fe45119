"""The hub: news that crosses on its way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from portal.live import healing
from portal.live.backplane import Announcement
from portal.live.backplane.in_process import InProcess
from portal.live.gathering import Gathering
from portal.live.hub import Hub
from portal.live.sockets import Identity, Socket
from portal.live.topics import Topic

ADDRESS = "open:1"


class OpenTopic(Topic):
    name = "open"

    def can_join(self, user: Any, key: str) -> bool:
        return True


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where what did not come was looked for."""
    found: list[str] = []

    async def heal(gathering: Gathering) -> None:
        found.append(gathering.address)

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
    hub.start(await hub.join(socket, ADDRESS, OpenTopic(), "1"), 0)
    return hub, heard


@pytest.mark.parametrize(("arrival", "asked"), [((2, 1), []), ((2,), [ADDRESS])])
async def test_only_what_still_waits_is_looked_for(looked, arrival, asked):
    hub, heard = await listening()

    for seq in arrival:
        hub.tell(Announcement(ADDRESS, str(seq), seq))
    await asyncio.sleep(0.05)

    assert (looked, heard) == (asked, [] if asked else ["1", "2"])
