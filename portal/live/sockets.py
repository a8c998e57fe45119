"""A socket as the hub sees it: who is at the other end, what it listens to, and its way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex

from .frames import Frame, say
from .gathering import Subscription
from .outlet import Outlet, Send
from .wire import Write, refuse


@dataclass(frozen=True, slots=True)
class Identity:
    """Who opened a socket: what it was opened with (a session or a token), whose that was, the address it came from."""

    credential: str | None
    user_id: int | None
    address: str

    @property
    def person_key(self) -> str:
        """The same for all sockets of one person; empty for visitors."""
        return f"user:{self.user_id}" if self.user_id else ""

    @property
    def household(self) -> str:
        """What the number of sockets is counted by: the person, or a visitor's network address."""
        return self.person_key or f"at:{self.address}"


@dataclass(eq=False, slots=True)
class Socket:
    """One open socket. ``subscriptions`` are kept by the topic's name as the client wrote it."""

    identity: Identity
    send: Send
    write: Write = refuse
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    name: str = field(default_factory=lambda: token_hex(8))
    """Its own, among all sockets of all processes."""
    outlet: Outlet = field(init=False)
    put: Callable[[Frame], None] = field(init=False)
    """Send a frame, never waiting for the reader: the outlet's own, for a big room calls nothing more often."""
    overflowed: bool = False

    def __post_init__(self) -> None:
        self.outlet = Outlet(self.send, self._give_up, self.write)
        self.put = self.outlet.put

    def error(self, code: str, ref: int | str | None = None) -> None:
        """Tell the client what was wrong."""
        self.put(say("error", code=code, ref=ref))

    def close(self, code: int) -> None:
        """Close from this end and listen to nothing more."""
        self.leave_all()
        self.outlet.close(code)

    def leave_all(self) -> None:
        """Out of every gathering."""
        for subscription in self.subscriptions.values():
            subscription.gathering.remove(self)
        self.subscriptions.clear()

    def _give_up(self) -> None:
        self.overflowed = True
        self.leave_all()
