"""Which questions a reviewer answers."""

from __future__ import annotations

from ..models import Criterion, Submission


def rubric_of(submission: Submission) -> list[Criterion]:
    """The criteria of the phase for which the submission last filed, in order; empty before it filed anything."""
    standing = submission.versions.filter(filed_at__isnull=False).order_by("number").last()
    if standing is None:
        return []
    return list(Criterion.objects.filter(rubric__phases=standing.phase_id).order_by("position"))
