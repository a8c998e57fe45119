"""Is the input well-formed? Forms never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

from .enums import VentureRole
from .models import GateReview, Venture


class VentureDescribeForm(forms.ModelForm[Venture]):
    """What a venture says about itself."""

    class Meta:
        model = Venture
        fields = ("title", "summary")
        widgets = {"summary": forms.Textarea(attrs={"rows": 6})}


class PersonAddForm(forms.Form):
    """Somebody to be given a part, by address; only people whom the asker may see can be found.

    After validation ``person`` is that somebody. An unknown address and a hidden person get the same answer.
    """

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of a colleague, or of anyone with a public profile.")
    )
    role = forms.ChoiceField(
        label=_("Part"), choices=[choice for choice in VentureRole.choices if choice[0] != VentureRole.LEAD]
    )

    def __init__(self, *args: Any, asker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        self.person = User.objects.visible_to(self.asker).with_address(address).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody whom you can see has this address."))
        return address


class EvidenceForm(forms.Form):
    """A file and what it shows."""

    file = forms.FileField(label=_("File"))
    shows = forms.CharField(label=_("What it shows"), max_length=300)


class FindingsForm(forms.Form):
    """One verdict and one note for each finding of a review, under names that carry its primary key."""

    VERDICTS = [("", _("Not judged")), ("yes", _("Met")), ("no", _("Not met"))]

    def __init__(self, review: GateReview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(review.findings.all())
        for finding in self.findings:
            verdict = {True: "yes", False: "no", None: ""}[finding.is_met]
            self.fields[f"met_{finding.pk}"] = forms.ChoiceField(
                label=finding.text, help_text=finding.get_weight_display(),
                choices=self.VERDICTS, required=False, initial=verdict,
            )  # fmt: skip
            self.fields[f"note_{finding.pk}"] = forms.CharField(
                label=_("Note"), max_length=500, required=False, initial=finding.note
            )

    def met(self) -> dict[int, bool | None]:
        """Finding's primary key → met, not met, or not judged."""
        meaning = {"yes": True, "no": False}
        return {f.pk: meaning.get(self.cleaned_data[f"met_{f.pk}"]) for f in self.findings}

    def notes(self) -> dict[int, str]:
        """Finding's primary key → note."""
        return {f.pk: self.cleaned_data[f"note_{f.pk}"] for f in self.findings}

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Verdict and note of each finding, in order."""
        return [(self[f"met_{f.pk}"], self[f"note_{f.pk}"]) for f in self.findings]


class GateDecisionForm(forms.ModelForm[GateReview]):
    """Why, and on which conditions."""

    class Meta:
        model = GateReview
        fields = ("rationale", "conditions")
        widgets = {"rationale": forms.Textarea(attrs={"rows": 4}), "conditions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "rationale": _("Everybody with a part in the venture reads this."),
            "conditions": _("Only for a conditional go."),
        }


class ReasonForm(forms.Form):
    """Why a venture is put on hold or stopped."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
