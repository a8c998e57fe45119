"""Writing a submission: drafts and their files, which nobody but the team sees before they are filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.files import actions as files
from portal.kernel import access, audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Conflict, Refused
from portal.kernel.idempotency import once
from portal.kernel.text import render_markdown

from .. import receipts, rules
from ..enums import SubmissionState
from ..models import (
    Challenge,
    ChallengePhase,
    Registration,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    Team,
    TeamMembership,
)
from .registering import current_terms, has_accepted

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import User

MOST_FILES = 20


@dataclass(frozen=True)
class Texts:
    """What a team writes: a title, an abstract that the seeker may read at once, and the sealed body (Markdown)."""

    title: str
    abstract: str = ""
    body: str = ""

    def __post_init__(self) -> None:
        for name, text in self.parts().items():
            object.__setattr__(self, name, text.replace("\r\n", "\n"))

    @classmethod
    def of(cls, version: SubmissionVersion) -> Texts:
        return cls(version.title, version.abstract, version.body)

    @property
    def mark(self) -> str:
        """A short hash: a form carries it back to say which texts it started from."""
        return receipts.seal(self.parts())[:16]

    def parts(self) -> Mapping[str, str]:
        """The texts by name."""
        return {"title": self.title, "abstract": self.abstract, "body": self.body}


class Overtaken(Conflict):
    """Somebody (or another tab) saved other texts meanwhile; ``theirs`` are those, and nothing was overwritten."""

    def __init__(self, theirs: Texts) -> None:
        super().__init__(
            _("This draft was changed meanwhile. Nothing was overwritten: compare the two and save again.")
        )
        self.theirs = theirs


def draft_submission(challenge: Challenge, texts: Texts, *, actor: User, key: str = "") -> Submission:
    """Begin a submission to ``challenge`` with a first draft; ``key`` makes a double click begin one, not two.

    Raises ``Missing`` for whoever is not registered, ``Refused`` after the deadline, without consent to the
    current terms, or when the team has a submission already.
    """

    def produce() -> str:
        return _begin(challenge, texts, actor).public_id

    return Submission.objects.get(public_id=once(f"submission.draft:{challenge.pk}", key, actor, produce).reference)


def edit_draft(submission: Submission, texts: Texts, *, actor: User, seen: str) -> SubmissionVersion:
    """Save ``texts`` as the draft, beginning a new one where the last was filed.

    ``seen`` is the ``mark`` of the texts that the writer started from. Raises ``Overtaken`` when the draft has
    since become another (saving what is already there is no conflict), ``Missing`` for outsiders and once the
    challenge takes no more, ``Refused`` for texts that are too long.
    """
    with transaction.atomic():
        locked = locked_submission(submission)
        access.require(actor, rules.can_edit_submission, locked)
        present = Texts.of(working_version(locked))
        if present.mark == texts.mark:
            return working_version(locked)
        if present.mark != seen:
            raise Overtaken(present)
        draft = _draft_of(locked)
        _write(draft, texts)
        if locked.filed_at is None:
            _show(locked, texts)
        audit.record("submission.edit", locked, actor=actor, version=draft.number, mark=texts.mark)
    return draft


def begin_draft(submission: Submission, *, actor: User) -> SubmissionVersion:
    """The draft to write on: the one there is, else a copy, with its files, of what was filed last.

    Raises ``Missing`` for outsiders and once the challenge takes no more.
    """
    with transaction.atomic():
        locked = locked_submission(submission)
        access.require(actor, rules.can_edit_submission, locked)
        return _draft_of(locked)


def discard_draft(submission: Submission, *, actor: User) -> None:
    """Drop a draft that was begun after a filing; what was filed stands. ``Refused`` where nothing was filed."""
    with transaction.atomic():
        locked = locked_submission(submission)
        access.require(actor, rules.can_edit_submission, locked)
        if locked.filed_at is None:
            raise Refused(_("Nothing is filed yet: withdraw the submission instead."), code="never_filed")
        for file in locked.files.filter(version__isnull=True):
            files.discard(file)
        locked.versions.filter(filed_at__isnull=True).delete()
        audit.record("submission.discard_draft", locked, actor=actor)


def attach_file(submission: Submission, upload: UploadedFile, *, actor: User) -> SubmissionFile:
    """Add a file to the draft. Raises as ``files.store`` does, and ``Refused`` past ``MOST_FILES``."""
    with transaction.atomic():
        locked = locked_submission(submission)
        access.require(actor, rules.can_edit_submission, locked)
        _draft_of(locked)
        if locked.files.filter(version__isnull=True).count() >= MOST_FILES:
            raise Refused(_("A submission takes at most 20 files."), code="too_many_files", field="file")
        file = files.store(SubmissionFile, upload, uploaded_by=actor, submission=locked)
        audit.record("submission.attach", locked, actor=actor, file=file.public_id, sha256=file.sha256)
    return file


def remove_file(file: SubmissionFile, *, actor: User) -> None:
    """Take a file out of the draft. What was filed stays as it was: ``Refused`` for a filed version's file."""
    with transaction.atomic():
        locked = locked_submission(file.submission)
        access.require(actor, rules.can_edit_submission, locked)
        if file.version_id is not None:
            raise Refused(_("This file was filed with a version and stays with it."), code="file_filed")
        audit.record("submission.detach", locked, actor=actor, file=file.public_id)
        files.discard(file)


def working_version(submission: Submission) -> SubmissionVersion:
    """What the team sees when it writes: its draft, else what was filed last."""
    version = submission.versions.order_by("number").last()
    if version is None:
        raise Refused(_("This submission has no text."), code="incomplete")
    return version


def locked_submission(submission: Submission) -> Submission:
    """The row, held until the surrounding transaction ends, with its challenge and team."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("challenge", "team")
    return rows.get(pk=submission.pk)


def open_phase(challenge: Challenge) -> ChallengePhase:
    """The phase that takes submissions at this moment of the database's clock. Raises ``Refused`` when none does."""
    phase = ChallengePhase.objects.accepting(database_now()).filter(challenge=challenge).first()
    if phase is None:
        raise Refused(_("The deadline has passed: nothing more can be filed."), code="too_late")
    return phase


def refuse_without_consent(challenge: Challenge, actor: User) -> None:
    """Raise ``Refused`` unless ``actor`` accepted the terms as they stand."""
    if not has_accepted(actor, current_terms(challenge)):
        message = _("The terms of this challenge have changed. Read and accept them before you go on.")
        raise Refused(message, code="terms_changed")


def _begin(challenge: Challenge, texts: Texts, actor: User) -> Submission:
    with transaction.atomic():
        access.require(actor, rules.can_start_submission, challenge)
        # The registration's row is the lock that keeps one person's two tabs from founding two teams.
        Registration.objects.select_for_update().get(challenge=challenge, user=actor)
        refuse_without_consent(challenge, actor)
        phase = open_phase(challenge)
        team = _team_of(challenge, actor)
        if team.submissions.exclude(state=SubmissionState.WITHDRAWN).exists():
            raise Refused(_("Your team has a submission to this challenge already."), code="already_begun")
        submission = Submission.objects.create(challenge=challenge, team=team, title=texts.title)
        _write(SubmissionVersion(submission=submission, phase=phase, number=1), texts)
        _show(submission, texts)
        audit.record("submission.draft", submission, actor=actor, challenge=challenge.pk)
    return submission


def _draft_of(submission: Submission) -> SubmissionVersion:
    """The draft; begun from what was filed last, files and all, where there is none."""
    last = working_version(submission)
    if not last.is_filed:
        return last
    draft = SubmissionVersion(submission=submission, phase=open_phase(submission.challenge), number=last.number + 1)
    _write(draft, Texts.of(last))
    for file in last.files.all():
        files.share(file, submission=submission, version=None)
    return draft


def _write(version: SubmissionVersion, texts: Texts) -> None:
    _refuse_long(texts)
    version.title, version.abstract, version.body = texts.title, texts.abstract, texts.body
    version.body_html = render_markdown(texts.body)
    version.save()


def _refuse_long(texts: Texts) -> None:
    for name, text in texts.parts().items():
        limit = SubmissionVersion._meta.get_field(name).max_length  # type: ignore[union-attr]
        if limit and len(text) > limit:
            message = _("At most %(limit)d characters, please.") % {"limit": limit}
            raise Refused(message, code="too_long", field=name)


def _show(submission: Submission, texts: Texts) -> None:
    """Before anything is filed the draft's title and abstract are the submission's own."""
    submission.title, submission.abstract = texts.title, texts.abstract
    submission.save(update_fields=["title", "abstract", "updated_at"])


def _team_of(challenge: Challenge, actor: User) -> Team:
    membership = TeamMembership.objects.filter(challenge=challenge, user=actor).select_related("team").first()
    if membership:
        return membership.team
    team = Team.objects.create(challenge=challenge, lead=actor, name=actor.display_name)
    TeamMembership.objects.create(team=team, user=actor)
    return team
