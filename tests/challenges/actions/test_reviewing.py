from __future__ import annotations

from typing import Any

import pytest

from challenges.actions import deciding, reviewing
from challenges.actions.reviewing import Judgement
from challenges.enums import AssignmentState
from challenges.models import Challenge, ReviewAssignment, Submission, SubmissionVersion
from challenges.queries import reviews as queries
from challenges.queries.rubrics import rubric_of
from challenges.queries.submissions import mean_scores
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused, WrongState
from portal.notifications.models import Notification
from tests.challenges import scenes
from tests.factories.accounts import UserFactory
from tests.factories.challenges import take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def submission(challenge: Challenge, creator: User) -> Submission:
    filed = scenes.file(challenge, creator)
    scenes.close(challenge)
    return Submission.objects.get(pk=filed.pk)


@pytest.fixture
def reviewer(db: None) -> User:
    return UserFactory(display_name="Rhea Reviewer")


@pytest.fixture
def assignment(submission: Submission, reviewer: User, owner: User) -> ReviewAssignment:
    return reviewing.invite_reviewer(submission, reviewer, actor=owner)


def full(submission: Submission, value: int = 8, **given: Any) -> Judgement:
    scores = {criterion.pk: value for criterion in rubric_of(submission)}
    return Judgement(**{"scores": scores, "comment": "Sound.", "recommendation": "select", **given})


def test_the_person_asked_is_told_and_reads_nothing_before_accepting(
    assignment: ReviewAssignment, submission: Submission, reviewer: User
) -> None:
    assert Notification.objects.filter(user=reviewer).count() == 1
    assert not SubmissionVersion.objects.readable_by(reviewer).exists()
    reviewing.accept_assignment(assignment, actor=reviewer)
    assert SubmissionVersion.objects.readable_by(reviewer).get().submission == submission


def test_asking_twice_is_asking_once(assignment: ReviewAssignment, submission: Submission, owner: User) -> None:
    again = reviewing.invite_reviewer(submission, assignment.reviewer, actor=owner)
    assert (again.pk, Notification.objects.filter(user=assignment.reviewer).count()) == (assignment.pk, 1)


def test_the_micro_owner_scores_by_asking_themself(submission: Submission, owner: User) -> None:
    mine = reviewing.invite_reviewer(submission, owner, actor=owner)
    assert mine.state == AssignmentState.ACCEPTED
    reviewing.submit_review(mine, full(submission, 10), actor=owner)
    assert mean_scores([submission]) == {submission.pk: 100.0}


def test_the_platform_master_asks_too_and_nobody_else(
    submission: Submission, reviewer: User, master: User, rival: User, creator: User
) -> None:
    assert reviewing.invite_reviewer(submission, reviewer, actor=master).state == AssignmentState.INVITED
    for person in (rival, creator, reviewer):
        with pytest.raises(Missing):
            reviewing.invite_reviewer(submission, UserFactory(), actor=person)


def test_a_solver_of_the_challenge_is_never_its_reviewer(
    submission: Submission, challenge: Challenge, owner: User, creator: User
) -> None:
    other = UserFactory()
    take_part(other, challenge)
    for solver in (creator, other):
        with pytest.raises(Refused) as refusal:
            reviewing.invite_reviewer(submission, solver, actor=owner)
        assert refusal.value.code == "not_eligible"


def test_a_review_grows_from_draft_to_submitted(assignment: ReviewAssignment, reviewer: User, owner: User) -> None:
    submission = assignment.submission
    reviewing.accept_assignment(assignment, actor=reviewer)
    reviewing.save_review(assignment, Judgement(comment="So far."), actor=reviewer)
    assignment.refresh_from_db()
    assert (assignment.state, queries.reviews_of(submission, owner)) == (AssignmentState.IN_PROGRESS, [])
    reviewing.submit_review(assignment, full(submission), actor=reviewer)
    shown = queries.reviews_of(submission, owner)
    assert [(review.recommendation, review.comment) for review in shown] == [("select", "Sound.")]
    with pytest.raises(WrongState):
        reviewing.save_review(assignment, full(submission, 1), actor=reviewer)


def test_the_mean_weighs_criteria_and_reviews(submission: Submission, owner: User, reviewer: User) -> None:
    fit, novelty = rubric_of(submission)
    type(fit).objects.filter(pk=fit.pk).update(weight=3)
    for person, scores in ((owner, (10, 0)), (reviewer, (0, 10))):
        assignment = reviewing.invite_reviewer(submission, person, actor=owner)
        if person != owner:
            reviewing.accept_assignment(assignment, actor=person)
        given = dict(zip((fit.pk, novelty.pk), scores, strict=True))
        reviewing.submit_review(assignment, full(submission, scores=given), actor=person)
    assert mean_scores([submission]) == {submission.pk: 50.0}


@pytest.mark.parametrize("value", [-1, 11])
def test_a_score_out_of_range_is_refused(assignment: ReviewAssignment, reviewer: User, value: int) -> None:
    reviewing.accept_assignment(assignment, actor=reviewer)
    with pytest.raises(Refused) as refusal:
        reviewing.save_review(assignment, full(assignment.submission, value), actor=reviewer)
    assert refusal.value.code == "score_range"


def test_a_criterion_of_another_rubric_and_an_unknown_recommendation_are_refused(
    assignment: ReviewAssignment, reviewer: User
) -> None:
    reviewing.accept_assignment(assignment, actor=reviewer)
    for judgement in (Judgement({0: 5}), Judgement(recommendation="crown")):
        with pytest.raises(Refused) as refusal:
            reviewing.save_review(assignment, judgement, actor=reviewer)
        assert refusal.value.code == "unknown"


def test_an_incomplete_review_is_not_handed_in(assignment: ReviewAssignment, reviewer: User) -> None:
    reviewing.accept_assignment(assignment, actor=reviewer)
    submission = assignment.submission
    for judgement in (full(submission, scores={}), full(submission, recommendation="")):
        with pytest.raises(Refused) as refusal:
            reviewing.submit_review(assignment, judgement, actor=reviewer)
        assert refusal.value.code == "incomplete"
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ACCEPTED


def test_nobody_scores_before_the_phase_closes(challenge: Challenge, creator: User, owner: User) -> None:
    sealed = scenes.file(challenge, creator)
    mine = reviewing.invite_reviewer(sealed, owner, actor=owner)
    with pytest.raises(Missing):
        reviewing.save_review(mine, full(sealed), actor=owner)


def test_nobody_scores_for_another(assignment: ReviewAssignment, owner: User, master: User) -> None:
    for person in (owner, master):
        with pytest.raises(Missing):
            reviewing.accept_assignment(assignment, actor=person)
        with pytest.raises(Missing):
            reviewing.save_review(assignment, full(assignment.submission), actor=person)


def test_a_conflict_declared_late_blocks_reading_and_takes_the_scores_out(
    assignment: ReviewAssignment, reviewer: User, owner: User
) -> None:
    submission = assignment.submission
    reviewing.accept_assignment(assignment, actor=reviewer)
    reviewing.submit_review(assignment, full(submission), actor=reviewer)
    reviewing.declare_conflict(assignment, actor=reviewer, reason="We wrote a paper together.")
    assert not SubmissionVersion.objects.readable_by(reviewer).exists()
    assert not Submission.objects.visible_to(reviewer).exists()
    assert (mean_scores([submission]), queries.reviews_of(submission, owner)) == ({}, [])


def test_a_micro_owner_with_a_conflict_reads_and_decides_nothing(submission: Submission, owner: User) -> None:
    mine = reviewing.invite_reviewer(submission, owner, actor=owner)
    reviewing.declare_conflict(mine, actor=owner, reason="My brother.")
    assert not SubmissionVersion.objects.readable_by(owner).exists()
    with pytest.raises(Missing):
        deciding.take_into_evaluation(submission, actor=owner)


def test_declining_and_sending_back_say_why(assignment: ReviewAssignment, reviewer: User, owner: User) -> None:
    with pytest.raises(Refused, match="reason"):
        reviewing.decline_assignment(assignment, actor=reviewer, reason=" ")
    reviewing.accept_assignment(assignment, actor=reviewer)
    reviewing.submit_review(assignment, full(assignment.submission), actor=reviewer)
    reviewing.send_review_back(assignment, actor=owner, reason="Say more on cost.")
    assignment.refresh_from_db()
    assert (assignment.state, assignment.state_note) == (AssignmentState.RETURNED, "Say more on cost.")
    assert queries.reviews_of(assignment.submission, owner) == []
    reviewing.submit_review(assignment, full(assignment.submission, 6), actor=reviewer)
    assert mean_scores([assignment.submission]) == {assignment.submission.pk: 60.0}
