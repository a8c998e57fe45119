"""Those who listen to one topic, and what each of them has heard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from .frames import Frame, say

if TYPE_CHECKING:
    from .sockets import Socket

MOST_HELD: Final = 256


class Subscription:
    """One socket in one topic.

    It begins by holding back what comes, so that nothing is lost between reading what was missed and listening;
    ``start`` lets it go. Sequenced frames pass in order, each once: of two that were committed at the same moment
    and arrive crossed, the early one waits for the other.
    """

    __slots__ = ("_aside", "_started", "_unsequenced", "gathering", "name", "seen", "socket")

    def __init__(self, socket: Socket, gathering: Gathering, name: str) -> None:
        self.socket = socket
        self.gathering = gathering
        self.name = name
        self.seen = 0
        self._started = False
        self._aside: dict[int, Frame] = {}
        self._unsequenced: list[Frame] = []

    def hear(self, frame: Frame) -> bool:
        """Pass ``frame`` on as far as its turn has come; False when it had to be laid aside."""
        if not self._started:
            self._hold(frame)
        elif frame.seq is None or frame.seq == self.seen + 1:
            self._pass(frame)
        elif frame.seq > self.seen:
            self._aside[frame.seq] = frame
            return False
        return True

    def start(self, seen: int) -> bool:
        """Everything up to ``seen`` has been sent: go on from there. False when something has to wait its turn."""
        self.seen = seen
        self._started = True
        self._catch_up()
        for frame in self._unsequenced:
            self.socket.put(frame)
        self._unsequenced.clear()
        return not self._aside

    @property
    def has_started(self) -> bool:
        """Whether it has caught up and passes on what comes."""
        return self._started

    @property
    def waits(self) -> bool:
        """Whether something lies aside until what belongs before it comes."""
        return self._started and bool(self._aside)

    def skip_to(self, seq: int) -> None:
        """More is missing than is sent over a socket: say from where on, and go on after ``seq``."""
        if self._started and self.seen < seq:
            self.socket.put(say("gap", topic=self.name, **{"from": self.seen}))
            self.seen = seq
            self._catch_up()

    def settle(self) -> None:
        """Wait no longer for what did not come: say that there is a gap, and go on."""
        if not self._started or not self._aside:
            return
        self.socket.put(say("gap", topic=self.name, **{"from": self.seen}))
        for seq in sorted(self._aside):
            self.socket.put(self._aside[seq])
            self.seen = seq
        self._aside.clear()

    def _hold(self, frame: Frame) -> None:
        if len(self._aside) + len(self._unsequenced) >= MOST_HELD:
            return  # a sequenced one will be missed as a gap
        if frame.seq is None:
            self._unsequenced.append(frame)
        else:
            self._aside[frame.seq] = frame

    def _pass(self, frame: Frame) -> None:
        self.socket.put(frame)
        if frame.seq is not None:
            self.seen = frame.seq
            if self._aside:
                self._catch_up()

    def _catch_up(self) -> None:
        for seq in [seq for seq in self._aside if seq <= self.seen]:
            del self._aside[seq]
        while (frame := self._aside.pop(self.seen + 1, None)) is not None:
            self.seen += 1
            self.socket.put(frame)


class Gathering:
    """The subscriptions to one address in this process."""

    __slots__ = (
        "_ahead",
        "_subscriptions",
        "address",
        "count",
        "counted",
        "healing",
        "name",
        "rev",
        "shows_presence",
        "unwell",
    )

    def __init__(self, address: str, name: str, shows_presence: bool) -> None:
        self.address = address
        self.name = name
        self.shows_presence = shows_presence
        self.counted = False
        self.count = -1
        """How many people were last said to be here, over all processes; -1 when never."""
        self.healing = False
        """Whether what was missed is being looked for."""
        self.unwell = False
        """Whether something may have been missed since the last look began."""
        self.rev: int | None = None
        """Up to which number all changes of what was said have come by here; None before anybody has begun."""
        self._ahead: set[int] = set()
        self._subscriptions: dict[Socket, Subscription] = {}

    def __iter__(self) -> Iterator[Subscription]:
        return iter(list(self._subscriptions.values()))

    def __len__(self) -> int:
        return len(self._subscriptions)

    def add(self, socket: Socket) -> Subscription:
        """A subscription for ``socket``, in place of any it had."""
        subscription = self._subscriptions[socket] = Subscription(socket, self, self.name)
        return subscription

    def remove(self, socket: Socket) -> None:
        """Without ``socket`` from now on."""
        self._subscriptions.pop(socket, None)

    def hear(self, frame: Frame) -> bool:
        """Give ``frame`` to everyone here; False when it lies aside somewhere and waits for an earlier one."""
        passed = True
        for subscription in list(self._subscriptions.values()):
            passed = subscription.hear(frame) and passed
        return passed

    def knows_of(self, rev: int | None) -> bool:
        """Note that the change ``rev`` has come; False when one before it has not."""
        if rev is None or self.rev is None or rev <= self.rev:
            return True
        self._ahead.add(rev)
        while self.rev + 1 in self._ahead:
            self.rev += 1
            self._ahead.discard(self.rev)
        return not self._ahead

    @property
    def lacks_changes(self) -> bool:
        """Whether a change has come and one before it has not."""
        return bool(self._ahead)

    def has_changes_up_to(self, rev: int) -> None:
        """All changes up to ``rev`` were looked up and told."""
        self.rev = max(rev, self.rev or 0)
        self._ahead = {each for each in self._ahead if each > self.rev}

    def people(self) -> set[str]:
        """The names of those who listen: somebody with three tabs has one, each visitor their own."""
        return {socket.identity.person_key or socket.name for socket in self._subscriptions}

    def furthest_behind(self) -> Subscription | None:
        """Of those that have begun to listen, the one that has heard least; None when there is none."""
        return min((each for each in self if each.has_started), key=lambda each: each.seen, default=None)
