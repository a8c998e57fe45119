"""Patents that people add, mend, hand over and talk about; and what the clock does to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from patents import actions
from patents.enums import LegalStatus
from patents.importing.records import PatentRecord
from patents.importing.writing import as_record
from patents.models import Patent
from patents.numbers import parse
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Conflict, Missing, Refused
from tests.factories.accounts import UserFactory
from tests.factories.patents import PatentFactory, PoolFactory

pytestmark = pytest.mark.django_db

RECORD = PatentRecord(
    number=parse("EP1234567B1"),
    source="entered",
    title="Valve",
    publication_date=date(2020, 1, 2),
    parties=(("inventor", "Ada Turner"),),
    classes=(("cpc", "F16K 15/02"),),
    citations=("US4218478A",),
    claims=("1. A valve.",),
)


def test_added_patent_is_held_by_the_organisation(owner: User, organisation: Organisation) -> None:
    patent = actions.add_patent(RECORD, actor=owner, owner=organisation)
    assert (patent.number, patent.owner, patent.created_by) == ("EP-1234567-B1", organisation, owner)
    assert as_record(Patent.objects.get()) == RECORD
    assert patent.sort_date == date(2020, 1, 2)


def test_nobody_takes_a_patent_over_by_entering_it(owner: User, organisation: Organisation) -> None:
    known = PatentFactory(number="EP-1234567-B1", country="EP", document_number="1234567")
    with pytest.raises(Refused) as refused:
        actions.add_patent(RECORD, actor=owner, owner=organisation)
    known.refresh_from_db()
    assert (refused.value.field, known.owner) == ("number", None)


def test_nobody_adds_for_an_organisation_they_do_not_own(colleague: User, organisation: Organisation) -> None:
    with pytest.raises(Missing):
        actions.add_patent(RECORD, actor=colleague, owner=organisation)


def test_unverified_address_adds_nothing() -> None:
    with pytest.raises(Missing):
        actions.add_patent(RECORD, actor=UserFactory(verified=False))


def test_mended_patent_says_what_was_mended(patent: Patent, owner: User) -> None:
    mended = replace(as_record(patent), title="Valve", parties=(("inventor", "Bo Li"),), claims=("1. Another.",))
    actions.edit_patent(patent, mended, actor=owner, seen=actions.version_of(patent))
    assert as_record(Patent.objects.get()) == mended


def test_second_of_two_editors_is_told(patent: Patent, owner: User) -> None:
    seen = actions.version_of(patent)
    record = as_record(patent)
    actions.edit_patent(patent, replace(record, title="First"), actor=owner, seen=seen)
    with pytest.raises(Conflict):
        actions.edit_patent(patent, replace(record, title="Second"), actor=owner, seen=seen)
    assert Patent.objects.get().title == "First"


@pytest.mark.parametrize("who", ["colleague", "rival", "creator"])
def test_others_mend_nothing(patent: Patent, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Missing):
        actions.edit_patent(
            patent, as_record(patent), actor=request.getfixturevalue(who), seen=actions.version_of(patent)
        )


def test_only_the_master_hands_over(patent: Patent, owner: User, rival_organisation: Organisation) -> None:
    with pytest.raises(Missing):
        actions.hand_over_patent(patent, actor=owner, owner=rival_organisation)


def test_patent_has_one_public_room_however_often_it_is_opened(patent: Patent, creator: User, rival: User) -> None:
    rooms = {actions.open_patent_room(patent, actor=who).pk for who in (creator, rival)}
    assert len(rooms) == 1


def test_clock_marks_what_has_run_out() -> None:
    today = timezone.now().date()
    over = PatentFactory(expiry_date=today - timedelta(days=1))
    PatentFactory(expiry_date=today + timedelta(days=1))
    PatentFactory(expiry_date=None)
    PatentFactory(expiry_date=today - timedelta(days=1), legal_status=LegalStatus.LAPSED)
    assert (actions.expire_patents(), actions.expire_patents()) == (1, 0)
    over.refresh_from_db()
    assert (over.legal_status, over.status_source, over.status_date) == ("expired", "expiry date", over.expiry_date)


def test_pool_takes_what_both_sides_may_give(
    patent: Patent, owner: User, organisation: Organisation, rival: User
) -> None:
    pool = actions.found_pool(actor=owner, slug="water", name="Water", organisation=organisation)
    for _time in range(2):
        actions.add_to_pool(pool, patent, actor=owner)
    assert list(pool.patents.all()) == [patent]
    with pytest.raises(Missing):
        actions.remove_from_pool(pool, patent, actor=rival)
    actions.remove_from_pool(pool, patent, actor=owner)
    assert not pool.patents.exists()


def test_keeper_of_a_pool_takes_no_patent_of_others(
    patent: Patent, rival: User, rival_organisation: Organisation
) -> None:
    pool = PoolFactory(organisation=rival_organisation)
    with pytest.raises(Missing):
        actions.add_to_pool(pool, patent, actor=rival)


def test_pool_address_is_taken_once(owner: User, organisation: Organisation) -> None:
    PoolFactory(slug="water")
    with pytest.raises(Refused) as refused:
        actions.found_pool(actor=owner, slug="water", name="Water", organisation=organisation)
    assert refused.value.field == "name"
