"""Pools and what joins them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from patents.models import Patent
from patents.queries import patent_by_number
from portal.accounts.models import Organisation


class PoolForm(forms.Form):
    """What a pool says about itself. ``slug`` is made of the name."""

    name = forms.CharField(label=_("Name"), max_length=80)
    summary = forms.CharField(label=_("What it is for"), max_length=4000, required=False, widget=forms.Textarea)
    organisation = forms.ModelChoiceField(label=_("Kept by"), queryset=Organisation.objects.none())
    public = forms.BooleanField(label=_("Everyone may see it"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeper = self.fields["organisation"]
        keeper.queryset = Organisation.objects.owned_by(actor).verified().order_by("name")  # type: ignore[attr-defined]
        if actor.is_platform_master:
            keeper.required, keeper.empty_label = False, _("The portal")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["slug"] = slugify(cleaned.get("name", ""), allow_unicode=False)[:80]
        if cleaned.get("name") and cleaned["slug"] in ("", "new"):
            self.add_error("name", _("No address can be made of this name: use some more Latin letters or digits."))
        return cleaned


class PoolJoinForm(forms.Form):
    """A patent, by its number, that is to join a pool; after validation ``patent`` is that patent."""

    number = forms.CharField(label=_("Publication number"), max_length=60)
    patent: Patent

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        found = patent_by_number(number)
        if found is None:
            raise forms.ValidationError(_("There is no such patent here."))
        self.patent = found
        return number
