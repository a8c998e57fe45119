"""The factories make what they say, in every state."""

from __future__ import annotations

import pytest

from challenges.enums import ChallengeState, SubmissionState
from tests.factories.challenges import AwardFactory, ChallengeFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ChallengeState)
def test_challenge_in_every_state(state: ChallengeState) -> None:
    challenge = ChallengeFactory(state=state)
    assert (challenge.state, challenge.phases.count(), challenge.rewards.count()) == (state, 1, 1)


@pytest.mark.parametrize("state", SubmissionState)
def test_submission_in_every_state(state: SubmissionState) -> None:
    submission = SubmissionFactory(state=state)
    version = submission.versions.get()
    assert (submission.team.challenge, version.is_filed) == (submission.challenge, state != SubmissionState.DRAFT)


def test_award() -> None:
    award = AwardFactory()
    assert award.reward.challenge == award.challenge
