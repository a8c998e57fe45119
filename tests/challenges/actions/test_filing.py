"""Filing is all or nothing, in time or not at all, once however often it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from challenges import receipts
from challenges.actions import filing, submitting
from challenges.actions.terms import revise_terms
from challenges.content import TermsContent
from challenges.enums import UNPUBLISHED, ChallengeState, SubmissionState
from challenges.models import Challenge, DisclosureReceipt, Submission, SubmissionVersion
from portal.accounts.models import Organisation, User
from portal.kernel import audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.models import AuditEvent, IdempotencyRecord, OutboxEntry
from portal.notifications.models import Notification
from tests.challenges import scenes
from tests.challenges.scenes import TEXTS
from tests.factories.challenges import SubmissionFactory
from tests.portal.files.samples import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def draft(challenge: Challenge, creator: User) -> Submission:
    return scenes.begin(challenge, creator)


def test_filing_seals_what_was_written(challenge: Challenge, draft: Submission, creator: User) -> None:
    file = submitting.attach_file(draft, upload("a.pdf"), actor=creator)
    receipt = filing.file_submission(draft, actor=creator)
    draft.refresh_from_db()
    version = draft.versions.get()
    terms = challenge.terms_versions.get()
    assert receipt.payload == receipts.compose(
        submission=draft.public_id,
        challenge=challenge.slug,
        version=1,
        terms=terms.sha256,
        texts=TEXTS.parts(),
        files=[("a.pdf", len(PDF), file.sha256)],
        filed_at=version.filed_at,
        filed_by=creator.public_id,
    )
    assert receipts.is_intact(receipt.payload, receipt.sha256)
    assert (draft.state, version.sha256, version.filed_by) == (SubmissionState.SUBMITTED, receipt.sha256, creator)
    assert draft.filed_at == version.filed_at
    assert version.files.get() == file


def test_a_double_click_files_once_and_gives_the_same_receipt(draft: Submission, creator: User) -> None:
    filed = [filing.file_submission(draft, actor=creator, key="k").sha256 for _ in range(3)]
    assert (len(set(filed)), draft.versions.count(), DisclosureReceipt.objects.count()) == (1, 1, 1)


def test_filing_again_without_a_change_is_refused(draft: Submission, creator: User) -> None:
    filing.file_submission(draft, actor=creator, key="one")
    with pytest.raises(Refused, match="nothing new") as refusal:
        filing.file_submission(draft, actor=creator, key="two")
    assert refusal.value.code == "nothing_new"


def test_a_new_version_stands_in_the_place_of_the_old_one(draft: Submission, creator: User) -> None:
    first = filing.file_submission(draft, actor=creator)
    changed = replace(TEXTS, title="Better blades", body="Better.")
    submitting.edit_draft(draft, changed, actor=creator, seen=TEXTS.mark)
    second = filing.file_submission(draft, actor=creator)
    draft.refresh_from_db()
    standing = SubmissionVersion.objects.standing().get(submission=draft)
    assert (draft.title, standing.number, first.sha256 != second.sha256) == ("Better blades", 2, True)
    assert draft.versions.get(number=1).body == TEXTS.body
    assert draft.filed_at == draft.versions.get(number=1).filed_at


@pytest.mark.parametrize("after", [timedelta(milliseconds=1), timedelta(days=1)])
def test_late_is_late_by_the_databases_clock_and_the_draft_is_kept(
    challenge: Challenge, draft: Submission, creator: User, after: timedelta
) -> None:
    scenes.pass_deadline(challenge, by=after)
    with pytest.raises(Refused, match="deadline has passed") as refusal:
        filing.file_submission(draft, actor=creator)
    draft.refresh_from_db()
    assert (refusal.value.code, draft.state, draft.versions.get().is_filed) == ("too_late", "draft", False)
    assert DisclosureReceipt.objects.count() == 0


def test_the_servers_own_clock_does_not_matter(
    challenge: Challenge, draft: Submission, creator: User, time_machine: Any
) -> None:
    scenes.pass_deadline(challenge, by=timedelta(hours=1))
    time_machine.move_to(challenge.closes_at - timedelta(days=1))
    with pytest.raises(Refused, match="deadline has passed"):
        filing.file_submission(draft, actor=creator)


def test_in_time_is_in_time_to_the_last_moment(challenge: Challenge, draft: Submission, creator: User) -> None:
    moment = database_now() + timedelta(seconds=5)
    Challenge.objects.filter(pk=challenge.pk).update(closes_at=moment)
    challenge.phases.update(closes_at=moment)
    assert filing.file_submission(draft, actor=creator).issued_at < moment


@pytest.mark.parametrize("missing", ["title", "abstract", "body"])
def test_what_is_incomplete_is_not_filed(draft: Submission, creator: User, missing: str) -> None:
    submitting.edit_draft(draft, replace(TEXTS, **{missing: "  "}), actor=creator, seen=TEXTS.mark)
    with pytest.raises(Refused) as refusal:
        filing.file_submission(draft, actor=creator)
    assert (refusal.value.code, refusal.value.field) == ("incomplete", missing)


def test_new_terms_are_accepted_before_anything_is_filed(
    challenge: Challenge, draft: Submission, creator: User, owner: User
) -> None:
    revise_terms(challenge, TermsContent(territory="Europe"), actor=owner)
    with pytest.raises(Refused, match="terms of this challenge have changed"):
        filing.file_submission(draft, actor=creator)
    assert draft.versions.get().is_filed is False


@pytest.mark.parametrize("state", [state for state in ChallengeState if state != ChallengeState.OPEN])
def test_a_challenge_that_is_not_open_takes_nothing(
    challenge: Challenge, draft: Submission, creator: User, state: ChallengeState
) -> None:
    hidden = {"published_at": None} if state in UNPUBLISHED else {}
    Challenge.objects.filter(pk=challenge.pk).update(state=state, **hidden)
    with pytest.raises(Missing):
        filing.file_submission(draft, actor=creator)


STEPS = (
    "challenges.actions.filing.open_phase",
    "challenges.actions.filing.refuse_without_consent",
    "portal.kernel.workflow.Workflow.perform",
    "challenges.actions.filing._receipt",
    "challenges.actions.filing.receipts.seal",
    "challenges.models.DisclosureReceipt.save",
    "challenges.querysets.SubmissionFileQuerySet.update",
    "challenges.actions.filing.open_room",
    "challenges.actions.filing.audit.record",
    "challenges.actions.filing.signals.submission_filed.send",
    "challenges.receivers.solving.notices.SubmissionFiled.of",
    "portal.kernel.models.IdempotencyRecord.save",
)


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_nothing_is_half_done_and_the_same_key_files_once(
    draft: Submission, creator: User, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitting.attach_file(draft, upload("a.pdf"), actor=creator)
    before = everything(draft)

    def dies(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(step, dies)
        with pytest.raises(Killed):
            filing.file_submission(draft, actor=creator, key="k")
    assert everything(draft) == before
    receipt = filing.file_submission(draft, actor=creator, key="k")
    assert filing.file_submission(draft, actor=creator, key="k") == receipt
    assert draft.versions.count() == 1


def everything(submission: Submission) -> dict[str, Any]:
    """All that filing writes, as it now stands."""
    submission.refresh_from_db()
    return {
        "state": (submission.state, submission.filed_at),
        "versions": list(submission.versions.values_list("number", "sha256", "filed_at")),
        "files": list(submission.files.values_list("name", "version")),
        "receipts": DisclosureReceipt.objects.count(),
        "audit": AuditEvent.objects.count(),
        "keys": IdempotencyRecord.objects.count(),
        "outbox": OutboxEntry.objects.exclude(topic="index").count(),
        "news": Notification.objects.count(),
    }


def test_the_trail_verifies(draft: Submission, creator: User) -> None:
    filing.file_submission(draft, actor=creator)
    assert list(audit.verify()) == []
    assert [event.action for event in audit.history(draft)] == [
        "submission.draft",
        "submission.submit",
        "submission.receipt",
    ]


def test_the_team_and_the_seeker_are_told(draft: Submission, creator: User, owner: User) -> None:
    filing.file_submission(draft, actor=creator)
    told = {(row.user_id, row.subject.split(":")[0]) for row in Notification.objects.all()}
    assert told == {(creator.pk, "Filed"), (owner.pk, "A submission came in")}


@pytest.mark.parametrize("state", SubmissionState)
def test_withdrawing_is_possible_until_awarded(state: SubmissionState) -> None:
    submission = SubmissionFactory(state=state)
    lead = submission.team.lead
    if state in (SubmissionState.AWARDED, SubmissionState.WITHDRAWN, SubmissionState.DISQUALIFIED):
        with pytest.raises(WrongState):
            filing.withdraw_submission(submission, actor=lead)
    else:
        assert filing.withdraw_submission(submission, actor=lead).state == SubmissionState.WITHDRAWN


def test_withdrawn_it_is_gone_for_everybody_else(
    challenge: Challenge, draft: Submission, creator: User, owner: User, master: User
) -> None:
    filing.file_submission(draft, actor=creator)
    scenes.close(challenge)
    assert set(Submission.objects.visible_to(owner)) == {draft}
    filing.withdraw_submission(draft, actor=creator)
    for person in (owner, master):
        assert (list(Submission.objects.visible_to(person)), list(SubmissionVersion.objects.readable_by(person))) == (
            [],
            [],
        )
