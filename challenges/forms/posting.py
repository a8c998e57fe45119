"""Posting a challenge: one page of several forms that are valid together or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.accounts.enums import Language
from portal.accounts.models import Organisation
from portal.kernel.errors import Refused
from portal.kernel.text import MOST_CHARACTERS, render_markdown

from ..blueprints import usual_phase
from ..content import ChallengeContent, PhaseContent, TermsContent
from ..enums import ChallengeKind, TermsModel
from ..models import Challenge, ChallengePhase, TermsVersion
from .fields import FilesField, WallClockField, WordsField, in_zone, on_the_wall, zone_choices
from .rows import PhaseForm, PhaseRows, RequirementForm, RequirementRows, RewardForm, RewardRows

NOTHING_CHOSEN = {
    "kind": _("Please choose"),
    "industry": _("None in particular"),
    "technology_field": _("None in particular"),
}
"""What stands in a list before something is chosen from it."""
MOMENTS = ("opens_at", "closes_at", "decision_due_at")


class ChallengeForm(forms.ModelForm[Challenge]):
    """What a challenge says of itself, apart from its rows and its terms."""

    opens_at = WallClockField(
        label=_("Opens"), required=False, help_text=_("Empty: you open it yourself once it is approved.")
    )
    closes_at = WallClockField(label=_("Deadline"), help_text=_("To the minute, in the time zone below."))
    decision_due_at = WallClockField(label=_("Decision due"), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language)
    keywords = WordsField(
        label=_("Keywords"), required=False, max_length=600, help_text=_("With commas between, at most twelve.")
    )
    eligible_countries = forms.MultipleChoiceField(
        label=_("Open to solvers from"),
        required=False,
        choices=lambda: list(countries),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: everywhere."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    files = FilesField(label=_("Files for everybody"), required=False)  # type: ignore[assignment]
    confidential_files = FilesField(
        label=_("Confidential files"), required=False, help_text=_("Shown with the confidential part.")
    )

    class Meta:
        model = Challenge
        fields = (
            "title",
            "kind",
            "summary",
            "problem",
            "confidential_part",
            "industry",
            "technology_field",
            "trl_sought",
            "language",
            "keywords",
            "eligible_countries",
            "vets_solvers",
            "opens_at",
            "closes_at",
            "decision_due_at",
            "zone",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "problem": forms.Textarea(attrs={"rows": 12, "maxlength": MOST_CHARACTERS}),
            "confidential_part": forms.Textarea(attrs={"rows": 6, "maxlength": MOST_CHARACTERS}),
            "trl_sought": forms.NumberInput(attrs={"min": 1, "max": 9}),
        }
        help_texts = {
            "summary": _("Two or three sentences that make the right people read on."),
            "problem": _("What is the need, what was tried, what would a solution change? Markdown is understood."),
            "confidential_part": _("Read only by those who accept your terms, and by your reviewers."),
            "trl_sought": _("From 1 (an idea) to 9 (proven in use)."),
            "vets_solvers": _("You approve every solver before they take part."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = True
        self.fields["problem"].required = True
        for name, label in NOTHING_CHOSEN.items():
            said = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [(value, label if value == "" else text) for value, text in said]  # type: ignore[attr-defined]

    def clean_problem(self) -> str:
        """Text that can be shown."""
        return _renderable(self.cleaned_data["problem"])

    def clean_confidential_part(self) -> str:
        """Text that can be shown."""
        return _renderable(self.cleaned_data["confidential_part"])

    def clean(self) -> dict[str, Any]:
        """Read the clock on the wall in the zone that was chosen."""
        data = super().clean() or self.cleaned_data
        for name in MOMENTS:
            if data.get(name) and data.get("zone"):
                try:
                    data[name] = in_zone(data[name], data["zone"])
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data


class TermsForm(forms.ModelForm[TermsVersion]):
    """The deal."""

    class Meta:
        model = TermsVersion
        fields = ("model", "background_ip", "field_of_use", "territory", "payment", "extra")
        widgets = {
            "background_ip": forms.Textarea(attrs={"rows": 2}),
            "payment": forms.Textarea(attrs={"rows": 2}),
            "extra": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "model": _("What happens to the rights in a winning solution."),
            "background_ip": _("What the solver brings along and keeps."),
            "field_of_use": _("Empty: every field."),
            "territory": _("Empty: worldwide."),
            "payment": _("When and how the reward is paid."),
        }

    def content(self) -> TermsContent:
        """As a plain value."""
        data = self.cleaned_data
        return TermsContent(**{**data, "model": TermsModel(data["model"])})


class OrganisationChoiceForm(forms.Form):
    """In whose name."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AttachmentForm(forms.Form):
    """Files for a challenge that exists."""

    files = FilesField(label=_("Files"))  # type: ignore[assignment]
    is_confidential = forms.BooleanField(label=_("Show only with the confidential part"), required=False)


class ChallengePosting:
    """All the forms of the page. ``content`` and the files are what came of them, once ``is_valid`` says so."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        challenge: Challenge | None = None,
        zone: str = "UTC",
    ) -> None:
        start = _initial_of(challenge) if challenge else {"zone": zone}
        rows = _initial_rows(challenge) if challenge else {"requirements": [], "rewards": [], "phases": []}
        terms = challenge.terms_versions.current().first() if challenge else None
        instance = Challenge.objects.get(pk=challenge.pk) if challenge else None
        self.main = ChallengeForm(data, files, instance=instance, initial=start)
        self.terms = TermsForm(data, instance=terms, prefix="terms")
        self.requirements = RequirementRows(data, prefix="requirements", initial=rows["requirements"])
        self.rewards = RewardRows(data, prefix="rewards", initial=rows["rewards"])
        self.phases = PhaseRows(data, prefix="phases", initial=rows["phases"])

    @property
    def _row_sets(self) -> tuple[Any, ...]:
        return (self.requirements, self.rewards, self.phases)

    def is_valid(self) -> bool:
        """Whether every form of the page is."""
        valid = [part.is_valid() for part in (self.main, self.terms, *self._row_sets)]
        return all(valid) and self._has_zoned_phases()

    def content(self) -> ChallengeContent:
        """As a plain value."""
        given = dict(self.main.cleaned_data)
        for name in ("files", "confidential_files", "revision"):
            given.pop(name, None)
        given["eligible_countries"] = tuple(given["eligible_countries"])
        given["kind"] = ChallengeKind(given["kind"])
        return ChallengeContent(
            **given,
            requirements=self.requirements.contents(),
            rewards=self.rewards.contents(),
            phases=self._zoned,
            terms=self.terms.content(),
        )

    @property
    def revision(self) -> int:
        """The revision the writer started from."""
        return self.main.cleaned_data.get("revision") or 0

    def uploads(self) -> list[tuple[UploadedFile, bool]]:
        """The files that came along, each with whether it is confidential."""
        data = self.main.cleaned_data
        return [(upload, False) for upload in data["files"]] + [(upload, True) for upload in data["confidential_files"]]

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal at the field it is about."""
        field = "files" if refusal.field == "file" else refusal.field
        self.main.add_error(field if field in self.main.fields else None, str(refusal))

    @property
    def errors(self) -> bool:
        """Whether anything is wrong; what, say the fields and ``non_field_errors``."""
        return bool(self.main.errors or self.terms.errors or any(rows.total_error_count() for rows in self._row_sets))

    def non_field_errors(self) -> list[str]:
        """The errors of no single field."""
        parts = [self.main, self.terms, *(form for rows in self._row_sets for form in rows.forms)]
        found = [str(error) for part in parts for error in part.non_field_errors()]
        return found + [str(error) for rows in self._row_sets for error in rows.non_form_errors()]

    def hidden_fields(self) -> list[forms.BoundField]:
        """Those of the page itself."""
        return self.main.hidden_fields()

    def visible_fields(self) -> list[forms.BoundField]:
        """Those of every form of the page, in order."""
        rows = [form for rows in self._row_sets for form in rows.forms]
        return [field for part in (self.main, *rows, self.terms) for field in part.visible_fields()]

    def _has_zoned_phases(self) -> bool:
        zone = self.main.cleaned_data["zone"]
        zoned: list[PhaseContent] = []
        for row in self.phases.contents():
            try:
                zoned.append(replace(row, closes_at=in_zone(row.closes_at, zone)))
            except forms.ValidationError as error:
                self.main.add_error(None, error)
        self._zoned = tuple(zoned)
        return self.main.is_valid()


def with_one_more_row(data: QueryDict, rows: str) -> QueryDict:
    """The same post with room for another row of the set called ``rows``."""
    grown = data.copy()
    key = f"{rows}-TOTAL_FORMS"
    number = data.get(key, "")
    if number.isdecimal() and len(number) < 3:
        grown[key] = str(int(number) + 1)
    return grown


def _renderable(text: str) -> str:
    try:
        render_markdown(text)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return text


def _initial_of(challenge: Challenge) -> dict[str, Any]:
    moments = {name: on_the_wall(getattr(challenge, name), challenge.zone) for name in MOMENTS}
    chosen = [country.code for country in challenge.eligible_countries]  # type: ignore[attr-defined]
    return {**moments, "eligible_countries": chosen, "revision": challenge.revision}


def _initial_rows(challenge: Challenge) -> dict[str, list[dict[str, Any]]]:
    return {
        "requirements": [RequirementForm.initial_of(row) for row in challenge.requirements.all()],
        "rewards": [RewardForm.initial_of(row) for row in challenge.rewards.all()],
        "phases": [] if _has_usual_phase(challenge) else [PhaseForm.initial_of(row) for row in _phases(challenge)],
    }


def _phases(challenge: Challenge) -> QuerySet[ChallengePhase]:
    return ChallengePhase.objects.filter(challenge=challenge).select_related("challenge")


def _has_usual_phase(challenge: Challenge) -> bool:
    """Whether its phase is the one its kind starts from: then it follows the kind, and nobody has to write it."""
    usual = usual_phase(challenge.kind)
    return [(row.name, row.asks_for, row.blind_level) for row in _phases(challenge)] == [
        (usual.name, usual.asks_for, usual.blind_level)
    ]
