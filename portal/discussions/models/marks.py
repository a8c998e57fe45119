"""What people leave on messages: reactions, the names they call, and the words that stood there before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Sign
from .message import Message


class Reaction(models.Model):
    """A sign somebody put on a message; each sign once."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    sign = models.CharField(max_length=16, choices=Sign.choices)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=("message", "user", "sign"), name="discussions_one_sign_each")]

    def __str__(self) -> str:
        return f"{self.sign} {self.message_id}"


class Mention(models.Model):
    """Somebody who is called by name in a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=("message", "user"), name="discussions_mentioned_once")]

    def __str__(self) -> str:
        return f"@{self.user_id} {self.message_id}"


class EarlierText(models.Model):
    """What a message said before it was put in other words; gone with the message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="earlier_texts")
    html = models.TextField(editable=False)
    until = models.DateTimeField(_("until"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.message_id} until {self.until:%Y-%m-%d %H:%M}"
