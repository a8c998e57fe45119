"""Profiles, and what is left of a person who goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core import serializers
from django.test import Client

from portal.accounts import signals
from portal.accounts.actions import edit_person, erase_person, found_organisation, invite_member
from portal.accounts.models import Profile, User
from portal.kernel.audit import verify
from portal.kernel.errors import Missing, Refused
from tests.factories.accounts import PASSWORD, UserFactory, member_of

CANARY = "Zaphira"


def test_profile_is_written_and_made_safe(creator: User) -> None:
    edit_person(
        creator,
        actor=creator,
        display_name="Cleo C.",
        headline="Welds",
        bio="**Bold** <script>x</script>",
        skills=["Welding", " welding", "焊接", "CAD"],
        languages=["en", "ru"],
        country="DE",
        is_public=True,
        preferred_language="ru",
        time_zone="Europe/Berlin",
    )

    profile = Profile.objects.get(user=creator)
    assert sorted(skill.name for skill in profile.skills.all()) == ["CAD", "Welding", "焊接"]
    assert "<strong>Bold</strong>" in profile.bio_html
    assert "<script" not in profile.bio_html
    assert (profile.country.code, profile.languages) == ("DE", ["en", "ru"])


def test_nobody_writes_another_ones_profile(creator: User, rival: User, master: User) -> None:
    for stranger in (rival, master):
        with pytest.raises(Missing):
            edit_person(creator, actor=stranger, headline="Mine now")


@pytest.mark.parametrize("fact", ["is_platform_master", "is_staff", "email", "password"])
def test_role_is_no_fact_to_edit(creator: User, fact: str) -> None:
    with pytest.raises(TypeError):
        edit_person(creator, actor=creator, **{fact: True})


def test_form_ignores_what_it_does_not_ask(client: Client, creator: User) -> None:
    client.force_login(creator)

    client.post(
        "/account/profile/",
        {
            "display_name": "C",
            "preferred_language": "en",
            "time_zone": "UTC",
            "is_platform_master": "on",
            "email": "x@y.org",
        },
    )

    creator.refresh_from_db()
    assert (creator.display_name, creator.is_platform_master, creator.email != "x@y.org") == ("C", False, True)


@pytest.fixture
def zaphira(db: None, organisation: Any, owner: User) -> User:
    """Somebody whose every text can be found again."""
    person = member_of(organisation, display_name=f"{CANARY} Z", email=f"{CANARY.lower()}@example.org")
    edit_person(person, actor=person, headline=CANARY, bio=CANARY, skills=["CAD"], is_public=True)
    invite_member(organisation, actor=owner, email=person.email)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=person).exists()
    return person


def everything() -> str:
    """All rows of all tables, as text."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return "\n".join(serializers.serialize("json", model._base_manager.all()) for model in models)


def test_erasure_leaves_ids_and_no_word(zaphira: User) -> None:
    before = (zaphira.pk, zaphira.public_id)
    assert CANARY.lower() in everything().lower()

    erase_person(zaphira, actor=zaphira)

    gone = User.objects.get(pk=zaphira.pk)
    assert (gone.pk, gone.public_id) == before
    assert (gone.display_name, gone.is_active, gone.has_usable_password()) == ("", False, False)
    assert gone.erased_at is not None
    assert CANARY.lower() not in everything().lower()
    assert list(verify()) == []


def test_erasure_ends_every_session_and_membership(zaphira: User, heard: Any) -> None:
    ended, left, erased = heard(signals.signed_out), heard(signals.membership_removed), heard(signals.person_erased)

    erase_person(zaphira, actor=zaphira)

    assert not UserSession.objects.filter(user=zaphira).exists()
    assert [news["session_key"] is None for news in ended] == [False, True]
    assert len(left) == 1
    assert erased[0]["addresses"] == [f"{CANARY.lower()}@example.org"]


def test_erased_person_cannot_sign_in(zaphira: User, client: Client) -> None:
    address = zaphira.email
    erase_person(zaphira, actor=zaphira)

    client.post("/account/login/", {"login": address, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.filter(user=zaphira).exists()


def test_address_is_free_again(zaphira: User) -> None:
    address = zaphira.email
    erase_person(zaphira, actor=zaphira)

    assert UserFactory(email=address).pk != zaphira.pk


def test_only_owner_and_only_master_stay(owner: User, master: User) -> None:
    for person in (owner, master):
        with pytest.raises(Refused):
            erase_person(person, actor=person)
        person.refresh_from_db()
        assert person.is_active


def test_nobody_erases_another(creator: User, master: User) -> None:
    with pytest.raises(Missing):
        erase_person(creator, actor=master)


def test_erasing_asks_for_the_password(client: Client, creator: User) -> None:
    client.force_login(creator)

    answer = client.post("/account/delete/", {"sure": "on"})

    assert answer["Location"].startswith("/account/reauthenticate/")
    creator.refresh_from_db()
    assert creator.erased_at is None


def test_own_data_can_be_taken_along(client: Client, creator: User) -> None:
    found_organisation(actor=creator, name="Cleo's Lab", kind="laboratory")
    client.force_login(creator)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    answer = client.get("/account/export/")

    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["account"]["name"] == "Cleo Creator"
    assert [m["organisation"] for m in data["organisations"]] == ["Cleo's Lab"]
    assert data["account"]["addresses"] == [{"email": creator.email, "verified": True, "primary": True}]
