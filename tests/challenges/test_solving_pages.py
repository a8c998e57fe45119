"""The way of a submission through the pages, from the terms to the award."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Award, Registration, Submission
from portal.accounts.models import Organisation, User
from tests.challenges import scenes
from tests.portal.files.samples import upload

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_whole_way(organisation: Organisation, owner: User, creator: User) -> None:
    challenge = scenes.open_challenge(organisation)
    solver, seeker = as_(creator), as_(owner)

    # takes part
    new = reverse("challenges:submission-new", args=[challenge.slug])
    assert solver.get(new).headers["Location"] == reverse("challenges:registration-new", args=[challenge.slug])
    page = solver.get(reverse("challenges:registration-new", args=[challenge.slug]))
    terms = challenge.terms_versions.get()
    assert terms.sha256 in page.content.decode()
    solver.post(
        reverse("challenges:registration-new", args=[challenge.slug]), {"accept_terms": terms.sha256, "agree": "on"}
    )
    assert Registration.objects.get(user=creator).state == "approved"

    # drafts, attaches, files
    assert solver.get(new).status_code == 200
    solver.post(new, {**scenes.TEXTS.parts(), "idempotency_key": "k1"})
    submission = Submission.objects.get(challenge=challenge)
    edit = reverse("challenges:submission-edit", args=[submission.public_id])
    assert solver.get(edit).status_code == 200
    solver.post(
        reverse("challenges:submission-file-add", args=[submission.public_id]),
        {"files": [upload("a.pdf"), upload("b.txt", b"words")]},
    )
    assert sorted(submission.files.values_list("name", flat=True)) == ["a.pdf", "b.txt"]
    answer = solver.post(
        reverse("challenges:submission-file", args=[submission.public_id]), {"idempotency_key": "k2"}, follow=True
    )
    assert "Receipt" in answer.content.decode()
    assert solver.get(submission.get_absolute_url()).status_code == 200

    # the seeker sees the abstract, and the body once the phase is closed
    listed = seeker.get(reverse("challenges:submission-list", args=[challenge.slug]))
    assert "Owl-wing blades" in listed.content.decode()
    sealed = seeker.get(submission.get_absolute_url()).content.decode()
    assert ("Serrated edges" in sealed, "<strong>owl</strong>" in sealed) == (True, False)
    scenes.close(challenge, evaluating=True)
    opened = seeker.get(submission.get_absolute_url()).content.decode()
    assert "<strong>owl</strong>" in opened

    # scores, decides, releases, awards
    seeker.post(reverse("challenges:reviewer-invite", args=[submission.public_id]), {"email": owner.email})
    assignment = submission.assignments.get()
    review = reverse("challenges:review-detail", args=[assignment.public_id])
    assert seeker.get(review).status_code == 200
    criteria = [f"criterion_{c.pk}" for c in challenge.phases.get().rubric.criteria.all()]
    scores = dict.fromkeys(criteria, "8") | {"comment": "Good.", "recommendation": "select", "submit": "yes"}
    assert seeker.post(review, scores).status_code == 302
    assert seeker.get(reverse("challenges:review-list")).status_code == 200
    seeker.post(reverse("challenges:submission-evaluate", args=[submission.public_id]))
    seeker.post(
        reverse("challenges:decision-note", args=[submission.public_id]),
        {"decision": "select", "feedback": "Well done.", "seen": ""},
    )
    assert "80.0 %" in seeker.get(reverse("challenges:submission-list", args=[challenge.slug])).content.decode()
    assert "Well done." not in solver.get(submission.get_absolute_url()).content.decode()
    seeker.post(reverse("challenges:decisions-release", args=[challenge.slug]))
    assert "Well done." in solver.get(submission.get_absolute_url()).content.decode()
    assert seeker.get(submission.get_absolute_url()).status_code == 200
    seeker.post(
        reverse("challenges:award-create", args=[submission.public_id]),
        {"reward": challenge.rewards.get().pk, "citation": "Quiet."},
    )
    award = Award.objects.get()
    assert solver.get(award.get_absolute_url()).status_code == 200
    solver.post(reverse("challenges:award-move", args=[award.public_id, "accept"]))
    award.refresh_from_db()
    assert (award.state, award.amount.amount, award.announced_at is not None) == ("accepted", 5000, True)
    assert Client().get(award.get_absolute_url()).status_code == 200
    submission.refresh_from_db()
    assert submission.state == "awarded"
