"""Fields that Django does not bring: plain words, lists written line by line, a publication number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patents.importing.symbols import canonical_symbol
from patents.importing.texts import plain
from patents.numbers import NotANumber, Number, parse


class PlainField(forms.CharField):
    """Words without mark-up and control characters, as one paragraph."""

    def clean(self, value: Any) -> str:
        return plain(super().clean(value) or "")


class LinesField(forms.CharField):
    """A list with one entry a line; cleans to a tuple of plain texts, each once. ``gap`` parts entries instead."""

    widget = forms.Textarea

    def __init__(self, *, longest_entry: int, gap: str = "\n", **options: Any) -> None:
        self.longest_entry, self.gap = longest_entry, gap
        super().__init__(required=False, max_length=options.pop("max_length", 100_000), **options)

    def clean(self, value: Any) -> tuple[str, ...]:
        text = (super().clean(value) or "").replace("\r\n", "\n")
        entries = tuple(dict.fromkeys(filter(None, map(plain, text.split(self.gap)))))
        if any(len(entry) > self.longest_entry for entry in entries):
            raise forms.ValidationError(_("An entry has at most %(most)s characters.") % {"most": self.longest_entry})
        return entries

    def prepare_value(self, value: Any) -> Any:
        return self.gap.join(value) if isinstance(value, list | tuple) else value


class SymbolsField(LinesField):
    """Classification symbols, one a line, in their one form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest_entry=24, max_length=4000, **options)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(canonical_symbol(symbol) for symbol in super().clean(value)))


class NumberField(forms.CharField):
    """A publication number in whatever shape; cleans to a ``Number``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> Number:
        try:
            return parse(super().clean(value))
        except NotANumber:
            raise forms.ValidationError(
                _("This is not a publication number. Write it like US-10123456-B2 or EP 1234567 A1.")
            ) from None
