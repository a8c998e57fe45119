"""Migrating: with progress, and on a new database in the order that is quickest.

Django keeps a model of the whole schema up to date while it works, and each change to a table renders anew every
model related to it: in the end nearly all are, by way of the user. So on a new database the many small migrations of
the libraries go first, before our own tables make the schema large. What is rendered are classes, by the ten thousand:
a quarter of the time went into looking among them for garbage.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

OURS = ("portal.", "challenges", "patents", "search")
Node = tuple[str, str]


class Progress(Protocol):
    """Shows a step of a known length: ``with progress(total, label) as advance: advance(1)``."""

    def __call__(self, total: int | None, label: str) -> AbstractContextManager[Callable[..., None]]: ...


class LibrariesFirst(MigrationExecutor):
    """Plans the migrations of the libraries before ours, as far as they do not need them."""

    def migration_plan(self, targets: Sequence[Node], clean_start: bool = False) -> Any:  # type: ignore[override]
        return super().migration_plan(sorted(targets, key=_ours_last), clean_start)  # type: ignore[arg-type]


def migrate(progress: Progress) -> bool:
    """Bring the default database to the present migrations; True when there was anything to do."""
    executor = LibrariesFirst(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(leaves)
    if not executor.loader.applied_migrations:
        with progress(len(plan), _("Making the database")) as advance:
            executor.progress_callback = _advancing(advance)
            emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=apps, plan=plan)
            with _seldom_collecting():
                executor.migrate(leaves, plan)
            emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=apps, plan=plan)
    elif plan:
        with progress(None, _("Changing the database")):
            call_command("migrate", interactive=False, verbosity=0)
    return bool(plan)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage less often: more would be kept meanwhile, and it stays under 300 MB."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _ours_last(node: Node) -> tuple[bool, Node]:
    return apps.get_app_config(node[0]).name.startswith(OURS), node


def _advancing(advance: Callable[..., None]) -> Callable[..., None]:
    def told(action: str, *_details: object) -> None:
        if action == "apply_success":
            advance()

    return told
