"""Pages of offers and requests: who reads the terms, who may move what, and the whole way on foot."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from patents.enums import OfferState, RequestState
from patents.models import LicenceOffer, LicenceRequest, Patent
from portal.accounts.models import Organisation, User
from tests.factories.patents import LicenceOfferFactory, LicenceRequestFactory, request_in

pytestmark = pytest.mark.django_db

SECRET = "seven per cent"
EVERYONE = ("anonymous", "master", "owner", "colleague", "creator", "rival", "rival_colleague")


def visitor(who: str, request: pytest.FixtureRequest) -> Client:
    client = Client()
    user = request.getfixturevalue(who)
    if user.is_authenticated:
        client.force_login(user)
    return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("who", EVERYONE)
def test_headline_is_everybodys_and_terms_are_not(
    who: str, offer: LicenceOffer, request: pytest.FixtureRequest
) -> None:
    page = text_of(visitor(who, request).get(offer.get_absolute_url()))
    assert (offer.headline in page, SECRET in page) == (True, who in ("master", "owner", "colleague"))


def test_terms_are_nowhere_else(offer: LicenceOffer, client: Client) -> None:
    pages = ("/licences/", offer.patent.get_absolute_url(), "/patents/", "/pools/")
    assert [url for url in pages if SECRET in text_of(client.get(url))] == []


def test_promise_opens_the_terms(offer: LicenceOffer, creator: User) -> None:
    client = signed_in(creator)
    assert SECRET not in text_of(client.get(offer.get_absolute_url()))
    client.post(f"{offer.get_absolute_url()}consent/")
    assert SECRET in text_of(client.get(offer.get_absolute_url()))


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.PAUSED, OfferState.WITHDRAWN])
@pytest.mark.parametrize("who", EVERYONE)
def test_offer_off_the_table_is_missing_to_others(
    who: str, state: str, offer: LicenceOffer, request: pytest.FixtureRequest
) -> None:
    LicenceOffer.objects.filter(pk=offer.pk).update(state=state)
    inside = who in ("master", "owner", "colleague")
    client = visitor(who, request)
    assert client.get(offer.get_absolute_url()).status_code == (200 if inside else 404)
    assert (offer.headline in text_of(client.get(offer.patent.get_absolute_url()))) == (
        inside and state != OfferState.WITHDRAWN
    )


def test_list_of_offers_shows_listed_ones(client: Client, offer: LicenceOffer) -> None:
    LicenceOfferFactory(headline="Hidden draft", state=OfferState.DRAFT)
    page = text_of(client.get("/licences/"))
    assert (offer.headline in page, "Hidden draft" in page) == (True, False)


@pytest.mark.parametrize("query", [{"model": "nonsense"}, {"q": "x" * 999}, {"page": "-1"}, {"after": "AAAA"}])
def test_odd_filters_are_harmless(client: Client, offer: LicenceOffer, query: dict[str, str]) -> None:
    assert client.get("/licences/", query).status_code == 200


def test_list_costs_the_same_for_one_and_for_three(owner: User, offer: LicenceOffer) -> None:
    client = signed_in(owner)

    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get("/licences/")
        return len(asked)

    LicenceRequestFactory(offer=offer)
    cost()
    with_one = cost()
    for _more in range(2):
        LicenceRequestFactory(offer=LicenceOfferFactory(organisation=offer.organisation))
    assert cost() == with_one <= 14


def test_price_is_asked_for_by_name_and_in_the_portals_own_currency(patent: Patent, owner: User) -> None:
    page = signed_in(owner).get(f"{patent.get_absolute_url()}offer/").content.decode()

    assert re.search(r'<input[^>]* name="price_0"[^>]* aria-label="Amount"', page)
    assert re.search(r'<select[^>]* name="price_1"[^>]* aria-label="Currency"', page)
    assert re.findall(r'<option value="([A-Z]{3})" selected>', page) == ["EUR"]


def test_whole_way_on_foot(patent: Patent, owner: User, rival: User, rival_organisation: Organisation) -> None:
    licensor, licensee = signed_in(owner), signed_in(rival)
    said = {
        "headline": "Licence for filters", "model": "non_exclusive", "terms": SECRET,
        "price_0": "100.00", "price_1": "EUR", "idempotency_key": "once",
    }  # fmt: skip
    for _click in range(2):
        drafted = licensor.post(f"{patent.get_absolute_url()}offer/", said)
    offer = LicenceOffer.objects.get()
    assert (drafted.headers["Location"], str(offer.price), offer.state) == (
        offer.get_absolute_url(),
        "€100.00",
        "draft",
    )
    licensor.post(f"{offer.get_absolute_url()}list/")
    ask = {"purpose": "Household filters.", "organisation": rival_organisation.pk, "idempotency_key": "once"}
    for _click in range(2):
        sent = licensee.post(f"{offer.get_absolute_url()}requests/", ask)
    asked = LicenceRequest.objects.get()
    url = asked.get_absolute_url()
    assert sent.headers["Location"] == url
    assert "Household filters." in text_of(licensor.get(url))
    licensor.post(f"{url}review/")
    licensor.post(f"{url}propose/", {"text": "Five per cent.", "royalty_percent": "5"})
    licensee.post(f"{url}counter/", {"text": "Three per cent.", "royalty_percent": "3"})
    licensor.post(f"{url}propose/", {"text": "Four per cent.", "price_0": "50", "price_1": "EUR"})
    assert 'name="sequence" value="3"' in text_of(licensee.get(url))
    licensee.post(f"{url}agree/", {"sequence": "3"})
    asked.refresh_from_db()
    assert (asked.state, asked.agreed_proposal.text) == (RequestState.AGREED, "Four per cent.")  # type: ignore[union-attr]
    pages = [text_of(client.get(url)) for client in (licensor, licensee)]
    assert [("Agreed" in page, f"{url}decline/" in page) for page in pages] == [(True, False), (True, False)]


@pytest.mark.parametrize("who", EVERYONE)
def test_request_is_between_the_two_sides(who: str, asked: LicenceRequest, request: pytest.FixtureRequest) -> None:
    seen = visitor(who, request).get(asked.get_absolute_url()).status_code
    assert seen == (404 if who in ("anonymous", "creator") else 200)


@pytest.mark.parametrize("state", list(RequestState))
def test_buttons_are_what_one_may_do(
    state: str, offer: LicenceOffer, owner: User, rival: User, colleague: User
) -> None:
    asked = request_in(state, offer=offer, requester=rival)
    names = ("review", "propose", "counter", "agree", "decline")
    shown = {
        user: [
            name
            for name in names
            if f'action="{asked.get_absolute_url()}{name}/"' in text_of(signed_in(user).get(asked.get_absolute_url()))
        ]
        for user in (owner, rival, colleague)
    }
    expected = {
        RequestState.SENT: (["review", "propose", "decline"], []),
        RequestState.UNDER_REVIEW: (["propose", "decline"], []),
        RequestState.TERM_SHEET: ([], ["counter", "agree", "decline"]),
        RequestState.COUNTERED: (["propose", "agree", "decline"], []),
    }.get(RequestState(state), ([], []))
    assert list(shown.values()) == [*expected, []]


@pytest.mark.parametrize("name", ["review", "propose", "counter", "agree", "decline", "sign", "nonsense"])
@pytest.mark.parametrize("who", ["creator", "colleague"])
def test_nobody_else_moves_a_request(
    name: str, who: str, asked: LicenceRequest, request: pytest.FixtureRequest
) -> None:
    said = {"text": "Mine.", "reason": "Mine.", "sequence": "1"}
    response = visitor(who, request).post(f"{asked.get_absolute_url()}{name}/", said)
    asked.refresh_from_db()
    assert (response.status_code, asked.state) == (404, RequestState.SENT)


def test_late_answer_is_told_what_has_happened(asked: LicenceRequest, owner: User) -> None:
    client = signed_in(owner)
    client.post(f"{asked.get_absolute_url()}decline/", {"reason": "Licensed elsewhere."})
    response = client.post(f"{asked.get_absolute_url()}review/")
    assert (response.status_code, "Declined" in text_of(response)) == (409, True)


@pytest.mark.parametrize(
    "said",
    [
        {"text": ""},
        {"text": "x" * 10_001},
        {"text": "T", "royalty_percent": "101"},
        {"text": "T", "royalty_percent": "-1"},
        {"text": "T", "royalty_percent": "NaN"},
        {"text": "T", "price_0": "-5", "price_1": "EUR"},
        {"text": "T", "price_0": "5", "price_1": "XXX"},
        {"text": "T", "price_0": "9" * 40, "price_1": "EUR"},
    ],
)
def test_bad_terms_are_shown_again(asked: LicenceRequest, owner: User, said: dict[str, str]) -> None:
    response = signed_in(owner).post(f"{asked.get_absolute_url()}propose/", said)
    asked.refresh_from_db()
    assert (response.status_code, asked.state, asked.proposals.count()) == (422, RequestState.SENT, 0)


@pytest.mark.parametrize("sequence", ["", "0", "2", "-1", "x", "9" * 30, "²"])
def test_agreement_names_what_lies_on_the_table(offer: LicenceOffer, rival: User, sequence: str) -> None:
    asked = request_in(RequestState.TERM_SHEET, offer=offer, requester=rival)
    response = signed_in(rival).post(f"{asked.get_absolute_url()}agree/", {"sequence": sequence})
    asked.refresh_from_db()
    assert (response.status_code, asked.state) == (409, RequestState.TERM_SHEET)


@pytest.mark.parametrize("who", ["owner", "colleague", "anonymous"])
def test_own_side_and_strangers_send_no_request(who: str, offer: LicenceOffer, request: pytest.FixtureRequest) -> None:
    response = visitor(who, request).post(f"{offer.get_absolute_url()}requests/", {"purpose": "Mine."})
    assert (response.status_code, LicenceRequest.objects.count()) == (302 if who == "anonymous" else 404, 0)


def test_empty_request_is_shown_again(offer: LicenceOffer, rival: User) -> None:
    response = signed_in(rival).post(f"{offer.get_absolute_url()}requests/", {"purpose": " "})
    assert (response.status_code, LicenceRequest.objects.count()) == (422, 0)


def test_request_form_offers_only_own_organisations(
    offer: LicenceOffer, creator: User, rival_organisation: Organisation
) -> None:
    said = {"purpose": "Filters.", "organisation": rival_organisation.pk}
    assert signed_in(creator).post(f"{offer.get_absolute_url()}requests/", said).status_code == 422


def test_offer_is_paused_with_a_reason_and_edited(offer: LicenceOffer, owner: User) -> None:
    client, url = signed_in(owner), offer.get_absolute_url()
    assert client.post(f"{url}pause/").status_code == 400
    client.post(f"{url}pause/", {"reason": "New price."})
    client.post(f"{url}edit/", {"headline": "Better", "model": "sole"})
    offer.refresh_from_db()
    assert (offer.state, offer.paused_because, offer.headline) == (OfferState.PAUSED, "New price.", "Better")


@pytest.mark.parametrize("public_id", ["nonsense", "x" * 500, "%2e%2e"])
@pytest.mark.parametrize("door", ["/licences/offers/", "/licences/requests/"])
def test_forged_id_is_missing(door: str, public_id: str, owner: User) -> None:
    assert signed_in(owner).get(f"{door}{public_id}/").status_code == 404
