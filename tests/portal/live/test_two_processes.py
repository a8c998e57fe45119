"""Two portals on one PostgreSQL and one Redis, as an installation of several processes has them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from challenges.audiences import REVIEWERS
from portal.accounts.models import Membership, User
from portal.accounts.signals import membership_removed
from portal.discussions import actions
from portal.live import backplane as planes
from portal.live.backplane import Announcement, Lost, RedisBackplane
from portal.live.backplane.wire import CONTROL, unpacked
from portal.live.hub import MOST_SOCKETS
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory
from tests.factories.discussions import RoomFactory, room_beside
from tests.portal.live.conftest import Client, session_of
from tests.servers.databases import default_database, own_database
from tests.servers.redis import RedisServer, temporary_redis
from tests.servers.served import ServedPortal, start_portal

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
]

Dial = Callable[..., Client]


@dataclass
class Installation:
    """Two portals and what they stand on."""

    portals: list[ServedPortal]
    redis: RedisServer


@pytest.fixture(scope="module")
def installation(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Installation]:
    """Started once for all tests here, on a database of its own."""
    name = f"{connection.settings_dict['NAME']}_processes"
    with temporary_redis() as redis_server, ExitStack() as running, django_db_blocker.unblock():
        with default_database(name):
            own = own_database()
            own.fill()
            running.callback(own.remove)
        known = connection.settings_dict
        address = f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}/{name}"
        portals = []
        for each in ("a", "b"):
            portal = start_portal(tmp_path_factory.mktemp(each), database_url=address, redis_url=redis_server.url)
            running.callback(portal.kill)
            portals.append(portal)
        yield Installation(portals, redis_server)


@pytest.fixture(autouse=True)
def there(installation: Installation, django_db_blocker: Any) -> Iterator[None]:
    """What the test makes, it makes in the portals' database; people and rooms of its own."""
    name = f"{connection.settings_dict['NAME']}_processes"
    with django_db_blocker.unblock(), default_database(name):
        yield


@pytest.fixture
def portals(installation: Installation) -> list[ServedPortal]:
    return installation.portals


@pytest.fixture
def redis_server(installation: Installation) -> Iterator[RedisServer]:
    """Which may be killed: it is up again for the next test."""
    yield installation.redis
    if installation.redis.process is None:
        installation.redis.start()


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def other() -> User:
    return UserFactory()


@pytest.fixture
def also_here(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test itself does is announced over the same Redis, as by a third process."""
    monkeypatch.setattr(planes, "backplane", RedisBackplane(redis_server.url))


@pytest.fixture
def dial_at() -> Iterator[Dial]:
    """``dial_at(portal, person)`` opens a socket there."""
    with ExitStack() as opened:

        def open_socket(portal: ServedPortal, person: Any = None, **options: Any) -> Client:
            cookie = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={session_of(person)}"} if person else {}
            address = portal.url.replace("http", "ws", 1)
            connecting = connect(
                f"{address}/ws/",
                additional_headers=cookie,
                origin=portal.url,
                **{"max_size": None, "close_timeout": 0.5, "compression": None, **options},
            )
            return Client(opened.enter_context(connecting))

        yield open_socket


def new_id() -> str:
    return str(uuid.uuid4())


def seqs(client: Client, upto: int, *, within: float = 30.0) -> list[int]:
    """The numbers of the messages heard, until ``upto`` has come."""
    deadline = time.monotonic() + within
    heard = [frame["seq"] for frame in client.heard if frame["on"] == "message"]
    while not heard or heard[-1] < upto:
        heard.append(client.hear("message", within=max(0.01, deadline - time.monotonic()))["seq"])
    return heard


def test_what_is_said_in_one_process_is_heard_in_the_other(portals, dial_at, person, other):
    room = RoomFactory()
    speaker, listener = dial_at(portals[0], person), dial_at(portals[1], other)
    speaker.join(room.topic)
    listener.join(room.topic)

    sent = new_id()
    speaker.say("send", topic=room.topic, id=sent, text="over there?", ref=7)

    heard = listener.hear("message")
    assert (heard["id"], heard["text"], heard["seq"]) == (sent, "over there?", 1)
    assert speaker.hear("ack", ref=7)["seq"] == 1
    assert [seqs(speaker, 1), seqs(listener, 1)] == [[1], [1]]


def test_typing_and_the_number_of_people_cross_over(portals, dial_at, person, other):
    room = RoomFactory()
    one, other = dial_at(portals[0], person), dial_at(portals[1], other)
    one.join(room.topic)
    other.join(room.topic)

    assert one.hear("presence", count=2)["topic"] == room.topic
    one.say("typing", topic=room.topic)

    assert other.hear("typing")["author"]["id"] == person.public_id
    other.connection.close()
    assert one.hear("presence", count=1)["topic"] == room.topic


def test_rights_end_in_every_process_at_once(portals, also_here, dial_at, person, other):
    challenge, public = ChallengeFactory(), RoomFactory()
    owner, master = owner_of(challenge.organisation), UserFactory(is_platform_master=True)
    private = room_beside(challenge, audience=REVIEWERS)
    leaver, listener = dial_at(portals[0], owner), dial_at(portals[1], other)
    leaver.join(private.topic)
    listener.join(public.topic)

    Membership.objects.get(user=owner).delete()
    membership_removed.send(sender=Membership, user=owner, organisation=challenge.organisation, actor=master)
    actions.close_room(public, actor=master)

    assert leaver.hear("gone", within=2)["reason"] == "withdrawn"
    assert listener.hear("gone", within=2)["reason"] == "closed"


def test_signing_out_ends_the_sockets_of_every_process(portals, also_here, dial_at, client, person):
    client.force_login(person)
    room = RoomFactory()
    cookie = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={client.session.session_key}"}
    with ExitStack() as opened:
        tabs = []
        for portal in portals:
            address = f"{portal.url.replace('http', 'ws', 1)}/ws/"
            tabs.append(Client(opened.enter_context(connect(address, additional_headers=cookie, origin=portal.url))))
            tabs[-1].join(room.topic)

        client.post("/account/logout/")

        assert [tab.hear("gone", within=2)["reason"] for tab in tabs] == ["signed_out"] * 2
        assert [tab.close_code(within=2) for tab in tabs] == [4401] * 2


def test_a_burst_from_elsewhere_reaches_everyone_whole_and_in_order(portals, also_here, dial_at, person):
    room = RoomFactory()
    listeners = [dial_at(portals[n % 2]) for n in range(20)]
    for listener in listeners:
        listener.join(room.topic)

    for n in range(200):
        actions.post_message(room, author=person, text=f"{n}")

    assert [seqs(listener, 200) for listener in listeners] == [list(range(1, 201))] * 20


def test_a_person_has_so_many_sockets_in_all_processes_together(portals, dial_at, person):
    sockets = [dial_at(portals[n % 2], person) for n in range(MOST_SOCKETS)]
    room = RoomFactory()
    for socket in sockets:
        socket.join(room.topic)

    one_more = dial_at(portals[0], person)

    assert one_more.close_code() == 4429


@pytest.mark.timeout(300)
def test_redis_dies_twice_while_people_talk_and_nobody_misses_or_doubles_anything(portals, redis_server, dial_at):
    room = RoomFactory()
    people = UserFactory.create_batch(4)
    members = [dial_at(portals[n % 2], person) for n, person in enumerate(people)]
    for member in members:
        member.join(room.topic)

    for turn in range(60):
        if turn in (15, 40):
            redis_server.kill()
        if turn in (25, 50):
            redis_server.start()
        speaker = members[turn % len(members)]
        speaker.say("send", topic=room.topic, id=new_id(), text=f"turn {turn}", ref=turn)
        assert speaker.hear("ack", ref=turn)["seq"] == turn + 1

    assert [seqs(member, 60) for member in members] == [list(range(1, 61))] * len(members)
    assert not [frame for member in members for frame in member.heard if frame["on"] == "gap"]


@pytest.mark.timeout(300)
def test_what_becomes_of_messages_while_redis_is_away_is_known_everywhere_when_it_is_back(
    portals, redis_server, also_here, dial_at, person
):
    room = RoomFactory()
    kept, gone, shown = (actions.post_message(room, author=person, text=f"{n}") for n in range(3))
    members = [dial_at(portal) for portal in portals]
    for member in members:
        member.join(room.topic)

    redis_server.kill()
    actions.edit_message(kept, actor=person, text="In other words")
    actions.remove_message(gone, actor=person)
    redis_server.start()

    for member in members:
        assert member.hear("edited", within=30)["text"] == "In other words"
        assert member.hear("removed", within=30)["seq"] == gone.seq
    actions.react(shown, actor=person, sign="👍", on=True)
    assert [member.hear("edited", seq=shown.seq, within=10)["rev"] for member in members] == [3, 3]


def test_what_was_not_announced_is_told_of_when_redis_is_back(redis_server):
    """The others may have been back before: their own return does not make them look for it."""
    elsewhere = redis.Redis.from_url(redis_server.url, decode_responses=True)
    ours = RedisBackplane(redis_server.url)
    redis_server.kill()
    ours.announce(Announcement("room:1", "{}", 1))
    redis_server.start()
    with elsewhere.pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe(CONTROL)
        heard.get_message(timeout=5)

        ours.announce(Announcement("room:1", "{}", 2))
        told = iter(lambda: heard.get_message(timeout=10), None)

        assert (ours.origin, Lost()) in (unpacked(CONTROL, each["data"]) for each in told), "others may tell of it too"


@pytest.mark.timeout(300)
def test_a_redis_that_hangs_holds_nobody_up_and_nothing_is_missed(portals, redis_server, dial_at, person, other):
    room = RoomFactory()
    speaker, listener = dial_at(portals[0], person), dial_at(portals[1], other)
    speaker.join(room.topic)
    listener.join(room.topic)
    speaker.say("send", topic=room.topic, id=new_id(), text="before", ref=1)
    assert seqs(listener, 1) == [1]

    redis_server.hang()
    try:
        for turn in range(2, 12):
            speaker.say("send", topic=room.topic, id=new_id(), text=f"turn {turn}", ref=turn)
            assert speaker.hear("ack", ref=turn)["seq"] == turn
        late = dial_at(portals[1])
        late.join(room.topic, after=0)
        assert seqs(late, 11) == list(range(1, 12)), "who comes now is let in, and reads what there is"
        assert seqs(listener, 11) == list(range(1, 12)), "what was not brought is looked for while it hangs"
    finally:
        redis_server.go_on()
    speaker.say("send", topic=room.topic, id=new_id(), text="after", ref=12)

    assert [seqs(member, 12) for member in (speaker, listener, late)] == [list(range(1, 13))] * 3


def test_a_hundred_and_more_come_at_once_and_each_is_counted(portals, dial_at):
    room = RoomFactory()

    with ThreadPoolExecutor(60) as crowd:
        members = list(crowd.map(lambda n: dial_at(portals[n % 2]), range(120)))
        list(crowd.map(lambda member: member.join(room.topic), members))

    assert members[0].hear("presence", count=120, within=60)["topic"] == room.topic


def test_who_does_not_read_is_let_go_and_holds_up_nobody(portals, also_here, dial_at, person, other):
    room = RoomFactory()
    listener, idle = dial_at(portals[1], other, max_queue=None), dial_at(portals[1], max_queue=1)
    for member in (listener, idle):
        member.join(room.topic)

    for _turn in range(400):
        actions.post_message(room, author=person, text="x" * 9_000)

    assert seqs(listener, 400, within=60) == list(range(1, 401))
    assert idle.close_code(within=20) == 4008
    assert len(idle.heard) < 400


def test_a_portal_without_its_redis_says_so_and_serves(portals, redis_server, client):
    import json
    import urllib.request

    def readiness() -> dict[str, Any]:
        return json.loads(urllib.request.urlopen(f"{portals[0].url}/readyz").read())

    assert readiness()["dependencies"]["live"] == {"ok": True, "is": "redis"}
    redis_server.kill()

    told = readiness()

    assert (told["status"], told["dependencies"]["live"]["ok"]) == ("ready", False)
    assert "live" in told["degraded"]
    assert urllib.request.urlopen(f"{portals[0].url}/account/login/").status == 200


def test_who_was_in_a_process_that_died_misses_nothing_elsewhere(
    installation, portals, dial_at, person, other, tmp_path
):
    known = connection.settings_dict
    address = f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    dying = start_portal(tmp_path, database_url=address, redis_url=installation.redis.url)
    room = RoomFactory()
    speaker, moved = dial_at(portals[0], person), dial_at(dying, other)
    speaker.join(room.topic)
    moved.join(room.topic)
    speaker.say("send", topic=room.topic, id=new_id(), text="before", ref=1)
    assert moved.hear("message")["seq"] == 1

    dying.kill()
    with pytest.raises(ConnectionClosed):
        moved.hear("message")
    speaker.say("send", topic=room.topic, id=new_id(), text="meanwhile", ref=2)
    speaker.hear("ack", ref=2)
    again = dial_at(portals[1], other)
    again.join(room.topic, after=1)

    assert again.hear("message")["text"] == "meanwhile"
