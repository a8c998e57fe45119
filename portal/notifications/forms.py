"""What people may choose about being told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Chosen
from .enums import Rhythm
from .models import QuietHours


class PreferencesForm(forms.Form):
    """How each category reaches one: a row of the table is its ``mail`` in a rhythm, and ``live`` or not."""

    begins = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, choices: Sequence[Chosen], quiet: QuietHours | None, data: Any = None) -> None:
        initial = {"begins": quiet.begins, "ends": quiet.ends} if quiet else {}
        super().__init__(data, initial=initial)
        self.chosen = choices
        for each in choices:
            name = each.category.name
            self.fields[f"mail-{name}"] = forms.ChoiceField(
                label=str(each.category.label), choices=Rhythm, initial=each.mail, widget=forms.RadioSelect
            )
            self.fields[f"live-{name}"] = forms.BooleanField(required=False, initial=each.live)

    def rows(self) -> Iterator[tuple[Chosen, forms.BoundField, forms.BoundField]]:
        """A category with its two choices, a row of the table."""
        for each in self.chosen:
            yield each, self[f"mail-{each.category.name}"], self[f"live-{each.category.name}"]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends."""
        given = super().clean() or {}
        if bool(given.get("begins")) != bool(given.get("ends")):
            self.add_error("ends", _("Say from when until when, or leave both empty."))
        return given
