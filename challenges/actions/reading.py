"""Reading what others filed leaves a trace, which the team sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from portal.kernel.clock import database_now

from .. import rules
from ..enums import Accessed
from ..models import Submission, SubmissionAccess, SubmissionVersion

if TYPE_CHECKING:
    from portal.accounts.models import User

SAME_READING = timedelta(minutes=10)


def record_access(
    submission: Submission, *, viewer: User, what: Accessed, version: SubmissionVersion | None = None
) -> SubmissionAccess | None:
    """Write that ``viewer`` opened ``what``; nothing for the team itself.

    Opening the same thing again within ten minutes (a reloaded page) is the same reading.
    """
    if rules.is_team_member(viewer, submission):
        return None
    same = {"submission": submission, "viewer": viewer, "what": what, "version": version}
    if SubmissionAccess.objects.filter(**same, at__gt=database_now() - SAME_READING).exists():
        return None
    return SubmissionAccess.objects.create(**same)


def record_readings(submission: Submission, *, viewer: User, versions: Sequence[SubmissionVersion]) -> None:
    """Write that ``viewer`` opened the bodies of all these versions, as ``record_access`` does for one."""
    if not versions or rules.is_team_member(viewer, submission):
        return
    opened = SubmissionAccess.objects.filter(submission=submission, viewer=viewer, what=Accessed.BODY)
    known = set(opened.filter(at__gt=database_now() - SAME_READING).values_list("version_id", flat=True))
    SubmissionAccess.objects.bulk_create(
        SubmissionAccess(submission=submission, viewer=viewer, what=Accessed.BODY, version=version)
        for version in versions
        if version.pk not in known
    )
