"""What people may choose about their mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .categories import all_categories


class MailPreferencesForm(forms.Form):
    """Which categories come by mail; all of them are in the inbox."""

    categories = forms.MultipleChoiceField(
        label=_("Send me mail about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(category.name, category.label) for category in all_categories()]
        self.fields["categories"].choices = listed  # type: ignore[attr-defined]
