"""Filing: what a team wrote is fixed, sealed with a receipt, and becomes what stands; and taking it back.

Until the deadline another draft can be begun and filed in its place. The versions before stay on record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.discussions.actions import open_room
from portal.kernel import access, audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Refused
from portal.kernel.idempotency import once

from .. import receipts, rules, signals
from ..audiences import SUBMISSION as ROOM
from ..models import DisclosureReceipt, Submission, SubmissionFile, SubmissionVersion
from ..workflow import SUBMISSION
from .registering import current_terms
from .submitting import locked_submission, open_phase, refuse_without_consent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.accounts.models import User


def file_submission(submission: Submission, *, actor: User, key: str = "") -> DisclosureReceipt:
    """File the draft: it becomes the version that stands, and gets its receipt.

    All or nothing, in one transaction; the same ``key`` again gives the same receipt and changes nothing. The
    deadline is judged by the database's clock. Raises ``Missing`` for outsiders, ``Refused`` (the draft stays as
    it is) when it is too late, something is missing, nothing is new, or the terms have changed.
    """

    def produce() -> str:
        return _file(submission, actor).public_id

    return DisclosureReceipt.objects.get(
        public_id=once(f"submission.file:{submission.pk}", key, actor, produce).reference
    )


def withdraw_submission(submission: Submission, *, actor: User) -> Submission:
    """Take a submission back, any time before it is awarded: from now on it is its team's business alone."""
    return SUBMISSION.perform(submission, "withdraw", actor=actor, pending_decision="")


@transaction.atomic
def _file(submission: Submission, actor: User) -> DisclosureReceipt:
    locked = locked_submission(submission)
    access.require(actor, rules.can_submit_submission, locked)
    now = database_now()
    draft = locked.versions.filter(filed_at__isnull=True).first()
    if draft is None:
        raise Refused(_("There is nothing new to file: this version is filed already."), code="nothing_new")
    draft.phase = open_phase(locked.challenge)
    draft.filed_at, draft.filed_by = now, actor
    _refuse_incomplete(draft)
    refuse_without_consent(locked.challenge, actor)
    changes = {"title": draft.title, "abstract": draft.abstract, "filed_at": locked.filed_at or now}
    SUBMISSION.perform(locked, "submit", actor=actor, **changes)  # type: ignore[arg-type]
    receipt = _receipt(draft)
    open_room(ROOM, locked, locked.challenge.title, actor=actor)
    audit.record("submission.receipt", locked, actor=actor, version=draft.number, sha256=receipt.sha256)
    signals.submission_filed.send(sender=SubmissionVersion, version=draft, receipt=receipt, actor=actor)
    return receipt


def _receipt(version: SubmissionVersion) -> DisclosureReceipt:
    """Fix the version under its seal, in the place of the one that stood, and issue the receipt."""
    attached = list(version.submission.files.filter(version__isnull=True).order_by("pk"))
    facts = _facts(version, attached)
    version.canonical, version.sha256 = receipts.canonical(facts).decode(), receipts.seal(facts)
    standing = version.submission.versions.standing().filter(phase=version.phase)
    standing.update(replaced_at=version.filed_at)
    version.save()
    SubmissionFile.objects.filter(pk__in=[file.pk for file in attached]).update(version=version)
    return DisclosureReceipt.objects.create(  # type: ignore[misc]
        version=version, payload=facts, sha256=version.sha256, issued_at=version.filed_at
    )


def _facts(version: SubmissionVersion, attached: Sequence[SubmissionFile]) -> receipts.Facts:
    """What the receipt says of a version that is about to be filed."""
    challenge = version.submission.challenge
    terms = current_terms(challenge)
    return receipts.compose(
        submission=version.submission.public_id,
        challenge=challenge.slug,
        version=version.number,
        terms=terms.sha256 if terms else "",
        texts={name: getattr(version, name) for name in receipts.TEXTS},
        files=[(file.name, file.size, file.sha256) for file in attached],
        filed_at=version.filed_at,  # type: ignore[arg-type]
        filed_by=version.filed_by.public_id,  # type: ignore[union-attr]
    )


def _refuse_incomplete(version: SubmissionVersion) -> None:
    for name in receipts.TEXTS:
        if not getattr(version, name).strip():
            raise Refused(_("Title, abstract and body are needed before you can file."), code="incomplete", field=name)
