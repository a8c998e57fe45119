"""What a person says of a new token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Scope


class TokenForm(forms.Form):
    """A name to know it by, what it may do, and for how long."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What will use it? You alone read this."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    days = forms.TypedChoiceField(
        label=_("It lasts"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until I revoke it"))],
        initial="90",
    )
