"""The mail topic of the outbox: the one place from which mail leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import Postpone, handler

from .models import MutedCategory, Notification
from .rules import may_still_see

AWAY = (SMTPConnectError, SMTPServerDisconnected, OSError)
PERMANENT = 500


@handler("mail")
def send_mail(entries: Sequence[OutboxEntry]) -> None:
    """Send what waits: a rendered mail about an account, or the mail of a notification.

    A mail server that is away costs no attempt; one that refuses the mail does.
    """
    for entry in entries:
        message = _of_account(entry) if "to" in entry.payload else _of_notification(entry)
        if message is None:
            continue
        message.extra_headers["Message-ID"] = f"<outbox-{entry.pk}@{urlsplit(settings.PORTAL_URL).hostname}>"
        try:
            message.send()
        except AWAY as error:
            if refuses(error):
                raise
            raise Postpone(f"mail server away: {type(error).__name__}", timedelta(seconds=30)) from error
        Notification.objects.filter(pk=_notification_id(entry)).update(mailed_at=timezone.now())


def refuses(error: Exception) -> bool:
    """Whether the server has answered for good that it does not take this very mail (5xx): waiting would not help."""
    if isinstance(error, SMTPConnectError | SMTPAuthenticationError):
        return False
    codes = [code for code, _words in getattr(error, "recipients", {}).values()] or [getattr(error, "smtp_code", 0)]
    return min(codes) >= PERMANENT


def _of_account(entry: OutboxEntry) -> EmailMessage:
    return EmailMessage(entry.payload["subject"], entry.payload["text"], to=[entry.payload["to"]])


def _of_notification(entry: OutboxEntry) -> EmailMessage | None:
    """The mail of a notification, or None when it must or need not be sent (any more)."""
    rows = Notification.objects.select_related("user").filter(mailed_at__isnull=True)
    notification = rows.filter(pk=_notification_id(entry)).first()
    if notification is None or not wants_mail(notification) or not may_still_see(notification.user, notification):
        return None
    with override(notification.user.preferred_language):
        text = render_to_string("notifications/mail.txt", {"notification": notification, "portal": settings.PORTAL_URL})
    return EmailMessage(notification.subject, text, to=[notification.user.email])


def wants_mail(notification: Notification) -> bool:
    """The reader is still here, has proved an address, and takes mail of this category."""
    user = notification.user
    muted = MutedCategory.objects.filter(user=user, category=notification.category)
    return user.is_active and user.erased_at is None and user.has_verified_email and not muted.exists()


def _notification_id(entry: OutboxEntry) -> int:
    """The notification an entry is about; 0, which none has, for other mail."""
    topic, _, number = entry.key.partition(":")
    return int(number) if topic == "notification" and number.isdigit() else 0
