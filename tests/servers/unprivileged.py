"""Servers that refuse to run as root are handed to somebody with fewer rights."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

CANDIDATES = ("postgres", "nobody")


def owner_of(folder: Path) -> dict[str, int]:
    """As whom to run (``Popen``'s ``user`` and ``group``; nothing to change for a person), ``folder`` made theirs."""
    if os.geteuid() != 0:
        return {}
    for name in CANDIDATES:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid}
    raise RuntimeError(f"No unprivileged user to run a server: looked for {', '.join(CANDIDATES)}.")
