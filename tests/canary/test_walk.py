"""The canary walk: as everybody, through every door, looking for what they may not read."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client, override_settings

from portal.kernel import kinds
from portal.kernel.errors import Missing, Refused
from portal.kernel.outbox import drain
from portal.live import topics
from portal.notifications.send import send
from search import engines
from search.documents.tokens import tokens_of
from search.rebuild import rebuild
from search.requests import LARGEST_PAGE, SearchRequest
from tests.canary import doors
from tests.canary.scene import LANGUAGES, ROLES, WORD, Scene, build

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.timeout(400)]

PAIRS = 2_000
OUTSIDERS = ("anonymous", "stranger", "competitor")
NOTED = {
    *("challenges_submissionaccess", "kernel_auditevent", "kernel_outboxentry", "search_fruitlessquery"),
    *("django_session", "usersessions_usersession", "wagtailusers_userprofile"),
}
"""The tables in which looking leaves a trace: what was read, by whom, in vain; that they are there."""


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Made once and found by each test as it was made: what a test changes is rolled back to here."""
    folder = tmp_path_factory.mktemp("canary")
    known = {
        "API_RATE_STRANGER": 10_000_000,
        "API_RATE_KNOWN": 10_000_000,
        "EMBEDDED": False,  # where it is set, the mail that an installation keeps for itself is everybody's to see
        "PORTAL_VAR": folder,
        "MEDIA_ROOT": folder / "media",
        "PRIVATE_ROOT": folder / "private",
    }
    with override_settings(**known), django_db_blocker.unblock(), transaction.atomic():
        made = build()
        rebuild()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def own_folders(scene: Scene) -> None:
    """The scene's, instead of each test's own."""
    cache.clear()


def walker(scene: Scene, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(scene.people[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    """All that came back: head and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{head}\n{body.decode('utf-8', 'replace')}"


def behind_doors(scene: Scene, client: Client) -> Iterator[tuple[str, str]]:
    """Each address with what is there: never a broken page. Where looking is not allowed at all, once is enough."""
    for pattern in filter(doors.is_walked, doors.patterns()):
        for address in doors.addresses(pattern, scene.objects):
            response = client.get(address)
            assert response.status_code != 500, address
            yield address, unaddressed(scene, text_of(response))
            if response.status_code == 405:
                break


def searches(scene: Scene, role: str) -> Iterator[str]:
    """Every hidden word as somebody types, in all languages; and, asked by outsiders, by the API and the page.

    There each word in one of its languages, quoted since the Chinese one is several words to a search.
    """
    for number in scene.words:
        word = LANGUAGES[number % len(LANGUAGES)].format(number)
        yield f"/search/suggest/?q={word[:-1]}"
        if role in OUTSIDERS:
            yield f'/api/v1/search?q="{word}"'
            yield f'/search/?q="{word}"'
    for word in (written.format(0) for written in LANGUAGES):
        for length in range(1, len(word) - 1):
            yield f"/search/suggest/?q={word[:length]}"
            yield f"/api/v1/search/suggest?q={word[:length]}"


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_through_any_door_what_they_may_not(scene: Scene, role: str, caplog: Any) -> None:
    """Pages, files, fragments, feeds, the API, search and topics; head and body, and what is logged meanwhile.

    And looking changes nothing: it may note that something was read.
    """
    caplog.set_level(logging.INFO)
    client = walker(scene, role)
    before = contents()

    told = dict(behind_doors(scene, client))
    found = {(address, leak) for address, text in told.items() for leak in scene.leaks(role, text)}
    found |= {leak for address in searches(scene, role) for leak in searched(scene, client, role, address)}
    found |= set(counted(scene, role))
    found |= set(listened(scene, role))
    found |= {("log", leak) for record in caplog.records for leak in scene.leaks(role, logged(scene, record))}

    assert sorted(found) == []
    assert len(told) * len(ROLES) >= PAIRS
    assert {table for table, rows in contents().items() if before[table] != rows} <= NOTED


def contents() -> dict[str, str]:
    """A digest of all rows of each table."""
    with connection.cursor() as cursor:
        return {table: _digest(cursor, table) for table in connection.introspection.table_names(cursor)}


def _digest(cursor: Any, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')
    return hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


def logged(scene: Scene, record: logging.LogRecord) -> str:
    """What the log says, without the address that was asked for."""
    return unaddressed(scene, record.getMessage())


def unaddressed(scene: Scene, text: str) -> str:
    """The text without the slugs of objects: the visitor typed them, and redirects and logs say them again."""
    for obj in scene.objects:
        text = text.replace(getattr(obj, "slug", "") or "\0", "")
    return text


def searched(scene: Scene, client: Client, role: str, address: str) -> Iterator[tuple[str, str]]:
    """What a search tells beyond the word that was typed, which its answer says again; a count tells too."""
    response = client.get(address, headers={"HX-Request": "true", "HX-Target": "results"})
    assert response.status_code == 200, address
    asked = WORD.search(address)
    text = text_of(response)
    if asked is not None and "<mark>" not in text:
        text = text.replace(asked.group(), "")
    yield from ((address, leak) for leak in scene.leaks(role, text))
    if asked is not None and address.startswith("/api/v1/search?"):
        what, allowed = scene.words[int(asked.group(1))]
        if role not in allowed and orjson.loads(response.content)["total"]:
            yield address, what


def counted(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """Hidden words of which the index tells a person that they are somewhere: page and API ask it as this does."""
    tokens = tokens_of(scene.people[role])
    for number, (what, allowed) in scene.words.items():
        for written in LANGUAGES if role not in allowed else ():
            if engines.current().search(SearchRequest(f'"{written.format(number)}"', tokens=tokens)).total:
                yield written.format(number), what


def listened(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """What is heard at every topic and object: who joins is caught up with what was said, as the socket would."""
    for topic in list(topics._topics.values()):
        for key in ["", *(obj.public_id for obj in scene.objects if hasattr(obj, "public_id"))]:
            told = heard(topic, key, scene.people[role])
            yield from ((f"{topic.name}:{key}", leak) for leak in scene.leaks(role, told))


def heard(topic: topics.Topic, key: str, person: Any) -> str:
    """The frames that ``person`` gets on joining from the beginning."""
    if not _can_join(topic, key, person):
        return ""
    stands = topic.standing(person, key, 0, 0), topic.standing(person, key, None, 0)
    return str([[*each.missed, *each.changed] for each in stands])


@dataclass(frozen=True)
class Told:
    """News of an object that says its name."""

    about: Any
    category: str = "canary"

    @property
    def kind(self) -> str:
        return kinds.of(self.about).name

    @property
    def key(self) -> str:
        return kinds.key(self.about)

    def subject(self) -> str:
        return f"News of {self.about}"

    def body(self) -> str:
        return str(self.about)

    def url(self) -> str:
        return "/"


def test_mail_tells_nobody_what_they_may_not_read(scene: Scene, mailoutbox: list[EmailMessage]) -> None:
    """Everybody is told of everything, as if all had had the right; mail leaves to those who have it then."""
    people = {person.email: role for role, person in scene.people.items() if role != "anonymous"}
    named = [obj for obj in scene.objects if type(obj) in {kind.model for kind in kinds.all_kinds()}]
    for obj in named:
        send(Told(obj), to=[person for role, person in scene.people.items() if role != "anonymous"])

    drain()

    mailed = [(people[to], mail) for mail in mailoutbox for to in mail.to if to in people]
    leaks = {(role, leak) for role, mail in mailed for leak in scene.leaks(role, f"{mail.subject} {mail.body}")}
    assert sorted(leaks) == []
    hidden = [mail for _role, mail in mailed if WORD.search(mail.subject)]
    assert len({mail.subject for mail in hidden}) >= 5, "those who may read it are told"
    assert len(hidden) < len([obj for obj in named if WORD.search(str(obj))]) * len(people)


def test_the_public_index_holds_nothing_that_only_some_may_read(scene: Scene) -> None:
    strangers = engines.current().search(_everything())

    assert sorted({leak for hit in strangers.hits for leak in scene.leaks("anonymous", str(hit.source))}) == []


def _everything() -> Any:
    return SearchRequest("", size=LARGEST_PAGE)


def test_the_walk_finds_a_leak_where_there_is_one(scene: Scene, monkeypatch: Any) -> None:
    """A gate that lets everybody through is found out."""
    monkeypatch.setattr("challenges.rules.can_view_submission", lambda user, obj: True)
    address = next(f"/submissions/{o.public_id}/" for o in scene.objects if o._meta.model_name == "submission")
    client = walker(scene, "stranger")

    assert scene.leaks("stranger", text_of(client.get(address))) != set()


def test_every_door_is_walked(scene: Scene) -> None:
    """A new address whose parameters the walk does not know fails here, by its name."""
    for pattern in doors.patterns():
        if doors.is_walked(pattern):
            assert doors.addresses(pattern, scene.objects), f"nothing in the scene lies behind {pattern}"


def test_the_api_is_walked_with_the_rest(scene: Scene) -> None:
    """What the description of the API promises to show is where the walk goes."""
    described = orjson.loads(Client().get("/api/v1/openapi.json").content)["paths"]
    shown = {path for path, operations in described.items() if "get" in operations}
    walked = {doors.PARAMETER.sub("{}", f"/{pattern}") for pattern in doors.patterns() if doors.is_walked(pattern)}

    assert {re.sub(r"{\w+}", "{}", path) for path in shown} <= walked


def test_every_topic_is_listened_to(scene: Scene) -> None:
    """A new topic behind which the scene has nothing fails here, by its name."""
    keys = ["", *(obj.public_id for obj in scene.objects if hasattr(obj, "public_id"))]
    for topic in topics._topics.values():
        assert any(_can_join(topic, key, person) for key in keys for person in scene.people.values()), topic.name


def _can_join(topic: topics.Topic, key: str, person: Any) -> bool:
    try:
        return topic.can_join(person, key)
    except (Missing, Refused):
        return False
