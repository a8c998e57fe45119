"""The mails of news: one by itself, several of one thing together, and what was gathered over a day or a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override

from .choices import choices_of
from .enums import Rhythm
from .models import Notification
from .queries import gone_among
from .stopping import address_of

if TYPE_CHECKING:
    from datetime import datetime

    from portal.accounts.models import User

    from .querysets import NotificationQuerySet

PAUSE: Final = timedelta(minutes=15)
"""Between two mails of one thing to one person: what comes meanwhile is gathered."""
MOST_GATHERED: Final = 200


def takes_mail(user: User) -> bool:
    """The person is still here and has proved an address."""
    return user.is_active and user.erased_at is None and user.has_verified_email


def mailed_until(notification: Notification) -> datetime | None:
    """Until when its reader gets no further mail of the same thing; None when one may go now."""
    if not notification.thread:
        return None
    same = Notification.objects.filter(user=notification.user_id, thread=notification.thread)
    last = same.aggregate(last=Max("mailed_at"))["last"]
    return last + PAUSE if last and last + PAUSE > timezone.now() else None


def waiting_with(notification: Notification) -> list[Notification]:
    """What goes out together with a notification: all of its thread that is wanted at once and may be seen."""
    user = notification.user
    rows = Notification.objects.filter(user=user, mailed_at__isnull=True).listed().not_muted()
    rows = rows.filter(thread=notification.thread) if notification.thread else rows.filter(pk=notification.pk)
    return _seen(user, rows, Rhythm.AT_ONCE)


def gathered(user: User, rhythm: Rhythm) -> list[Notification]:
    """What a digest tells: what is unread, was not mailed, is wanted in this rhythm and may still be seen."""
    return _seen(user, Notification.objects.filter(user=user, mailed_at__isnull=True).unread().not_muted(), rhythm)


def mail_of(news: Sequence[Notification]) -> EmailMessage:
    """The mail of news of one thing, in the language of its reader."""
    [first, *more] = news
    subject = first.subject
    with override(first.user.preferred_language):
        if more:
            count = len(news)
            told = ngettext("%(count)s news: %(subject)s", "%(count)s news: %(subject)s", count)
            subject = told % {"count": count, "subject": first.subject}
        return _mail(first.user, subject, "notifications/mail.txt", news, stop=first.category)


def digest_of(user: User, rhythm: Rhythm, news: Sequence[Notification]) -> EmailMessage:
    """The mail of what was gathered."""
    with override(user.preferred_language):
        count = len(news)
        subject = ngettext("%(count)s thing is new for you", "%(count)s things are new for you", count)
        return _mail(user, subject % {"count": count}, "notifications/digest.txt", news, stop=rhythm)


def _mail(user: User, subject: str, template: str, news: Sequence[Notification], stop: str) -> EmailMessage:
    stopping = urljoin(settings.PORTAL_URL, address_of(user, stop))
    context = {"user": user, "news": news, "portal": settings.PORTAL_URL, "stopping": stopping}
    headers = {"List-Unsubscribe": f"<{stopping}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject[:200], render_to_string(template, context), to=[user.email], headers=headers)


def _seen(user: User, rows: NotificationQuerySet, rhythm: Rhythm) -> list[Notification]:
    chosen = {each.category.name: each.mail for each in choices_of(user)}
    if rhythm == Rhythm.AT_ONCE:  # so comes what nobody has said anything of
        rows = rows.exclude(category__in=[name for name, mail in chosen.items() if mail != rhythm])
    else:
        rows = rows.filter(category__in=[name for name, mail in chosen.items() if mail == rhythm])
    found = list(rows.select_related("user").order_by("pk")[:MOST_GATHERED])
    gone = gone_among(found)
    return [row for row in found if row.pk not in gone]
