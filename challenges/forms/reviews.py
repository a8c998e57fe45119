"""Asking for reviews, and writing one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

from ..actions.reviewing import Judgement
from ..enums import Recommendation
from ..models import Criterion, Review


class ReviewerInviteForm(forms.Form):
    """A reviewer, by address; an unknown address and a hidden person get the same answer."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Your own, to score it yourself."))

    def __init__(self, *args: Any, asker: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker

    def clean_email(self) -> str:
        """Find the ``person``."""
        address: str = self.cleaned_data["email"]
        self.person = User.objects.visible_to(self.asker).with_address(address).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody whom you can see has this address."))
        return address


class ReviewForm(forms.Form):
    """A number for each criterion of the rubric, a comment, a recommendation; all may wait while it is a draft."""

    comment = forms.CharField(
        label=_("Comment for the seeker"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    recommendation = forms.ChoiceField(
        label=_("Recommendation"), choices=Recommendation.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            self.fields[f"criterion_{criterion.pk}"] = _score_field(criterion)
        self.order_fields([f"criterion_{criterion.pk}" for criterion in self.criteria])

    @property
    def judgement(self) -> Judgement:
        """What was said; for a valid form."""
        given = {criterion.pk: self.cleaned_data.get(f"criterion_{criterion.pk}") for criterion in self.criteria}
        scores = {key: value for key, value in given.items() if value is not None}
        return Judgement(scores, self.cleaned_data["comment"], self.cleaned_data["recommendation"])

    @staticmethod
    def initial_of(review: Review | None) -> Mapping[str, Any]:
        """The form's content for a review begun before."""
        if review is None:
            return {}
        scores = {f"criterion_{score.criterion_id}": score.value for score in review.scores.all()}
        return {"comment": review.comment, "recommendation": review.recommendation, **scores}


def _score_field(criterion: Criterion) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    label = _("%(name)s (0–%(most)d)") % {"name": criterion.name, "most": criterion.max_score}
    return forms.IntegerField(
        label=label,
        help_text=criterion.description,
        min_value=0,
        max_value=criterion.max_score,
        required=False,
        widget=widget,
    )
