"""Pages of patents: who sees what, how many queries a list costs, and what hostile input is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patents import actions
from patents.models import Citation, Patent
from portal.accounts.models import Organisation, User
from portal.discussions.models import Room
from tests.factories.patents import LicenceOfferFactory, PatentFactory, PoolFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db

LIST = "/patents/"
ADDED = {"number": "EP 1 234 567 B1", "title": "Valve", "legal_status": "granted"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


def test_list_shows_patents_newest_first(client: Client) -> None:
    PatentFactory(title="Older valve", publication_date="2001-01-01")
    PatentFactory(title="Newer valve", publication_date="2021-01-01")
    PatentFactory(title="Undated valve", publication_date=None)
    page = text_of(client.get(LIST))
    places = [page.index(title) for title in ("Newer valve", "Older valve", "Undated valve")]
    assert places == sorted(places)


def test_empty_list_says_what_to_do(client: Client) -> None:
    assert "The pool is empty" in text_of(client.get(LIST))
    assert "No patent fits" in text_of(client.get(LIST, {"q": "valve"}))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "VALVE"}, ["Valve"]),
        ({"q": "ep 1234567"}, ["Valve"]),
        ({"office": "EP"}, ["Valve"]),
        ({"status": "lapsed"}, ["Pump"]),
        ({"offered": "on"}, ["Seal"]),
        ({"status": "nonsense", "office": "ZZ", "after": "nonsense", "page": "-1"}, ["Pump", "Seal", "Valve"]),
        ({"q": "x" * 5000}, ["Pump", "Seal", "Valve"]),
        ({"q": "\x00"}, ["Pump", "Seal", "Valve"]),
    ],
)
def test_list_is_narrowed(client: Client, query: dict[str, str], titles: list[str]) -> None:
    PatentFactory(number="EP-1234567-B1", country="EP", document_number="1234567", title="Valve")
    PatentFactory(title="Pump", legal_status="lapsed")
    LicenceOfferFactory(patent__title="Seal")
    page = text_of(client.get(LIST, query))
    assert [title for title in ("Pump", "Seal", "Valve") if f">{title}<" in page] == titles


def test_list_is_paged_by_key(client: Client) -> None:
    patents = [PatentFactory() for _ in range(21)]
    first = client.get(LIST)
    second = client.get(LIST, {"after": first.context["page"].next})
    seen = [patent.pk for response in (first, second) for patent in response.context["page"]]
    assert (sorted(seen), len(first.context["page"])) == (sorted(patent.pk for patent in patents), 20)


@pytest.mark.parametrize("who", ["anonymous", "owner"])
def test_list_costs_the_same_for_one_and_for_three(
    who: str, request: pytest.FixtureRequest, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    user = request.getfixturevalue(who)
    client = signed_in(user) if who != "anonymous" else Client()
    PatentFactory(owner=organisation)
    client.get(LIST)
    with django_assert_max_num_queries(12) as one:
        client.get(LIST)
    PatentFactory(owner=organisation)
    PatentFactory()
    with django_assert_max_num_queries(12) as three:
        client.get(LIST)
    assert len(three) == len(one)


def test_page_of_a_patent_tells_what_is_known(client: Client) -> None:
    cited = PatentFactory(number="US-4218478-A", document_number="4218478", kind_code="A", title="Older valve")
    patent = PatentFactory(title="Valve <b>", abstract="Opens & closes.", claims=["1. A valve.", "2. Its spring."])
    patent.parties.create(role="inventor", name="Ada Turner")
    patent.citations.create(raw="US4218478", number="US-4218478")
    patent.citations.create(raw="Anon., Valves", number="", sequence=1)
    relative = PatentFactory(family_key="f", title="Sister valve")
    Patent.objects.filter(pk=patent.pk).update(family_key="f")
    PoolMembershipFactory(patent=patent, pool__name="Open water")
    PoolMembershipFactory(patent=patent, pool=PoolFactory(name="Secret water", public=False))
    page = text_of(client.get(patent.get_absolute_url()))
    shown = ("Valve &lt;b&gt;", "Opens &amp; closes.", "2. Its spring.", "Ada Turner", "Anon., Valves", "Open water")
    assert [words for words in shown if words not in page] == []
    assert [each.get_absolute_url() in page for each in (cited, relative)] == [True, True]
    assert ("Secret water" in page, "<b>" in page) == (False, False)
    assert patent.get_absolute_url() in text_of(client.get(cited.get_absolute_url()))


@pytest.mark.parametrize("shape", ["US10123456B2", "us-10123456-b2", "US 10,123,456 B2", "US10123456"])
def test_number_in_another_shape_leads_to_the_page(client: Client, patent: Patent, shape: str) -> None:
    response = client.get(reverse("patents:patent-detail", args=[shape]))
    assert (response.status_code, response.headers["Location"]) == (302, "/patents/US-10123456-B2/")


@pytest.mark.parametrize("number", ["US-1-B2", "nonsense", "x" * 3000, "%00", "US-10123456-A1"])
def test_unknown_number_is_missing(client: Client, patent: Patent, number: str) -> None:
    assert client.get(f"/patents/{number}/").status_code == 404


def test_number_that_could_mean_two_is_missing(client: Client) -> None:
    for kind in ("A1", "B1"):
        PatentFactory(number=f"EP-1234567-{kind}", country="EP", document_number="1234567", kind_code=kind)
    assert client.get("/patents/EP1234567/").status_code == 404


def test_page_costs_the_same_with_one_and_with_three_of_everything(django_assert_max_num_queries: Any) -> None:
    patent = PatentFactory(family_key="f")

    def add(place: int) -> None:
        PatentFactory(family_key="f")
        other = PatentFactory()
        Citation.objects.create(patent=patent, raw=f"c{place}", number=other.number)
        Citation.objects.create(patent=other, raw="me", number=patent.number)
        PoolMembershipFactory(patent=patent)
        LicenceOfferFactory(patent=patent, organisation=None)

    add(0)
    client = Client()
    client.get(patent.get_absolute_url())
    with django_assert_max_num_queries(16) as one:
        client.get(patent.get_absolute_url())
    add(1)
    add(2)
    with django_assert_max_num_queries(16) as three:
        client.get(patent.get_absolute_url())
    assert len(three) == len(one)


def test_patent_is_added_by_its_form(owner: User, organisation: Organisation) -> None:
    response = signed_in(owner).post("/patents/new/", ADDED | {"owner": organisation.pk, "inventors": "Ada\nBo\nAda"})
    patent = Patent.objects.get(number="EP-1234567-B1")
    assert (response.status_code, response.headers["Location"]) == (302, patent.get_absolute_url())
    assert ([party.name for party in patent.parties.all()], patent.owner) == (["Ada", "Bo"], organisation)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "nonsense"}, "number"),
        ({"title": ""}, "title"),
        ({"title": "x" * 2000}, "title"),
        ({"legal_status": "splendid"}, "legal_status"),
        ({"filing_date": "2020-02-31"}, "filing_date"),
        ({"filing_date": "2020-02-02", "publication_date": "2019-01-01"}, "publication_date"),
        ({"inventors": "x" * 400}, "inventors"),
        ({"owner": "999999"}, "owner"),
    ],
)
def test_bad_form_is_shown_again(owner: User, change: dict[str, str], field: str) -> None:
    response = signed_in(owner).post("/patents/new/", ADDED | change)
    assert (response.status_code, list(response.context["form"].errors), Patent.objects.count()) == (422, [field], 0)


def test_known_number_is_pointed_out_on_the_form(owner: User) -> None:
    PatentFactory(number="EP-1234567-B1", country="EP", document_number="1234567")
    response = signed_in(owner).post("/patents/new/", ADDED)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["number"])


def test_form_sets_no_field_it_does_not_show(creator: User, organisation: Organisation) -> None:
    hostile = {
        "created_by": "1",
        "source": "office",
        "state": "x",
        "owner": organisation.pk,
        "id": "7",
        "sort_date": "1999-01-01",
    }
    response = signed_in(creator).post("/patents/new/", ADDED | hostile)
    assert (response.status_code, Patent.objects.count()) == (422, 0)


def test_patent_is_mended_by_its_form(patent: Patent, owner: User) -> None:
    client, url = signed_in(owner), f"{patent.get_absolute_url()}edit/"
    initial = client.get(url).context["form"].initial
    said = {"title": "Valve", "legal_status": "lapsed", "seen": initial["seen"]}
    assert client.post(url, said).status_code == 302
    patent.refresh_from_db()
    assert (patent.title, patent.legal_status, patent.status_source, patent.owner) == (
        "Valve", "lapsed", "entered", owner.organisations.get(),
    )  # fmt: skip


def test_second_editor_gets_a_conflict(patent: Patent, owner: User) -> None:
    client, url = signed_in(owner), f"{patent.get_absolute_url()}edit/"
    said = {"title": "First", "legal_status": "granted", "seen": actions.version_of(patent)}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said | {"title": "Second"}).status_code == 409
    assert Patent.objects.get().title == "First"


@pytest.mark.parametrize("who", ["colleague", "rival", "creator"])
@pytest.mark.parametrize("door", ["edit/", "offer/"])
def test_doors_of_others_are_not_there(patent: Patent, who: str, door: str, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(f"{patent.get_absolute_url()}{door}").status_code == 404


@pytest.mark.parametrize("door", ["edit/", "offer/", "owner/", "room/"])
def test_doors_ask_strangers_to_sign_in(client: Client, patent: Patent, door: str) -> None:
    response = client.post(f"{patent.get_absolute_url()}{door}")
    assert (response.status_code, "login" in response.headers["Location"]) == (302, True)


def test_master_hands_a_patent_over(patent: Patent, master: User, rival_organisation: Organisation) -> None:
    response = signed_in(master).post(f"{patent.get_absolute_url()}owner/", {"owner": rival_organisation.pk})
    patent.refresh_from_db()
    assert (response.status_code, patent.owner) == (302, rival_organisation)


def test_discussion_is_opened_by_asking_and_never_by_looking(patent: Patent, creator: User) -> None:
    client = signed_in(creator)
    assert "Open the discussion" in text_of(client.get(patent.get_absolute_url()))
    assert Room.objects.about(patent).count() == 0
    client.post(f"{patent.get_absolute_url()}room/")
    assert Room.objects.about(patent).count() == 1
    assert Room.objects.about(patent).get().public_id in text_of(client.get(patent.get_absolute_url()))
