"""What people say of a search they keep."""

from __future__ import annotations

from django import forms

from search.models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    """What it is called, and how soon one is told of something new."""

    class Meta:
        model = SavedSearch
        fields = ("name", "alert")
