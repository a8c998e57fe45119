"""The pages of search as a browser sees them."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from djmoney.money import Money

from challenges.enums import ChallengeState
from portal.accounts.models import User
from portal.discussions.models import Room
from search import engines
from search.engines.port import EngineUnavailable
from search.rebuild import rebuild
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory
from tests.factories.discussions import MessageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("portal_engine")]

ODD_QUERIES = [
    "q=pump&page=-1",
    "q=pump&page=999999",
    "q=pump&page=abc",
    "q=pump&page=%00",
    "q=pump&size=0",
    "q=pump&kind=gizmo",
    "q=pump&sort=colour",
    "q=pump&sort=-password",
    "q=pump&industry=nonsense",
    "q=pump&country=%C2%B24",
    "q=pump&industry=" + "x" * 5000,
    "q=pump&gizmo=1&allow=org:1&deny=",
    "q=" + "pump " * 100_000,
    "q=" + "%FF%FE%00",
    "q=%22%22%22-%22",
    "&".join(f"industry={n}" for n in range(100)),
]


@pytest.fixture
def pump(db: None) -> Any:
    challenge = ChallengeFactory(title="Quieter <b>pump</b>", summary="A pump & a hum.")
    rebuild()
    return challenge


def get(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/search/?{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_results_show_what_was_found_with_marks_and_counts(client: Client, pump: Any) -> None:
    html = get(client, "q=pump")

    assert f'href="{pump.get_absolute_url()}"' in html
    assert "Quieter &lt;b&gt;<mark>pump</mark>&lt;/b&gt;" in html
    assert "A <mark>pump</mark> &amp; a hum." in html
    assert "<strong>1</strong> result for “pump”" in html
    assert "kind=challenge" in html


def test_programs_are_told_titles_as_they_were_written(client: Client, pump: Any) -> None:
    [told] = client.get("/api/v1/search?q=pump&kind=challenge").json()["hits"]

    assert (told["title"], told["snippet"]) == ("Quieter <b>pump</b>", "A <mark>pump</mark> &amp; a hum.")


@pytest.mark.parametrize("count", [1, 3])
def test_a_strangers_page_costs_one_question_to_the_engine_and_one_to_the_database(
    client: Client, count: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    ChallengeFactory.create_batch(count, title="Quieter pump")
    rebuild()
    get(client, "q=pump&kind=challenge")  # synonyms are read, and kept for a while
    engine, asked = engines.current(), []
    search = engine.search
    monkeypatch.setattr(engine, "search", lambda request, *more: asked.append(request) or search(request, *more))

    with django_assert_num_queries(1):
        html = get(client, "q=pump&kind=challenge")

    assert (html.count('class="hit"'), len(asked)) == (count, 1)


def test_a_hit_says_what_it_is_and_in_which_state(client: Client, pump: Any) -> None:
    html = get(client, "q=pump")

    assert "Challenge" in html.split('class="hit__kind"')[1].split("</p>")[0]
    assert str(pump.get_state_display()) in html.split('class="hit__kind"')[1].split("</p>")[0]
    assert pump.organisation.name in html.split('class="hit__facts"')[1].split("</div>")[0]


def test_everything_shows_the_best_of_each_kind_and_the_way_to_the_others(client: Client) -> None:
    challenges = ChallengeFactory.create_batch(5, title="Quieter pump")
    organisation = OrganisationFactory(name="Pump works")
    rebuild()

    html = get(client, "q=pump")

    assert html.count('class="hit"') == 3 + 1
    assert 'href="/search/?q=pump&amp;kind=challenge"' in html
    assert "See all 5" in html
    assert organisation.get_absolute_url() in html
    in_a_list = get(client, "q=pump&view=list")
    assert (in_a_list.count('class="hit"'), "hit-group" in in_a_list) == (6, False)
    assert all(challenge.get_absolute_url() in in_a_list for challenge in challenges)


def test_a_range_narrows_and_can_be_taken_back(client: Client) -> None:
    small, large = (ChallengeFactory(title=f"{worth} pump") for worth in ("Small", "Large"))
    for challenge, amount in ((small, 100), (large, 90_000)):
        challenge.rewards.all().delete()
        challenge.rewards.create(rank=1, title="Prize", amount=Money(amount, "EUR"))
    rebuild()

    html = get(client, "q=pump&kind=challenge&reward_from=1000")

    assert (large.get_absolute_url() in html, small.get_absolute_url() in html) == (True, False)
    assert 'name="reward_from" value="1000"' in html
    chip = html.split("Reward from 1,000")[0].rsplit('href="', 1)[1].split('"')[0]
    assert small.get_absolute_url() in get(client, chip.replace("&amp;", "&").partition("?")[2])


def test_nothing_found_offers_to_narrow_less(client: Client, pump: Any) -> None:
    html = get(client, "q=pump&kind=challenge&state=open&industry=Z&reward_from=999999999")

    assert "Nothing was found" in html
    assert "Without narrowing by" not in html, "two things narrow too much: none alone would help"
    html = get(client, "q=pump&kind=challenge&industry=nonsense")
    assert "Without narrowing by “Industry”" in html
    assert "1 result" in html


def test_results_are_exported_as_a_table_of_what_one_may_see(client: Client, pump: Any) -> None:
    hidden = ChallengeFactory(title="Secret pump", state=ChallengeState.DRAFT, published_at=None)
    ChallengeFactory(title='=HYPERLINK("x") pump')
    rebuild()
    assert client.get("/search/results.csv?q=pump")["Location"].startswith("/account/login/")
    client.force_login(UserFactory())

    answer = client.get("/search/results.csv?q=pump")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert {row["title"] for row in rows} == {"Quieter <b>pump</b>", '\'=HYPERLINK("x") pump'}
    assert hidden.title not in answer.content.decode()
    row = next(row for row in rows if row["id"] == pump.slug)
    assert (row["kind"], row["summary"]) == ("Challenge", "A pump & a hum.")
    assert row["address"].endswith(pump.get_absolute_url())
    client.force_login(owner_of(hidden.organisation))
    assert hidden.title in client.get("/search/results.csv?q=pump").content.decode()


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_questions_get_an_answer_and_no_error(client: Client, pump: Any, query: str) -> None:
    assert "<h1>Search</h1>" in get(client, query)


def test_what_was_not_understood_is_said(client: Client, pump: Any) -> None:
    assert "There is no such kind of thing" in get(client, "kind=gizmo")
    assert "cannot be put in that order" in get(client, "sort=colour")
    assert "only its beginning" in get(client, "q=" + "x" * 2_000_000)


def test_a_facet_narrows_and_can_be_taken_back(client: Client, pump: Any) -> None:
    ChallengeFactory(title="Another pump", industry="E")
    rebuild()

    html = get(client, "q=pump&kind=challenge&industry=E")

    assert "<strong>1</strong> result" in html
    assert "Another <mark>pump</mark>" in html
    assert 'href="/search/?q=pump&amp;kind=challenge&amp;industry=E&amp;industry=C"' in html
    assert 'href="/search/?q=pump&amp;kind=challenge"' in html


def test_htmx_gets_only_the_results(client: Client, pump: Any) -> None:
    html = get(client, "q=pump", **{"HX-Request": "true", "HX-Target": "results"})

    assert html.lstrip().startswith('<div class="page')
    assert "<html" not in html
    restored = {"HX-Request": "true", "HX-Target": "results", "HX-History-Restore-Request": "true"}
    assert "<html" in get(client, "q=pump", **restored)


def test_results_are_turned_page_by_page(client: Client) -> None:
    room = Room.objects.create(audience="community", title="Commons")
    author = UserFactory()
    for seq in range(1, 46):
        MessageFactory(room=room, author=author, seq=seq, text=f"tungsten {seq}")
    rebuild()

    first, last = get(client, "q=tungsten"), get(client, "q=tungsten&page=99")

    assert ("Page 1 of 3" in first, 'rel="next"' in first, 'rel="prev"' in first) == (True, True, False)
    assert ("Page 3 of 3" in last, 'rel="next"' in last, 'rel="prev"' in last) == (True, False, True)
    assert (first.count('class="hit"'), last.count('class="hit"')) == (20, 5)


def test_nothing_found_says_what_to_do(client: Client, pump: Any) -> None:
    html = get(client, "q=xylophone&kind=patent")

    assert "Nothing was found" in html
    assert 'href="/search/?q=xylophone"' in html


def test_a_slip_finds_and_asks_what_was_meant(client: Client, pump: Any) -> None:
    html = get(client, "q=quietr+pump")

    assert "Quieter" in html
    assert 'href="/search/?q=quieter+pump"' in html


def test_a_draft_is_found_by_its_owner_and_by_nobody_else(client: Client) -> None:
    organisation = OrganisationFactory()
    ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT, title="Zirconium secret")
    rebuild()
    client.force_login(owner_of(organisation))
    assert "<strong>1</strong> result for" in get(client, "q=zirconium")

    client.force_login(UserFactory())
    html = get(client, "q=zirconium")

    assert "<strong>0</strong> results for" in html
    assert "secret" not in html
    assert "Did you mean" not in html


def test_what_was_hidden_a_moment_ago_is_not_shown_however_late_the_index(client: Client, pump: Any) -> None:
    type(pump).objects.filter(pk=pump.pk).update(published_at=None, state="draft")

    assert "Quieter" not in get(client, "q=pump")
    assert "Quieter" not in client.get("/search/suggest/?q=quiet").content.decode()


def test_without_the_engine_titles_are_searched_and_it_is_said(
    client: Client, pump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise EngineUnavailable("gone fishing")

    for method in ("search", "suggest", "similar"):
        monkeypatch.setattr(engines.current(), method, away)
    draft = ChallengeFactory(title="Hidden pump", state=ChallengeState.DRAFT)

    html = get(client, "q=pump")

    assert "Search is being repaired" in html
    assert "Quieter" in html
    assert draft.title not in html
    assert "gone fishing" not in html
    assert "Nothing was found" in get(client, "q=xylophone")
    assert client.get("/search/suggest/?q=quiet").status_code == 200
    assert client.get(f"/search/related/challenge/{pump.slug}/").status_code == 200


def test_suggestions_are_options_of_a_list_and_json_for_programs(client: Client, pump: Any) -> None:
    html = client.get("/search/suggest/?q=quiet").content.decode()
    data = json.loads(client.get("/search/suggest/?q=quiet", headers={"Accept": "application/json"}).content)

    assert html.count('<li role="option">') == 1
    assert "Quieter &lt;b&gt;pump&lt;/b&gt;" in html
    assert data == {
        "suggestions": [
            {"kind": "challenge", "label": "Challenge", "title": pump.title, "url": pump.get_absolute_url()}
        ]
    }


def test_suggestions_are_the_same_for_everybody(client: Client, pump: Any) -> None:
    organisation = OrganisationFactory()
    ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT, title="Quietest secret")
    rebuild()
    stranger = client.get("/search/suggest/?q=quie").content

    client.force_login(owner_of(organisation))

    assert client.get("/search/suggest/?q=quie").content == stranger
    assert b"secret" not in stranger


def test_related_things_are_public_and_only_for_who_sees_the_object(client: Client, pump: Any) -> None:
    organisation = OrganisationFactory()
    text = "Bearings of zirconia run without grease in cold pumps."
    mine = ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT, title="Bearing", summary=text)
    ChallengeFactory(title="Cold zirconia bearings", summary="Grease-free pumps.")
    ChallengeFactory(state=ChallengeState.DRAFT, title="Hidden zirconia bearings", summary=text)
    rebuild()
    url = f"/search/related/challenge/{mine.slug}/"

    assert client.get(url).status_code == 404
    client.force_login(owner_of(organisation))
    html = client.get(url).content.decode()

    assert "Cold zirconia bearings" in html
    assert "Hidden zirconia" not in html
    assert "Like this one" in html
    assert client.get("/search/related/gizmo/x/").status_code == 404
    assert client.get("/search/related/challenge/no-such/").status_code == 404


def test_a_page_of_results_takes_as_many_queries_for_three_hits_as_for_one(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    user = UserFactory(is_platform_master=True)
    counts = []
    for extra in (1, 3):
        for _ in range(extra):
            ChallengeFactory(title="Tungsten wire", state=ChallengeState.DRAFT)
        rebuild()
        client.force_login(User.objects.get(pk=user.pk))
        get(client, "q=tungsten")  # so that synonyms, read every few seconds, have just been read
        with django_assert_max_num_queries(40) as captured:
            get(client, "q=tungsten")
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/search/").status_code == 405
    assert client.post("/search/suggest/").status_code == 405


def test_tabs_and_facets_are_each_viewers_own(client: Client, pump: Any) -> None:
    """What is written once is shown to those alone whose counts it has."""
    ChallengeFactory(organisation=pump.organisation, title="Secret pump", state=ChallengeState.DRAFT, published_at=None)
    rebuild()
    seeker = Client()
    seeker.force_login(owner_of(pump.organisation))

    shown = [get(who, "q=pump&kind=challenge") for who in (client, seeker, client, seeker)]

    assert ["Draft" in html.partition('id="narrow"')[2] for html in shown] == [False, True, False, True]
    assert [html.count('<span class="chip__count">2</span>') > 0 for html in shown] == [False, True, False, True]
