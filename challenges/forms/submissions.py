"""What a team writes and attaches."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.files.sniff import ACCEPT
from portal.kernel.text import MOST_CHARACTERS

from ..actions.submitting import Texts
from .fields import FilesField


class SubmissionTextForm(forms.Form):
    """Title, abstract and body; ``seen`` says which texts the writer started from."""

    title = forms.CharField(label=_("Title"), max_length=200)
    abstract = forms.CharField(
        label=_("Abstract"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The seeker reads this as soon as you file. Say nothing here that must stay sealed."),
    )
    body = forms.CharField(
        label=_("Body"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Sealed until the phase closes. Markdown: **bold**, lists, tables, links."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    @property
    def texts(self) -> Texts:
        """What was written; for a valid form."""
        return Texts(**{name: self.cleaned_data[name] for name in ("title", "abstract", "body")})


class FileAddForm(forms.Form):
    """Files for the draft."""

    files = FilesField(label=_("Add files"))  # type: ignore[assignment]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["files"].widget.attrs["accept"] = ACCEPT


class ReceiptForm(forms.Form):
    """A receipt to be checked."""

    receipt = forms.FileField(label=_("Receipt"), help_text=_("The JSON file that was downloaded after filing."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["receipt"].widget.attrs["accept"] = ".json,application/json"
