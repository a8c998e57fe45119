"""The files of this app: what each is served as, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.files.registry import register

from . import rules
from .actions.opening import record_opening
from .actions.reading import record_access
from .enums import Accessed
from .models import ChallengeAttachment, SubmissionFile

if TYPE_CHECKING:
    from django.http import HttpRequest


def note_reading(request: HttpRequest, attachment: ChallengeAttachment) -> None:
    """Before the bytes of a confidential file leave, it is on record who takes them."""
    if attachment.is_confidential:
        record_opening(attachment.challenge, actor=request.user, file=attachment.public_id)  # type: ignore[arg-type]


def log_opening(request: HttpRequest, file: SubmissionFile) -> None:
    """The team sees who else downloaded its file."""
    record_access(file.submission, viewer=request.user, what=Accessed.FILE, version=file.version)  # type: ignore[arg-type]


register("challenge", ChallengeAttachment, rules.can_read_attachment, opened=note_reading)
register("submission", SubmissionFile, rules.can_read_submission_file, opened=log_opening)
