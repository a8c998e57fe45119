"""The one number of search: the version under which a document is written."""

from __future__ import annotations

import time

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest


class VersionCounter(models.Model):
    """The version last drawn; a single row.

    Versions only grow. They also never lag behind the clock (in milliseconds), so that after a restore from a backup,
    which sets this row back, what is written then is still newer than what the index holds.
    """

    value = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "version counter"
        verbose_name_plural = "version counters"

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def draw(cls) -> int:
        """A version newer than every one drawn before. Draw it after claiming work and before reading the object:
        then a document of a higher version never holds older content."""
        with transaction.atomic():
            cls.objects.get_or_create(pk=1)
            newest = Greatest(F("value") + 1, int(time.time() * 1000), output_field=models.BigIntegerField())
            cls.objects.filter(pk=1).update(value=newest)
            return cls.objects.values_list("value", flat=True).get(pk=1)
