"""What is sealed leaks by no door: each test makes the thing that could leak, and looks for it everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from challenges import rules
from challenges.actions import deciding, filing, reviewing, submitting
from challenges.actions.submitting import Texts
from challenges.enums import Accessed
from challenges.models import Challenge, Submission, SubmissionFile
from portal.accounts.models import Organisation, User
from tests.challenges import scenes
from tests.factories.accounts import UserFactory
from tests.portal.files.samples import upload

pytestmark = pytest.mark.django_db

TEXTS = Texts("CANARY-TITLE", "CANARY-ABSTRACT", "CANARY-BODY")
FILE = "CANARY-FILE.txt"
CANARIES = ("CANARY-TITLE", "CANARY-ABSTRACT", "CANARY-BODY", "CANARY-FILE", "CANARY-BYTES", "Cleo Creator")


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def submission(challenge: Challenge, creator: User) -> Submission:
    draft = scenes.begin(challenge, creator, TEXTS)
    submitting.attach_file(draft, upload(FILE, b"CANARY-BYTES"), actor=creator)
    filing.file_submission(draft, actor=creator)
    return Submission.objects.get(pk=draft.pk)


@pytest.fixture
def reviewer(submission: Submission, owner: User) -> User:
    person = UserFactory(display_name="Rhea Reviewer")
    assignment = reviewing.invite_reviewer(submission, person, actor=owner)
    reviewing.accept_assignment(assignment, actor=person)
    return person


def doors(submission: Submission) -> list[str]:
    """Every address at which something of a submission is read."""
    assignments = [reverse("challenges:review-detail", args=[a.public_id]) for a in submission.assignments.all()]
    files = [file.get_absolute_url() for file in submission.files.all()]
    return [
        submission.get_absolute_url(),
        reverse("challenges:submission-edit", args=[submission.public_id]),
        reverse("challenges:submission-list", args=[submission.challenge.slug]),
        reverse("challenges:receipt-detail", args=[scenes.receipt_of(submission).public_id]),
        reverse("challenges:receipt-download", args=[scenes.receipt_of(submission).public_id]),
        reverse("challenges:review-list"),
        submission.challenge.get_absolute_url(),
        *assignments,
        *files,
    ]


def seen_by(person: User | None, submission: Submission) -> set[str]:
    """The canaries that come out of any door for ``person``."""
    client = Client()
    if person is not None:
        client.force_login(person)
    told = ""
    for door in doors(submission):
        answer: Any = client.get(door)
        told += answer.getvalue().decode(errors="replace") if answer.streaming else answer.content.decode()
        told += str(answer.headers)
    menu = person is not None and person.display_name in CANARIES
    return {canary for canary in CANARIES if canary in told} - ({"Cleo Creator"} if menu else set())


OPEN = {"CANARY-TITLE", "CANARY-ABSTRACT"}
EVERYTHING = OPEN | {"CANARY-BODY", "CANARY-FILE", "CANARY-BYTES"}


def test_before_the_phase_closes_only_the_team_reads_the_body(
    submission: Submission, creator: User, owner: User, master: User, rival: User, reviewer: User
) -> None:
    assert {
        "team": seen_by(creator, submission),
        "seeker": seen_by(owner, submission) - {"Cleo Creator"},
        "master": seen_by(master, submission) - {"Cleo Creator"},
        "reviewer": seen_by(reviewer, submission) - {"Cleo Creator"},
        "rival": seen_by(rival, submission),
        "nobody": seen_by(None, submission),
    } == {
        "team": EVERYTHING,
        "seeker": OPEN,
        "master": OPEN,
        "reviewer": OPEN,
        "rival": set(),
        "nobody": set(),
    }


def test_afterwards_those_who_judge_read_it_and_nobody_else(
    submission: Submission, challenge: Challenge, owner: User, master: User, rival: User, reviewer: User
) -> None:
    scenes.close(challenge)
    for person in (owner, master, reviewer):
        assert seen_by(person, submission) - {"Cleo Creator"} == EVERYTHING
    assert seen_by(rival, submission) == seen_by(None, submission) == set()


def test_a_draft_of_the_next_version_stays_in_the_team(
    submission: Submission, challenge: Challenge, creator: User, owner: User, master: User
) -> None:
    secret = Texts("SECRET-TITLE", "SECRET-ABSTRACT", "SECRET-BODY")
    submitting.edit_draft(submission, secret, actor=creator, seen=TEXTS.mark)
    submitting.attach_file(submission, upload("SECRET.txt", b"SECRET"), actor=creator)
    scenes.close(challenge)
    for person in (owner, master):
        client = Client()
        client.force_login(person)
        told = "".join(str(client.get(door).getvalue()) for door in doors(submission))
        assert "SECRET" not in told


def test_withdrawn_nothing_comes_out_any_more(
    submission: Submission, challenge: Challenge, creator: User, owner: User, master: User, reviewer: User
) -> None:
    scenes.close(challenge)
    filing.withdraw_submission(submission, actor=creator)
    for person in (owner, master, reviewer):
        assert seen_by(person, submission) == set()


def test_a_conflict_closes_every_door_at_once(
    submission: Submission, challenge: Challenge, owner: User, reviewer: User
) -> None:
    scenes.close(challenge)
    assignment = submission.assignments.get()
    reviewing.declare_conflict(assignment, actor=reviewer, reason="A cousin.")
    assert seen_by(reviewer, submission) == set()


def test_a_double_blind_names_no_solver_before_the_decision(
    submission: Submission, challenge: Challenge, owner: User, reviewer: User
) -> None:
    challenge.phases.update(blind_level="double")
    scenes.close(challenge)
    for person in (owner, reviewer):
        assert "Cleo Creator" not in seen_by(person, submission)
    Challenge.objects.filter(pk=challenge.pk).update(state="decided")
    assert "Cleo Creator" in seen_by(owner, submission)


def test_the_team_sees_who_opened_what(
    submission: Submission, challenge: Challenge, creator: User, owner: User, client: Client
) -> None:
    client.force_login(creator)
    client.get(submission.get_absolute_url())
    client.get(SubmissionFile.objects.get().get_absolute_url()).getvalue()
    assert submission.accesses.count() == 0
    scenes.close(challenge)
    client.force_login(owner)
    client.get(submission.get_absolute_url())
    client.get(submission.get_absolute_url())
    client.get(SubmissionFile.objects.get().get_absolute_url()).getvalue()
    assert sorted(submission.accesses.values_list("viewer", "what")) == [
        (owner.pk, Accessed.BODY),
        (owner.pk, Accessed.FILE),
    ]
    client.force_login(creator)
    shown = client.get(submission.get_absolute_url()).content.decode()
    assert (owner.display_name in shown, "Who opened it" in shown) == (True, True)


def test_a_quiet_decision_does_not_show_to_the_team(
    submission: Submission, challenge: Challenge, creator: User, owner: User, client: Client
) -> None:
    scenes.close(challenge, evaluating=True)
    deciding.take_into_evaluation(submission, actor=owner)
    deciding.decide_quietly(submission, "select", actor=owner, feedback="CANARY-FEEDBACK")
    client.force_login(creator)
    told = client.get(submission.get_absolute_url()).content.decode()
    assert ("CANARY-FEEDBACK" in told, "Noted" in told) == (False, False)


def test_the_room_of_team_and_seeker_opens_with_the_body(
    submission: Submission, challenge: Challenge, owner: User, master: User, creator: User, reviewer: User
) -> None:
    def inside() -> list[bool]:
        return [bool(rules.can_talk_with_team(person, submission)) for person in (creator, owner, master, reviewer)]

    def twins() -> list[bool]:
        return [
            Submission.objects.talking_with(person).filter(pk=submission.pk).exists()
            for person in (creator, owner, master, reviewer)
        ]

    assert inside() == twins() == [True, False, False, False]
    scenes.close(challenge)
    assert inside() == twins() == [True, True, False, False]
    challenge.phases.update(blind_level="double")
    submission.refresh_from_db()
    assert inside() == twins() == [True, False, False, False]


@pytest.mark.parametrize(
    "field", ["state", "informed_at", "filed_at", "pending_decision", "challenge", "team", "award"]
)
def test_no_form_writes_what_it_does_not_show(
    submission: Submission, creator: User, field: str, client: Client
) -> None:
    client.force_login(creator)
    before = Submission.objects.filter(pk=submission.pk).values().get()
    data = {**replace(TEXTS, body="New.").parts(), "seen": TEXTS.mark, field: "selected"}
    client.post(reverse("challenges:submission-edit", args=[submission.public_id]), data)
    after = Submission.objects.filter(pk=submission.pk).values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
