"""This app's stretch of the one thread: organisation → challenge → submission → award."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.kernel.lineage import Link, edges

from .models import Award, Challenge, Submission


@edges("challenge")
def around_challenge(challenge: Challenge, user: Any) -> Iterable[Link]:
    """Who asked, and what was answered."""
    yield Link(challenge.organisation, _("posted"), after=False)
    for submission in challenge.submissions.visible_to(user).select_related("challenge", "team"):
        yield Link(submission, _("answered by"))


@edges("submission")
def around_submission(submission: Submission, user: Any) -> Iterable[Link]:
    """What it answers, and what it won."""
    yield Link(submission.challenge, _("answered by"), after=False)
    for award in Award.objects.filter(submission=submission).select_related("challenge", "submission"):
        yield Link(award, _("awarded"))


@edges("award")
def around_award(award: Award, user: Any) -> Iterable[Link]:
    """The submission that won."""
    yield Link(award.submission, _("awarded"), after=False)
