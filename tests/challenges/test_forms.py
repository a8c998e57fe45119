"""What the forms of challenges say before anything is chosen."""

from __future__ import annotations

import pytest

from challenges.forms.posting import ChallengeForm

pytestmark = pytest.mark.django_db


def test_lists_say_in_words_that_nothing_is_chosen() -> None:
    form = ChallengeForm()

    said = {name: dict(form.fields[name].choices)[""] for name in ("kind", "industry", "technology_field")}  # type: ignore[attr-defined]
    assert said == {
        "kind": "Please choose",
        "industry": "None in particular",
        "technology_field": "None in particular",
    }
    assert "------" not in form.as_p()
