"""The whole way by programs alone: post, approve, open, enter, answer, file, decide; and what each may not."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from challenges import receipts
from challenges.models import Challenge, Submission
from portal.discussions.models import Room
from tests.challenges import scenes
from tests.factories.challenges import AssignmentFactory
from tests.portal.api.conftest import problem_of

pytestmark = pytest.mark.django_db


def a_challenge(**changes: Any) -> dict[str, Any]:
    """What a seeker sends."""
    return {
        "organisation": "acme",
        "title": "Quieter fan blades",
        "kind": "technological_solution",
        "summary": "Half the noise at the same flow.",
        "problem": "Our fans **whine**.",
        "confidential_part": "The blade is of alloy X.",
        "closes_at": (timezone.now() + timedelta(days=30)).isoformat(),
        "requirements": [{"text": "Below 40 dB", "priority": "must"}],
        "rewards": [{"title": "First", "amount": {"amount": "1000.00", "currency": "EUR"}}],
        "terms": {"model": "exclusive", "payment": "On acceptance."},
    } | changes


def test_from_need_to_receipt(program_of, owner, master, creator) -> None:
    seeker, curator, solver = program_of(owner), program_of(master), program_of(creator)

    made = seeker.post("challenges", a_challenge())
    slug = made.json()["slug"]
    assert (made.status_code, made.json()["state"], made.json()["room"]) == (201, "draft", None)
    assert made.json()["rewards"][0]["amount"] == {"amount": "1000.00", "currency": "EUR"}
    assert seeker.post(f"challenges/{slug}/transitions", {"name": "submit_for_review"}).json()["state"] == "in_review"
    assert curator.post(f"challenges/{slug}/transitions", {"name": "approve"}).json()["state"] == "approved"
    opened = seeker.post(f"challenges/{slug}/transitions", {"name": "publish"}).json()
    assert (opened["state"], opened["phases"][0]["state"]) == ("open", "open")

    seen = solver.get(f"challenges/{slug}").json()
    entered = solver.post(f"challenges/{slug}/registrations", {"accept_terms": seen["terms"]["sha256"]})
    assert (entered.status_code, entered.json()["state"]) == (201, "approved")
    begun = solver.post(
        f"challenges/{slug}/submissions", {"title": "Owl wings", "abstract": "Serrated.", "body": "# How"}
    )
    answer = begun.json()
    assert (begun.status_code, answer["state"], answer["versions"][0]["body"]) == (201, "draft", "# How")
    file = BytesIO(b"%PDF-1.4\n%plan\n")
    file.name = "plan.pdf"
    attached = solver.upload(f"submissions/{answer['id']}/files", file)
    assert (attached.status_code, attached.json()["name"]) == (201, "plan.pdf")
    changed = solver.patch(f"submissions/{answer['id']}", {"body": "# How it works", "mark": answer["mark"]})
    assert changed.json()["versions"][0]["body"] == "# How it works"
    filed = solver.post(f"submissions/{answer['id']}/transitions", {"name": "submit"})
    assert filed.json()["state"] == "submitted"
    receipt = solver.get(f"submissions/{answer['id']}/receipt").json()
    assert receipts.is_intact(receipt["receipt"], receipt["sha256"])
    assert [each["sha256"] for each in receipt["receipt"]["files"]] == [attached.json()["sha256"]]
    assert solver.get(f"submissions/{answer['id']}/accesses").json() == {"items": []}


def test_the_public_room_is_told_and_talked_in(program_of, visitor, organisation, creator) -> None:
    from challenges.actions.moving import open_room
    from challenges.audiences import PUBLIC

    challenge = scenes.open_challenge(organisation)
    room = open_room(PUBLIC, challenge, challenge.title)
    [item] = visitor.get("challenges").json()["items"]
    assert (item["slug"], item["room"], item["url"]) == (
        challenge.slug,
        room.public_id,
        f"http://127.0.0.1:8000{challenge.get_absolute_url()}",
    )

    said = {"id": "6f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d", "text": "What flow?"}
    speaker = program_of(creator)
    first, again = (speaker.post(f"rooms/{room.public_id}/messages", said) for _ in range(2))

    assert (first.status_code, again.json()["seq"]) == (201, 1)
    heard = visitor.get(f"rooms/{room.public_id}/messages?after=0").json()
    assert ([each["text"] for each in heard["items"]], heard["next"], heard["seq"]) == (["What flow?"], None, 1)
    assert visitor.get(f"rooms/{room.public_id}/messages?after=1").json()["items"] == []
    assert Room.objects.get(pk=room.pk).seq == 1


def test_a_sealed_body_stays_sealed_and_openings_are_logged(program_of, organisation, owner, creator, rival) -> None:
    challenge = scenes.open_challenge(organisation)
    submission = scenes.file(challenge, creator)
    seeker, solver = program_of(owner), program_of(creator)

    sealed = seeker.get(f"submissions/{submission.public_id}").json()
    assert (sealed["abstract"], sealed["versions"], sealed["mark"]) == ("Serrated edges calm the flow.", [], None)
    assert problem_of(program_of(rival).get(f"submissions/{submission.public_id}")) == (404, "missing")

    scenes.close(challenge)
    opened = seeker.get(f"submissions/{submission.public_id}").json()
    assert [version["body"] for version in opened["versions"]] == ["# How\n\nLike an **owl**."]
    log = solver.get(f"submissions/{submission.public_id}/accesses").json()["items"]
    assert [(each["what"], each["viewer"]["id"]) for each in log] == [("body", owner.public_id)]
    assert problem_of(seeker.get(f"submissions/{submission.public_id}/accesses")) == (404, "missing")
    assert problem_of(seeker.get(f"submissions/{submission.public_id}/receipt")) == (404, "missing")


def test_a_blind_reviewer_has_no_name_in_the_log(program_of, organisation, creator, rival) -> None:
    challenge = scenes.open_challenge(organisation)
    submission = scenes.file(challenge, creator)
    AssignmentFactory(submission=submission, reviewer=rival)
    scenes.close(challenge)

    program_of(rival).get(f"submissions/{submission.public_id}")

    log = program_of(creator).get(f"submissions/{submission.public_id}/accesses").json()["items"]
    assert [(each["what"], each["viewer"]) for each in log] == [("body", None)]


def test_what_was_changed_meanwhile_is_not_overwritten(program_of, owner, organisation, creator) -> None:
    seeker = program_of(owner)
    made = seeker.post("challenges", a_challenge()).json()

    assert seeker.patch(f"challenges/{made['slug']}", {"title": "One", "revision": made["revision"]}).status_code == 200
    stale = seeker.patch(f"challenges/{made['slug']}", {"title": "Two", "revision": made["revision"]})

    assert problem_of(stale) == (409, "conflict")
    kept = Challenge.objects.get(slug=made["slug"])
    assert (kept.title, kept.problem, kept.confidential_part) == (
        "One",
        "Our fans **whine**.",
        "The blade is of alloy X.",
    )
    submission = scenes.begin(scenes.open_challenge(organisation), creator)
    late = program_of(creator).patch(f"submissions/{submission.public_id}", {"title": "Mine", "mark": "stale"})
    assert problem_of(late)[0] == 409


def test_a_late_filing_is_refused_and_the_draft_kept(program_of, organisation, creator) -> None:
    challenge = scenes.open_challenge(organisation)
    submission = scenes.begin(challenge, creator)
    scenes.pass_deadline(challenge)

    late = program_of(creator).post(f"submissions/{submission.public_id}/transitions", {"name": "submit"})

    assert late.status_code in (400, 404)
    assert Submission.objects.get(pk=submission.pk).state == "draft"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "miracle"}, "kind"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"closes_at": "tomorrow"}, "closes_at"),
        ({"rewards": [{"title": "First"}]}, "rewards.0"),
        ({"rewards": [{"title": "First", "amount": {"amount": "-1", "currency": "EUR"}}]}, "rewards.0.amount.amount"),
        ({"trl_sought": 12}, "trl_sought"),
        ({"problem": "x" * 20_001}, "problem"),
    ],
)
def test_bad_input_is_named_by_its_field_and_nothing_is_written(program_of, owner, changes, field) -> None:
    refused = program_of(owner).post("challenges", a_challenge(**changes))

    assert problem_of(refused) == (422, "invalid")
    assert field in {error["field"] for error in refused.json()["errors"]}
    assert Challenge.objects.count() == 0


def test_nothing_else_can_be_set(program_of, owner, master) -> None:
    forced = {"state": "open", "published_at": "2026-01-01T00:00:00Z", "posted_by": master.pk, "slug": "mine", "id": 7}

    made = program_of(owner).post("challenges", a_challenge(**forced)).json()

    kept = Challenge.objects.get()
    assert (kept.state, kept.published_at, kept.posted_by_id, made["slug"]) == ("draft", None, owner.pk, kept.slug)
    assert kept.slug != "mine"


def test_only_who_owns_a_verified_organisation_posts(program_of, rival, creator, colleague) -> None:
    answers = {
        problem_of(program_of(person).post("challenges", a_challenge())) for person in (rival, creator, colleague)
    }

    assert answers == {(404, "missing")}


def test_lists_cost_the_same_for_three_as_for_one(visitor, organisation, django_assert_num_queries) -> None:
    scenes.open_challenge(organisation)
    visitor.get("challenges")
    with django_assert_num_queries(3):
        visitor.get("challenges")
    for _ in range(2):
        scenes.open_challenge(organisation)
    with django_assert_num_queries(3):
        assert visitor.get("challenges").json()["count"] == 3


def test_pages_follow_each_other(visitor, organisation) -> None:
    made = [scenes.open_challenge(organisation).slug for _ in range(5)]

    seen, query = [], "limit=2"
    while query:
        page = visitor.get(f"challenges?{query}").json()
        seen += [item["slug"] for item in page["items"]]
        query = f"limit=2&after={page['next']}" if page["next"] else ""

    assert seen == made[::-1]
