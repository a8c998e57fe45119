"""The test database: migrated once for each set of migrations, then copied, which takes milliseconds.

Wagtail's migrations take most of a minute on SQLite and PostgreSQL alike; the template made here is kept under
``.pytest_cache`` (SQLite) or on the server (PostgreSQL) and found again by the fingerprint of the migrations.
A copy has what the migrations put in: locale, site, first pages, groups. Run as a program, it makes the template.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

import django
import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from portal.serve import fingerprint, migrating

CACHE = Path(__file__).resolve().parents[2] / ".pytest_cache" / "databases"
KEPT_TEMPLATES = 4


class OwnDatabase(Protocol):
    """The default database of this process, filled from the template."""

    def fill(self) -> None:
        """Make it, or bring it back to what the template holds."""

    def remove(self) -> None:
        """Take it away."""


def own_database() -> OwnDatabase:
    """The database that the test settings name."""
    return PostgresDatabase() if connection.vendor == "postgresql" else SqliteDatabase()


class SqliteDatabase:
    """A file of this process, copied from a template file."""

    def __init__(self) -> None:
        self.template = sqlite_template()
        self.path = Path(connection.settings_dict["NAME"])

    def fill(self) -> None:
        connections.close_all()
        copy_sqlite(self.template, self.path)

    def remove(self) -> None:
        connections.close_all()
        self.path.unlink(missing_ok=True)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy one database file over another, also while somebody reads it."""
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as taken:
        given.backup(taken)


def sqlite_template() -> Path:
    """The migrated file; made by whoever comes first, while the others wait."""
    template = CACHE / f"{fingerprint.of_migrations()}.sqlite3"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _make_sqlite_template(template)
    template.touch()
    return template


def _make_sqlite_template(template: Path) -> None:
    unfinished = template.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with default_database(str(unfinished)):
        migrating.migrate(lambda total, label: nullcontext(lambda steps=1: None))
    unfinished.rename(template)
    for old in sorted(CACHE.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT_TEMPLATES]:
        old.unlink()


class PostgresDatabase:
    """A database of this process, made from a template database on the same server."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.template = f"portal_template_{fingerprint.of_migrations()}"
        with _server() as server:
            server.execute("SELECT pg_advisory_lock(1)")
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone()
            if not known:
                self._make_template(server)

    def _make_template(self, server: psycopg.Connection) -> None:
        unfinished = f"{self.template}_unfinished"
        _drop(server, unfinished)
        _run(server, "CREATE DATABASE {}", unfinished)
        with default_database(unfinished):
            migrating.migrate(lambda total, label: nullcontext(lambda steps=1: None))
        _run(server, "ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def fill(self) -> None:
        self.remove()
        with _server() as server:
            _run(server, "CREATE DATABASE {} TEMPLATE {}", self.name, self.template)

    def remove(self) -> None:
        connections.close_all()
        with _server() as server:
            _drop(server, self.name)


def _server() -> psycopg.Connection:
    return psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True)


def _drop(server: psycopg.Connection, name: str) -> None:
    _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


@contextmanager
def default_database(name: str, **elsewhere: str) -> Iterator[None]:
    """Point the default connection at the database ``name`` for a while, and ``elsewhere`` (``HOST``, ``PORT``)."""
    connections.close_all()
    usual = dict(connection.settings_dict)
    connection.settings_dict.update(NAME=name, **elsewhere)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(usual)


def _main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    own_database()


if __name__ == "__main__":
    _main()
