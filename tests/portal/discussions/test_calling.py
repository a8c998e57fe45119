"""Calling people by name."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.discussions import actions
from portal.discussions.models import Mention, Message
from portal.kernel.outbox import drain
from portal.live import limits
from portal.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.discussions import MessageFactory, RoomFactory, pointer, room_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_said_anything():
    limits.MESSAGES.reset()


@pytest.fixture
def room():
    return RoomFactory(title="Heat pumps")


@pytest.fixture
def ada(room):
    person = UserFactory(display_name="Ada [Lovelace]", profile__is_public=False)
    MessageFactory(room=room, author=person, seq=1)
    room.seq = 1
    room.save()
    return person


def told() -> list[tuple[str, str]]:
    return sorted((row.user.display_name, row.category) for row in Notification.objects.select_related("user"))


def test_who_is_called_is_told_and_their_name_is_a_link(room, creator, ada):
    message = actions.post_message(room, author=creator, text="Ask @**ada [lovelace]** about it")

    link = f'<a href="/people/{ada.public_id}/" rel="nofollow noopener noreferrer">@Ada [Lovelace]</a>'
    assert link in message.html
    assert (told(), Mention.objects.get().user) == ([("Ada [Lovelace]", "mentions")], ada)


@pytest.mark.parametrize("text", ["@**Nobody**", "@**Ada**", "ada [lovelace]", "@**Ada [Lovelace]|guessed**"])
def test_a_name_that_fits_nobody_stays_as_it_was_written(room, creator, ada, text):
    actions.post_message(room, author=creator, text=text)

    assert told() == []


def test_of_two_of_a_name_the_key_tells(room, creator, ada):
    other = UserFactory(display_name="Ada [Lovelace]")
    actions.post_message(room, author=creator, text="@**Ada [Lovelace]**")
    assert told() == []

    actions.post_message(room, author=creator, text=f"@**Ada [Lovelace]|{other.public_id}**")

    assert Notification.objects.get().user == other


def test_whoever_cannot_see_the_room_is_not_told_and_the_author_is_warned(organisation, owner, creator):
    private = room_of(organisation)
    creator.profile.is_public = True
    creator.profile.save()
    client = Client()
    client.force_login(owner)

    page = client.post(
        f"{private.get_absolute_url()}messages/new/", {"text": f"@**{creator.display_name}**"}, follow=True
    )

    assert (told(), "is not told that you mentioned them" in page.content.decode()) == ([], True)
    assert Mention.objects.count() == 0


def test_oneself_and_twice_is_nobody_and_once(room, creator, ada):
    actions.post_message(room, author=creator, text=f"@**{creator}** @**Ada [Lovelace]** @**Ada [Lovelace]**")

    assert told() == [("Ada [Lovelace]", "mentions")]


def test_in_other_words_only_the_newly_called_are_told(room, creator, ada):
    bob = UserFactory(display_name="Bob")
    message = actions.post_message(room, author=creator, text="@**Ada [Lovelace]**")
    actions.edit_message(message, actor=creator, text="@**Ada [Lovelace]** and @**Bob**")
    actions.edit_message(Message.objects.get(pk=message.pk), actor=creator, text="@**Bob** and @**Ada [Lovelace]**")

    assert told() == [("Ada [Lovelace]", "mentions"), ("Bob", "mentions")]
    assert bob.mentions.count() == 1


def test_at_most_twenty_are_called(room, creator):
    for n in range(25):
        UserFactory(display_name=f"Person {n:02}")

    actions.post_message(room, author=creator, text=" ".join(f"@**Person {n:02}**" for n in range(25)))

    assert Notification.objects.count() == 20


def test_people_are_offered_by_the_beginning_of_a_name_those_in_the_room_alone_if_shy(room, creator, ada, organisation):
    reader = UserFactory(display_name="Adam", profile__is_public=False)
    pointer(room, reader, 1)
    public = UserFactory(display_name="Zoe Adams")
    client = Client()
    client.force_login(creator)

    answer = client.get(f"{room.get_absolute_url()}people/?q=ada").json()

    assert answer == {
        "people": [
            {"name": "Ada [Lovelace]", "written": "@**Ada [Lovelace]**", "sees": True},
            {"name": "Zoe Adams", "written": "@**Zoe Adams**", "sees": True},
        ]
    }
    assert public.profile.is_public
    assert client.get(f"{room_of(organisation).get_absolute_url()}people/?q=ada").status_code == 404
    assert Client().get(f"{room.get_absolute_url()}people/").status_code == 302


def test_who_has_talked_here_is_offered_before_who_has_not(room, creator):
    UserFactory(display_name="Adam")
    MessageFactory(room=room, author=UserFactory(display_name="Zoe Adams"), seq=1)
    client = Client()
    client.force_login(creator)

    found = client.get(f"{room.get_absolute_url()}people/?q=ada").json()["people"]

    assert [person["name"] for person in found] == ["Zoe Adams", "Adam"]


def test_a_mention_is_not_mailed_once_the_room_is_closed_to_them(organisation, owner, colleague, mailoutbox):
    private = room_of(organisation)
    pointer(private, colleague, 0)
    actions.post_message(private, author=owner, text=f"@**{colleague.display_name}**")
    assert told() == [(colleague.display_name, "mentions")]
    colleague.memberships.all().delete()

    drain(["mail"])

    assert mailoutbox == []
