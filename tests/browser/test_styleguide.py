"""The face as people meet it: every component in a real browser."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Dialog, FilePayload, expect

from tests.browser.accessibility import barriers
from tests.browser.conftest import DESK, Browse
from tests.factories.accounts import UserFactory

NARROW = {"width": 360, "height": 780}
LEAST_TARGET = 24
"""The height of a target in CSS pixels, by WCAG 2.2."""


@pytest.mark.parametrize("size", [NARROW, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_component_has_a_barrier_or_is_wider_than_the_window(
    browse: Browse, size: dict[str, int], scheme: str
) -> None:
    page = browse(viewport=size, color_scheme=scheme, bypass_csp=True)  # axe itself sets styles

    page.goto("/styleguide/")
    expect(page.get_by_role("tab", name="Overview")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page) == []


def test_hidden_words_in_a_wide_table_do_not_widen_the_page(browse: Browse) -> None:
    page = browse(viewport=NARROW)
    page.goto("/styleguide/")

    page.locator(".table").first.evaluate(
        """table => {
            table.style.minInlineSize = "60rem";
            table.tHead.rows[0].insertAdjacentHTML("beforeend", "<th><span class='visually-hidden'>Answer</span></th>");
        }"""
    )

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_stack_within_a_stack_keeps_the_space_of_the_outer_one(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")

    outer, inner = page.locator("main").evaluate(
        """main => {
            main.innerHTML = `<div class="stack stack--loose"><p>1</p>
                <div class="stack stack--tight"><p>2</p><p>3</p></div></div>`;
            const gap = chosen => parseFloat(getComputedStyle(main.querySelector(chosen)).marginBlockStart);
            return [gap(".stack--tight"), gap(".stack--tight > p + p")];
        }"""
    )

    assert outer > inner > 0


def test_errors_stand_apart_enough_to_be_tapped(browse: Browse) -> None:
    UserFactory()  # the first person of all would be asked for otherwise
    page = browse(viewport=NARROW)
    page.goto("/account/signup/")

    page.get_by_role("main").get_by_role("button", name="Sign up").click()

    links = page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_count(3)
    page.wait_for_load_state()  # with all of its style
    tops = [(box or {"y": 0})["y"] for box in (link.bounding_box() for link in links.all())]
    assert all(lower - upper >= LEAST_TARGET for upper, lower in pairwise(tops))


def test_theme_is_chosen_and_remembered_before_the_first_paint(browse: Browse) -> None:
    page = browse(color_scheme="light")
    page.goto("/styleguide/")

    page.get_by_role("button", name="Switch between light and dark").click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 18, 20)"


def test_tabs_move_by_arrows_and_have_addresses(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/#tab-terms")
    terms, questions = page.get_by_role("tab", name="Terms"), page.get_by_role("tab", name="Questions 4")
    expect(terms).to_have_attribute("aria-selected", "true")

    terms.press("ArrowRight")

    expect(questions).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Questions")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="Terms")).to_be_hidden()


def test_dialog_opens_and_gives_the_focus_back(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")
    opener = page.get_by_role("link", name="Open a dialog")

    opener.click()
    expect(page.get_by_role("dialog", name="Accept the terms")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_what_cannot_be_undone_is_asked_about_first(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.is_navigation_request() else None)
    withdraw = page.locator("#feedback form").get_by_role("button", name="Withdraw")

    withdraw.click()
    question = page.get_by_role("dialog", name="Withdraw this submission?")
    question.get_by_role("button", name="Cancel").click()
    assert sent == []
    withdraw.click()
    with page.expect_navigation():
        question.get_by_role("button", name="Withdraw").click()

    assert sent == ["POST"]


def test_toast_comes_from_a_header_and_can_be_dismissed(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")

    page.get_by_role("button", name="Make a toast").click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text("This message came in a response header.")
    expect(page.get_by_role("button", name="Make a toast")).to_be_enabled()
    toast.get_by_role("button", name="Dismiss").click()

    expect(toast).to_have_count(0)


def test_form_sent_twice_leaves_once(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.locator("[data-sample=plain]").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    page.wait_for_load_state()

    expect(page.get_by_role("alert").first).to_contain_text("Please mend this first")
    assert len(sent) == 1


def test_error_summary_takes_the_focus_and_leads_to_the_control(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")
    page.locator("[data-sample=plain]").get_by_role("button", name="Save draft").click()
    summary = page.get_by_role("alert").filter(has_text="Please mend this first").first

    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("^Title")).click()

    expect(page.locator("#id_title")).to_be_focused()


def test_unsaved_words_are_not_lost_by_a_slip(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)

    page.locator("#id_title").fill("Something worth keeping")
    page.goto("/account/login/")

    assert asked == ["beforeunload"]


def test_too_large_a_file_is_said_before_it_leaves(browse: Browse) -> None:
    page = browse()
    page.goto("/styleguide/")

    page.locator("#id_attachment").set_input_files(
        [
            FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"x" * 2048),
            FilePayload(name="film.pdf", mimeType="application/pdf", buffer=b"x" * 10_000_001),
        ]
    )

    rows = page.locator("[data-sample=plain] .file-input__list li")
    expect(rows).to_have_text([re.compile("plan.pdf.*2 kB"), re.compile("film.pdf.*too large")])


def test_slash_leads_to_the_search_box_and_arrows_through_its_suggestions(browse: Browse) -> None:
    page = browse()
    page.route(
        "**/search/suggest/?q=mem",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<li role="option"><a href="/styleguide/?a">Membrane</a></li>'
            '<li role="option"><a href="/styleguide/?b">Memory foam</a></li>',
        ),
    )
    page.goto("/styleguide/")
    box = page.get_by_role("banner").get_by_role("combobox")

    page.keyboard.press("/")
    expect(box).to_be_focused()
    box.press_sequentially("mem")
    expect(page.get_by_role("option", name="Membrane")).to_be_visible()
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.get_by_role("option", name="Memory foam")).to_have_attribute("aria-selected", "true")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/styleguide/\?b$"))


def test_everything_is_there_without_scripts(browse: Browse) -> None:
    page = browse(java_script_enabled=False, viewport=NARROW)
    page.goto("/styleguide/")

    expect(page.get_by_role("banner").locator("[name=q]")).to_be_visible()
    expect(page.get_by_text("Arrow keys move between tabs")).to_be_visible()
    page.get_by_role("link", name="Open a dialog").click()
    expect(page.get_by_text("Version 2, frozen on 14 November.")).to_be_visible()
