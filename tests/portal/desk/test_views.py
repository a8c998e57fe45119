"""The desks and the lineage page: what they show, to whom, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.kernel.models import OutboxEntry
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.challenges import AwardFactory, ChallengeFactory, SubmissionFactory
from tests.factories.incubation import GateReviewFactory, VentureFactory, keeper_of, lead_of


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_bare_desk_says_what_to_do_next(db: None) -> None:
    page = signed_in(UserFactory()).get("/desk/")

    assert page.status_code == 200
    assert page.context["desk"].is_bare
    assert "Find a challenge" in page.content.decode()


def test_a_gate_keepers_desk_names_the_gate(db: None) -> None:
    review = GateReviewFactory()

    page = signed_in(keeper_of(review.venture)).get("/desk/")

    assert [task.url for task in page.context["desk"].tasks] == [review.get_absolute_url()]


def test_a_masters_desk_names_what_waits_for_their_word(db: None, master: Any) -> None:
    challenge = ChallengeFactory(state="in_review")
    ChallengeFactory(state="in_review", posted_by=master)
    organisation = OrganisationFactory(state="pending")

    mine, other = (signed_in(person).get("/desk/").context["desk"] for person in (master, UserFactory()))

    assert [task.url for task in mine.tasks] == [challenge.get_absolute_url(), organisation.get_absolute_url()]
    assert not mine.is_bare
    assert other.is_bare


def test_a_solvers_desk_shows_their_submission(db: None) -> None:
    submission = SubmissionFactory()

    page = signed_in(submission.team.lead).get("/desk/")

    assert list(page.context["desk"].submissions) == [submission]


@pytest.mark.parametrize("path", ["/master/", "/master/audit/", "/master/audit/?after=-1&kind=%00"])
def test_the_masters_pages_are_the_masters(db: None, master: Any, path: str) -> None:
    assert signed_in(master).get(path).status_code == 200
    assert signed_in(UserFactory()).get(path).status_code == 404


def test_work_that_was_set_aside_is_revived_by_the_master_alone(db: None, master: Any) -> None:
    entry = OutboxEntry.objects.create(topic="thing", key="1", dead=True, attempts=8, not_before=timezone.now())

    assert signed_in(UserFactory()).post("/master/work/revive/").status_code == 404
    entry.refresh_from_db()
    assert entry.dead
    signed_in(master).post("/master/work/revive/")
    entry.refresh_from_db()
    assert (entry.dead, entry.attempts) == (False, 0)


def test_lineage_joins_challenge_submission_award_and_venture(db: None) -> None:
    award = AwardFactory(announced_at=timezone.now())
    venture = VentureFactory(award=award, organisation=award.challenge.organisation, lead=award.submission.team.lead)

    page = signed_in(lead_of(venture)).get(f"/lineage/challenge/{award.challenge.slug}/")

    kinds = [place.node.kind for column in page.context["columns"] for place in column]
    assert kinds == ["organisation", "challenge", "submission", "award", "venture"]


def test_lineage_shows_a_stranger_only_what_they_may_see(db: None) -> None:
    award = AwardFactory()
    VentureFactory(award=award, title="Hidden venture")

    page = Client().get(f"/lineage/challenge/{award.challenge.slug}/").content.decode()

    assert "Hidden venture" not in page
    assert str(award.submission) not in page


@pytest.mark.parametrize("path", ["/lineage/challenge/nowhere/", "/lineage/nothing/1/", "/lineage/venture/x/"])
def test_lineage_of_nothing_is_missing(db: None, path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_for_any_number(db: None, number: int, django_assert_max_num_queries: Any) -> None:
    user = UserFactory()
    for _ in range(number):
        submission = SubmissionFactory(challenge=ChallengeFactory(state="open"))
        submission.team.lead = user
        submission.team.save()
        submission.team.memberships.update(user=user)

    with django_assert_max_num_queries(30):
        signed_in(user).get("/desk/")
