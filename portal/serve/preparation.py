"""What must be true of the data folder before the portal opens; each step is done only when it is not so yet."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from . import fingerprint, migrating
from .migrating import Progress


@dataclass(frozen=True)
class Note:
    """A file that says for which state of the code a step was last done; absent when never, or not finished."""

    path: Path

    def read(self) -> str:
        """What the note says; empty when there is none."""
        return self.path.read_text() if self.path.exists() else ""

    def write(self, text: str) -> None:
        """Say ``text``, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(text)
        unfinished.replace(self.path)


def note(step: str) -> Note:
    """The note of ``step`` in the data folder."""
    return Note(settings.PORTAL_VAR / "prepared" / step)


# --- database -------------------------------------------------------------------------------------


def migrate(progress: Progress) -> bool:
    """Bring the database to the present migrations; True when there was anything to do.

    The migration machinery takes seconds even with nothing to do, so it is asked only when the migration files or
    the database's own record of them differ from what the last start left.
    """
    if note("migrations").read() == _migrated_state():
        return False
    changed = migrating.migrate(progress)
    note("migrations").write(_migrated_state())
    return changed


def _migrated_state() -> str:
    return f"{fingerprint.of_migrations()} {connection.vendor} {_recorded_migrations()}"


def _recorded_migrations() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(id) FROM django_migrations")
            count, newest = cursor.fetchone()
    except DatabaseError:
        return "none"
    return f"{count} to {newest}"


# --- static files ---------------------------------------------------------------------------------


def collect_static_files(progress: Progress) -> bool:
    """Gather and compress the static files when any of them changed; True when so."""
    state = fingerprint.of_static_files()
    gathered = (settings.STATIC_ROOT / "staticfiles.json").exists()
    if gathered and note("static").read() == state:
        return False
    with progress(None, _("Gathering static files")):
        call_command("collectstatic", interactive=False, verbosity=0)
    note("static").write(state)
    return True


# --- demo data ------------------------------------------------------------------------------------


def load_demo(*, wanted: bool) -> list[dict[str, Any]]:
    """Load the demo data the first time, and return its sign-ins: now and at each later start.

    A portal that was once started without them stays without. There are none where strangers could use them:
    outside embedded mode on loopback.
    """
    if not settings.EMBEDDED:
        return []
    kept = note("demo")
    if not kept.read():
        kept.write(json.dumps(_demo_accounts() if wanted else []))
    return list(json.loads(kept.read()))


def _demo_accounts() -> list[dict[str, Any]]:
    told = io.StringIO()
    call_command("demo", stdout=told)
    return list(json.loads(told.getvalue().splitlines()[-1])["accounts"])
