"""Topics: what can be listened to. Each is defined by the app whose news it carries; none is known here by name."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from portal.kernel.errors import Missing

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """Where a topic stands for somebody who joins: the newest sequence number, and the frames they missed.

    ``too_many`` when they missed more than is sent over the socket; then ``missed`` is empty. ``rev`` is the newest
    number among the changes of what was said, and ``changed`` are the frames of those they missed; ``stale`` when
    those are too many.
    """

    seq: int = 0
    missed: Sequence[Said] = ()
    too_many: bool = False
    rev: int = 0
    changed: Sequence[Said] = ()
    stale: bool = False


class Topic:
    """One sort of topic; a single one of them is ``name:key``.

    The methods run in a thread with the database at hand, and are asked anew each time. ``Missing`` from any of
    them is answered like a topic that does not exist; ``Refused`` with code ``closed`` as ``closed``.
    """

    name: ClassVar[str]
    shows_presence: ClassVar[bool] = False
    """Whether those who listen are told how many they are."""

    def can_join(self, user: Any, key: str) -> bool:
        """Whether ``user`` may listen. Asked when they join, when something changed, and every half minute."""
        raise NotImplementedError

    def address(self, user_id: int | None, key: str) -> str:
        """Under which key its news is published: the topic's own name, unless it is one for each person."""
        return f"{self.name}:{key}"

    def standing(self, user: Any, key: str, after: int | None, since: int | None = None) -> Standing:
        """The newest sequence number and, with ``after``, the frames since then; with ``since``, the changes, too."""
        return Standing()

    def send(self, user: Any, key: str, *, message_id: uuid.UUID, text: str, reply_to: int | None = None) -> int:
        """Take in what ``user`` said, perhaps in answer to the number ``reply_to``, and return its sequence number.

        The same id again changes nothing.
        """
        raise Missing

    def read(self, user: Any, key: str, seq: int) -> None:
        """Note that ``user`` has read up to ``seq``."""
        raise Missing

    def typing(self, user: Any, key: str) -> Said:
        """What the others are told while ``user`` types."""
        raise Missing


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> Topic:
    """Make a sort of topic known; registering its name again replaces it."""
    _topics[topic.name] = topic
    return topic


def resolve(name: str) -> tuple[Topic, str]:
    """The sort of topic and the key in ``name``; ``Missing`` when there is no such sort."""
    sort, _, key = name.partition(":")
    try:
        return _topics[sort], key
    except KeyError:
        raise Missing from None


class PersonalTopic(Topic):
    """``me``: what concerns the person at the other end alone, in all their tabs."""

    name = "me"

    def can_join(self, user: Any, key: str) -> bool:
        return key == "" and bool(user.is_authenticated)

    def address(self, user_id: int | None, key: str) -> str:
        return personal_address(user_id or 0)


def personal_address(user_id: int) -> str:
    """Where news for one person is published."""
    return f"{PersonalTopic.name}:{user_id}"
