"""``make check``, the part that needs Django: system checks, and no model without its migration.

Done for the settings of ``make run`` and, against the stricter checks, for those of an installation by https.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

COMMANDS = (["check", "--fail-level", "WARNING"], ["makemigrations", "--check", "--dry-run", "--verbosity", "1"])
DEPLOYED = ["check", "--deploy", "--fail-level", "ERROR"]
HTTPS = {"PORTAL_URL": "https://portal.example", "SECRET_KEY": "checked-and-thrown-away-" * 4}


def main() -> int:
    """Run the commands on an empty data folder; 1 when any of them complains."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as var:
        usual = {**os.environ, "PORTAL_VAR": var}
        complaints = [_manage(command, usual) for command in COMMANDS]
        complaints.append(_manage(DEPLOYED, {**usual, **HTTPS}))
    return int(any(complaints))


def _manage(command: list[str], environment: dict[str, str]) -> int:
    ran = subprocess.run([sys.executable, "manage.py", *command], env=environment, capture_output=True, text=True)
    if ran.returncode:
        print(ran.stdout, ran.stderr, sep="\n", file=sys.stderr)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
