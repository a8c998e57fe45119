"""What ``manage.py check --deploy`` says of an environment that would serve many people badly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core import checks

from portal.settings.environment import Environment, environment

Holds = Callable[[Environment], object]

PROMISES: Final[tuple[tuple[str, Holds, str], ...]] = (
    (
        "PORTAL_URL",
        lambda given: given.secure,
        "is not https: passwords travel readable, and nobody needs a second factor.",
    ),
    (
        "DATABASE_URL",
        lambda given: given.database_url.startswith("postgres"),
        "names no PostgreSQL: on SQLite all who write wait for one another.",
    ),
    (
        "SECRET_KEY",
        lambda given: given.secret_key,
        "is not given: each machine makes its own, and sessions of one end at the next.",
    ),
    (
        "EMAIL_URL",
        lambda given: given.email_url,
        "is not given: mail is kept on the portal and reaches nobody.",
    ),
    (
        "MAIL_FROM",
        lambda given: not given.mail_from.endswith("@localhost"),
        "is not given: mail servers refuse a sender on localhost.",
    ),
    (
        "TRUSTED_PROXIES",
        lambda given: given.trusted_proxies or not given.secure,
        "is 0, though something before the portal must speak https: all visitors share its address, and its limits.",
    ),
)
"""Each variable whose default is made for one person on their own machine: what must hold, and what is wrong else."""


@checks.register(checks.Tags.security, deploy=True)
def environment_is_one_for_many(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """One warning for each promise that the environment does not keep."""
    return [
        checks.Warning(f"{variable} {trouble}", hint="See docs/guides/production.md.", id=f"portal.W{number:03}")
        for number, (variable, holds, trouble) in enumerate(PROMISES, 1)
        if not holds(environment)
    ]
