"""Matching demand and resource: what fits, why, and nothing that is not public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from challenges.enums import ChallengeState
from challenges.models import Challenge
from portal.accounts.models import User
from search.matching import MatchGroup, matches
from search.queries import related
from search.rebuild import rebuild
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory, take_part
from tests.factories.patents import PatentFactory
from tests.search.working import work
from tests.servers.embedder import Embedder

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("portal_engine")]

NOISE = ("A fridge door seal", "Brighter railway lamps", "Paper from straw", "Bus floor of old fibre")


@pytest.fixture
def need(db: None) -> Challenge:
    """Someone needs quieter pumps, among other things that are about."""
    for title in NOISE:
        ChallengeFactory(title=title, summary=f"{title}, cheaper.", problem="")
    return ChallengeFactory(
        title="Quieter diaphragm pump",
        summary="A diaphragm pump whose valves hum less.",
        problem="Cavitation at the valves hums.",
        technology_field="31",
    )


def test_what_means_the_same_fits_without_a_word_in_common(portal_engine: str, embedder: Embedder) -> None:
    need = ChallengeFactory(title="Quiet pump", summary="", problem="")
    patent, _other = (PatentFactory(title=title, abstract="", claims=[]) for title in ("静音水泵", "Battery"))
    solver("Hidden", headline="Тихий насос", is_public=False)
    rebuild()
    work()

    groups = matches(need)

    assert [(group.kind, found(groups, group.kind)) for group in groups] == [("patent", [str(patent)])]
    assert groups[0].matches[0].reasons.meaning is True
    assert [hit.obj for hit in related(need, ["patent"])] == [patent]


def solver(name: str, **profile: Any) -> User:
    return UserFactory(display_name=name, **{f"profile__{field}": value for field, value in profile.items()})


def found(groups: list[MatchGroup], kind: str) -> list[str]:
    return [str(match.shown.hit.obj) for group in groups if group.kind == kind for match in group.matches]


def test_a_need_finds_patents_people_and_organisations_with_the_reasons(need: Challenge) -> None:
    patent = PatentFactory(title="Valve of a diaphragm pump", abstract="It avoids cavitation.", claims=[])
    PatentFactory(title="Aerogel", abstract="Light and warm.", claims=[])
    solver("Vera Valve", headline="Diaphragm pumps and cavitation", is_public=True)
    solver("Shy Valve", headline="Diaphragm pumps and cavitation", is_public=False)
    OrganisationFactory(name="Pump works", summary="Diaphragm pumps of all sizes, without cavitation.")
    rebuild()

    groups = matches(need)

    assert found(groups, "patent") == [str(patent)]
    assert found(groups, "person") == ["Vera Valve"]
    assert found(groups, "organisation") == ["Pump works"]
    [match] = next(group for group in groups if group.kind == "patent").matches
    assert {"diaphragm", "pump", "cavitation"} <= set(match.reasons.words)
    assert not set(match.reasons.words) & {"of", "a", "it"}


def test_similar_needs_share_a_class_and_say_so(need: Challenge) -> None:
    alike = ChallengeFactory(title="Small diaphragm pump", summary="A pump with two valves.", technology_field="31")
    ChallengeFactory(title="Secret diaphragm pump", state=ChallengeState.DRAFT, published_at=None)
    rebuild()

    groups = matches(need)

    assert found(groups, "challenge") == [alike.title]
    [match] = next(group for group in groups if group.kind == "challenge").matches
    assert "Mechanical elements" in match.reasons.classes
    assert match.reasons.languages == ("English",)


def test_a_patent_finds_the_needs_that_take_answers(need: Challenge) -> None:
    closed = ChallengeFactory(title="Old diaphragm pump", summary="Valves that hum.", state=ChallengeState.CLOSED)
    patent = PatentFactory(title="Valve of a diaphragm pump", abstract="It does not hum.", claims=[])
    rebuild()

    answers = found(matches(patent), "challenge")

    assert need.title in answers
    assert closed.title not in answers


def test_a_solver_finds_needs_that_fit_them_and_nobody_else_sees_these(client: Client, need: Challenge) -> None:
    vera = solver("Vera Valve", headline="Diaphragm pumps and cavitation", is_public=True)
    rebuild()
    door = f"/search/matches/person/{vera.public_id}/"

    assert client.get(door).status_code == 404
    client.force_login(UserFactory())
    assert client.get(door).status_code == 404
    client.force_login(vera)
    assert need.title in client.get(door).content.decode()
    assert door in client.get(vera.get_absolute_url()).content.decode()


def test_matches_come_as_a_fragment_and_as_a_page(client: Client, need: Challenge) -> None:
    PatentFactory(title="Valve of a diaphragm pump", abstract="It avoids cavitation.", claims=[])
    rebuild()
    door = f"/search/matches/challenge/{need.slug}/"

    page, fragment = client.get(door), client.get(door, headers={"HX-Request": "true"})

    assert f'hx-get="{door}"' in client.get(need.get_absolute_url()).content.decode()
    assert ("<html" in page.content.decode(), "<html" in fragment.content.decode()) == (True, False)
    assert all("Valve of a" in answer.content.decode() for answer in (page, fragment))
    assert '<h2 class="h4" id="matches-' in page.content.decode()
    assert '<h3 class="h4" id="matches-' in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]


def test_a_hidden_need_has_matches_for_those_who_see_it_only(client: Client, need: Challenge) -> None:
    rebuild()
    Challenge.objects.filter(pk=need.pk).update(state=ChallengeState.DRAFT, published_at=None)

    assert client.get(f"/search/matches/challenge/{need.slug}/").status_code == 404
    assert client.get("/search/matches/message/x/").status_code == 404


def test_what_was_hidden_a_moment_ago_is_no_match(need: Challenge) -> None:
    alike = ChallengeFactory(title="Small diaphragm pump", summary="Valves that hum.")
    rebuild()
    assert found(matches(need), "challenge") == [alike.title]

    Challenge.objects.filter(pk=alike.pk).update(state=ChallengeState.DRAFT, published_at=None)

    assert found(matches(need), "challenge") == []


def test_a_need_in_chinese_says_which_characters_are_shared(db: None) -> None:
    for title in ("冰箱门封", "铁路照明灯", "秸秆造纸"):
        ChallengeFactory(title=title, summary=title, problem="", language="zh-hans")
    need = ChallengeFactory(title="更安静的隔膜泵", summary="阀门振动小的隔膜泵。", problem="", language="zh-hans")
    PatentFactory(title="隔膜泵阀门", abstract="减少振动。", claims=[], language="zh")
    rebuild()

    [match] = next(group for group in matches(need) if group.kind == "patent").matches

    assert {"隔膜", "膜泵", "阀门"} <= set(match.reasons.words)


def test_those_who_fit_are_invited_beside_why_they_fit(need: Challenge, client: Client) -> None:
    """By who manages the challenge; who was invited, or takes part, is told apart."""
    known, asked, entered = (
        solver(name, headline="Pump valves", bio="Diaphragm valves that hum.") for name in ("Ann", "Bea", "Cleo")
    )
    seeker = owner_of(need.organisation)
    take_part(entered, need)
    rebuild()
    address, page = f"/challenges/{need.slug}/invitations/", f"/search/matches/challenge/{need.slug}/"
    assert address not in client.get(page).content.decode()
    client.force_login(seeker)

    answer = client.post(address, {"kind": "person", "key": asked.public_id}, headers={"HX-Request": "true"})
    shown = client.get(page).content.decode()

    assert (answer.status_code, "Invited" in answer.content.decode()) == (200, True)
    assert [f'value="{person.public_id}"' in shown for person in (known, asked, entered)] == [True, False, False]
    assert (shown.count(">Invited<"), shown.count("Takes part or has asked to")) == (1, 1)


def test_whose_it_is_is_no_match_of_a_challenge(need: Challenge) -> None:
    does = "Diaphragm pumps of all sizes, without cavitation."
    works, own = OrganisationFactory(name="Pump works", summary=does), need.organisation
    own.name, own.summary = "Valve makers", does
    own.save()
    rebuild()

    assert found(matches(need), "organisation") == [str(works)]
