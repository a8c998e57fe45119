"""Order in a room, as those who are in it see it: at once, and without a word that is not theirs to read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.accounts.models import User
from portal.discussions import actions
from portal.discussions.models import Room
from tests.browser.conftest import Browse
from tests.browser.test_chat import bodies, enter, say
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory
from tests.servers.served import ServedPortal


@pytest.fixture
def room(live_portal: ServedPortal) -> Room:
    return RoomFactory(title="Solid-state cooling")


@pytest.fixture
def people(live_portal: ServedPortal) -> list[User]:
    return [UserFactory(is_platform_master=True), UserFactory(display_name="Ada"), UserFactory(display_name="Bo")]


def test_a_hidden_message_is_gone_from_open_pages_at_once(browse: Browse, room: Room, people: list[User]) -> None:
    master, ada, bo = people
    hers, his = enter(browse(ada), room), enter(browse(bo), room)
    say(hers, "Cheap pumps")
    expect(bodies(his)).to_have_text(["Cheap pumps"])

    keeper = browse(master)
    keeper.goto(f"{room.get_absolute_url()}messages/1/hide/")
    keeper.get_by_label("Reason").fill("Advertising")
    keeper.get_by_role("button", name="Hide").click()

    expect(bodies(his)).to_have_text(["This message is hidden by a moderator."])
    assert "Cheap pumps" not in his.content()
    hers.reload()
    expect(bodies(hers)).to_contain_text(["Cheap pumps"])
    keeper.goto(f"{room.get_absolute_url()}messages/1/unhide/")
    keeper.get_by_role("button", name="Show again").click()
    expect(bodies(his)).to_have_text(["Cheap pumps"])


def test_a_lock_and_slow_mode_reach_open_pages_at_once(browse: Browse, room: Room, people: list[User]) -> None:
    master, ada, _bo = people
    hers, keeper = enter(browse(ada), room), browse(master)
    composer = hers.get_by_role("textbox", name="Write a message")

    keeper.goto(f"{room.get_absolute_url()}order/")
    keeper.get_by_role("button", name="Lock the room").click()
    expect(composer).to_be_hidden()
    keeper.get_by_role("button", name="Unlock the room").click()
    expect(composer).to_be_visible()
    keeper.get_by_label("Each person writes at most once in").select_option("300")
    keeper.get_by_role("button", name="Save").click()

    expect(hers.get_by_text("Slow mode: one message in 300 seconds")).to_be_visible()
    say(hers, "One")
    expect(bodies(hers)).to_have_text(["One"])
    say(hers, "Two")
    expect(hers.locator(".message[data-state=failed]")).to_contain_text("a lot at once")


def test_somebody_blocked_is_folded_away_as_they_speak(browse: Browse, room: Room, people: list[User]) -> None:
    _master, ada, bo = people
    actions.block_person(bo, actor=ada)
    hers, his = enter(browse(ada), room), enter(browse(bo), room)

    say(his, "Hello Ada")

    expect(hers.get_by_text("A message of somebody you blocked")).to_be_visible()
    expect(hers.get_by_text("Hello Ada")).to_be_hidden()
    hers.get_by_text("A message of somebody you blocked").click()
    expect(hers.get_by_text(re.compile("^Hello Ada$"))).to_be_visible()
