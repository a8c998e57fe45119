from __future__ import annotations

from dataclasses import replace

import pytest

from challenges.actions import filing, submitting
from challenges.actions.submitting import Overtaken, Texts
from challenges.models import Challenge, Submission, SubmissionFile
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused
from tests.challenges import scenes
from tests.challenges.scenes import TEXTS
from tests.factories.challenges import take_part
from tests.portal.files.samples import EXE, upload

pytestmark = pytest.mark.django_db

OTHER = replace(TEXTS, body="Something else.")


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def draft(challenge: Challenge, creator: User) -> Submission:
    return scenes.begin(challenge, creator)


def body_of(submission: Submission) -> str:
    return submitting.working_version(submission).body


def test_a_draft_holds_the_texts_and_renders_the_body_safely(draft: Submission) -> None:
    version = draft.versions.get()
    assert (draft.state, draft.title, draft.abstract) == ("draft", TEXTS.title, TEXTS.abstract)
    assert (version.number, version.is_filed, "<strong>owl</strong>" in version.body_html) == (1, False, True)


def test_markup_in_a_body_never_becomes_a_script(draft: Submission, creator: User) -> None:
    evil = replace(TEXTS, body="<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>")
    html = submitting.edit_draft(draft, evil, actor=creator, seen=TEXTS.mark).body_html
    assert ("<script" in html, "<img" in html, 'href="javascript' in html) == (False, False, False)


def test_a_double_click_begins_one_draft(challenge: Challenge, creator: User) -> None:
    take_part(creator, challenge)
    begun = [submitting.draft_submission(challenge, TEXTS, actor=creator, key="k") for _ in range(2)]
    assert (begun[0].pk == begun[1].pk, Submission.objects.count()) == (True, 1)


def test_a_team_has_one_submission_until_it_withdraws(draft: Submission, challenge: Challenge, creator: User) -> None:
    with pytest.raises(Refused, match="has a submission"):
        submitting.draft_submission(challenge, TEXTS, actor=creator)
    filing.withdraw_submission(draft, actor=creator)
    assert submitting.draft_submission(challenge, TEXTS, actor=creator).pk != draft.pk


def test_only_who_takes_part_begins_one(challenge: Challenge, creator: User, owner: User, master: User) -> None:
    for person in (creator, owner, master):
        with pytest.raises(Missing):
            submitting.draft_submission(challenge, TEXTS, actor=person)


def test_the_second_tab_is_told_and_nothing_is_overwritten(draft: Submission, creator: User) -> None:
    first = replace(TEXTS, body="From the first tab.")
    submitting.edit_draft(draft, first, actor=creator, seen=TEXTS.mark)
    with pytest.raises(Overtaken) as overtaken:
        submitting.edit_draft(draft, OTHER, actor=creator, seen=TEXTS.mark)
    assert (overtaken.value.status, overtaken.value.theirs) == (409, first)
    assert body_of(draft) == "From the first tab."
    submitting.edit_draft(draft, OTHER, actor=creator, seen=first.mark)
    assert body_of(draft) == OTHER.body


def test_saving_what_is_already_there_is_no_conflict(draft: Submission, creator: User) -> None:
    submitting.edit_draft(draft, OTHER, actor=creator, seen=TEXTS.mark)
    submitting.edit_draft(draft, OTHER, actor=creator, seen=TEXTS.mark)
    assert body_of(draft) == OTHER.body


def test_line_ends_of_a_browser_are_not_a_change(draft: Submission) -> None:
    assert replace(TEXTS, body=TEXTS.body.replace("\n", "\r\n")).mark == TEXTS.mark


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (replace(TEXTS, title="x" * 201), "title"),
        (replace(TEXTS, abstract="x" * 2001), "abstract"),
        (replace(TEXTS, body="x" * 20_001), None),
    ],
)
def test_texts_that_are_too_long_are_refused_and_nothing_is_saved(
    draft: Submission, creator: User, texts: Texts, field: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        submitting.edit_draft(draft, texts, actor=creator, seen=TEXTS.mark)
    assert refusal.value.field == field
    assert submitting.working_version(draft).body == TEXTS.body


def test_nobody_else_writes_on_it(draft: Submission, owner: User, master: User, rival: User, creator: User) -> None:
    file = submitting.attach_file(draft, upload("a.pdf"), actor=creator)
    for person in (owner, master, rival):
        with pytest.raises(Missing):
            submitting.edit_draft(draft, OTHER, actor=person, seen=TEXTS.mark)
        with pytest.raises(Missing):
            submitting.attach_file(draft, upload("b.pdf"), actor=person)
        with pytest.raises(Missing):
            submitting.remove_file(file, actor=person)
        with pytest.raises(Missing):
            filing.withdraw_submission(draft, actor=person)
        with pytest.raises(Missing):
            filing.file_submission(draft, actor=person)
    assert (body_of(draft), draft.files.count()) == (TEXTS.body, 1)


def test_a_refused_file_leaves_the_draft_as_it_was(draft: Submission, creator: User) -> None:
    with pytest.raises(Refused):
        submitting.attach_file(draft, upload("evil.pdf", EXE), actor=creator)
    assert SubmissionFile.objects.count() == 0


def test_a_twenty_first_file_is_refused(draft: Submission, creator: User) -> None:
    for number in range(submitting.MOST_FILES):
        submitting.attach_file(draft, upload(f"{number}.txt", b"x"), actor=creator)
    with pytest.raises(Refused, match="at most 20"):
        submitting.attach_file(draft, upload("more.txt", b"x"), actor=creator)


def test_the_next_version_begins_as_a_copy_that_nobody_else_sees(
    challenge: Challenge, draft: Submission, creator: User
) -> None:
    submitting.attach_file(draft, upload("a.pdf"), actor=creator)
    filing.file_submission(draft, actor=creator)
    submitting.edit_draft(draft, replace(OTHER, title="A secret turn"), actor=creator, seen=TEXTS.mark)
    draft.refresh_from_db()
    numbers = list(draft.versions.values_list("number", "title"))
    assert numbers == [(1, TEXTS.title), (2, "A secret turn")]
    assert draft.title == TEXTS.title
    assert draft.files.filter(version__isnull=True).get().name == "a.pdf"


def test_a_filed_file_stays_and_its_copy_can_go(draft: Submission, creator: User) -> None:
    filed = submitting.attach_file(draft, upload("a.pdf"), actor=creator)
    filing.file_submission(draft, actor=creator)
    filed.refresh_from_db()
    with pytest.raises(Refused, match="stays with it"):
        submitting.remove_file(filed, actor=creator)
    submitting.begin_draft(draft, actor=creator)
    submitting.remove_file(draft.files.get(version__isnull=True), actor=creator)
    with filed.file.open("rb") as handle:
        assert handle.read(4) == b"%PDF"


def test_a_next_version_can_be_dropped_a_first_one_only_withdrawn(draft: Submission, creator: User) -> None:
    with pytest.raises(Refused, match="withdraw"):
        submitting.discard_draft(draft, actor=creator)
    filing.file_submission(draft, actor=creator)
    submitting.edit_draft(draft, OTHER, actor=creator, seen=TEXTS.mark)
    submitting.discard_draft(draft, actor=creator)
    assert [version.is_filed for version in draft.versions.all()] == [True]
