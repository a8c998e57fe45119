"""System checks: every promise of a setting is tested at start-up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def hosts_are_named(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """``ALLOWED_HOSTS = ["*"]`` would open the sockets to every origin."""
    if not settings.DEBUG and "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS must name the portal's hosts, not '*'.", id="portal.E001")]
    return []


@register()
def sqlite_waits_and_locks_early(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """SQLite loses writes to "database is locked" unless IMMEDIATE, WAL and a wait come together."""
    found: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        if not database["ENGINE"].endswith("sqlite3"):
            continue
        given = database.get("OPTIONS", {})
        if given.get("transaction_mode") != "IMMEDIATE" or given.get("timeout", 0) < 20:
            found.append(
                Error(f"Database {alias}: transaction_mode IMMEDIATE and timeout 20 are needed.", id="portal.E002")
            )
    return found
