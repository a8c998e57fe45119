"""What many looked for and nobody found."""

from __future__ import annotations

from django.db import models


class FruitlessQuery(models.Model):
    """A question that found nothing. ``digest`` is a salted hash of it; ``askers`` are those of the first who asked.

    ``text`` is empty until several different people have asked: what only one or two type may be about them.
    """

    digest = models.CharField(max_length=64, unique=True)
    text = models.CharField(max_length=256, blank=True)
    askers = models.JSONField(default=list)
    times = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "fruitless query"
        verbose_name_plural = "fruitless queries"

    def __str__(self) -> str:
        return self.text or self.digest[:8]
