"""One server on one data folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from portal.kernel.errors import Refused


@contextmanager
def sole_server(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this process; raises ``Refused`` while another server holds it.

    The operating system lets go of the lock when the process ends, however it ends.
    """
    with (folder / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_("Another server is running on %(folder)s; stop it first.") % {"folder": folder}) from None
        yield
