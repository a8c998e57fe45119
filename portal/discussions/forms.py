"""Is what was typed well-formed."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .actions import MOST_CHARACTERS
from .enums import Outcome, PhraseDeed, ReportReason, Sign


class MessageForm(forms.Form):
    """Something to say; ``client_id`` makes it the same thing when it is sent twice."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)


class MessageTextForm(forms.Form):
    """A message in other words."""

    text = MessageForm.base_fields["text"]


class ReactionForm(forms.Form):
    """A sign put on a message, or taken off."""

    sign = forms.ChoiceField(choices=Sign.choices)
    on = forms.BooleanField(required=False)


class RoomFoundForm(forms.Form):
    """A new community room."""

    title = forms.CharField(label=_("What is it about?"), max_length=200)


class PlaceForm(forms.Form):
    """A place in a room's sequence, as addresses and forms name it; what is none is left out."""

    before = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    at = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    on = forms.DateField(required=False)


class ReportForm(forms.Form):
    """Why a message should not stand."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Moderators read it; the author never learns who reported."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


HOURS = ((1, _("an hour")), (24, _("a day")), (7 * 24, _("a week")), (30 * 24, _("30 days")), (365 * 24, _("a year")))


class RationaleForm(forms.Form):
    """Why something is decided against somebody; they read it."""

    rationale = forms.CharField(
        label=_("Reason"),
        help_text=_("The author reads it."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MessageHideForm(RationaleForm):
    """Hide a message, and perhaps mute its author in the room."""

    mute = forms.TypedChoiceField(
        label=_("Mute the author in this room"),
        choices=((0, _("no")), *HOURS),
        coerce=int,
        required=False,
        empty_value=None,
    )

    @property
    def until(self) -> datetime | None:
        """When the muting ends; None for none."""
        return after(self.cleaned_data["mute"])


class CaseDecisionForm(forms.Form):
    """What a platform master decides about a message."""

    KEEP = "keep"

    decision = forms.ChoiceField(
        label=_("What is to happen?"),
        choices=((KEEP, _("Keep the message")), *Outcome.choices),
        widget=forms.RadioSelect,
    )
    rationale = forms.CharField(
        label=_("Reason"),
        help_text=_("The author reads it. A message may be kept without one."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mute = forms.TypedChoiceField(
        label=_("When muted, for how long"), choices=HOURS, coerce=int, required=False, empty_value=None, initial=24
    )
    everywhere = forms.BooleanField(label=_("Mute in all rooms, not this one alone"), required=False)

    @property
    def until(self) -> datetime | None:
        """When a muting ends."""
        return after(self.cleaned_data["mute"] or 24) if self.cleaned_data["decision"] == Outcome.MUTE else None


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    appeal = forms.CharField(
        label=_("Why is the decision wrong?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AppealAnswerForm(forms.Form):
    """What comes of an appeal."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The author reads it."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RoomPaceForm(forms.Form):
    """Slow mode."""

    seconds = forms.TypedChoiceField(
        label=_("Each person writes at most once in"),
        choices=(
            (0, _("as often as they like")),
            (10, _("10 seconds")),
            (30, _("30 seconds")),
            (60, _("a minute")),
            (300, _("5 minutes")),
            (900, _("15 minutes")),
            (3_600, _("an hour")),
        ),
        coerce=int,
    )


class PhraseForm(forms.Form):
    """A word or phrase to watch for."""

    phrase = forms.CharField(
        label=_("Word or phrase"),
        help_text=_("Found as whole words, however they are capitalised; in Chinese and the like, anywhere."),
        max_length=100,
    )
    deed = forms.ChoiceField(label=_("What happens"), choices=PhraseDeed.choices, initial=PhraseDeed.FLAG)


def after(hours: int | None) -> datetime | None:
    """So many hours from now; None for none."""
    return timezone.now() + timedelta(hours=hours) if hours else None
