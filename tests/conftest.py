"""What every test stands on: its own database and folders, no way out of this machine, the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase

from tests.servers import isolation
from tests.servers.databases import own_database

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give this process a database copied from the template, and take it away at the end.

    A test that really commits (``transaction=True``) is followed by a fresh copy instead of Django's flush, so
    that the pages, groups and locales which the migrations made are there for the next one.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database = own_database()
        database.fill()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.fill())
        yield
        database.remove()


@pytest.fixture(autouse=True, scope="session")
def no_way_out() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    with pytest.MonkeyPatch.context() as patch:
        isolation.keep_to_loopback(patch)
        yield


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Let each test write its files into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs a server that is not there; mark what comes out the same on any database."""
    without = isolation.absent_parts()
    for item in items:
        if not isolation.asks_the_database(item):
            item.add_marker(pytest.mark.once)
        for mark in item.iter_markers():
            if mark.name in without:
                item.add_marker(pytest.mark.skip(reason=without[mark.name]))
