"""How news reaches people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """When news comes by mail; all of it is in the inbox."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


DIGESTS = (Rhythm.DAILY, Rhythm.WEEKLY)
"""Rhythms in which news is gathered first."""
