"""Rooms."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField, Timestamped

from .. import audiences
from ..querysets import RoomQuerySet


class Room(Timestamped):
    """A place to talk: about a subject or, in a community room, about whatever its title says.

    ``seq`` is the number of its newest message. It grows by one in the transaction that writes the message, so
    the messages of a room are numbered 1, 2, 3 … without a gap. ``revision`` counts what happened since to messages
    that were already there.
    """

    public_id = PublicIdField()
    audience = models.CharField(_("audience"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("title"), max_length=200)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    active_at = models.DateTimeField(_("last message"), default=timezone.now, editable=False)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True, editable=False)
    slow_seconds = models.PositiveIntegerField(_("seconds between two messages"), default=0, editable=False)
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
    def is_locked(self) -> bool:
        """Whether nobody but moderators may write."""
        return self.locked_at is not None

    @property
    def topic(self) -> str:
        """The key under which the room is live."""
        return f"room:{self.public_id}"
