"""Every component in every state on one page: what people look at, and what the tests test."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MinLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from . import tones, widgets

KINDS = (
    ("", _("Choose …")),
    ("technological_solution", _("Technological solution")),
    ("creative", _("Creative design")),
)


class SampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(
        label=_("Title"), max_length=120, validators=[MinLengthValidator(10)],
        help_text=_("One line that says what you need, so that a stranger understands it."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    need = forms.CharField(label=_("What you need"), widget=forms.Textarea(attrs={"maxlength": 2000}))
    deadline = forms.DateTimeField(
        label=_("Deadline"), widget=widgets.DateTimeInput, help_text=_("In UTC; everybody sees it in their own zone.")
    )
    audience = forms.ChoiceField(
        label=_("Who may answer"), widget=forms.RadioSelect, initial="all",
        choices=(("all", _("Everyone registered")), ("invited", _("Only those invited"))),
    )  # fmt: skip
    fields_of_work = forms.MultipleChoiceField(
        label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple, initial=["water"],
        choices=(("water", _("Water treatment")), ("polymers", _("Polymers")), ("sensors", _("Sensors"))),
    )  # fmt: skip
    attachment = forms.FileField(
        label=_("Attachment"), required=False, help_text=_("PDF, at most 10 MB."),
        widget=widgets.FilesInput(attrs={"data-max-bytes": 10_000_000}),
    )  # fmt: skip
    agree = forms.BooleanField(label=_("I have read the terms and accept them"))


def icon_names() -> list[str]:
    """The names of the icons that there are."""
    sprite = Path(__file__).parent / "static" / "face" / "icons.svg"
    return [name for name in re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text()) if name != "mark"]


def samples() -> dict[str, Any]:
    """Invented things to show."""
    now = timezone.now()
    options = (("Water treatment", 41, True), ("Polymers", 17, False), ("Sensors and measurement", 9, False))
    return {
        "tones": tones.TONES,
        "states": ("draft", "in_review", "open", "evaluating", "changes_requested", "decided", "cancelled"),
        "icons": icon_names(),
        "soon": now + timedelta(hours=9, minutes=12),
        "later": now + timedelta(days=17),
        "past": now - timedelta(days=2),
        "earlier": now - timedelta(minutes=25),
        "middle_page": SimpleNamespace(next="next", first=False),
        "options": [SimpleNamespace(label=a, count=b, selected=c, url="#facets") for a, b, c in options],
        "people": ("Mara Lindqvist", "Chen Wei", "Олег Смирнов", "李明", "Anna de Vries", "Yusuf Demir"),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Shows everything; sending the form shows what its errors look like, or a message when there are none."""
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, gettext("Saved. This is what a message after a form looks like."))
        return redirect("styleguide")
    wrong = SampleForm({"title": "Short", "audience": "all"}, auto_id="wrong_%s")
    status = 422 if form.is_bound else 200
    return render(request, "face/styleguide.html", {"form": form, "wrong": wrong, **samples()}, status=status)


@require_POST
def styleguide_toast(request: HttpRequest) -> HttpResponse:
    """An answer without a body whose header makes a toast."""
    words = {"text": gettext("This message came in a response header."), "tone": "success"}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": words})})
