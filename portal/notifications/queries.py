"""What is read about news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Model

from portal.kernel import kinds
from portal.kernel.errors import Missing

from .categories import label_of
from .models import MutedThread, Notification
from .rules import may_still_see

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class News:
    """A notification as its reader sees it, with the earlier unread ones of the same thing.

    ``gone`` when they may no longer see what it is about.
    """

    notification: Notification
    category: str
    gone: bool
    more: list[Notification] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are in all."""
        return 1 + len(self.more)


def news_for(notifications: Iterable[Notification]) -> list[News]:
    """The notifications of one page, unread ones of one thing together; each right to be seen is asked once."""
    rows = list(notifications)
    gone = gone_among(rows)
    groups: dict[tuple[str, str], News] = {}
    shown: list[News] = []
    for row in rows:
        can_group = bool(row.thread) and row.read_at is None and row.pk not in gone
        if can_group and (group := groups.get((row.thread, row.category))):
            group.more.append(row)
            continue
        news = News(row, label_of(row.category), row.pk in gone)
        shown.append(news)
        if can_group:
            groups[row.thread, row.category] = news
    return shown


def gone_among(notifications: Iterable[Notification]) -> set[int]:
    """The primary keys of those whose reader may no longer see what they are about; each right is asked once."""
    seen: dict[tuple[int, str, str], bool] = {}
    gone = set()
    for row in notifications:
        about = (row.user_id, row.kind, row.key)
        if about not in seen:
            seen[about] = may_still_see(row.user, row)
        if not seen[about]:
            gone.add(row.pk)
    return gone


@dataclass(frozen=True)
class MutedThing:
    """A thing that is muted: its thread, and its name and page while its reader may see it."""

    thread: str
    obj: Model | None


def muted_by(user: User) -> list[MutedThing]:
    """What ``user`` hears no more of, the latest first."""
    rows = MutedThread.objects.filter(user=user).order_by("-pk")
    return [MutedThing(row.thread, thing_of(row.thread, user)) for row in rows]


def thing_of(thread: str, user: User) -> Model | None:
    """What a thread is about, if ``user`` may see it."""
    name, _, key = thread.partition(":")
    kind = kinds.find(name)
    try:
        return kind.fetch(user, key) if kind else None
    except Missing:
        return None


def is_muted(thread: str, user: User) -> bool:
    """Whether ``user`` hears no more of a thing."""
    return MutedThread.objects.filter(user=user, thread=thread).exists()
