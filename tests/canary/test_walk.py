"""The canary walk: as everybody, through every door, looking for what they may not read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from portal.api.urls import version_1
from portal.kernel import kinds
from portal.kernel.errors import Missing, Refused
from portal.kernel.outbox import drain
from portal.live import topics
from portal.notifications.send import send
from search import engines
from search.rebuild import rebuild
from tests.canary import doors
from tests.canary.scene import ROLES, WORD, Scene, build

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.timeout(400)]

PAIRS = 1_000


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Scene:
    settings.API_RATE_STRANGER = settings.API_RATE_KNOWN = 10_000_000
    settings.EMBEDDED = False  # where it is set, the mail that an installation keeps for itself is everybody's to see
    settings.PORTAL_VAR = tmp_path
    cache.clear()
    made = build()
    rebuild()
    return made


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


def pages(scene: Scene) -> list[str]:
    walked = (pattern for pattern in doors.patterns() if doors.is_walked(pattern))
    return [address for pattern in walked for address in doors.addresses(pattern, scene.objects)]


def searches(scene: Scene, role: str) -> Iterator[str]:
    """Every hidden word by the API, and by the page as those who may read least: both show what one search found."""
    for word in scene.words:
        yield f"/api/v1/search?q={word}"
        if role in ("anonymous", "stranger", "competitor"):
            yield f"/search/?q={word}"
    for length in range(1, 10):
        yield f"/search/suggest/?q={'canary0'[:length]}"
        yield f"/api/v1/search/suggest?q={'canary0'[:length]}"
    yield from (f"/search/suggest/?q={word[:9]}" for word in scene.words)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_through_any_door_what_they_may_not(scene: Scene, role: str, caplog: Any) -> None:
    """Pages, files, fragments, feeds, the API, search and topics; head and body, and what is logged meanwhile."""
    caplog.set_level(logging.INFO)
    client = walker(scene, role)
    walked = pages(scene)

    found = {(address, leak) for address in walked for leak in scene.leaks(role, opened(scene, client, address))}
    found |= {leak for address in searches(scene, role) for leak in searched(scene, client, role, address)}
    found |= set(listened(scene, role))
    found |= {("log", leak) for record in caplog.records for leak in scene.leaks(role, logged(scene, record))}

    assert sorted(found) == []
    assert len(walked) * len(ROLES) >= PAIRS


def logged(scene: Scene, record: logging.LogRecord) -> str:
    """What the log says, without the address that was asked for."""
    return unaddressed(scene, record.getMessage())


def unaddressed(scene: Scene, text: str) -> str:
    """The text without the slugs of objects: the visitor typed them, and redirects and logs say them again."""
    for obj in scene.objects:
        text = text.replace(getattr(obj, "slug", "") or "\0", "")
    return text


def opened(scene: Scene, client: Client, address: str) -> str:
    """What is behind the door: never a broken page."""
    response = client.get(address)
    assert response.status_code != 500, address
    return unaddressed(scene, text_of(response))


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
        what, allowed = scene.words[asked.group()]
        if role not in allowed and orjson.loads(response.content)["total"]:
            yield address, what


def listened(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """What is heard at every topic and object: who joins is caught up with what was said, as the socket would."""
    for topic in list(topics._topics.values()):
        for key in ["", *(obj.public_id for obj in scene.objects if hasattr(obj, "public_id"))]:
            told = heard(topic, key, scene.people[role])
            yield from ((f"{topic.name}:{key}", leak) for leak in scene.leaks(role, told))


def heard(topic: topics.Topic, key: str, person: Any) -> str:
    """The frames that ``person`` gets on joining from the beginning."""
    try:
        if not topic.can_join(person, key):
            return ""
        return str(list(topic.standing(person, key, 0).missed))
    except (Missing, Refused):
        return ""


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
    from search.requests import LARGEST_PAGE, SearchRequest

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
    walked = {pattern for pattern in doors.patterns() if pattern.startswith("api/v1/")}

    assert walked == {f"api/v1/{entry.pattern}" for entry in version_1}


def test_looking_changes_nothing_but_what_is_logged(scene: Scene) -> None:
    """GET may note that something was read; it moves, makes and deletes nothing else."""
    noted = {
        *("challenges_submissionaccess", "kernel_auditevent", "kernel_outboxentry"),
        *("django_session", "usersessions_usersession"),
    }
    before = _counts()
    client = walker(scene, "owner")
    for address in pages(scene):
        opened(scene, client, address)

    assert {table for table, count in _counts().items() if before[table] != count} <= noted


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: _count(cursor, table) for table in tables}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return int(cursor.fetchone()[0])
