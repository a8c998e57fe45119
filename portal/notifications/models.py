"""What people were told, how they want to be told, and the mail this installation keeps for itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField

from .enums import Rhythm
from .querysets import NotificationQuerySet


class Notification(models.Model):
    """One piece of news for one reader, in the words and the language it was told in.

    ``kind`` and ``key`` name the object it is about (``kernel.kinds``); empty when it is about the portal itself.
    ``thread`` is what it belongs to for its reader, ``kind:key`` of that object or of the room it was said in: what is
    of one thread is shown, mailed and muted together.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("reader")
    )
    category = models.CharField(_("category"), max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120, blank=True)
    thread = models.CharField(max_length=170, blank=True)
    url = models.CharField(max_length=400)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("told"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("put aside"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_inbox"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notifications_unread"),
            models.Index(fields=["user", "thread", "mailed_at"], name="notifications_by_thread"),
            models.Index(
                fields=["category", "user"],
                condition=Q(read_at__isnull=True, mailed_at__isnull=True, dismissed_at__isnull=True),
                name="notifications_to_gather",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Choice(models.Model):
    """How somebody wants the news of a category: by mail in which rhythm, and whether it shows up on open pages."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices")
    category = models.CharField(max_length=40)
    mail = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    live = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("choice of news")
        verbose_name_plural = _("choices of news")
        constraints = [models.UniqueConstraint(fields=["user", "category"], name="notifications_one_choice")]

    def __str__(self) -> str:
        return f"{self.category}: {self.mail}"


class QuietHours(models.Model):
    """Hours of somebody's own time in which no mail is sent to them; they may go past midnight."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiet_hours")
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"


class MutedThread(models.Model):
    """A thing of which somebody wants to hear no more, neither in the inbox nor by mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_threads")
    thread = models.CharField(max_length=170)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("muted thing")
        verbose_name_plural = _("muted things")
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="notifications_muted_thread_once")]

    def __str__(self) -> str:
        return self.thread


class Digest(models.Model):
    """That somebody's news was gathered on a day of theirs: once a rhythm, however many clocks tick."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    day = models.DateField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "rhythm", "day"], name="notifications_one_digest")]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.day}"


class SentMail(models.Model):
    """A mail that an installation without a mail server kept instead of sending; shown at ``/outbox/``."""

    public_id = PublicIdField()
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")

    def __str__(self) -> str:
        return self.subject
