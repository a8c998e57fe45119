"""The one gate: absent and forbidden are the same."""

from __future__ import annotations

import pytest

from portal.accounts.models import Organisation
from portal.kernel.access import fetch, require
from portal.kernel.errors import Missing
from tests.factories.accounts import OrganisationFactory


def always_allow(user: object, obj: object) -> bool:
    return True


def always_deny(user: object, obj: object) -> bool:
    return False


def test_fetch_gives_what_the_rule_allows(db: None) -> None:
    organisation = OrganisationFactory()

    assert fetch(Organisation, None, always_allow, slug=organisation.slug) == organisation


@pytest.mark.parametrize("key", [{"slug": "nowhere"}, {"pk": "not a number"}, {"pk": "9" * 40}, {"slug": "a\x00b"}])
def test_absent_is_missing(db: None, key: dict[str, str]) -> None:
    with pytest.raises(Missing):
        fetch(Organisation, None, always_allow, **key)


def test_forbidden_says_the_same_as_absent(db: None) -> None:
    organisation = OrganisationFactory()
    with pytest.raises(Missing) as forbidden:
        fetch(Organisation, None, always_deny, slug=organisation.slug)
    with pytest.raises(Missing) as absent:
        fetch(Organisation, None, always_deny, slug="nowhere")

    assert (str(forbidden.value), forbidden.value.args) == (str(absent.value), absent.value.args)


def test_require_stops_an_action() -> None:
    with pytest.raises(Missing):
        require(None, always_deny, object())
