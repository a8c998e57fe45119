"""Manners of every answer: problems, keys that make it happen once, limits, caches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from portal.accounts.models import User
from portal.api.actions import create_token
from portal.api.models import KeptAnswer
from portal.discussions.models import Message
from portal.kernel import kinds
from tests.challenges import scenes
from tests.factories.accounts import UserFactory
from tests.factories.challenges import ChallengeFactory, take_part
from tests.factories.discussions import MessageFactory, RoomFactory
from tests.factories.patents import LicenceOfferFactory, PatentFactory
from tests.portal.api.conftest import Program, problem_of

SAID = {"id": "6f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d", "text": "Once."}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["", "nothing", "challenges/no-such-slug", "submissions/x", "patents/US-1", "rooms/x/messages"]
)
def test_what_is_not_there_is_a_problem_of_one_kind(visitor, path) -> None:
    assert problem_of(visitor.get(path)) == (404, "missing")


@pytest.mark.django_db
def test_the_wrong_method_type_or_text_is_a_problem(program_of, creator) -> None:
    program = program_of(creator)
    room = RoomFactory()
    path = f"rooms/{room.public_id}/messages"

    assert problem_of(program("DELETE", "challenges"))[0] == 405
    assert problem_of(program("POST", path, "{not json"))[0] == 400
    from django.test import Client

    plain = Client().post(
        f"/api/v1/{path}", "text", content_type="text/plain", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert problem_of(plain)[0] == 415


@pytest.mark.django_db
def test_what_nobody_expected_says_nothing_of_itself(visitor, monkeypatch) -> None:
    def broken(*args: object, **named: object) -> None:
        raise ZeroDivisionError("the password is swordfish")

    monkeypatch.setattr("portal.api.views.challenges.listed", broken)

    answer = visitor.get("challenges")

    assert problem_of(answer) == (500, "broken")
    assert b"swordfish" not in answer.content


@pytest.mark.django_db
def test_a_key_makes_it_happen_once(program_of, creator) -> None:
    room, program = RoomFactory(), program_of(creator)
    path = f"rooms/{room.public_id}/messages"

    first = program.post(path, SAID, **{"Idempotency-Key": "k1"})
    Message.objects.all().update(text="edited since")
    again = program.post(path, SAID, **{"Idempotency-Key": "k1"})

    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert problem_of(program.post(path, SAID | {"text": "other"}, **{"Idempotency-Key": "k1"})) == (422, "key_used")
    assert problem_of(program.post(path, SAID, **{"Idempotency-Key": "k" * 81})) == (400, "bad_key")


@pytest.mark.django_db
def test_a_request_that_failed_leaves_its_key_unused(program_of, creator) -> None:
    program = program_of(creator)

    assert program.post("rooms/nowhere/messages", SAID, **{"Idempotency-Key": "k1"}).status_code == 404
    assert KeptAnswer.objects.count() == 0


@pytest.mark.django_db
def test_one_persons_key_is_not_anothers(program_of, creator, rival) -> None:
    room = RoomFactory()
    path = f"rooms/{room.public_id}/messages"
    program_of(creator).post(path, SAID, **{"Idempotency-Key": "same"})

    other = program_of(rival).post(
        path, SAID | {"id": "7f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d"}, **{"Idempotency-Key": "same"}
    )

    assert (other.status_code, other.json()["seq"]) == (201, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_with_one_key_one_happens() -> None:
    solver: User = UserFactory()
    challenge = ChallengeFactory()
    take_part(solver, challenge)
    _token, secret = create_token(solver, name="racer", scopes=["read", "write"], actor=solver)

    def begin(_n: int) -> tuple[int, str]:
        try:
            answer = Program(secret).post(
                f"challenges/{challenge.slug}/submissions", {"title": "Once"}, **{"Idempotency-Key": "race"}
            )
            return answer.status_code, answer.json().get("id", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(begin, range(16)))

    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    assert challenge.submissions.count() == 1


@pytest.mark.django_db
def test_too_many_are_told_when_to_come_back(visitor, program_of, creator, settings) -> None:
    settings.API_RATE_STRANGER, settings.API_RATE_KNOWN = 3, 5

    answers = [visitor.get("challenges").status_code for _ in range(4)]
    refused = visitor.get("challenges")

    assert answers == [200, 200, 200, 429]
    assert problem_of(refused) == (429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 61
    known = program_of(creator)
    assert [known.get("challenges").status_code for _ in range(6)] == [200] * 5 + [429]


@pytest.mark.django_db
def test_guesses_are_counted_like_every_other_request(visitor, settings) -> None:
    settings.API_RATE_STRANGER = 3

    guesses = [Program(f"oip_guess{n}").get("challenges").status_code for n in range(4)]

    assert guesses == [401, 401, 401, 429]
    assert problem_of(visitor.get("challenges")) == (429, "throttled")


@pytest.mark.django_db
def test_what_leads_nowhere_or_goes_too_far_is_counted_too(visitor, program_of, creator, settings) -> None:
    settings.API_RATE_STRANGER = settings.API_RATE_KNOWN = 2
    reads = program_of(creator, "read")

    assert [visitor.get("nothing").status_code for _ in range(3)] == [404, 404, 429]
    assert [reads.post("challenges").status_code for _ in range(3)] == [403, 403, 429]


@pytest.mark.django_db
def test_each_request_is_counted_once(program_of, creator, settings) -> None:
    settings.API_RATE_KNOWN = 2
    program = program_of(creator)

    assert [program.get("challenges").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_no_cache_keeps_an_answer(program_of, visitor, creator) -> None:
    for answer in (program_of(creator).get("challenges"), visitor.get("challenges"), visitor.get("nothing")):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_licence_terms_are_for_those_who_promised(program_of, visitor, creator, rival) -> None:
    from patents.actions import accept_secrecy

    offer = LicenceOfferFactory(state="listed", terms="Ten per cent of everything.")
    path = f"licence-offers?patent={offer.patent.number}"

    assert [item["terms"] for item in visitor.get(path).json()["items"]] == [None]
    accept_secrecy(offer, actor=creator)
    assert [item["terms"] for item in program_of(creator).get(path).json()["items"]] == ["Ten per cent of everything."]
    assert [item["terms"] for item in program_of(rival).get(path).json()["items"]] == [None]


@pytest.mark.django_db
def test_a_licence_is_asked_for_answered_and_agreed(program_of, creator, owner, organisation) -> None:
    patent = PatentFactory(owner=organisation)
    licensor, licensee = program_of(owner), program_of(creator)
    offered = {"patent": patent.number, "model": "non_exclusive", "headline": "Use our valve", "list": True}
    offer = licensor.post("licence-offers", offered).json()
    assert offer["state"] == "listed"

    asked = licensee.post(f"licence-offers/{offer['id']}/requests", {"purpose": "For our pumps."}).json()
    moves = f"licence-requests/{asked['id']}/transitions"
    terms = {"name": "propose", "text": "Five per cent.", "royalty_percent": "5.00"}
    assert licensor.post(moves, {"name": "review"}).json()["state"] == "under_review"
    assert licensor.post(moves, terms).json()["proposals"][0]["royalty_percent"] == "5.00"
    assert problem_of(licensee.post(moves, {"name": "agree", "proposal": 7}))[0] == 409
    agreed = licensee.post(moves, {"name": "agree", "proposal": 1})

    assert agreed.json()["state"] == "agreed"
    assert problem_of(licensee.post(moves, {"name": "review"})) == (404, "missing")
    assert problem_of(licensor.post(moves, {"name": "decline", "reason": "late"})) == (409, "wrong_state")


@pytest.mark.django_db
def test_a_patent_is_found_by_its_number(visitor) -> None:
    patent = PatentFactory()

    shown = visitor.get(f"patents/{patent.number.lower()}").json()

    assert (shown["number"], shown["title"], shown["offers"]) == (patent.number, patent.title, [])
    assert visitor.get("patents").json()["count"] == 1


@pytest.mark.django_db
def test_a_gate_review_is_called_by_who_may(program_of, rival) -> None:
    from tests.factories.incubation import VentureFactory, keeper_of, lead_of

    venture = VentureFactory()
    path = f"ventures/{venture.public_id}/gate-reviews"

    assert problem_of(program_of(rival).post(path)) == (404, "missing")
    called = program_of(lead_of(venture)).post(path)
    assert (called.status_code, called.json()["state"]) == (201, "open")
    inside = program_of(keeper_of(venture)).get(f"ventures/{venture.public_id}").json()
    assert [review["id"] for review in inside["reviews"]] == [called.json()["id"]]


@pytest.mark.django_db
def test_search_answers_as_the_contract_says(visitor, organisation) -> None:
    challenge = scenes.open_challenge(organisation, title="Quieter fan blades")
    from search.rebuild import rebuild

    rebuild()
    found = visitor.get("search?q=fan&kind=challenge").json()

    assert set(found) == {"total", "hits", "facets", "engine", "mode", "degraded", "took_ms", "did_you_mean"}
    [hit] = found["hits"]
    assert set(hit) == {"kind", "id", "url", "title", "snippet"}
    assert {tuple(value) for facet in found["facets"].values() for value in facet} == {("value", "label", "count")}
    assert (found["total"], hit["kind"], hit["id"], hit["title"]) == (
        1,
        "challenge",
        challenge.slug,
        "Quieter fan blades",
    )
    assert (found["engine"], found["mode"], found["degraded"], found["did_you_mean"]) == (
        "embedded",
        "lexical",
        None,
        None,
    )
    assert visitor.get("search/suggest?q=quiet").json()["suggestions"][0]["title"] == "Quieter fan blades"
    assert visitor.get(f"search/similar/challenge/{challenge.slug}?kind=challenge").json() == {"hits": []}
    assert problem_of(visitor.get("search/similar/mail/1")) == (404, "missing")


@pytest.mark.django_db
def test_lineage_is_told_as_far_as_one_may_see(visitor, organisation) -> None:
    challenge = scenes.open_challenge(organisation)

    told = visitor.get(f"lineage/challenge/{challenge.slug}").json()

    assert [node["id"] for node in told["nodes"]] == [organisation.slug, challenge.slug]
    assert [(step["source"]["id"], step["target"]["id"]) for step in told["steps"]] == [
        (organisation.slug, challenge.slug)
    ]
    assert told["cut"] is False


@pytest.mark.django_db
def test_things_like_a_message_are_asked_for_without_breaking(visitor, client) -> None:
    message = MessageFactory(room=RoomFactory(seq=1))

    assert visitor.get(f"search/similar/message/{message.client_id}").status_code in (200, 404)
    assert client.get(f"/search/related/message/{kinds.key(message)}/").status_code == 200
