"""Deciding and awarding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PendingDecision
from ..models import Challenge, Reward, Submission
from ..queries.awards import rewards_left


class DecisionForm(forms.Form):
    """A decision noted quietly; ``seen`` says which one the decider saw."""

    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=[("", _("Not decided")), *PendingDecision.choices]
    )
    feedback = forms.CharField(
        label=_("Feedback to the team"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    @classmethod
    def of(cls, submission: Submission) -> DecisionForm:
        """The form as it stands for a submission."""
        noted = submission.pending_decision
        return cls(initial={"decision": noted, "feedback": submission.feedback, "seen": noted})


class AwardForm(forms.Form):
    """Which reward the submission gets, and why it won."""

    reward = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Reward"), queryset=Reward.objects.none(), required=False, empty_label=_("None of the rewards")
    )
    citation = forms.CharField(
        label=_("Why it won"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown with the award once the team has accepted it."),
    )

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = rewards_left(challenge)
        self.fields["reward"].queryset = left  # type: ignore[attr-defined]
        self.fields["reward"].initial = left.first()
