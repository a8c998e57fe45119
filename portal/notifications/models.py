"""What people were told, what they do not want by mail, and the mail this installation keeps for itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField

from .querysets import NotificationQuerySet


class Notification(models.Model):
    """One piece of news for one reader, in the words and the language it was told in.

    ``kind`` and ``key`` name the object it is about (``kernel.kinds``); empty when it is about the portal itself.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("reader")
    )
    category = models.CharField(_("category"), max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=400)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("told"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_inbox"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notifications_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class MutedCategory(models.Model):
    """A category a person reads in the inbox only: no mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_categories")
    category = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "category"], name="notifications_muted_once")]

    def __str__(self) -> str:
        return self.category


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
