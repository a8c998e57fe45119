"""Pages of ventures: who gets in, what they cost, and a whole way through a gate."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.incubation.enums import GateOutcome, Stage
from portal.incubation.models import GateReview, Venture
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.incubation import GateReviewFactory, VentureFactory, keeper_of, lead_of


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_hidden_venture_is_missing_for_a_stranger_and_open_to_its_lead(db: None) -> None:
    venture = VentureFactory()
    path = venture.get_absolute_url()

    assert signed_in(UserFactory()).get(path).status_code == 404
    assert Client().get(path).status_code == 404
    assert signed_in(lead_of(venture)).get(path).status_code == 200


def test_a_public_venture_shows_its_summary_but_not_its_people(db: None) -> None:
    venture = VentureFactory(is_public=True, summary="A quiet pump")

    page = Client().get(venture.get_absolute_url()).content.decode()

    assert "A quiet pump" in page
    assert str(lead_of(venture)) not in page


@pytest.mark.parametrize("query", ["", "?stage=scoping", "?stage=nonsense", "?state=%00", "?after=-1"])
def test_the_list_takes_any_query(db: None, query: str) -> None:
    VentureFactory(is_public=True)

    assert Client().get(f"/ventures/{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(db: None, number: int, django_assert_max_num_queries: Any) -> None:
    VentureFactory.create_batch(number, is_public=True)

    with django_assert_max_num_queries(6):
        Client().get("/ventures/")


def test_from_review_to_the_next_stage(db: None) -> None:
    venture = VentureFactory()
    lead, keeper = signed_in(lead_of(venture)), signed_in(keeper_of(venture))

    lead.post(f"/ventures/{venture.public_id}/reviews/")
    review = GateReview.objects.get(venture=venture)
    path = review.get_absolute_url()
    proof = SimpleUploadedFile("proof.txt", b"Measured: 27 dB.", content_type="text/plain")
    lead.post(f"{path}evidence/", {"file": proof, "shows": "Noise below the limit"})
    keeper.post(f"{path}findings/", {f"met_{finding.pk}": "yes" for finding in review.findings.all()})
    answer = keeper.post(f"{path}go/", {"rationale": "Well shown."})

    review.refresh_from_db()
    venture.refresh_from_db()
    assert answer.status_code == 302
    assert (review.state, venture.stage, review.evidence.count()) == (GateOutcome.GO, Stage.SCOPING, 1)
    page = lead.get(path).content.decode()
    assert "Well shown." in page
    assert "proof.txt" in page


def test_evidence_is_served_to_those_inside_only(db: None) -> None:
    review = GateReviewFactory()
    lead = signed_in(lead_of(review.venture))
    proof = SimpleUploadedFile("proof.txt", b"Secret figure.", content_type="text/plain")
    lead.post(f"{review.get_absolute_url()}evidence/", {"file": proof, "shows": "It"})
    url = review.evidence.get().get_absolute_url()

    assert b"".join(lead.get(url).streaming_content) == b"Secret figure."
    assert signed_in(UserFactory()).get(url).status_code == 404
    assert Client().get(url).status_code in (302, 404)


def test_a_refused_decision_keeps_what_was_written(db: None) -> None:
    review = GateReviewFactory()

    answer = signed_in(keeper_of(review.venture)).post(
        f"{review.get_absolute_url()}go/", {"rationale": "I wrote a long and careful text."}
    )

    assert answer.status_code == 400
    assert "I wrote a long and careful text." in answer.content.decode()


def test_steering_is_the_sponsors(db: None) -> None:
    venture = VentureFactory()
    sponsor = signed_in(owner_of(venture.organisation))

    sponsor.post(f"/ventures/{venture.public_id}/hold/", {"reason": "Budget"})
    sponsor.post(f"/ventures/{venture.public_id}/show/", {"public": "yes"})

    venture = Venture.objects.get(pk=venture.pk)
    assert (venture.state, venture.state_note, venture.is_public) == ("on_hold", "Budget", True)
    assert signed_in(lead_of(venture)).post(f"/ventures/{venture.public_id}/resume/").status_code == 404
    assert signed_in(UserFactory()).post(f"/ventures/{venture.public_id}/resume/").status_code == 404


def test_unknown_and_invisible_addresses_get_the_same_answer(db: None) -> None:
    venture = VentureFactory()
    sponsor = signed_in(owner_of(venture.organisation))
    hidden = UserFactory(profile__is_public=False)

    said = []
    for email in (hidden.email, "nobody@example.org"):
        answer = sponsor.post(f"/ventures/{venture.public_id}/people/", {"email": email, "role": "mentor"}, follow=True)
        said.append([str(message) for message in answer.context["messages"]])

    assert said[0] == said[1] == ["Nobody whom you can see has this address."]
