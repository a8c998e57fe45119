"""What is announced, and what a backplane promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Announcement:
    """A frame, encoded, for everyone who listens at ``address``.

    ``seq`` where it has a place in the sequence of what was said; ``rev`` where it has one in the changes of that.
    """

    address: str
    text: str
    seq: int | None = None
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Rights may have changed: of one person, of everyone at one address, or (with neither) of all."""

    user_id: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A topic is over: everyone at ``address`` is told why and listens no more."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Some process could not announce for a while: what it had to say is to be looked for where it is kept."""


News = Announcement | Doubt | Ending | Lost


class Listener(Protocol):
    """A hub, as the backplane sees it."""

    def tell(self, news: News) -> None:
        """Take in ``news``; called from any thread, never waits."""

    def heal_all(self) -> None:
        """News may have been missed: look for it where it is kept. Called in the hub's loop."""


class Backplane(Protocol):
    """Carries news to every hub there is, and knows what only all processes together know.

    Losing the way to the others loses no message: those are rows first, and a hub that may have missed some looks
    there. What is counted over all processes is then counted in this one.
    """

    def announce(self, news: News) -> None:
        """Let every hub hear ``news``, this process's own included. From any thread; waits half a second at worst."""

    def attach(self, hub: Listener) -> None:
        """From now on ``hub`` hears what is announced. To be called in the hub's loop."""

    def detach(self, hub: Listener) -> None:
        """``hub`` hears nothing more."""

    async def follow(self, hub: Listener, address: str) -> None:
        """Have news for ``address`` brought to ``hub``; when this returns none is missed any more."""

    def unfollow(self, hub: Listener, address: str) -> None:
        """Nobody at ``hub`` listens to ``address`` any more."""

    async def people_at(self, address: str, here: Collection[str]) -> int:
        """How many people are at ``address``, in all processes; ``here`` are the names of those in this one."""

    async def admits(self, household: str, socket: str, most: int) -> bool:
        """Whether ``household`` may hold one more socket, over all processes; counts it if so."""

    def release(self, household: str, socket: str) -> None:
        """A socket that was counted is gone. In the hub's loop."""

    async def renew(self, sockets: Collection[tuple[str, str]]) -> None:
        """These sockets, each with its household, are still open: what is not renewed is forgotten in a while."""
