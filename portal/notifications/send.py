"""Telling people: a row in the inbox now, a mail by the outbox; neither leaves before the change commits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from django.db import transaction
from django.utils.translation import override

from portal.kernel.commit import enqueue_many

from .categories import find
from .models import MutedThread, Notification
from .signals import notified

if TYPE_CHECKING:
    from portal.accounts.models import User


class Notice(Protocol):
    """What the reader learns: a frozen dataclass that knows no request.

    ``kind`` and ``key`` name the object it is about, whose rule decides whether the mail may still go out; both
    empty when it is about the portal itself. The texts are asked for in the reader's language. A notice may have a
    ``thread``, ``kind:key`` of what it belongs to for its reader, where that is another object: a message's room.
    """

    @property
    def category(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    def subject(self) -> str: ...
    def body(self) -> str: ...
    def url(self) -> str: ...


def send(notice: Notice, to: Iterable[User]) -> list[Notification]:
    """Tell each of ``to`` once; people who left, were deactivated or have muted the thing are told nothing.

    Part of the present transaction. The right to see is checked again when the mail is sent and when the inbox
    is shown, so whoever calls this need not fear that rights change meanwhile.
    """
    readers = {user.pk: user for user in to if user.is_active and user.erased_at is None}
    thread = thread_of(notice)
    with transaction.atomic():
        if thread and find(notice.category).can_mute:
            for muted in MutedThread.objects.filter(user__in=readers, thread=thread).values_list("user", flat=True):
                del readers[muted]
        rows = Notification.objects.bulk_create(_written(notice, user) for user in readers.values())
        enqueue_many("mail", [f"notification:{row.pk}" for row in rows])
        for row in rows:
            notified.send(sender=Notification, notification=row)
    return rows


def thread_of(notice: Notice) -> str:
    """What a notice belongs to for its reader; empty when it is about the portal itself."""
    own = f"{notice.kind}:{notice.key}" if notice.kind else ""
    return str(getattr(notice, "thread", own))


def _written(notice: Notice, user: User) -> Notification:
    with override(user.preferred_language):
        return Notification(
            user=user,
            category=notice.category,
            kind=notice.kind,
            key=notice.key,
            thread=thread_of(notice),
            url=notice.url(),
            subject=" ".join(str(notice.subject()).split())[:200],
            body=str(notice.body()),
        )
