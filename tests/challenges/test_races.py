"""Several at once, on PostgreSQL: one wins, the others are told, and nothing is doubled."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from challenges.actions import awarding, deciding, filing, registering, submitting
from challenges.models import (
    Award,
    Consent,
    DisclosureReceipt,
    Registration,
    Submission,
    SubmissionVersion,
    Team,
)
from portal.accounts.models import User
from portal.kernel import audit
from portal.kernel.errors import Refused, WrongState
from tests.challenges import scenes
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.challenges import SubmissionFactory, take_part

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Start all deeds at the same moment; what each returned or raised, in their order."""
    barrier = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            outcomes[place] = deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


@pytest.fixture
def owners(db: Any) -> list[User]:
    organisation = OrganisationFactory()
    return [owner_of(organisation) for _ in range(4)]


def selected_of(owner: User) -> Submission:
    challenge = scenes.open_challenge(owner.organisations.get())
    scenes.close(challenge, evaluating=True)
    return SubmissionFactory(challenge=challenge, state="selected")


@pytest.mark.parametrize("round_", range(5))
def test_of_four_who_award_at_once_one_does(owners: list[User], round_: int) -> None:
    submission = selected_of(owners[0])
    outcomes = at_once(
        *(lambda owner=owner: awarding.award_submission(submission, actor=owner) for owner in owners)  # type: ignore[misc]
    )
    assert kinds(outcomes) == {"Award": 1, "WrongState": 3}
    assert {refused.state for refused in outcomes if isinstance(refused, WrongState)} == {"awarded"}
    assert (Award.objects.count(), list(audit.verify())) == (1, [])


def test_one_reward_is_not_given_to_two_submissions(owners: list[User]) -> None:
    first = selected_of(owners[0])
    second = SubmissionFactory(challenge=first.challenge, state="selected")
    reward = first.challenge.rewards.get()
    outcomes = at_once(
        lambda: awarding.award_submission(first, actor=owners[0], reward=reward),
        lambda: awarding.award_submission(second, actor=owners[1], reward=reward),
    )
    assert kinds(outcomes) == {"Award": 1, "Refused": 1}
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["awarded", "selected"]


def test_award_and_withdrawal_at_once_end_in_one_of_them(owners: list[User]) -> None:
    submission = selected_of(owners[0])
    lead = submission.team.lead
    outcomes = at_once(
        lambda: awarding.award_submission(submission, actor=owners[0]),
        lambda: filing.withdraw_submission(submission, actor=lead),
    )
    submission.refresh_from_db()
    assert kinds(outcomes)["WrongState"] == 1
    assert (submission.state, Award.objects.count()) in [("awarded", 1), ("withdrawn", 0)]


def test_two_opposite_decisions_at_once_leave_one_and_tell_the_other(owners: list[User]) -> None:
    submission = selected_of(owners[0])
    Submission.objects.update(state="in_evaluation")
    outcomes = at_once(
        lambda: deciding.decide_quietly(submission, "select", actor=owners[0], seen=""),
        lambda: deciding.decide_quietly(submission, "decline", actor=owners[1], seen=""),
    )
    submission.refresh_from_db()
    kept = next(outcome for outcome in outcomes if isinstance(outcome, Submission))
    assert kinds(outcomes) == {"Submission": 1, "Conflict": 1}
    assert submission.pending_decision == kept.pending_decision


def test_releasing_twice_at_once_tells_the_teams_once(owners: list[User]) -> None:
    submission = selected_of(owners[0])
    Submission.objects.update(state="in_evaluation", pending_decision="select")
    outcomes = at_once(
        *(lambda owner=owner: deciding.release_decisions(submission.challenge, actor=owner) for owner in owners)  # type: ignore[misc]
    )
    assert kinds(outcomes) == {"list": 1, "Refused": 3}


def test_twenty_clicks_on_file_are_one_filing(owners: list[User]) -> None:
    solver = UserFactory()
    submission = scenes.begin(scenes.open_challenge(owners[0].organisations.get()), solver)
    outcomes = at_once(*[lambda: filing.file_submission(submission, actor=solver, key="one")] * 20)
    assert {receipt.sha256 for receipt in outcomes} == {DisclosureReceipt.objects.get().sha256}
    assert SubmissionVersion.objects.count() == 1


def test_filing_by_two_members_with_keys_of_their_own_files_once(owners: list[User]) -> None:
    solver = UserFactory()
    submission = scenes.begin(scenes.open_challenge(owners[0].organisations.get()), solver)
    keys = [f"key-{number}" for number in range(8)]
    outcomes = at_once(
        *(lambda key=key: filing.file_submission(submission, actor=solver, key=key) for key in keys)  # type: ignore[misc]
    )
    assert kinds(outcomes) == {"DisclosureReceipt": 1, "Refused": 7}
    assert list(audit.verify()) == []


def test_two_tabs_begin_one_submission_in_one_team(owners: list[User]) -> None:
    solver, challenge = UserFactory(), scenes.open_challenge(owners[0].organisations.get())
    take_part(solver, challenge)
    outcomes = at_once(
        *[lambda: submitting.draft_submission(challenge, scenes.TEXTS, actor=solver)] * 6,
    )
    assert kinds(outcomes) == {"Submission": 1, "Refused": 5}
    assert (Team.objects.count(), Submission.objects.count()) == (1, 1)


def test_two_tabs_that_save_other_texts_lose_neither(owners: list[User]) -> None:
    solver = UserFactory()
    submission = scenes.begin(scenes.open_challenge(owners[0].organisations.get()), solver)
    mark = scenes.TEXTS.mark
    texts = [submitting.Texts("Title", "Abstract", f"Body {number}") for number in range(6)]
    outcomes = at_once(
        *(lambda new=new: submitting.edit_draft(submission, new, actor=solver, seen=mark) for new in texts)  # type: ignore[misc]
    )
    assert kinds(outcomes) == {"SubmissionVersion": 1, "Overtaken": 5}


def test_entering_many_times_at_once_is_entering_once(owners: list[User]) -> None:
    solver, challenge = UserFactory(), scenes.open_challenge(owners[0].organisations.get())
    sha256 = challenge.terms_versions.get().sha256
    outcomes = at_once(*[lambda: registering.register_for(challenge, actor=solver, accept_terms=sha256)] * 8)
    assert kinds(outcomes) == {"Registration": 8}
    assert (Registration.objects.count(), Consent.objects.count()) == (1, 1)


def test_at_the_edge_of_the_deadline_nothing_late_is_taken_and_nothing_timely_refused(owners: list[User]) -> None:
    challenge = scenes.open_challenge(owners[0].organisations.get())
    solvers = [UserFactory() for _ in range(12)]
    drafts = [scenes.begin(challenge, solver) for solver in solvers]
    scenes.set_deadline(challenge, in_milliseconds=60)
    outcomes = at_once(
        *(
            lambda draft=draft, solver=solver: filing.file_submission(draft, actor=solver)  # type: ignore[misc]
            for draft, solver in zip(drafts, solvers, strict=True)
        )
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    filed = [outcome for outcome in outcomes if isinstance(outcome, DisclosureReceipt)]
    assert {refusal.code for refusal in refused} <= {"too_late"}
    assert (len(filed) + len(refused), all(receipt.issued_at < challenge.closes_at for receipt in filed)) == (12, True)
    assert SubmissionVersion.objects.filed().count() == len(filed)
