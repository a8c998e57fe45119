"""Patents: what a list is narrowed by, what people say of one, who holds it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patents.actions import version_of
from patents.enums import LegalStatus, PartyRole, Scheme
from patents.importing.families import family_key
from patents.importing.records import PatentRecord
from patents.importing.writing import as_record
from patents.models import Patent
from patents.queries import PatentFilter
from portal.accounts.models import Organisation
from portal.face.widgets import DateInput

from .fields import LinesField, NumberField, PlainField, SymbolsField

BY_HAND = "entered"
DAYS = ("priority_date", "filing_date", "publication_date", "grant_date", "expiry_date")


class PatentFilterForm(forms.Form):
    """The filters of the list. What cannot be understood is pointed out, and narrows nothing."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    office = forms.ChoiceField(label=_("Office"), required=False)
    status = forms.ChoiceField(
        label=_("Legal status"), required=False, choices=[("", _("Any status")), *LegalStatus.choices]
    )
    offered = forms.BooleanField(label=_("Licence on offer"), required=False)

    def __init__(self, *args: Any, offices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Any office")), *((code, f"{code} · {name}") for code, name in offices)]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> PatentFilter:
        """What is asked for, as far as it is understood."""
        self.is_valid()
        given = self.cleaned_data
        return PatentFilter(
            words=given.get("q", ""),
            office=given.get("office", ""),
            status=given.get("status", ""),
            offered=given.get("offered", False),
        )


class PatentForm(forms.Form):
    """What people say of a patent."""

    title = PlainField(label=_("Title"), max_length=1000)
    abstract = PlainField(
        label=_("Abstract"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    language = forms.RegexField(
        label=_("Language of the text"), required=False, regex=r"^[a-zA-Z]{2}(-[a-zA-Z]{2,4})?$", max_length=7,
        help_text=_("As a code: en, zh, ru …"),
    )  # fmt: skip
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices, initial=LegalStatus.UNKNOWN)
    status_date = forms.DateField(label=_("As of"), required=False, widget=DateInput)
    priority_date = forms.DateField(label=_("Priority"), required=False, widget=DateInput)
    filing_date = forms.DateField(label=_("Filed"), required=False, widget=DateInput)
    publication_date = forms.DateField(label=_("Published"), required=False, widget=DateInput)
    grant_date = forms.DateField(label=_("Granted"), required=False, widget=DateInput)
    expiry_date = forms.DateField(label=_("Expires"), required=False, widget=DateInput)
    applicants = LinesField(label=_("Applicants"), longest_entry=300, help_text=_("One a line."))
    inventors = LinesField(label=_("Inventors"), longest_entry=300, help_text=_("One a line."))
    cpc = SymbolsField(label=_("CPC symbols"), help_text=_("One a line, such as B01D 69/12."))
    ipc = SymbolsField(label=_("IPC symbols"), help_text=_("One a line."))
    citations = LinesField(label=_("Cited documents"), longest_entry=120, help_text=_("One a line."))
    claims = LinesField(
        label=_("Claims"),
        longest_entry=100_000,
        gap="\n\n",
        max_length=500_000,
        help_text=_("An empty line between claims."),
    )

    field_order: list[str] | None = ["number", "owner", "title", "abstract"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("applicants", "inventors", "cpc", "ipc", "citations"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        filed, published = cleaned.get("filing_date"), cleaned.get("publication_date")
        if filed and published and published < filed:
            self.add_error("publication_date", _("Nothing is published before it is filed."))
        return cleaned

    def said_over(self, base: PatentRecord) -> PatentRecord:
        """``base`` with what the form says in place of what it said."""
        said = self.cleaned_data
        return replace(
            base,
            title=said["title"],
            abstract=said["abstract"],
            language=said["language"].lower(),
            claims=said["claims"],
            citations=said["citations"],
            parties=self._parties(base),
            classes=tuple((scheme.value, symbol) for scheme in Scheme for symbol in said[scheme.value]),
            **{day: said[day] for day in DAYS},
            **self._status(base),
        )

    def _parties(self, base: PatentRecord) -> tuple[tuple[str, str], ...]:
        on_record = tuple(pair for pair in base.parties if pair[0] == PartyRole.OWNER)
        applicants = tuple((PartyRole.APPLICANT.value, name) for name in self.cleaned_data["applicants"])
        return (
            applicants + tuple((PartyRole.INVENTOR.value, name) for name in self.cleaned_data["inventors"]) + on_record
        )

    def _status(self, base: PatentRecord) -> dict[str, Any]:
        """The status, said by hand where it differs from what the source said."""
        status, day = self.cleaned_data["legal_status"], self.cleaned_data["status_date"]
        if (status, day) == (base.legal_status, base.status_date):
            return {}
        return {"legal_status": status, "status_date": day, "status_source": BY_HAND, "status_code": ""}


class PatentAddForm(PatentForm):
    """A patent that the pool does not have yet."""

    number = NumberField(label=_("Publication number"), help_text=_("In any shape: US-10123456-B2, EP 1234567 A1 …"))
    owner = forms.ModelChoiceField(
        label=_("Held by"), queryset=Organisation.objects.none(), required=False, empty_label=_("Myself")
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Organisation.objects.owned_by(actor).order_by("name")  # type: ignore[attr-defined]

    def record(self) -> PatentRecord:
        """The patent as the form tells it."""
        number = self.cleaned_data["number"]
        key = family_key(number, abstract=self.cleaned_data["abstract"])
        return self.said_over(PatentRecord(number=number, source=BY_HAND, family_key=key))


class PatentEditForm(PatentForm):
    """A patent that the pool has; ``seen`` is the version the editor began from."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, patent: Patent, **kwargs: Any) -> None:
        self.held = as_record(patent)
        kwargs.setdefault("initial", {"seen": version_of(patent), **_initial(self.held)})
        super().__init__(*args, **kwargs)

    def record(self) -> PatentRecord:
        """The patent as it will be."""
        return self.said_over(self.held)


def _initial(record: PatentRecord) -> dict[str, Any]:
    plain_fields = ("title", "abstract", "language", "claims", "citations", "legal_status", "status_date", *DAYS)
    listed = {scheme.value: [symbol for sort, symbol in record.classes if sort == scheme] for scheme in Scheme}
    for field, role in (("applicants", PartyRole.APPLICANT), ("inventors", PartyRole.INVENTOR)):
        listed[field] = [name for sort, name in record.parties if sort == role]
    return {name: getattr(record, name) for name in plain_fields} | listed


class HandOverForm(forms.Form):
    """Who holds a patent from now on."""

    owner = forms.ModelChoiceField(
        label=_("Held by"),
        queryset=Organisation.objects.verified().order_by("name"),
        required=False,
        empty_label=_("Nobody here"),
    )
