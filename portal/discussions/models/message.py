"""What is said in rooms."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField

from ..querysets import MessageQuerySet
from .room import Room


class Message(models.Model):
    """One thing somebody said. ``html`` is ``text`` rendered when it was written; a removed one has neither.

    ``revision`` is the number its room gave the last change of it, 0 while it stands as it was said: so whoever was
    away asks for what was changed since, as they ask by ``seq`` for what was said. A hidden one keeps its words,
    for its author and the moderators.
    """

    public_id = PublicIdField()
    room = models.ForeignKey(Room, models.CASCADE, related_name="messages", verbose_name=_("room"))
    seq = models.PositiveBigIntegerField(editable=False)
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages", verbose_name=_("author")
    )
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    html = models.TextField(blank=True, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    created_at = models.DateTimeField(_("said"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=("room", "pinned_at"), condition=Q(pinned_at__isnull=False), name="discussions_pinned"),
            models.Index(fields=("room", "revision"), condition=Q(revision__gt=0), name="discussions_message_changes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("room", "seq"), name="discussions_one_message_a_place"),
            models.UniqueConstraint(fields=("author", "client_id"), name="discussions_one_message_a_client_id"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text="", html=""), name="discussions_removed_says_nothing"
            ),
        ]

    def __str__(self) -> str:
        return _("Message %(seq)s in “%(room)s”") % {"seq": self.seq, "room": self.room}

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}?at={self.seq}#message-{self.client_id}"

    @property
    def is_untouched(self) -> bool:
        """Whether it stands as it was said, so that there is nothing more to read of it."""
        return self.revision == 0

    @property
    def is_removed(self) -> bool:
        """Whether only its place is left."""
        return self.removed_at is not None

    @property
    def is_hidden(self) -> bool:
        """Whether its words are kept from all but its author and the moderators."""
        return self.hidden_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether every reader of the room reads its words: whatever leaves the room asks this."""
        return not self.is_removed and not self.is_hidden
