"""The life of a challenge, verb by verb."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from challenges.actions.moving import (
    announce_challenge,
    approve_challenge,
    cancel_challenge,
    close_challenge,
    decide_challenge,
    evaluate_challenge,
    move_challenge,
    publish_challenge,
    request_changes,
    submit_for_review,
)
from challenges.audiences import PUBLIC, REGISTERED, REVIEWERS
from challenges.enums import ChallengeState, PhaseState, SubmissionState
from challenges.models import Challenge
from portal.accounts.models import Organisation, User
from portal.discussions.queries import rooms_about
from portal.kernel.audit import history
from portal.kernel.errors import Missing, Refused, WrongState
from portal.notifications.models import Notification
from tests.factories.challenges import ChallengeFactory, RegistrationFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation: Organisation, owner: User) -> Challenge:
    return ChallengeFactory(organisation=organisation, posted_by=owner, state=ChallengeState.DRAFT)


def test_from_draft_to_open(draft: Challenge, owner: User, master: User) -> None:
    submit_for_review(draft, actor=owner)
    approve_challenge(draft, actor=master)
    opened = publish_challenge(draft, actor=owner)
    assert (opened.state, opened.phases.get().state, opened.terms_versions.get().is_frozen) == (
        ChallengeState.OPEN,
        PhaseState.OPEN,
        True,
    )
    assert opened.published_at is not None
    assert opened.opens_at <= timezone.now()
    assert [event.action for event in history(opened)] == [
        "challenge.submit_for_review",
        "challenge.approve",
        "challenge.publish",
    ]


def test_opening_opens_the_rooms(draft: Challenge, owner: User, creator: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(state=ChallengeState.APPROVED)
    publish_challenge(draft, actor=owner)
    assert {room.audience for room in rooms_about(draft, owner)} == {PUBLIC, REGISTERED}
    assert {room.audience for room in rooms_about(draft, creator)} == {PUBLIC}


def test_announcing_shows_it_to_everybody(draft: Challenge, owner: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(state=ChallengeState.APPROVED)
    announced = announce_challenge(draft, actor=owner)
    assert (announced.state, announced.is_public, announced.terms_versions.get().is_frozen) == (
        ChallengeState.FORECAST,
        True,
        False,
    )


def test_poster_may_not_approve_even_as_platform_master(organisation: Organisation, master: User) -> None:
    challenge = ChallengeFactory(organisation=organisation, posted_by=master, state=ChallengeState.IN_REVIEW)
    with pytest.raises(Missing):
        approve_challenge(challenge, actor=master)
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.IN_REVIEW


def test_changes_are_requested_with_a_reason(draft: Challenge, owner: User, master: User) -> None:
    submit_for_review(draft, actor=owner)
    with pytest.raises(Refused, match="reason"):
        request_changes(draft, actor=master, reason="  ")
    request_changes(draft, actor=master, reason="Say what was tried.")
    assert (draft.state, draft.review_note) == (ChallengeState.CHANGES_REQUESTED, "Say what was tried.")
    submit_for_review(draft, actor=owner)
    assert draft.review_note == ""


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"problem": ""}, "incomplete"),
        ({"closes_at": None}, "incomplete"),
        ({"opens_at": None, "closes_at": timezone.now() - timedelta(days=1)}, "too_late"),
    ],
)
def test_incomplete_challenge_is_not_sent_in(draft: Challenge, owner: User, broken: dict, code: str) -> None:
    Challenge.objects.filter(pk=draft.pk).update(**broken)
    with pytest.raises(Refused) as refusal:
        submit_for_review(draft, actor=owner)
    assert refusal.value.code == code


def test_suspended_organisation_cannot_open(draft: Challenge, owner: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(state=ChallengeState.APPROVED)
    Organisation.objects.filter(pk=draft.organisation_id).update(state="suspended")
    draft.refresh_from_db()
    with pytest.raises(Missing):
        publish_challenge(draft, actor=owner)


def test_closing_unseals_and_opens_the_reviewers_room(owner: User, organisation: Organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    close_challenge(challenge, actor=owner)
    assert (challenge.state, challenge.phases.get().state) == (ChallengeState.CLOSED, PhaseState.CLOSED)
    assert REVIEWERS in {room.audience for room in rooms_about(challenge, owner)}


def test_cancelling_keeps_the_seal_and_tells_everybody(owner: User, organisation: Organisation, creator: User) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    RegistrationFactory(challenge=challenge, user=creator)
    cancel_challenge(challenge, actor=owner, reason="No budget.")
    assert (challenge.state, challenge.cancel_reason) == (ChallengeState.CANCELLED, "No budget.")
    assert challenge.phases.get().is_unsealed is False
    told = Notification.objects.filter(subject__startswith="Cancelled")
    assert set(told.values_list("user", "body")) == {(owner.pk, "No budget."), (creator.pk, "No budget.")}


def test_decision_waits_for_every_submission(owner: User, organisation: Organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.CLOSED)
    SubmissionFactory(challenge=challenge, state=SubmissionState.IN_EVALUATION)
    evaluate_challenge(challenge, actor=owner)
    with pytest.raises(Refused, match="not decided"):
        decide_challenge(challenge, actor=owner)
    assert challenge.state == ChallengeState.EVALUATING


def test_decision_releases_what_was_decided_quietly(owner: User, organisation: Organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.EVALUATING)
    submission = SubmissionFactory(challenge=challenge, state=SubmissionState.IN_EVALUATION, pending_decision="decline")
    decide_challenge(challenge, actor=owner)
    submission.refresh_from_db()
    assert (challenge.state, submission.state, submission.informed_at is not None) == (
        ChallengeState.DECIDED,
        SubmissionState.NOT_SELECTED,
        True,
    )


def test_second_publisher_is_told(draft: Challenge, owner: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(state=ChallengeState.APPROVED)
    stale = Challenge.objects.get(pk=draft.pk)
    publish_challenge(draft, actor=owner)
    with pytest.raises(WrongState):
        publish_challenge(stale, actor=owner)


def test_move_by_name(draft: Challenge, owner: User) -> None:
    assert move_challenge(draft, "submit_for_review", actor=owner).state == ChallengeState.IN_REVIEW
    with pytest.raises(Missing):
        move_challenge(draft, "teleport", actor=owner)


def test_masters_are_told_of_what_waits(draft: Challenge, owner: User, master: User) -> None:
    submit_for_review(draft, actor=owner)
    told = Notification.objects.get(user=master)
    assert (told.subject, told.kind, told.key) == (f"To be approved: {draft.title}", "challenge", draft.slug)
    assert mail.outbox == []
