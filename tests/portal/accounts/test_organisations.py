"""Founding, keeping and showing organisations."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.accounts.actions import edit_organisation, found_organisation
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused
from portal.notifications.models import Notification
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of


def test_founder_owns_what_waits_for_verification(creator: User, master: User) -> None:
    lab = found_organisation(actor=creator, name="Cleo's Lab", kind="laboratory", country="FR")

    assert (lab.slug, lab.state, lab.founded_by) == ("cleos-lab", "pending", creator)
    assert creator.owned_organisation_ids == {lab.pk}
    assert [n.user for n in Notification.objects.all()] == [master]


@pytest.mark.parametrize("name", ["New", "Invitations", "Acme"])
def test_address_is_nobody_elses(creator: User, name: str) -> None:
    OrganisationFactory(slug="acme")

    assert found_organisation(actor=creator, name=name, kind="company").slug != name.lower()


def test_name_in_another_script_gets_an_address(creator: User) -> None:
    assert found_organisation(actor=creator, name="海尔", kind="company").slug.startswith("org-")


def test_unproved_address_founds_nothing(db: None) -> None:
    with pytest.raises(Missing):
        found_organisation(actor=UserFactory(verified=False), name="X", kind="company")


def test_microenterprise_needs_a_parent_of_ones_own(creator: User, colleague: User, organisation: Organisation) -> None:
    with pytest.raises(Refused) as refusal:
        found_organisation(actor=colleague, name="Alone", kind="microenterprise")
    with pytest.raises(Missing):
        found_organisation(actor=creator, name="Foreign", kind="microenterprise", parent=organisation)

    inside = found_organisation(actor=colleague, name="Inside", kind="microenterprise", parent=organisation)

    assert refusal.value.field == "parent"
    assert inside.parent == organisation


def test_database_holds_the_same(organisation: Organisation) -> None:
    for wrong in ({"kind": "microenterprise"}, {"parent": organisation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(**wrong)


def test_five_may_wait(creator: User) -> None:
    for number in range(5):
        found_organisation(actor=creator, name=f"Shell {number}", kind="company")

    with pytest.raises(Refused):
        found_organisation(actor=creator, name="Shell 6", kind="company")


def test_only_owners_edit(owner: User, colleague: User, master: User, organisation: Organisation) -> None:
    edit_organisation(organisation, actor=owner, summary="We ask.")
    for person in (colleague, master):
        with pytest.raises(Missing):
            edit_organisation(organisation, actor=person, summary="No.")

    organisation.refresh_from_db()
    assert organisation.summary == "We ask."


@pytest.mark.parametrize("fact", ["state", "slug", "kind", "parent", "founded_by"])
def test_what_is_fixed_is_no_fact_to_edit(owner: User, organisation: Organisation, fact: str) -> None:
    with pytest.raises(TypeError):
        edit_organisation(organisation, actor=owner, **{fact: "x"})


def test_founding_form_says_what_is_wrong(client: Client, creator: User) -> None:
    client.force_login(creator)

    answer = client.post("/organisations/new/", {"name": "Alone", "kind": "microenterprise"})

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"parent"}


def test_founding_twice_with_one_key_founds_once(client: Client, creator: User) -> None:
    client.force_login(creator)
    form = {"name": "Once", "kind": "company", "idempotency_key": "k1"}

    answers = [client.post("/organisations/new/", form)["Location"] for _ in range(2)]

    assert answers == ["/organisations/once/"] * 2
    assert Organisation.objects.count() == 1


def test_form_cannot_verify_itself(client: Client, creator: User) -> None:
    client.force_login(creator)

    client.post("/organisations/new/", {"name": "Sly", "kind": "company", "state": "verified"})

    assert Organisation.objects.get().state == "pending"


@pytest.mark.parametrize("state", ["pending", "declined", "suspended"])
def test_unverified_organisation_is_there_for_its_own(
    client: Client, state: str, organisation: Organisation, owner: User, colleague: User, rival: User, master: User
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state=state)
    seen = {"nobody": client.get("/organisations/acme/").status_code}
    for person in (owner, colleague, rival, master):
        client.force_login(person)
        seen[person.display_name] = client.get("/organisations/acme/").status_code

    assert seen == {
        "nobody": 404,
        "Olga Owner": 200,
        "Colin Colleague": 200,
        "Rita Rival": 404,
        "Mara Master": 200,
    }


def test_private_member_is_not_shown_to_strangers(client: Client, organisation: Organisation, owner: User) -> None:
    member_of(organisation, display_name="Pia Private", profile__is_public=False)

    assert "Pia Private" not in client.get("/organisations/acme/").content.decode()
    client.force_login(owner)
    assert "Pia Private" in client.get("/organisations/acme/").content.decode()


def test_master_decides_by_page(client: Client, master: User, organisation: Organisation) -> None:
    client.force_login(master)

    client.post("/organisations/acme/transitions/", {"name": "suspend", "reason": "Silent."})
    again = client.post("/organisations/acme/transitions/", {"name": "suspend", "reason": "Silent."})

    organisation.refresh_from_db()
    assert (organisation.state, again.status_code) == ("suspended", 409)


def test_list_costs_the_same_for_one_and_three(client: Client, db: None, django_assert_max_num_queries: Any) -> None:
    UserFactory()
    costs = []
    for number in (1, 2):
        OrganisationFactory.create_batch(number)
        with django_assert_max_num_queries(6) as asked:
            assert client.get("/organisations/?kind=company&q=Org").status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("query", ["?kind=nonsense", "?industry=%00", "?after=garbage", "?page=-1", "?q=%F0%9F%90%9D"])
def test_odd_filters_are_harmless(client: Client, organisation: Organisation, query: str) -> None:
    assert client.get(f"/organisations/{query}").status_code == 200
    assert client.get(f"/people/{query}").status_code == 200
