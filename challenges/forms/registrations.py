"""Entering a challenge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation, User


class RegistrationForm(forms.Form):
    """Whom one enters for, and the acceptance of the very terms shown."""

    organisation = forms.ModelChoiceField(
        label=_("On whose behalf"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Myself"),
        to_field_name="slug",
    )
    accept_terms = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    agree = forms.BooleanField(label=_("I have read these terms and accept them."))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.verified().filter(pk__in=person.organisation_ids)
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        if not mine:
            del self.fields["organisation"]


class ReasonForm(forms.Form):
    """Why somebody is turned away, or something is refused."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
