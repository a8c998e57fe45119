"""What changed between two versions of the terms."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import TermsVersion
from ..models.terms import CONTENT


@dataclass(frozen=True)
class TermsChange:
    """One field of the deal, before and after, in words."""

    label: str | Promise
    before: str
    after: str


def terms_changes(before: TermsVersion, after: TermsVersion) -> list[TermsChange]:
    """The fields in which the two differ, in the order they are shown."""
    return [
        TermsChange(_label(name), _shown(before, name), _shown(after, name))
        for name in CONTENT
        if getattr(before, name) != getattr(after, name)
    ]


def _label(name: str) -> str | Promise:
    return TermsVersion._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # all are plain fields


def _shown(terms: TermsVersion, name: str) -> str:
    return str(terms.get_model_display() if name == "model" else getattr(terms, name))
