"""The rows of a posting: requirements, rewards, phases. They work without any script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ..content import PhaseContent, RequirementContent, RewardContent
from ..enums import BlindLevel, Priority
from ..models import ChallengePhase, Requirement, Reward
from .fields import WallClockField, on_the_wall

MOST_ROWS = 30


class RequirementForm(forms.Form):
    """One thing a solution must or should do."""

    text = forms.CharField(label=_("Requirement"), max_length=500)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority, initial=Priority.MUST)

    def content(self) -> RequirementContent:
        """As a plain value."""
        return RequirementContent(self.cleaned_data["text"], Priority(self.cleaned_data["priority"]))

    @staticmethod
    def initial_of(row: Requirement) -> dict[str, Any]:
        """What the form shows of a row that exists."""
        return {"text": row.text, "priority": row.priority}


class RewardForm(forms.Form):
    """What one rank is given."""

    title = forms.CharField(label=_("Reward"), max_length=120)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in settings.CURRENCIES], initial=settings.DEFAULT_CURRENCY
    )
    non_monetary = forms.CharField(label=_("Besides money"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "amount" in data and data["amount"] is None and not data.get("non_monetary"):
            self.add_error("amount", _("Give an amount, or say what is given besides money."))
        return data

    def content(self) -> RewardContent:
        """As a plain value."""
        data = self.cleaned_data
        amount = None if data["amount"] is None else Money(data["amount"], data["currency"])
        return RewardContent(data["title"], amount, data["non_monetary"])

    @staticmethod
    def initial_of(row: Reward) -> dict[str, Any]:
        """What the form shows of a row that exists."""
        shown = {"title": row.title, "non_monetary": row.non_monetary}
        return shown | ({"amount": row.amount.amount, "currency": str(row.amount.currency)} if row.amount else {})  # type: ignore[attr-defined]


class PhaseForm(forms.Form):
    """One step of the challenge."""

    name = forms.CharField(label=_("Phase"), max_length=120)
    asks_for = forms.CharField(
        label=_("Asks for"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    closes_at = WallClockField(label=_("Closes"), required=False)
    blind_level = forms.ChoiceField(label=_("Blindness"), choices=BlindLevel, initial=BlindLevel.SINGLE)

    def content(self) -> PhaseContent:
        """As a plain value; its moment is still without a zone."""
        data = self.cleaned_data
        return PhaseContent(data["name"], data["asks_for"], data["closes_at"], BlindLevel(data["blind_level"]))

    @staticmethod
    def initial_of(row: ChallengePhase) -> dict[str, Any]:
        """What the form shows of a row that exists."""
        closes_at = on_the_wall(row.closes_at, row.challenge.zone)
        return {"name": row.name, "asks_for": row.asks_for, "closes_at": closes_at, "blind_level": row.blind_level}


class Rows(forms.BaseFormSet[Any]):
    """Rows of one form: empty ones are left out, ticked ones go."""

    def get_deletion_widget(self) -> forms.Widget:  # type: ignore[override]
        return forms.CheckboxInput()

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave out")

    def contents(self) -> tuple[Any, ...]:
        """The plain values of the rows that stay, in order."""
        kept = (form for form in self.forms if form.has_changed() or form.initial)
        return tuple(form.content() for form in kept if form.cleaned_data and not form.cleaned_data.get("DELETE"))


def _rows(form: type[forms.Form]) -> type[Rows]:
    return forms.formset_factory(  # type: ignore[return-value]
        form, formset=Rows, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS + 10
    )


RequirementRows = _rows(RequirementForm)
RewardRows = _rows(RewardForm)
PhaseRows = _rows(PhaseForm)
