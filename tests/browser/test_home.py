from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import barriers
from tests.browser.conftest import DESK, PHONE, Browse


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_home_page_opens_without_barriers(browse: Browse, size: dict[str, int], scheme: str) -> None:
    page = browse(viewport=size, color_scheme=scheme, bypass_csp=True)  # axe itself sets styles

    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page) == []


def test_home_page_leads_to_the_challenges(browse: Browse) -> None:
    page = browse()
    page.goto("/")

    page.get_by_role("banner").get_by_role("link", name="Challenges").click()

    expect(page).to_have_url(re.compile("/challenges/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
