"""The hub of a process: which sockets are open, who listens to what, and news on its way to them.

All of it happens in the event loop; only ``tell`` may be called from elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Coroutine, Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

from . import backplane as planes
from . import healing, review
from .asking import ask
from .backplane import Announcement, Backplane, Doubt, Ending, Lost, News
from .frames import SIGNED_OUT, encoded, frame, say
from .gathering import Gathering, Subscription
from .sockets import Socket
from .topics import Standing, Topic

log = logging.getLogger(__name__)

MOST_SOCKETS: Final = 10
"""Sockets that one person may hold open, in all processes together."""
MOST_VISITORS: Final = 200
"""Sockets from one network address that nobody is signed in on."""

ROUND: Final = 30.0
"""Seconds between two rounds of asking everybody's rights again and of showing every socket a sign of life."""
PATIENCE: Final = 0.5
"""Seconds that a frame waits for an earlier one of its sequence, before that is looked for where it is kept."""
AGAIN: Final = 3.0
"""Seconds after which a topic is looked up again when it could not be read."""
PRESENCE_PAUSE: Final = 1.0
"""Seconds between two counts of who is present."""


class Hub:
    """One event loop's sockets. Made by ``hub_here``."""

    def __init__(self, loop: asyncio.AbstractEventLoop, backplane: Backplane) -> None:
        self.epoch = secrets.token_hex(4)
        self._loop = loop
        self._backplane = backplane
        self._tasks: set[asyncio.Task[None]] = set()
        self._sockets: set[Socket] = set()
        self._households: Counter[str] = Counter()
        self._gatherings: dict[str, Gathering] = {}
        self._doubts: set[Doubt] = set()
        self._reviewing: asyncio.Task[None] | None = None
        self._attached = False

    # --- sockets come and go -----------------------------------------------------------------------

    def admit(self, socket: Socket) -> bool:
        """Take ``socket`` in, unless its person or network address has too many already."""
        household = socket.identity.household
        if self._households[household] >= (MOST_SOCKETS if socket.identity.user_id else MOST_VISITORS):
            return False
        self._households[household] += 1
        self._sockets.add(socket)
        if not self._attached:
            self._attached = True
            self._backplane.attach(self)
            self._later(self._keep_watch())
        return True

    async def is_one_too_many(self, socket: Socket) -> bool:
        """Whether the person of ``socket`` has too many in all processes together; counts it if not."""
        household = socket.identity.household
        most = MOST_SOCKETS if socket.identity.user_id else MOST_VISITORS
        return not await self._backplane.admits(household, socket.name, most)

    def dismiss(self, socket: Socket) -> None:
        """``socket`` is gone."""
        socket.outlet.forget()
        for name in list(socket.subscriptions):
            self.leave(socket, name)
        if socket not in self._sockets:
            return
        self._sockets.discard(socket)
        self._households[socket.identity.household] -= 1
        self._households += Counter()
        self._backplane.release(socket.identity.household, socket.name)

    def _later(self, deed: Coroutine[Any, Any, None]) -> None:
        """Have it done by the loop, and hold on to it meanwhile."""
        task = self._loop.create_task(deed)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- topics ------------------------------------------------------------------------------------

    async def join(self, socket: Socket, name: str, topic: Topic, key: str) -> Subscription:
        """Subscribe ``socket`` to the topic it calls ``name``; the subscription holds back until it is started.

        When this returns, nothing that is said from now on is missed, in whichever process it is said.
        """
        self.leave(socket, name)
        address = topic.address(socket.identity.user_id, key)
        gathering = self._gatherings.get(address)
        if gathering is None:
            gathering = self._gatherings[address] = Gathering(address, name, topic.shows_presence)
        subscription = socket.subscriptions[name] = gathering.add(socket)
        await self._backplane.follow(self, address)
        return subscription

    def start(self, subscription: Subscription, standing: Standing) -> None:
        """Let ``subscription`` go on from where the topic stood when it was read."""
        gathering = subscription.gathering
        if gathering.rev is None:
            gathering.rev = standing.rev
        if not subscription.start(standing.seq):
            self._settle_later(gathering)
        self._count_later(subscription.gathering)

    def leave(self, socket: Socket, name: str) -> None:
        """``socket`` listens no more to the topic it calls ``name``."""
        subscription = socket.subscriptions.pop(name, None)
        if subscription is not None:
            subscription.gathering.remove(socket)
            self._tidy(subscription.gathering)

    def _tidy(self, gathering: Gathering) -> None:
        if len(gathering):
            self._count_later(gathering)
        elif self._gatherings.get(gathering.address) is gathering:
            del self._gatherings[gathering.address]
            self._backplane.unfollow(self, gathering.address)
            self._count_later(gathering)

    # --- news --------------------------------------------------------------------------------------

    def tell(self, news: News) -> None:
        """Take in ``news`` from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._hear, news)
        except RuntimeError:  # the loop has ended, and with it everyone who listened
            self._backplane.detach(self)

    def _hear(self, news: News) -> None:
        if isinstance(news, Announcement):
            self._deliver(news)
        elif isinstance(news, Ending):
            self._end(news)
        elif isinstance(news, Lost):
            self.heal_all()
        else:
            self._doubt(news)

    def _deliver(self, news: Announcement) -> None:
        gathering = self._gatherings.get(news.address)
        if gathering is None:
            return
        complete = gathering.knows_of(news.rev)
        if not gathering.hear(frame(news.text, news.seq)) or not complete:
            self._settle_later(gathering)

    def _settle_later(self, gathering: Gathering) -> None:
        """Something came before its turn: wait a little for what belongs before it, then look for it."""

        def look() -> None:
            if gathering.lacks_changes or any(subscription.waits for subscription in gathering):
                self._heal_later(gathering)

        self._loop.call_later(PATIENCE, look)

    def heal_all(self) -> None:
        """News may have been missed: look for all of it where it is kept, and ask everybody's rights again."""
        self._doubt(Doubt())
        for gathering in list(self._gatherings.values()):
            self._heal_later(gathering)

    def _heal_later(self, gathering: Gathering) -> None:
        gathering.unwell = True
        if not gathering.healing:
            gathering.healing = True
            self._later(self._heal(gathering))

    async def _heal(self, gathering: Gathering) -> None:
        """Look until nobody has asked for it since the last look began: that one may have come too early to see."""
        try:
            while gathering.unwell:
                gathering.unwell = False
                if not await healing.heal(gathering):
                    self._loop.call_later(AGAIN, self._heal_later, gathering)
        finally:
            gathering.healing = False

    def _end(self, news: Ending) -> None:
        gathering = self._gatherings.get(news.address)
        for subscription in gathering or ():
            self._withdraw(subscription.socket, subscription.name, news.reason)

    def _withdraw(self, socket: Socket, name: str, reason: str) -> None:
        if name in socket.subscriptions:
            self.leave(socket, name)
            socket.put(say("gone", topic=name, reason=reason))

    # --- presence ----------------------------------------------------------------------------------

    def _count_later(self, gathering: Gathering) -> None:
        """Say how many are here, once for all who come and go within a second."""
        if not gathering.shows_presence or gathering.counted:
            return
        gathering.counted = True
        self._loop.call_later(PRESENCE_PAUSE, lambda: self._later(self._say_count(gathering)))

    async def _say_count(self, gathering: Gathering, *, only_if_changed: bool = False) -> None:
        """Tell everyone at the gathering, in all processes, how many people are there."""
        gathering.counted = False
        count = await self._backplane.people_at(gathering.address, gathering.people())
        if only_if_changed and count == gathering.count:
            return
        gathering.count = count
        told = encoded({"on": "presence", "topic": gathering.name, "count": count})
        await asyncio.to_thread(self._backplane.announce, Announcement(gathering.address, told))

    # --- rights ------------------------------------------------------------------------------------

    def _doubt(self, doubt: Doubt) -> None:
        self._doubts.add(doubt)
        if self._reviewing is None or self._reviewing.done():
            self._reviewing = self._loop.create_task(self._review_doubts())

    async def _review_doubts(self) -> None:
        while self._doubts:
            doubts, self._doubts = self._doubts, set()
            try:
                await self.review(self._concerned(doubts))
            except Exception:  # the database may be away: the next round asks again
                log.exception("rights could not be asked again")

    def _concerned(self, doubts: Iterable[Doubt]) -> set[Socket]:
        found: set[Socket] = set()
        for doubt in doubts:
            if doubt.address is not None:
                found |= {listener.socket for listener in self._gatherings.get(doubt.address, ())}
            elif doubt.user_id is not None:
                found |= {socket for socket in self._sockets if socket.identity.user_id == doubt.user_id}
            else:
                found |= self._sockets
        return found

    async def review(self, sockets: Iterable[Socket]) -> None:
        """Ask again what each of ``sockets`` may listen to, and take away what it may not."""
        asked = [(socket, review.question(socket.identity, socket.subscriptions)) for socket in sockets]
        answers = await ask(review.answers, [question for _, question in asked])
        for socket, question in asked:
            answer = answers[question]
            for name in answer.lost:
                self._withdraw(socket, name, "withdrawn" if answer.same_person else "signed_out")
            if not answer.same_person:
                socket.close(SIGNED_OUT)

    async def _keep_watch(self) -> None:
        """Every half minute: a sign of life to every socket, everybody's rights once more, and all names renewed."""
        beat = say("beat")
        while True:
            await asyncio.sleep(ROUND)
            for socket in list(self._sockets):
                socket.put(beat)
            self._doubt(Doubt())
            await self._backplane.renew([(socket.identity.household, socket.name) for socket in self._sockets])
            for gathering in [each for each in self._gatherings.values() if each.shows_presence]:
                await self._say_count(gathering, only_if_changed=True)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub_here() -> Hub:
    """The hub of the running event loop: a server has one loop, and so one hub."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop, planes.backplane)
    return _hubs[loop]
