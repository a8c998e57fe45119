"""Two people side by side: what one says, the other sees at once; and nothing is lost on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from portal.accounts.models import User
from portal.discussions import actions
from portal.discussions.models import Room
from tests.browser.accessibility import barriers
from tests.browser.conftest import DESK, PHONE, Browse
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory, talk
from tests.servers.served import ServedPortal


@pytest.fixture
def room(live_portal: ServedPortal) -> Room:
    return RoomFactory(title="Solid-state cooling")


@pytest.fixture
def ada(live_portal: ServedPortal) -> User:
    return UserFactory(display_name="Ada Lovelace")


@pytest.fixture
def bo(live_portal: ServedPortal) -> User:
    return UserFactory(display_name="陈博")


def enter(page: Page, room: Room) -> Page:
    """Open the room and wait until it is live."""
    page.goto(room.get_absolute_url())
    expect(page.locator("[data-present]")).to_be_visible()
    return page


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write a message").fill(text)
    page.get_by_role("button", name="Send").click()


def bodies(page: Page) -> Any:
    return page.locator(".message[data-seq] [data-body]")


def test_two_people_see_each_other_at_once(browse: Browse, room: Room, ada: User, bo: User) -> None:
    hers, his = enter(browse(ada), room), enter(browse(bo), room)

    say(hers, "Hello, is *anybody* here?")
    expect(bodies(his)).to_have_text(["Hello, is anybody here?"])
    expect(his.locator(".message em")).to_have_text("anybody")
    say(his, "我在！")

    expect(bodies(hers)).to_have_text(["Hello, is anybody here?", "我在！"])
    expect(bodies(his)).to_have_text(["Hello, is anybody here?", "我在！"])
    expect(hers.locator(".message[data-state]")).to_have_count(0)
    expect(hers.locator(".message__author").last).to_have_text("陈博")


def test_one_sees_who_is_here_and_who_writes(browse: Browse, room: Room, ada: User, bo: User) -> None:
    hers, his = enter(browse(ada), room), enter(browse(bo), room)

    expect(hers.locator("[data-present]")).to_have_text("2 people are here")
    his.get_by_role("textbox", name="Write a message").press_sequentially("Hm")

    expect(hers.locator("[data-typing]")).to_have_text("陈博 is writing…")


def test_enter_sends_and_shift_enter_makes_a_line(browse: Browse, room: Room, ada: User) -> None:
    page = enter(browse(ada), room)
    box = page.get_by_role("textbox", name="Write a message")

    box.press_sequentially("first")
    box.press("Shift+Enter")
    box.press_sequentially("second")
    box.press("Enter")

    expect(bodies(page)).to_have_text(re.compile(r"first\s+second"))
    expect(box).to_have_value("")


class Wire:
    """The line between a page and the portal, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._open: list[WebSocketRoute] = []
        self._is_cut = False
        page.route_web_socket(re.compile("/ws/$"), self._through)

    def _through(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close(code=1013)
        else:
            self._open += [socket, socket.connect_to_server()]

    def cut(self) -> None:
        self._is_cut = True
        for socket in self._open:
            socket.close(code=1001)
        self._open.clear()

    def mend(self) -> None:
        self._is_cut = False


def test_a_cut_connection_loses_nothing_either_way(browse: Browse, room: Room, ada: User, bo: User) -> None:
    hers, his = enter(browse(ada), room), browse(bo)
    wire = Wire(his)
    enter(his, room)
    say(hers, "before")
    expect(bodies(his)).to_have_text(["before"])

    wire.cut()
    say(hers, "meanwhile one")
    say(hers, "meanwhile two")
    expect(bodies(hers)).to_have_count(3)
    say(his, "said without a connection")
    expect(his.locator('.message[data-state="sending"]')).to_have_count(1)
    expect(his.locator("[data-status]")).to_have_text("The connection is cut. Trying again…")
    wire.mend()

    whole = ["before", "meanwhile one", "meanwhile two", "said without a connection"]
    expect(bodies(his)).to_have_text(whole, timeout=15_000)
    expect(bodies(hers)).to_have_text(whole)
    expect(his.locator("[data-status]")).to_be_hidden()
    expect(his.locator(".message[data-state]")).to_have_count(0)


def test_long_history_comes_as_one_scrolls(browse: Browse, room: Room, ada: User) -> None:
    talk(room, [ada], 130)
    page = enter(browse(ada), room)
    expect(bodies(page)).to_have_count(50)

    page.locator("[data-log]").evaluate("log => log.scrollTo(0, 0)")
    expect(bodies(page)).to_have_count(100)
    page.locator("[data-log]").evaluate("log => log.scrollTo(0, 0)")
    expect(bodies(page)).to_have_count(130)

    numbers = page.locator(".message[data-seq]").evaluate_all("all => all.map((one) => Number(one.dataset.seq))")
    assert numbers == list(range(1, 131))
    expect(page.get_by_role("link", name="Earlier messages")).to_have_count(0)


def test_a_link_into_the_past_reads_on_to_the_present(browse: Browse, room: Room, ada: User, bo: User) -> None:
    talk(room, [ada], 130)
    page = browse(bo)
    page.goto(room.messages.get(seq=30).get_absolute_url())
    expect(page.locator(".message:target [data-body]")).to_have_text("Message 30")

    for _turn in range(4):
        page.locator("[data-log]").evaluate("log => log.scrollTo(0, log.scrollHeight)")
        page.wait_for_timeout(200)

    expect(bodies(page).last).to_have_text("Message 130")
    numbers = page.locator(".message[data-seq]").evaluate_all("all => all.map((one) => Number(one.dataset.seq))")
    assert numbers == list(range(numbers[0], 131))


def test_who_reads_older_messages_is_not_torn_away(browse: Browse, room: Room, ada: User, bo: User) -> None:
    talk(room, [ada], 40)
    reader, speaker = enter(browse(bo), room), enter(browse(ada), room)
    reader.locator("[data-log]").evaluate("log => log.scrollTo(0, 200)")

    say(speaker, "News!")

    expect(reader.get_by_role("separator")).to_have_text("New messages")
    assert reader.locator("[data-log]").evaluate("log => log.scrollTop") == 200
    reader.get_by_role("button", name="To the newest").click()
    expect(bodies(reader).last).to_be_in_viewport()


def test_a_draft_outlives_the_page(browse: Browse, room: Room, ada: User) -> None:
    page = enter(browse(ada), room)
    page.get_by_role("textbox", name="Write a message").fill("half a thou")

    page.reload()

    expect(page.get_by_role("textbox", name="Write a message")).to_have_value("half a thou")


def more(page: Page, place: int = 0) -> Locator:
    """What can be done with a message, opened."""
    message = page.locator(".message").nth(place)
    message.hover()
    message.get_by_role("link", name=re.compile("^More to do")).click()
    return page.locator(".message-menu")


def test_answers_and_signs_are_seen_by_all(browse: Browse, room: Room, ada: User, bo: User) -> None:
    hers, his = enter(browse(ada), room), enter(browse(bo), room)
    say(hers, "Which fluid?")
    expect(bodies(his)).to_have_text(["Which fluid?"])

    his.locator(".message").hover()
    his.get_by_role("link", name="Answer Ada Lovelace").click()
    say(his, "Propane")
    expect(hers.locator(".message__answered")).to_contain_text("In answer to Ada Lovelace Which fluid?")
    expect(hers.get_by_role("link", name="1 answer")).to_be_visible()

    more(hers, 1).get_by_role("button", name="thumbs up").click()
    expect(his.get_by_role("button", name="thumbs up: 1")).to_have_attribute("aria-pressed", "false")
    expect(hers.get_by_role("button", name="thumbs up: 1")).to_have_attribute("aria-pressed", "true")
    his.get_by_role("button", name="thumbs up: 1").click()
    hers.get_by_role("button", name="thumbs up: 2").click()
    expect(his.get_by_role("button", name="thumbs up: 1")).to_have_attribute("aria-pressed", "true")


def test_who_is_called_by_name_is_told_in_all_tabs(browse: Browse, room: Room, ada: User) -> None:
    bo = UserFactory(display_name="Zoë of the one test")
    hers, his = enter(browse(ada), room), enter(browse(bo), room)
    elsewhere = his.context.new_page()
    elsewhere.goto("/challenges/")
    say(his, "Here I am")
    expect(bodies(hers)).to_have_text(["Here I am"])
    box = hers.get_by_role("textbox", name="Write a message")

    box.press_sequentially("Ask @zo")
    expect(hers.get_by_role("option", name=bo.display_name)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    box.press_sequentially("please")
    box.press("Enter")

    expect(his.get_by_role("link", name=f"@{bo.display_name}")).to_be_visible()
    expect(elsewhere.locator('[data-counter="bell"] [data-count]')).to_have_text("1")


def test_what_became_of_messages_meanwhile_is_learned_with_the_next_connection(
    browse: Browse, room: Room, ada: User, bo: User
) -> None:
    """What this process does, the portal's own does not announce."""
    hers, his = enter(browse(ada), room), enter(browse(bo), room)
    for text in ("teh word", "a slip"):
        say(hers, text)
    expect(bodies(his)).to_have_text(["teh word", "a slip"])
    edited, removed = room.messages.order_by("seq")
    actions.edit_message(edited, actor=ada, text="the word")
    actions.remove_message(removed, actor=ada)
    his.evaluate("dispatchEvent(new Event('online'))")

    expect(bodies(his)).to_have_text([re.compile("^the word"), "This message was removed."])


def test_edits_and_removals_arrive(browse: Browse, room: Room, ada: User, bo: User) -> None:
    hers, his = enter(browse(ada), room), enter(browse(bo), room)
    say(hers, "teh word")
    expect(bodies(his)).to_have_text(["teh word"])

    more(hers).get_by_role("link", name="Edit").click()
    hers.get_by_label("Your message").fill("the word")
    hers.get_by_role("button", name="Save").click()
    expect(bodies(his)).to_have_text(re.compile("the word"))
    expect(his.locator(".message__edited")).to_have_text("edited")
    more(hers).get_by_role("link", name="Remove").click()
    hers.get_by_role("button", name="Remove").click()

    expect(bodies(his)).to_have_text(["This message was removed."])


def test_signing_out_elsewhere_ends_the_talk_here(
    browse: Browse, room: Room, ada: User, live_portal: ServedPortal
) -> None:
    window = browse(ada)
    page, other_tab = enter(window, room), window.context.new_page()

    other_tab.goto("/rooms/")
    other_tab.get_by_label("Your menu").click()
    other_tab.get_by_role("button", name="Sign out").click()

    expect(page.locator("[data-status]")).to_have_text("You have been signed out.")
    expect(page.get_by_role("textbox", name="Write a message")).to_have_count(0)


def test_a_visitor_reads_along_and_is_invited(browse: Browse, room: Room, ada: User) -> None:
    visitor, speaker = enter(browse(), room), enter(browse(ada), room)

    say(speaker, "Come in")

    expect(bodies(visitor)).to_have_text(["Come in"])
    expect(visitor.get_by_role("link", name="Sign in", exact=True).last).to_be_visible()
    expect(visitor.get_by_role("textbox", name="Write a message")).to_have_count(0)


def test_mark_up_stays_words(browse: Browse, room: Room, ada: User, bo: User) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script>"
    hers, his = enter(browse(ada), room), enter(browse(bo), room)

    say(hers, attack)

    expect(bodies(his)).to_have_text([attack])
    assert "owned" not in his.title() + hers.title()
    assert his.locator(".message img").count() == 0


def test_talk_without_scripts(browse: Browse, room: Room, ada: User) -> None:
    page = browse(ada, java_script_enabled=False)
    page.goto(room.get_absolute_url())

    say(page, "Plainly")

    expect(bodies(page)).to_have_text(["Plainly"])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rooms_have_no_barriers(
    browse: Browse, room: Room, ada: User, bo: User, size: dict[str, int], scheme: str
) -> None:
    talk(room, [ada, bo], 12)
    page = enter(browse(ada, viewport=size, color_scheme=scheme, bypass_csp=True), room)
    say(page, "A word with [a link](https://example.org) and `code`")
    expect(page.locator(".message[data-state]")).to_have_count(0)

    more(page, -1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".message").last.get_by_role("link", name=re.compile("^More to do"))).to_be_focused()
    page.goto("/rooms/")
    assert barriers(page) == []
