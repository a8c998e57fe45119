"""Words that editors say mean the same find one another."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client

from search import synonyms
from search.asking import request_from
from search.models import SynonymGroup
from search.queries import result_page
from search.rebuild import rebuild
from search.requests import ResultPage
from tests.factories.accounts import UserFactory
from tests.factories.challenges import ChallengeFactory
from tests.search.working import work

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TITLES = ("Quiet pump", "Тихий насос", "低噪音水泵", "A circulating device", "Battery")


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    synonyms.forget()
    yield
    synonyms.forget()


@pytest.fixture
def needs(portal_engine: str) -> None:
    rebuild()
    for title in TITLES:
        ChallengeFactory(title=title, summary="", problem="")
    work()


def found(query: str) -> ResultPage:
    return result_page(request_from(QueryDict(query), AnonymousUser())[0], AnonymousUser())


def titles(page: ResultPage) -> list[str]:
    return sorted(hit.obj.title for hit in page.hits)


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize("word", ["pump", "pumps", "насос", "насосы", "水泵", "circulating+device"])
def test_each_of_a_group_finds_the_others_in_any_language(word: str) -> None:
    SynonymGroup.objects.create(words="pump, насос, 水泵, circulating device")

    assert titles(found(f"q={word}+&kind=challenge")) == sorted(TITLES[:4])


@pytest.mark.usefixtures("needs")
def test_what_was_found_by_another_word_is_marked(client: Client) -> None:
    SynonymGroup.objects.create(words="pump, насос")

    shown = {hit.obj.title: str(hit.title) for hit in found("q=pump+&kind=challenge").hits}

    assert shown["Тихий насос"] == "Тихий <mark>насос</mark>"
    assert shown["Quiet pump"] == "Quiet <mark>pump</mark>"


@pytest.mark.usefixtures("needs")
def test_a_word_and_its_synonym_count_as_one() -> None:
    SynonymGroup.objects.create(words="pump, насос")

    page = found("q=тихий+pump+&kind=challenge")

    assert str(page.hits[0].obj) == "Тихий насос"


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("a+quiet+circulating+device", 4),
        ("title:circulating+title:device", 4),
        ("circulating+title:device", 1),
        ("circulating+battery+device", 2),
        ('"circulating+device"', 1),
    ],
)
def test_a_phrase_is_known_where_its_words_stand_together(query: str, count: int) -> None:
    SynonymGroup.objects.create(words="pump, насос, 水泵, circulating device")

    assert found(f"q={query}+&kind=challenge").total == count


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize("query", ['"pump"', "battery"])
def test_what_is_quoted_is_meant_as_it_stands_and_other_words_as_they_are(query: str) -> None:
    SynonymGroup.objects.create(words="pump, насос")

    assert len(found(f"q={query}&kind=challenge").hits) == 1


@pytest.mark.usefixtures("needs")
def test_a_word_of_one_place_finds_the_others_there_too() -> None:
    ChallengeFactory(title="A device", summary="Moves water like a насос", problem="")
    work()
    SynonymGroup.objects.create(words="pump, насос")

    assert titles(found("q=title:pump+&kind=challenge")) == ["Quiet pump", "Тихий насос"]


@pytest.mark.usefixtures("needs")
def test_a_change_is_known_to_the_next_question() -> None:
    assert titles(found("q=pump&kind=challenge")) == ["Quiet pump"]
    group = SynonymGroup.objects.create(words="pump, насос")
    assert len(found("q=pump&kind=challenge").hits) == 2

    group.delete()

    assert titles(found("q=pump&kind=challenge")) == ["Quiet pump"]


def test_other_processes_hear_of_it_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    request_from(QueryDict("q=pump"), AnonymousUser())
    SynonymGroup.objects.bulk_create([SynonymGroup(words="pump, насос")])  # no signal, as from elsewhere
    asked, _notes = request_from(QueryDict("q=pump"), AnonymousUser())
    assert asked.parsed.wanted[0].synonyms == ()

    monkeypatch.setattr(synonyms, "FRESH_SECONDS", 0)

    asked, _notes = request_from(QueryDict("q=pump"), AnonymousUser())
    assert [str(each) for each in asked.parsed.wanted[0].synonyms] == ["насос"]


@pytest.mark.parametrize("words", ["pump", "pump, pump", " , ,", "..., !!"])
def test_a_group_that_says_nothing_is_refused_or_harmless(words: str) -> None:
    group = SynonymGroup(words=words)
    if len(set(group.members)) < 2:
        with pytest.raises(ValidationError, match="at least two different words"):
            group.full_clean()
    group.save()

    asked, _notes = request_from(QueryDict("q=pump"), AnonymousUser())

    assert asked.parsed.wanted[0].synonyms == ()


def test_the_platform_master_keeps_them_in_the_cms(client: Client) -> None:
    client.force_login(UserFactory(is_platform_master=True), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post("/cms/snippets/search/synonymgroup/add/", {"words": "pump、насос，水泵"})

    assert answer.status_code == 302
    assert SynonymGroup.objects.get().members == ["pump", "насос", "水泵"]
