"""What a list of challenges is narrowed to, and the reasons people give."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import Industry

from ..enums import UNPUBLISHED, ChallengeKind, ChallengeState
from ..queries.challenges import ChallengeFilter

PUBLIC_STATES = [(state.value, state.label) for state in ChallengeState if state not in UNPUBLISHED]


class ChallengeFilterForm(forms.Form):
    """The filters of the list. A word that is no filter is pointed out, and narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any state")), *PUBLIC_STATES])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *ChallengeKind.choices])
    industry = forms.ChoiceField(
        label=_("Industry"), required=False, choices=[("", _("Any industry")), *Industry.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("Newest first")), ("closing", _("Closing soon"))]
    )

    def wanted(self) -> ChallengeFilter:
        """What is asked for, as far as it is understood."""
        self.is_valid()
        given = self.cleaned_data
        return ChallengeFilter(
            state=given.get("state", ""),
            kind=given.get("kind", ""),
            industry=given.get("industry", ""),
            words=given.get("q", ""),
            closing_soon=given.get("sort") == "closing",
        )


class MoveReasonForm(forms.Form):
    """Why a challenge is sent back or cancelled."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
