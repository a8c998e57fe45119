"""Every state × transition × role of both tables moves or refuses as the table says, and nothing else moves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from patents.enums import LegalStatus, OfferState, RequestState
from patents.models import LicenceOffer, LicenceRequest
from patents.workflow import OFFER, REQUEST
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.models import AuditEvent
from portal.kernel.workflow import CLOCK
from tests.factories.patents import request_in

pytestmark = pytest.mark.django_db

LICENSOR, LICENSEE = ("owner",), ("rival",)
OFFER_TABLE = {
    ("list", OfferState.DRAFT): (OfferState.LISTED, ("owner", "master")),
    ("list", OfferState.PAUSED): (OfferState.LISTED, ("owner", "master")),
    ("pause", OfferState.LISTED): (OfferState.PAUSED, ("owner", "master", "clock")),
    ("withdraw", OfferState.DRAFT): (OfferState.WITHDRAWN, ("owner", "master")),
    ("withdraw", OfferState.LISTED): (OfferState.WITHDRAWN, ("owner", "master")),
    ("withdraw", OfferState.PAUSED): (OfferState.WITHDRAWN, ("owner", "master")),
}
REQUEST_TABLE = {
    ("review", RequestState.SENT): (RequestState.UNDER_REVIEW, LICENSOR),
    ("propose", RequestState.SENT): (RequestState.TERM_SHEET, LICENSOR),
    ("propose", RequestState.UNDER_REVIEW): (RequestState.TERM_SHEET, LICENSOR),
    ("propose", RequestState.COUNTERED): (RequestState.TERM_SHEET, LICENSOR),
    ("counter", RequestState.TERM_SHEET): (RequestState.COUNTERED, LICENSEE),
    ("agree", RequestState.TERM_SHEET): (RequestState.AGREED, LICENSEE),
    ("agree", RequestState.COUNTERED): (RequestState.AGREED, LICENSOR),
    ("decline", RequestState.SENT): (RequestState.DECLINED, LICENSOR),
    ("decline", RequestState.UNDER_REVIEW): (RequestState.DECLINED, LICENSOR),
    ("decline", RequestState.COUNTERED): (RequestState.DECLINED, LICENSOR),
    ("decline", RequestState.TERM_SHEET): (RequestState.DECLINED, LICENSEE),
}
ROLES = ("anonymous", "creator", "colleague", "rival_colleague", "owner", "rival", "master")


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Everyone by the role they have, and the clock."""
    return {role: request.getfixturevalue(role) for role in ROLES} | {"clock": CLOCK}


def names(table: dict[Any, Any]) -> list[str]:
    return sorted({name for name, _state in table})


def test_the_tables_here_are_those_of_the_code() -> None:
    for workflow, table in ((OFFER, OFFER_TABLE), (REQUEST, REQUEST_TABLE)):
        rows = {(row.name, source): row.target for row in workflow.transitions for source in row.sources}
        assert rows == {key: target for key, (target, _roles) in table.items()}


def outcome(workflow: Any, obj: Any, name: str, actor: Any, **changes: Any) -> str:
    """Where it led, or which "no" it was; taken back again, so that the next may try the same."""
    with transaction.atomic():
        try:
            return workflow.perform(obj, name, actor=actor, reason="Because.", **changes).state
        except (Missing, WrongState) as error:
            return type(error).__name__
        finally:
            transaction.set_rollback(True)


def expected(table: dict[Any, Any], name: str, state: str, role: str) -> str:
    """Where it leads, or which "no" it is: 404 for who never may, 409 for who may from elsewhere."""
    target, roles = table.get((name, state), ("", ()))
    if role in roles:
        return str(target)
    ever = any(role in roles for (other, _state), (_target, roles) in table.items() if other == name)
    return "WrongState" if ever else "Missing"


@pytest.mark.parametrize("state", list(OfferState))
@pytest.mark.parametrize("name", names(OFFER_TABLE))
def test_offer(name: str, state: str, offer: LicenceOffer, people: dict[str, Any]) -> None:
    LicenceOffer.objects.filter(pk=offer.pk).update(state=state)
    happened = {role: outcome(OFFER, LicenceOffer.objects.get(), name, actor) for role, actor in people.items()}
    assert happened == {role: expected(OFFER_TABLE, name, state, role) for role in people}


@pytest.mark.parametrize("state", list(RequestState))
@pytest.mark.parametrize("name", names(REQUEST_TABLE))
def test_request(
    name: str, state: str, offer: LicenceOffer, rival_organisation: Organisation, people: dict[str, Any]
) -> None:
    asked = request_in(state, offer=offer, requester=people["rival"], organisation=rival_organisation)
    agreed = {"agreed_proposal": asked.proposals.last()} if name == "agree" else {}
    happened = {
        role: outcome(REQUEST, LicenceRequest.objects.get(), name, actor, **agreed) for role, actor in people.items()
    }
    assert happened == {role: expected(REQUEST_TABLE, name, state, role) for role in people}


def test_refusal_writes_nothing(asked: LicenceRequest, colleague: User) -> None:
    with pytest.raises(Missing):
        REQUEST.perform(asked, "review", actor=colleague)
    asked.refresh_from_db()
    assert (asked.state, AuditEvent.objects.filter(kind="licence_request").count()) == ("sent", 0)


@pytest.mark.parametrize("name", ["pause"])
def test_offer_pauses_only_for_a_reason(offer: LicenceOffer, owner: User, name: str) -> None:
    with pytest.raises(Refused, match="reason"):
        OFFER.perform(offer, name, actor=owner, reason=" ")


@pytest.mark.parametrize(
    ("change", "code"),
    [("dead", "refused"), ("sold", "not_the_holder"), ("suspended", "not_verified")],
)
def test_offer_is_listed_only_when_it_can_be_kept(
    offer: LicenceOffer, owner: User, rival_organisation: Organisation, change: str, code: str
) -> None:
    LicenceOffer.objects.filter(pk=offer.pk).update(state=OfferState.DRAFT)
    if change == "dead":
        offer.patent.legal_status = LegalStatus.LAPSED
    elif change == "sold":
        offer.patent.owner = rival_organisation
    else:
        Organisation.objects.filter(pk=offer.organisation_id).update(state="suspended")
    offer.patent.save()
    with pytest.raises(Refused) as refused:
        OFFER.perform(offer, "list", actor=owner)
    assert refused.value.code == code
