"""Rooms, what is said in them, and how far each person has read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField, Timestamped

from . import audiences
from .querysets import MessageQuerySet, RoomQuerySet


class Room(Timestamped):
    """A place to talk: about a subject or, in a community room, about whatever its title says.

    ``seq`` is the number of its newest message. It grows by one in the transaction that writes the message, so
    the messages of a room are numbered 1, 2, 3 … without a gap.
    """

    public_id = PublicIdField()
    audience = models.CharField(_("audience"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("title"), max_length=200)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    active_at = models.DateTimeField(_("last message"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                fields=("audience", "content_type", "object_id"),
                condition=Q(object_id__isnull=False),
                name="discussions_one_room_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="discussions_room_subject_whole",
            ),
        ]
        indexes = [
            models.Index(fields=("-active_at", "-id"), name="discussions_room_by_activity"),
            models.Index(fields=("content_type", "object_id"), name="discussions_room_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("discussions:room-detail", args=[self.public_id])

    @property
    def audience_label(self) -> str | Promise:
        """For whom it is, in words."""
        audience = audiences.find(self.audience)
        return audience.label if audience else ""

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be said here any more."""
        return self.closed_at is not None

    @property
    def topic(self) -> str:
        """The key under which the room is live."""
        return f"room:{self.public_id}"


class Message(models.Model):
    """One thing somebody said. ``html`` is ``text`` rendered when it was written; a removed one has neither."""

    public_id = PublicIdField()
    room = models.ForeignKey(Room, models.CASCADE, related_name="messages", verbose_name=_("room"))
    seq = models.PositiveBigIntegerField(editable=False)
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages", verbose_name=_("author")
    )
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("said"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
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
    def is_removed(self) -> bool:
        """Whether only its place is left."""
        return self.removed_at is not None


class ReadPointer(models.Model):
    """How far a person has read a room: the number of the last message they saw."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="read_pointers")
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "room"), name="discussions_one_pointer_a_reader")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.room_id}:{self.seq}"
