"""Telling those who listen: from any code, in any thread, and only once the change has been committed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.kernel.commit import after_commit

from . import backplane as planes
from .backplane import Announcement, Doubt, Ending, News
from .frames import encoded
from .topics import PersonalTopic, personal_address


def publish(topic: str, event: Mapping[str, Any], *, seq: int | None = None) -> None:
    """Tell everyone who listens to ``topic`` of ``event`` (``{"on": …}``), after the present transaction commits.

    ``seq`` is the event's place in the topic's sequence, if it has one: such events arrive in order. A ``rev`` in the
    event is its place in the changes of what was said: one that does not arrive is looked for. The event is encoded
    here and now, so it must not hold what only some of the listeners may know.
    """
    rev = event.get("rev") if seq is None else None
    _announce(Announcement(topic, encoded({"topic": topic, **event}), seq, rev))


def publish_to(user_id: int, event: Mapping[str, Any]) -> None:
    """Tell one person, in all their tabs, on their topic ``me``."""
    _announce(Announcement(personal_address(user_id), encoded({"topic": PersonalTopic.name, **event})))


def doubt_person(user_id: int) -> None:
    """What this person may listen to may have shrunk: ask again, for each of their sockets."""
    _announce(Doubt(user_id=user_id))


def doubt_topic(topic: str) -> None:
    """Who may listen to ``topic`` may have shrunk: ask again, for everyone who does."""
    _announce(Doubt(address=topic))


def doubt_all() -> None:
    """Rights of many may have shrunk: ask again for every socket."""
    _announce(Doubt())


def end_topic(topic: str, reason: str) -> None:
    """Nobody listens to ``topic`` any more; they are told ``gone`` with ``reason``."""
    _announce(Ending(topic, reason))


def _announce(news: News) -> None:
    after_commit(lambda: planes.backplane.announce(news))
