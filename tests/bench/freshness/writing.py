"""Changes the titles of patents, some a second, as people would; and writes down when each change was committed.

A program of its own, for it runs inside the portal's settings. Arguments: the first patent, how many, how many a
second, and the file for the moments: a line of key, mark and the monotonic clock for each. The mark ends the new title.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402 - apps must be ready first

from patents.models import Patent  # noqa: E402
from search.documents.patents import PatentDocument  # noqa: E402


def write(first: int, count: int, rate: float, told: Path) -> None:
    began = time.monotonic()
    with told.open("w", buffering=1) as moments:
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            patent, mark = Patent.objects.get(pk=first + number), f"zq{first + number}x"
            patent.title = f"{patent.title.rpartition(' zq')[0] or patent.title} {mark}"
            with transaction.atomic():
                patent.save(update_fields=["title", "updated_at"])
            moments.write(f"{PatentDocument.key_of(patent.pk)} {mark} {time.monotonic()}\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]))
