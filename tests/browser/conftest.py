"""A real Chromium before the real server. Whatever a page must never do fails the test that saw it done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from portal.settings.sign_in import PASSWORD_HASHERS
from tests.servers.databases import default_database, sqlite_template
from tests.servers.packages import CHROMIUM
from tests.servers.served import ServedPortal, served_portal

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other host is there, whatever a page asks
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TIMEOUT_MS = 15_000

Browse = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[ServedPortal]:
    with django_db_blocker.unblock():  # whoever comes first on a clean clone makes the database that is copied
        sqlite_template()
    with served_portal(tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture
def live_portal(
    _served: ServedPortal, django_db_blocker: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ServedPortal]:
    """The running portal. Its database and files are this test's too: what factories make, it shows.

    It is one portal for all browser tests of this process: make people and things of your own.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = _served.var / "media", _served.var / "private"
    with django_db_blocker.unblock(), default_database(str(_served.var / "portal.sqlite3")):
        yield _served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; of the module alone, because its event loop would be in the way of asynchronous tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM.had()), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browse(live_portal: ServedPortal, chromium: Browser) -> Iterator[Browse]:
    """``browse(person=None, **context) -> Page``: a window of its own, signed in as ``person``.

    At the end the test fails if any window met an error of a script, a refusal by the content security policy,
    a server error, or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_window(person: Any = None, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_portal.url, **{"viewport": DESK, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MS)
        if person is not None:
            sign_in(context, person, live_portal)
        page = context.new_page()
        _watch(page, live_portal.url, troubles)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert troubles == []


def sign_in(context: BrowserContext, person: Any, portal: ServedPortal) -> None:
    """Give the window a session of ``person``, without the form."""
    store = import_module(django_settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": portal.url}])


def _watch(page: Page, home: str, troubles: list[str]) -> None:
    def request(asked: Request) -> None:
        if asked.url.startswith("http") and not asked.url.startswith(home):
            troubles.append(f"asked another host: {asked.url}")

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            troubles.append(f"{page.url}: {message.text}")

    page.on("request", request)  # looked at, not held up: a page that is routed has no cache
    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: answer.status >= 500 and troubles.append(f"{answer.status} {answer.url}"))
