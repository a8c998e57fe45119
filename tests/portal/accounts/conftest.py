"""What tests about accounts share: fresh rate limits, and the mail that left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage

from portal.kernel.outbox import drain


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> Iterator[None]:
    """Begin with nobody having tried anything."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sent_mail(mailoutbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Work the outbox off, and give the mail that left since the last time."""

    def since() -> list[EmailMessage]:
        drain(["mail"])
        left = list(mailoutbox)
        mailoutbox.clear()
        return left

    return since


@pytest.fixture
def heard() -> Iterator[Callable[[Any], list[dict[str, Any]]]]:
    """``heard(signal)`` listens from now on and gives the list that fills."""
    connected: list[tuple[Any, Any]] = []

    def listen_to(signal: Any) -> list[dict[str, Any]]:
        news: list[dict[str, Any]] = []

        def listen(**given: Any) -> None:
            news.append({name: value for name, value in given.items() if name != "signal"})

        signal.connect(listen, weak=False)
        connected.append((signal, listen))
        return news

    yield listen_to
    for signal, listen in connected:
        signal.disconnect(listen)
