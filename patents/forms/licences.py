"""Offers, requests and what is said between the two sides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.forms import MoneyField

from patents.actions import OfferFacts, Terms
from patents.enums import LicenceModel
from patents.models import LicenceOffer
from portal.accounts.models import Organisation


class PriceField(MoneyField):
    """An amount in the portal's own currency unless another is chosen; both inputs have names to hear."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default_currency=settings.DEFAULT_CURRENCY, max_digits=14, decimal_places=2, **options)
        amount, currency = self.widget.widgets
        amount.attrs["aria-label"], currency.attrs["aria-label"] = _("Amount"), _("Currency")
        self.widget.use_fieldset = True


class OfferFilterForm(forms.Form):
    """The filters of the list of offers."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    model = forms.ChoiceField(
        label=_("Kind of licence"), required=False, choices=[("", _("Any kind")), *LicenceModel.choices]
    )

    def wanted(self) -> dict[str, str]:
        """What is asked for, as far as it is understood."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "model": self.cleaned_data.get("model", "")}


class LicenceOfferForm(forms.Form):
    """An offer: everything but the terms is public once it is listed."""

    headline = forms.CharField(
        label=_("Headline"), max_length=200, help_text=_("What is offered, in one line. Everyone reads it.")
    )
    model = forms.ChoiceField(label=_("Kind of licence"), choices=LicenceModel.choices)
    field_of_use = forms.CharField(label=_("Field of use"), max_length=300, required=False)
    territory = forms.CharField(label=_("Territory"), max_length=300, required=False)
    price = PriceField(label=_("Price"), min_value=0, required=False)
    terms = forms.CharField(
        label=_("Terms"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Read only by people who have promised to keep them to themselves."),
    )  # fmt: skip

    def __init__(self, *args: Any, offer: LicenceOffer | None = None, **kwargs: Any) -> None:
        if offer is not None:
            kwargs.setdefault("initial", {name: getattr(offer, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def facts(self) -> OfferFacts:
        """What the offer will say."""
        return OfferFacts(**self.cleaned_data)


class LicenceRequestForm(forms.Form):
    """Why somebody asks, and for whom."""

    purpose = forms.CharField(
        label=_("What do you want to do with it?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Product, market, volume, when: what helps the licensor to answer."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), required=False, empty_label=_("Myself")
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=actor.organisation_ids).order_by("name")  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """A term sheet, or the counter to one."""

    text = forms.CharField(label=_("Terms"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    price = PriceField(label=_("Price"), min_value=0, required=False)
    royalty_percent = forms.DecimalField(
        label=_("Royalty"), max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )

    def terms(self) -> Terms:
        """What is laid down."""
        return Terms(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
