"""A kept answer is told again to nobody who may not know it any more, and to nobody after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from challenges.models import Challenge
from portal.accounts.actions.people import erase_person
from portal.accounts.models import User
from portal.api.models import KeptAnswer
from portal.api.tasks import forget_answers
from portal.discussions.models import Message
from tests.challenges import scenes
from tests.factories.challenges import ChallengeFactory
from tests.factories.discussions import RoomFactory
from tests.portal.api.conftest import problem_of
from tests.portal.api.test_way import a_challenge

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "k1"}
SAID = {"id": "6f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d", "text": "Once."}


def aged(hours: int, **which: Any) -> None:
    KeptAnswer.objects.filter(**which).update(created_at=timezone.now() - timedelta(hours=hours))


@pytest.fixture
def in_review(organisation) -> str:
    return f"challenges/{ChallengeFactory(organisation=organisation, state='in_review', published_at=None).slug}"


def test_what_the_master_was_told_is_not_told_to_a_token_without_the_office(program_of, master, in_review) -> None:
    approve = f"{in_review}/transitions", {"name": "approve"}
    assert program_of(master).post(*approve, **KEY).status_code == 200

    lesser = program_of(master, "read", "write").post(*approve, **KEY)

    assert problem_of(lesser) == (422, "key_used")
    again = program_of(master).post(*approve, **KEY)
    assert (again.status_code, again["Idempotency-Replayed"]) == (200, "true")


def test_what_was_told_without_the_office_is_told_again_with_it(program_of, master) -> None:
    path = f"rooms/{RoomFactory().public_id}/messages"
    first = program_of(master, "read", "write").post(path, SAID, **KEY)

    again = program_of(master).post(path, SAID, **KEY)

    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (201, first.json(), "true")


def test_a_token_that_only_reads_is_told_nothing_again(program_of, creator) -> None:
    path = f"rooms/{RoomFactory().public_id}/messages"
    program_of(creator).post(path, SAID, **KEY)

    assert problem_of(program_of(creator, "read").post(path, SAID, **KEY)) == (403, "permission_denied")


def test_who_lost_sight_of_it_is_not_told_again(program_of, owner, organisation) -> None:
    program, body = program_of(owner), a_challenge()
    assert program.post("challenges", body, **KEY).status_code == 201
    organisation.memberships.filter(user=owner).delete()
    Challenge.objects.update(posted_by=None)

    again = program.post("challenges", body, **KEY)

    assert problem_of(again) == (404, "missing")
    assert Challenge.objects.count() == 1


def test_after_a_day_the_key_is_new_even_before_anybody_tidied_up(program_of, creator) -> None:
    path, program = f"rooms/{RoomFactory().public_id}/messages", program_of(creator)
    program.post(path, SAID, **KEY)
    other = SAID | {"id": "7f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d"}

    aged(23)
    assert problem_of(program.post(path, other, **KEY)) == (422, "key_used")
    aged(24)
    anew = program.post(path, other, **KEY)

    assert (anew.status_code, anew.json()["seq"], "Idempotency-Replayed" in anew) == (201, 2, False)
    assert (KeptAnswer.objects.count(), Message.objects.count()) == (1, 2)


def test_answers_are_forgotten_after_a_day(creator) -> None:
    for key, hours in (("old", 25), ("young", 23)):
        KeptAnswer.objects.create(user=creator, key=key, request_hash="x")
        aged(hours, key=key)

    forget_answers()

    assert [kept.key for kept in KeptAnswer.objects.all()] == ["young"]


def test_nothing_is_kept_of_who_is_erased(program_of, organisation, creator: User, rival: User) -> None:
    challenge = scenes.open_challenge(organisation)
    for person in (creator, rival):
        scenes.begin(challenge, person)
        path = f"challenges/{challenge.slug}/registrations"
        terms = program_of(person).get(f"challenges/{challenge.slug}").json()["terms"]["sha256"]
        assert program_of(person).post(path, {"accept_terms": terms}, **KEY).status_code == 201

    erase_person(creator, actor=creator)

    assert [kept.user for kept in KeptAnswer.objects.all()] == [rival]
