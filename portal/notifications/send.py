"""Telling people: a row in the inbox now, a mail by the outbox; neither leaves before the change commits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from django.db import transaction
from django.utils.translation import override

from portal.kernel.commit import enqueue_many

from .models import Notification
from .signals import notified

if TYPE_CHECKING:
    from portal.accounts.models import User


class Notice(Protocol):
    """What the reader learns: a frozen dataclass that knows no request.

    ``kind`` and ``key`` name the object it is about, whose rule decides whether the mail may still go out; both
    empty when it is about the portal itself. The texts are asked for in the reader's language.
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
    """Tell each of ``to`` once; people who left or were deactivated are told nothing.

    Part of the present transaction. The right to see is checked again when the mail is sent and when the inbox
    is shown, so whoever calls this need not fear that rights change meanwhile.
    """
    readers = {user.pk: user for user in to if user.is_active and user.erased_at is None}
    with transaction.atomic():
        rows = Notification.objects.bulk_create(_written(notice, user) for user in readers.values())
        enqueue_many("mail", [f"notification:{row.pk}" for row in rows])
        for row in rows:
            notified.send(sender=Notification, notification=row)
    return rows


def _written(notice: Notice, user: User) -> Notification:
    with override(user.preferred_language):
        return Notification(
            user=user,
            category=notice.category,
            kind=notice.kind,
            key=notice.key,
            url=notice.url(),
            subject=" ".join(str(notice.subject()).split())[:200],
            body=str(notice.body()),
        )
