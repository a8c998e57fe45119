"""How far each person has read."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .room import Room


class ReadPointer(models.Model):
    """How far a person has read a room: the number of the last message they saw."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="read_pointers")
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "room"), name="discussions_one_pointer_a_reader")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.room_id}:{self.seq}"
