from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from challenges.actions import inviting
from challenges.actions.inviting import MOST_A_DAY, invite
from challenges.enums import ChallengeState
from challenges.models import Challenge, ChallengeInvitation
from challenges.queries.history import history_of
from challenges.queries.inviting import invitations_to
from challenges.queries.inviting import inviting as inviting_of
from portal.accounts.models import Organisation, User
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused
from portal.kernel.outbox import drain
from portal.notifications.models import Notification
from tests.challenges import scenes
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.challenges import (
    AssignmentFactory,
    ChallengeFactory,
    RegistrationFactory,
    SubmissionFactory,
    take_part,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


def told(person: User) -> list[str]:
    return [row.subject for row in Notification.objects.filter(user=person, category="invitations")]


def test_a_person_is_told_once_by_inbox_and_mail(
    challenge: Challenge, owner: User, mailoutbox: list[Any], organisation: Organisation
) -> None:
    person = UserFactory()

    first, again = (invite(challenge, person, actor=owner) for _ in range(2))
    drain()

    assert first == again
    assert told(person) == [f"{organisation} invites you: {challenge}"]
    assert [(mail.to, challenge.slug in mail.body) for mail in mailoutbox] == [([person.email], True)]
    assert "Somebody invited" in [str(event.label) for event in history_of(challenge)]
    events = [event for event in audit.history(challenge) if event.action == "challenge.invite"]
    assert [event.facts["invited"] for event in events] == [f"person:{person.public_id}"]


def test_of_an_organisation_the_owners_are_told(challenge: Challenge, owner: User) -> None:
    works = OrganisationFactory(name="Pump works")
    boss, hand = owner_of(works), member_of(works)

    invitation = invite(challenge, works, actor=owner)

    assert (invitation.invited, len(told(boss)), told(hand)) == (works, 1, [])


@pytest.mark.parametrize("who", ["stranger", "colleague", "master"])
def test_only_those_who_manage_the_challenge_invite(challenge: Challenge, organisation: Organisation, who: str) -> None:
    actors = {
        "stranger": UserFactory,
        "colleague": lambda: member_of(organisation),
        "master": lambda: UserFactory(is_platform_master=True),
    }

    with pytest.raises(Missing):
        invite(challenge, UserFactory(), actor=actors[who]())

    assert not ChallengeInvitation.objects.exists()


@pytest.mark.parametrize("state", [state for state in ChallengeState if state not in ("forecast", "open")])
def test_nobody_is_invited_where_nobody_may_enter(owner: User, organisation: Organisation, state: str) -> None:
    with pytest.raises(Missing):
        invite(ChallengeFactory(organisation=organisation, state=state), UserFactory(), actor=owner)


def test_a_challenge_that_is_announced_may_gather_solvers(owner: User, organisation: Organisation) -> None:
    announced = ChallengeFactory(organisation=organisation, state=ChallengeState.FORECAST)

    assert invite(announced, UserFactory(), actor=owner).pk


@pytest.mark.parametrize("side", ["seeker", "master", "reviewer", "organisation"])
def test_nobody_on_another_side_is_invited(
    challenge: Challenge, owner: User, organisation: Organisation, side: str
) -> None:
    invited: Any = {
        "seeker": lambda: member_of(organisation),
        "master": lambda: UserFactory(is_platform_master=True),
        "reviewer": lambda: AssignmentFactory(submission=SubmissionFactory(challenge=challenge)).reviewer,
        "organisation": lambda: organisation,
    }[side]()

    with pytest.raises(Refused) as refusal:
        invite(challenge, invited, actor=owner)

    assert refusal.value.code == "own_side"


def test_who_takes_part_already_is_not_invited(challenge: Challenge, owner: User) -> None:
    person = UserFactory()
    take_part(person, challenge)

    with pytest.raises(Refused, match="entered"):
        invite(challenge, person, actor=owner)


def test_an_organisation_for_which_somebody_entered_takes_part(challenge: Challenge, owner: User) -> None:
    entered, waiting = OrganisationFactory(name="Pump works"), OrganisationFactory(name="Valve works")
    for body in (entered, waiting):
        invite(challenge, body, actor=owner)
    registration = take_part(UserFactory(), challenge)
    registration.organisation = entered
    registration.save()
    late = OrganisationFactory()
    RegistrationFactory(challenge=challenge, organisation=late)

    standing = inviting_of(challenge, owner)

    assert [invitation.invited for invitation in invitations_to(challenge)] == [waiting]
    assert standing is not None
    assert {entered.slug, late.slug} <= standing.entered
    with pytest.raises(Refused, match="entered"):
        invite(challenge, late, actor=owner)


def test_there_is_enough_for_a_day(challenge: Challenge, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "MOST_A_DAY", 2)
    assert MOST_A_DAY == 50
    first = [UserFactory() for _ in range(2)]
    for person in first:
        invite(challenge, person, actor=owner)

    with pytest.raises(Refused) as refusal:
        invite(challenge, UserFactory(), actor=owner)

    assert refusal.value.code == "too_many"
    assert invite(challenge, first[0], actor=owner).user == first[0], "those invited before are not refused"


def test_the_page_invites_whom_everybody_may_see(challenge: Challenge, owner: User, client: Client) -> None:
    client.force_login(owner)
    seen, shy = UserFactory(), UserFactory(profile__is_public=False)
    address = f"/challenges/{challenge.slug}/invitations/"

    answers = [
        client.post(address, {"kind": kind, "key": key}).status_code
        for kind, key in (("person", seen.public_id), ("person", shy.public_id), ("patent", "US-1-A"), ("", ""))
    ]

    assert answers == [302, 404, 404, 404]
    assert [invitation.invited for invitation in challenge.invitations.all()] == [seen]
    listed = client.get(f"/challenges/{challenge.slug}/registrations/").content.decode()
    assert seen.display_name in listed
    take_part(seen, challenge)
    listed = client.get(f"/challenges/{challenge.slug}/registrations/").content.decode()
    assert "invited" not in listed.lower().partition("</table>")[2].partition("see who fits")[2]
