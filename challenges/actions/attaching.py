"""The seeker's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.files.actions import discard, store
from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.errors import Refused

from .. import rules
from ..models import Challenge, ChallengeAttachment

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_FILES = 20


def attach_file(
    challenge: Challenge, upload: UploadedFile, *, actor: User, is_confidential: bool = False
) -> ChallengeAttachment:
    """Add a file to a challenge that is being written.

    Raises ``Missing`` when ``actor`` may not write it, ``Refused`` for a twenty-first file and for whatever
    ``portal.files`` does not take.
    """
    with transaction.atomic():
        locked = fetch_locked(Challenge, actor, rules.can_edit_challenge, pk=challenge.pk)
        if locked.attachments.count() >= MOST_FILES:
            raise Refused(_("A challenge takes at most 20 files."), code="too_many_files", field="file")
        attachment = store(
            ChallengeAttachment, upload, uploaded_by=actor, challenge=locked, is_confidential=is_confidential
        )
        audit.record("challenge.attach", locked, actor=actor, file=attachment.public_id, sha256=attachment.sha256)
    return attachment


def remove_file(attachment: ChallengeAttachment, *, actor: User) -> None:
    """Take a file from a challenge that is being written, its bytes too."""
    with transaction.atomic():
        locked = fetch_locked(Challenge, actor, rules.can_edit_challenge, pk=attachment.challenge_id)
        audit.record("challenge.detach", locked, actor=actor, file=attachment.public_id, sha256=attachment.sha256)
        discard(attachment)
