"""Inputs that browsers know and Django's defaults do not use."""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar, in the form it wants its value in."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """Day and minute in the browser's own control; read in Django's current time zone, so name that beside it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FilesInput(forms.FileInput):
    """Several files at once; the page lists their names and sizes before they leave."""

    allow_multiple_selected = True
