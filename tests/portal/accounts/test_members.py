"""Who belongs to an organisation, and that inviting tells nobody who has an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from portal.accounts import signals
from portal.accounts.actions import (
    accept_invitation,
    change_role,
    decline_invitation,
    invite_member,
    leave_organisation,
    remove_member,
    withdraw_invitation,
)
from portal.accounts.models import Invitation, Organisation, User
from portal.kernel.errors import Missing, Refused
from portal.kernel.outbox import drain
from portal.notifications.models import Notification
from tests.factories.accounts import UserFactory


def roles(organisation: Organisation) -> dict[str, str]:
    return dict(organisation.memberships.values_list("user__display_name", "role"))


def test_invited_person_joins(owner: User, creator: User, organisation: Organisation, heard: Any) -> None:
    joined = heard(signals.membership_added)
    invitation = invite_member(organisation, actor=owner, email=creator.email.upper(), role="owner")

    accept_invitation(invitation, actor=creator)

    assert roles(organisation) == {"Olga Owner": "owner", "Cleo Creator": "owner"}
    assert [(n["user"], n["organisation"]) for n in joined] == [(creator, organisation)]
    assert organisation.pk in creator.owned_organisation_ids


def test_invitation_looks_the_same_for_every_address(
    client: Client, owner: User, creator: User, organisation: Organisation
) -> None:
    client.force_login(owner)
    shown = []
    for address in (creator.email, "nobody@example.org"):
        answer = client.post("/organisations/acme/members/", {"email": address, "role": "member"})
        page = client.get(answer["Location"])
        shown.append((answer.status_code, answer["Location"], [str(m) for m in page.context["messages"]]))
        assert address in page.content.decode()

    assert shown[0] == shown[1]
    assert roles(organisation) == {"Olga Owner": "owner"}


def test_only_a_person_with_the_proved_address_is_told(owner: User, creator: User, organisation: Organisation) -> None:
    unproved = UserFactory(email="maybe@example.org", verified=False)
    for address in (creator.email, unproved.email, "nobody@example.org"):
        invite_member(organisation, actor=owner, email=address)
    assert not Notification.objects.exists()

    drain(["invitation"])

    assert [n.user for n in Notification.objects.all()] == [creator]


def test_whoever_signs_up_later_finds_the_invitation(owner: User, organisation: Organisation) -> None:
    invitation = invite_member(organisation, actor=owner, email="later@example.org")

    later = UserFactory(email="later@example.org")

    assert list(Invitation.objects.visible_to(later)) == [invitation]


def test_inviting_again_changes_nothing(owner: User, organisation: Organisation) -> None:
    first = invite_member(organisation, actor=owner, email="a@example.org")

    assert invite_member(organisation, actor=owner, email="A@example.org", role="owner") == first
    assert organisation.invitations.get().role == "member"


def test_twenty_invitations_an_hour(owner: User, organisation: Organisation) -> None:
    for number in range(20):
        invite_member(organisation, actor=owner, email=f"{number}@example.org")

    with pytest.raises(Refused):
        invite_member(organisation, actor=owner, email="one-more@example.org")


def test_others_do_not_invite(colleague: User, rival: User, master: User, organisation: Organisation) -> None:
    for person in (colleague, rival, master):
        with pytest.raises(Missing):
            invite_member(organisation, actor=person, email="a@example.org")


def test_answered_or_withdrawn_invitation_is_over(owner: User, creator: User, organisation: Organisation) -> None:
    for end, actor in ((decline_invitation, creator), (withdraw_invitation, owner)):
        invitation = invite_member(organisation, actor=owner, email=creator.email)
        end(invitation, actor=actor)
        with pytest.raises(Missing):
            accept_invitation(invitation, actor=creator)

    assert roles(organisation) == {"Olga Owner": "owner"}


def test_somebody_elses_invitation_is_not_there(
    client: Client, owner: User, creator: User, rival: User, organisation: Organisation
) -> None:
    invitation = invite_member(organisation, actor=owner, email=creator.email)
    client.force_login(rival)

    path = f"/organisations/invitations/{invitation.public_id}/"
    assert client.get(path).status_code == 404
    assert client.post(path, {"answer": "accept"}).status_code == 404


def test_removed_member_loses_everything_at_once(
    owner: User, colleague: User, organisation: Organisation, heard: Any, mailoutbox: list[EmailMessage]
) -> None:
    gone: list[dict[str, Any]] = heard(signals.membership_removed)

    remove_member(organisation, colleague, actor=owner)

    assert roles(organisation) == {"Olga Owner": "owner"}
    assert [(n["user"], n["organisation"], n["actor"]) for n in gone] == [(colleague, organisation, owner)]
    assert colleague.organisation_ids == frozenset()


@pytest.mark.parametrize(
    "leave",
    [
        lambda organisation, owner: leave_organisation(organisation, actor=owner),
        lambda organisation, owner: remove_member(organisation, owner, actor=owner),
        lambda organisation, owner: change_role(organisation, owner, "member", actor=owner),
    ],
)
def test_last_owner_stays(
    leave: Callable[..., object], owner: User, colleague: User, organisation: Organisation
) -> None:
    with pytest.raises(Refused) as refusal:
        leave(organisation, owner)

    assert refusal.value.code == "last_owner"
    assert roles(organisation)["Olga Owner"] == "owner"


def test_owner_leaves_after_making_another(owner: User, colleague: User, organisation: Organisation) -> None:
    change_role(organisation, colleague, "owner", actor=owner)

    leave_organisation(organisation, actor=owner)

    assert roles(organisation) == {"Colin Colleague": "owner"}


def test_members_page_belongs_to_owners(
    client: Client, owner: User, colleague: User, rival: User, organisation: Organisation
) -> None:
    seen = {}
    for person in (owner, colleague, rival):
        client.force_login(person)
        seen[person.display_name] = client.get("/organisations/acme/members/").status_code

    assert seen == {"Olga Owner": 200, "Colin Colleague": 404, "Rita Rival": 404}


def test_owner_removes_by_page(client: Client, owner: User, colleague: User, organisation: Organisation) -> None:
    client.force_login(owner)

    client.post(f"/organisations/acme/members/{colleague.public_id}/", {"role": "remove"})

    assert roles(organisation) == {"Olga Owner": "owner"}


def test_stranger_is_no_member_to_change(client: Client, owner: User, rival: User, organisation: Organisation) -> None:
    client.force_login(owner)

    answer = client.post(f"/organisations/acme/members/{rival.public_id}/", {"role": "remove"})

    assert answer.status_code == 404
