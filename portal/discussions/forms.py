"""Is what was typed well-formed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import MOST_CHARACTERS


class MessageForm(forms.Form):
    """Something to say; ``client_id`` makes it the same thing when it is sent twice."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MessageTextForm(forms.Form):
    """A message in other words."""

    text = MessageForm.base_fields["text"]


class RoomFoundForm(forms.Form):
    """A new community room."""

    title = forms.CharField(label=_("What is it about?"), max_length=200)


class PlaceForm(forms.Form):
    """A place in a room's sequence, as addresses and forms name it; what is none is left out."""

    before = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    at = forms.IntegerField(required=False, min_value=0, max_value=2**53)
