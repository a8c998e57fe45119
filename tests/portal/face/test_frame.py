from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from portal.accounts.models import User
from portal.face import frame
from portal.face.navigation import NavLink

HOME = NavLink("Home", "/", "", current=False, count=0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts of the frame that are made anew, in order."""
    frame._kept.cache_clear()
    parts: list[str] = []
    make = frame._made

    def made(template: str, *given: object) -> object:
        parts.append(template)
        return make(template, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(frame, "_made", made)
    return parts


def test_a_part_is_written_once_in_each_language(made: list[str]) -> None:
    with translation.override("en"):
        first, again = (frame.written("face/_footer.html", "footer", [HOME]) for _ in range(2))
    with translation.override("de"):
        frame.written("face/_footer.html", "footer", [HOME])

    assert (made, first) == (["face/_footer.html"] * 2, again)
    assert '<a href="/">Home</a>' in first


@pytest.mark.django_db
def test_strangers_share_a_header_that_tells_where_each_is(client: Client, made: list[str]) -> None:
    pages = [client.get(path).content.decode() for path in ("/challenges/", "/challenges/", "/patents/")]

    here = ['<a href="/challenges/" aria-current="page">' in page for page in pages]
    assert (here, made.count("face/_header.html")) == ([True, True, False], 2)


@pytest.mark.django_db
def test_a_header_with_a_name_in_it_is_never_kept(client: Client, creator: User, made: list[str]) -> None:
    client.force_login(creator)
    own = client.get("/challenges/").content.decode()
    client.logout()
    strangers = client.get("/challenges/").content.decode()

    assert (creator.email in own, creator.email in strangers) == (True, False)
    assert made.count("face/_header.html") == 1
