"""News shows on an open page at once, and what is read in one tab is read in all."""

from __future__ import annotations

import json
import urllib.request

from playwright.sync_api import expect

from portal.api.actions import create_token
from tests.browser.accessibility import barriers
from tests.browser.conftest import Browse
from tests.factories.accounts import OrganisationFactory, UserFactory, owner_of
from tests.factories.patents import LicenceOfferFactory, PatentFactory
from tests.servers.served import ServedPortal

BELL = '[data-counter="bell"] [data-count]'


def test_the_bell_rings_on_open_pages_and_is_quiet_once_read(live_portal: ServedPortal, browse: Browse) -> None:
    organisation, asker = OrganisationFactory(), UserFactory()
    owner = owner_of(organisation)
    patent = PatentFactory(owner=organisation)
    offer = LicenceOfferFactory(patent=patent, organisation=organisation, offered_by=owner, state="listed")
    page, other = browse(owner, bypass_csp=True), browse(owner)
    for tab in (page, other):
        with tab.expect_event("websocket"):
            tab.goto("/challenges/")
        expect(tab.locator(BELL)).to_be_hidden()

    _token, secret = create_token(asker, name="asker", scopes=["write"], actor=asker)
    asking = urllib.request.Request(
        f"{live_portal.url}/api/v1/licence-offers/{offer.public_id}/requests",
        data=json.dumps({"purpose": "For our pumps."}).encode(),
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
    )
    assert urllib.request.urlopen(asking).status == 201

    for tab in (page, other):
        expect(tab.locator(BELL)).to_have_text("1")
        expect(tab.locator("#toasts .toast")).to_be_visible()
    assert barriers(page) == []

    page.goto("/notifications/preferences/")
    assert barriers(page) == []
    page.goto("/notifications/")
    assert barriers(page) == []
    page.get_by_role("button", name="Mark all as read").click()
    expect(other.locator(BELL)).to_be_hidden()
