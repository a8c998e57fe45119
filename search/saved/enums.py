"""The words of saved searches."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alert(models.TextChoices):
    """How soon one is told of what is new in a saved search."""

    OFF = "off", _("No alerts")
    AT_ONCE = "at_once", _("Alerts at once")
    DAILY = "daily", _("Alerts once a day")
    WEEKLY = "weekly", _("Alerts once a week")

    @property
    def interval(self) -> timedelta | None:
        """The time between two looks; None when nobody looks."""
        return INTERVALS.get(self)


INTERVALS = {
    Alert.AT_ONCE: timedelta(minutes=1),
    Alert.DAILY: timedelta(days=1),
    Alert.WEEKLY: timedelta(days=7),
}
