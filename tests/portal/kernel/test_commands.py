"""The manner of commands: a JSON summary last, an exit code that tells."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.errors import Refused
from tests.factories.accounts import OrganisationFactory
from tests.portal.kernel.test_audit import tamper


class Counting(ReportingCommand):
    outcome: Any = {"read": 3, "rejected": 1}

    def work(self, **options: Any) -> dict[str, Any]:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        with self.progress(3, "counting") as advance:
            advance(3)
        return dict(self.outcome)


def run(command: ReportingCommand, *args: str) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return json.loads(out.getvalue().strip().splitlines()[-1])


def test_the_summary_is_the_last_line() -> None:
    assert run(Counting()) == {"read": 3, "rejected": 1}


def test_strict_makes_a_rejection_an_exit_code() -> None:
    with pytest.raises(SystemExit) as ended:
        run(Counting(), "--strict")

    assert ended.value.code == 1


@pytest.mark.parametrize(("error", "code"), [(Refused("empty file"), 1), (UsageError("what?"), 2)])
def test_refusals_and_bad_usage_have_their_codes(error: Exception, code: int) -> None:
    command = Counting()
    command.outcome = error

    with pytest.raises(CommandError) as ended:
        run(command)

    assert ended.value.returncode == code


def test_verify_audit_reports_a_broken_chain(db: None) -> None:
    from portal.kernel import audit
    from portal.kernel.management.commands.verify_audit import Command

    event = audit.record("deed", OrganisationFactory(), actor=None)
    assert run(Command()) == {"events": 1, "rejected": 0}

    tamper(f"UPDATE kernel_auditevent SET action = 'other' WHERE id = {event.pk}")

    assert run(Command()) == {"events": 1, "rejected": 1}
