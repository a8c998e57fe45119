"""From a need to a venture, through the pages alone: whoever posts, approves, answers, reviews and decides."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.accessibility import barriers
from tests.browser.conftest import Browse
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.servers.served import ServedPortal

NEED, ANSWER = "A pump that whispers", "Owl-wing blades"
MEASURED = {"name": "measured.csv", "mimeType": "text/csv", "buffer": b"hz,db\n50,27\n"}

KINDS = ["Organisation", "Challenge", "Submission", "Award", "Venture"]


def press(page: Page, name: str, *, sure: bool = False) -> None:
    """Press a button once the page is ready for it, say yes where it asks first, and wait for what it leads to."""
    button = page.get_by_role("button", name=name, exact=True).first
    button.wait_for()
    page.wait_for_load_state()
    with page.expect_navigation():
        button.click()
        if sure:
            page.locator("#confirm").get_by_role("button", name=name, exact=True).click()


def expect_state(page: Page, state: str) -> None:
    """The page says which state its object is in."""
    expect(page.locator("main .badge").first).to_have_text(state)


def post(page: Page) -> str:
    """Write a challenge and send it in; its address."""
    page.goto("/challenges/new/")
    page.get_by_label("Title").fill(NEED)
    page.get_by_label("Kind").select_option(label="Technological solution")
    page.get_by_label("Summary").fill("Quieter than a library.")
    page.get_by_label("Problem").fill("Ours hums at 40 dB(A).")
    page.get_by_label("Requirement").first.fill("Below 28 dB(A)")
    page.get_by_label("Reward").first.fill("First prize")
    page.get_by_label("Amount").first.fill("5000")
    page.get_by_label("Deadline").fill(f"{timezone.now() + timedelta(days=30):%Y-%m-%dT12:00}")
    press(page, "Save and send in for review")
    expect_state(page, "In review")
    return page.url


def open_it(seeker: Page, master: Page, challenge: str) -> None:
    """The platform master finds it on their desk and approves it; the seeker opens it."""
    master.goto("/desk/")
    master.get_by_role("link", name=NEED).click()
    press(master, "Approve", sure=True)
    expect_state(master, "Approved")
    seeker.goto(challenge)
    press(seeker, "Open now", sure=True)
    expect_state(seeker, "Open")


def answer(page: Page, challenge: str) -> str:
    """Take part, write, attach and file; the address of the submission."""
    page.goto(challenge)
    page.get_by_role("link", name="Register to take part").click()
    page.get_by_label("I have read these terms and accept them.").check()
    press(page, "Accept and take part")
    page.get_by_role("link", name="Your submission").first.click()
    page.get_by_label("Title").fill(ANSWER)
    page.get_by_label("Abstract").fill("Serrated edges calm the flow.")
    page.get_by_label("Body").fill("Like an **owl**.")
    press(page, "Save draft")
    page.get_by_label("Add files").set_input_files(MEASURED)
    press(page, "Attach")
    expect(page.get_by_role("link", name="measured.csv")).to_be_visible()
    press(page, "File this draft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt")
    assert barriers(page) == []
    page.get_by_role("link", name=ANSWER).click()
    expect_state(page, "Submitted")
    return page.url


def review(seeker: Page, reviewer: Page, submission: str, email: str) -> None:
    """The seeker asks somebody, who accepts, scores and says what they think."""
    seeker.goto(submission)
    seeker.get_by_label("E-mail address").fill(email)
    press(seeker, "Ask to review")
    reviewer.goto("/desk/")
    reviewer.get_by_role("link", name=ANSWER).click()
    press(reviewer, "Accept: I have no conflict of interest")
    scores = reviewer.locator("#review input[type=number]")
    expect(scores).to_have_count(5)
    for score in scores.all():
        score.fill("5")
    reviewer.locator("#review input[type=radio]").first.check()
    press(reviewer, "Submit the review")
    expect_state(reviewer, "Submitted")


def decide(seeker: Page, challenge: str, submission: str) -> None:
    """The seeker selects quietly, releases, and awards."""
    seeker.goto(f"{challenge}submissions/")
    press(seeker, "Select")
    press(seeker, "Release 1 decision", sure=True)
    seeker.goto(submission)
    press(seeker, "Award and offer")
    expect_state(seeker, "Offered")


def test_a_need_becomes_a_venture(live_portal: ServedPortal, browse: Browse) -> None:
    judge = UserFactory()
    people = (owner_of(OrganisationFactory()), UserFactory(), judge, UserFactory(is_platform_master=True))
    seeker, solver, reviewer, master = (browse(person, bypass_csp=True) for person in people)
    challenge = post(seeker)
    open_it(seeker, master, challenge)
    submission = answer(solver, challenge)
    seeker.goto(challenge)
    press(seeker, "Close now", sure=True)
    expect_state(seeker, "Closed")
    press(seeker, "Begin evaluation", sure=True)
    expect_state(seeker, "Evaluating")
    seeker.goto(f"{challenge}submissions/")
    press(seeker, "Take into evaluation")
    review(seeker, reviewer, submission, judge.email)
    decide(seeker, challenge, submission)
    award = seeker.url
    solver.goto(award)
    press(solver, "Accept")
    expect_state(solver, "Accepted")
    solver.get_by_role("link", name="Lineage").click()
    expect(solver.locator(".lineage .kicker")).to_have_text(KINDS)
    assert barriers(solver) == []
    solver.get_by_role("link", name=ANSWER, exact=True).last.click()
    expect(solver).to_have_url(re.compile("/ventures/"))
    expect(solver.get_by_role("heading", level=1)).to_have_text(ANSWER)
    expect_state(solver, "Active")
    assert barriers(solver) == []
