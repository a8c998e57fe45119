"""Fields that Django does not bring: a moment in a named zone, several files, a list of words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.face.widgets import DateTimeInput, FilesInput

AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zone_choices() -> list[tuple[str, str]]:
    """Every zone of the world by its name, UTC first."""
    names = sorted(name for name in available_timezones() if name.startswith(AREAS))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class WallClockField(forms.DateTimeField):
    """Day and time as a clock on the wall shows them: a naive moment, until a form says in which zone."""

    widget = DateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None

    def prepare_value(self, value: Any) -> Any:
        return value


def in_zone(wall: datetime | None, zone: str) -> datetime | None:
    """The moment at which clocks in ``zone`` show ``wall``, in UTC.

    Raises ``ValidationError`` for a time that clocks skip when summer time begins; of a time they show twice
    when it ends, the first is meant.
    """
    if wall is None:
        return None
    local = wall.replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise forms.ValidationError(_("Clocks in %(zone)s skip this time.") % {"zone": zone})
    return moment


def on_the_wall(moment: datetime | None, zone: str) -> datetime | None:
    """What clocks in ``zone`` show at ``moment``."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


class FilesField(forms.FileField):
    """Any number of files; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data]
        single = super().clean
        return [single(upload, initial) for upload in given if upload] or ([single(None)] if self.required else [])


class WordsField(forms.CharField):
    """Words with commas between; cleans to a tuple without empty or repeated ones."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        words = (word.strip()[:60] for word in text.replace(";", ",").replace("，", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))[:12]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value
