"""The mail topic of the outbox, the one place from which mail leaves; and the clock that gathers digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from portal.accounts.models import User
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import Postpone, handler
from portal.kernel.schedule import every

from . import digests, mailing
from .choices import choice_of, quiet_until
from .enums import Rhythm
from .models import Notification

AWAY = (SMTPConnectError, SMTPServerDisconnected, OSError)
PERMANENT = 500
LOOK_SECONDS = 300


@every(LOOK_SECONDS, "notifications.digests")
def gather_digests() -> int:
    """Have the digests sent whose hour has come where their readers live."""
    return digests.put_out()


@handler("mail")
def send_mail(entries: Sequence[OutboxEntry]) -> None:
    """Send what waits: a rendered mail about an account, the mail of a notification, or a digest.

    A mail server that is away costs no attempt; one that refuses the mail does. What its reader does not want now
    waits, and costs nothing either.
    """
    for entry in entries:
        news: Sequence[Notification] = ()
        if "to" in entry.payload:
            message: EmailMessage | None = _of_account(entry)
        else:
            news, message = _of_news(entry)
        if message is None:
            continue
        message.extra_headers["Message-ID"] = f"<outbox-{entry.pk}@{urlsplit(settings.PORTAL_URL).hostname}>"
        try:
            message.send()
        except AWAY as error:
            if refuses(error):
                raise
            raise Postpone(f"mail server away: {type(error).__name__}", timedelta(seconds=30)) from error
        Notification.objects.filter(pk__in=[row.pk for row in news]).update(mailed_at=timezone.now())


def refuses(error: Exception) -> bool:
    """Whether the server has answered for good that it does not take this very mail (5xx): waiting would not help."""
    if isinstance(error, SMTPConnectError | SMTPAuthenticationError):
        return False
    codes = [code for code, _words in getattr(error, "recipients", {}).values()] or [getattr(error, "smtp_code", 0)]
    return min(codes) >= PERMANENT


def _of_account(entry: OutboxEntry) -> EmailMessage:
    return EmailMessage(entry.payload["subject"], entry.payload["text"], to=[entry.payload["to"]])


def _of_news(entry: OutboxEntry) -> tuple[Sequence[Notification], EmailMessage | None]:
    """The news of an entry and their mail; none when it must or need not be sent (any more)."""
    sort, _, number = entry.key.partition(":")
    if sort == "digest":
        user_id, _, rhythm = number.partition(":")
        return _of_digest(int(user_id), Rhythm(rhythm))
    return _of_notification(int(number) if sort == "notification" and number.isdigit() else 0)


def _of_notification(pk: int) -> tuple[Sequence[Notification], EmailMessage | None]:
    """News of one thing: what is told in quiet hours, or soon after another mail of it, goes together later."""
    rows = Notification.objects.select_related("user").filter(mailed_at__isnull=True)
    notification = rows.filter(pk=pk).first()
    if notification is None or not wants_mail(notification):
        return (), None
    _wait_until(quiet_until(notification.user) or mailing.mailed_until(notification))
    news = mailing.waiting_with(notification)
    return news, mailing.mail_of(news) if news else None


def _of_digest(user_id: int, rhythm: Rhythm) -> tuple[Sequence[Notification], EmailMessage | None]:
    user = User.objects.filter(pk=user_id).first()
    if user is None or not mailing.takes_mail(user):
        return (), None
    _wait_until(quiet_until(user))
    news = mailing.gathered(user, rhythm)
    return news, mailing.digest_of(user, rhythm, news) if news else None


def _wait_until(moment: datetime | None) -> None:
    if moment is not None:
        raise Postpone("", moment - timezone.now())


def wants_mail(notification: Notification) -> bool:
    """The reader is still here, has proved an address, and takes mail of this category at once."""
    user = notification.user
    return mailing.takes_mail(user) and choice_of(user, notification.category).mail == Rhythm.AT_ONCE
