"""Writing a challenge: all of it is kept, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from djmoney.money import Money

from challenges.actions.attaching import attach_file, remove_file
from challenges.actions.drafting import draft_challenge, update_challenge
from challenges.content import (
    ChallengeContent,
    PhaseContent,
    RequirementContent,
    RewardContent,
    TermsContent,
)
from challenges.enums import BlindLevel, ChallengeKind, ChallengeState, Priority, TermsModel
from challenges.models import Challenge, ChallengeAttachment
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Conflict, Missing, Refused
from tests.factories.accounts import OrganisationFactory, owner_of
from tests.factories.challenges import ChallengeFactory

pytestmark = pytest.mark.django_db

CONTENT = ChallengeContent(
    title="泵太吵 – a quieter pump",
    kind=ChallengeKind.STRUCTURAL_DESIGN,
    summary="A pump that does not wake the house.",
    problem="Our pump **hums**.<script>alert(1)</script>",
    confidential_part="The bearing is *ours*.",
    industry="C",
    technology_field="27",
    trl_sought=4,
    language="en",
    eligible_countries=("DE", "CN"),
    keywords=("pump", "noise"),
    opens_at=datetime(2027, 1, 1, 9, tzinfo=UTC),
    closes_at=datetime(2027, 3, 1, 17, tzinfo=UTC),
    decision_due_at=datetime(2027, 4, 1, tzinfo=UTC),
    zone="Asia/Shanghai",
    requirements=(RequirementContent("Below 30 dB."), RequirementContent("Recyclable.", Priority.SHOULD)),
    rewards=(RewardContent("First prize", Money("5000.50", "EUR")), RewardContent("Second", None, "A pump")),
    terms=TermsContent(model=TermsModel.EXCLUSIVE, territory="Europe"),
)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_everything_that_was_written_is_kept(organisation: Organisation, owner: User) -> None:
    challenge = draft_challenge(organisation, CONTENT, actor=owner)
    challenge = Challenge.objects.get(pk=challenge.pk)
    assert (challenge.state, challenge.posted_by, challenge.is_public, challenge.revision) == (
        ChallengeState.DRAFT,
        owner,
        False,
        1,
    )
    assert challenge.slug.startswith("bengtaichao-a-quieter-pump-")
    assert challenge.problem_html == ("<p>Our pump <strong>hums</strong>.&lt;script&gt;alert(1)&lt;/script&gt;</p>\n")
    assert {country.code for country in challenge.eligible_countries} == {"DE", "CN"}
    assert challenge.keywords == ["pump", "noise"]
    assert list(challenge.requirements.values_list("position", "priority", "text")) == [
        (1, "must", "Below 30 dB."),
        (2, "should", "Recyclable."),
    ]
    assert [(r.rank, r.amount, r.non_monetary) for r in challenge.rewards.all()] == [
        (1, Money("5000.50", "EUR"), ""),
        (2, None, "A pump"),
    ]
    terms = challenge.terms_versions.get()
    assert (terms.model, terms.territory, terms.is_frozen) == ("exclusive", "Europe", False)


def test_usual_phase_of_the_kind(organisation: Organisation, owner: User) -> None:
    phase = draft_challenge(organisation, CONTENT, actor=owner).phases.get()
    assert (phase.name, phase.opens_at, phase.closes_at, phase.blind_level) == (
        "Structural concept",
        CONTENT.opens_at,
        CONTENT.closes_at,
        BlindLevel.SINGLE,
    )
    assert phase.rubric is not None
    assert [c.name for c in phase.rubric.criteria.all()] == ["Fit", "Feasibility", "Ease of making", "Evidence"]


def test_phases_follow_each_other_without_a_gap(organisation: Organisation, owner: User) -> None:
    middle = datetime(2027, 2, 1, tzinfo=UTC)
    content = replace(
        CONTENT,
        phases=(PhaseContent("Concept", closes_at=middle), PhaseContent("Proposal", blind_level=BlindLevel.DOUBLE)),
    )
    challenge = draft_challenge(organisation, content, actor=owner)
    assert list(challenge.phases.values_list("name", "opens_at", "closes_at")) == [
        ("Concept", CONTENT.opens_at, middle),
        ("Proposal", middle, CONTENT.closes_at),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_at": datetime(2026, 1, 1, tzinfo=UTC)}, "closes_at"),
        ({"decision_due_at": datetime(2027, 2, 1, tzinfo=UTC)}, "decision_due_at"),
        ({"phases": (PhaseContent("One"), PhaseContent("Two"))}, "phases"),
        (
            {"phases": (PhaseContent("One", closes_at=datetime(2028, 1, 1, tzinfo=UTC)), PhaseContent("Two"))},
            "closes_at",
        ),
        ({"requirements": tuple(RequirementContent(str(n)) for n in range(31))}, None),
        ({"problem": "x" * 20_001}, None),
        ({"problem": "[" * 3_000}, None),
    ],
)
def test_content_that_cannot_be_leaves_nothing(
    organisation: Organisation, owner: User, change: dict, field: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        draft_challenge(organisation, replace(CONTENT, **change), actor=owner)
    assert refusal.value.field == field
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("who", ["creator", "rival", "colleague", "anonymous"])
def test_only_owners_post(organisation: Organisation, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Missing):
        draft_challenge(organisation, CONTENT, actor=request.getfixturevalue(who))


@pytest.mark.parametrize("state", ["pending", "declined", "suspended"])
def test_only_verified_organisations_post(state: str) -> None:
    organisation = OrganisationFactory(state=state)
    with pytest.raises(Missing):
        draft_challenge(organisation, CONTENT, actor=owner_of(organisation))


def test_platform_master_posts_for_a_verified_organisation(organisation: Organisation, master: User) -> None:
    assert draft_challenge(organisation, CONTENT, actor=master).posted_by == master


def test_update_replaces_rows_and_keeps_one_rubric(organisation: Organisation, owner: User) -> None:
    challenge = draft_challenge(organisation, CONTENT, actor=owner)
    rubric = challenge.phases.get().rubric
    changed = replace(CONTENT, kind=ChallengeKind.IDEATION, requirements=(), title="Quieter pump")
    updated = update_challenge(challenge, changed, actor=owner, revision=1)
    assert (updated.title, updated.slug, updated.revision) == ("Quieter pump", challenge.slug, 2)
    assert (updated.requirements.count(), updated.rewards.count(), updated.phases.get().rubric) == (0, 2, rubric)
    assert updated.phases.get().name == "Idea"


def test_second_editor_is_told(organisation: Organisation, owner: User) -> None:
    challenge = draft_challenge(organisation, CONTENT, actor=owner)
    update_challenge(challenge, replace(CONTENT, title="First"), actor=owner, revision=1)
    with pytest.raises(Conflict):
        update_challenge(challenge, replace(CONTENT, title="Second"), actor=owner, revision=1)
    challenge.refresh_from_db()
    assert challenge.title == "First"


@pytest.mark.parametrize("state", [s for s in ChallengeState if s not in ("draft", "changes_requested")])
def test_nothing_changes_once_it_is_sent_in(organisation: Organisation, owner: User, state: ChallengeState) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=state)
    with pytest.raises(Missing):
        update_challenge(challenge, CONTENT, actor=owner, revision=challenge.revision)


def _pdf(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_files_come_and_go(organisation: Organisation, owner: User) -> None:
    challenge = draft_challenge(organisation, CONTENT, actor=owner)
    attachment = attach_file(challenge, _pdf(), actor=owner, is_confidential=True)
    assert (attachment.name, attachment.is_confidential) == ("plan.pdf", True)
    remove_file(attachment, actor=owner)
    assert not ChallengeAttachment.objects.exists()


def test_renamed_program_is_refused(organisation: Organisation, owner: User) -> None:
    challenge = draft_challenge(organisation, CONTENT, actor=owner)
    with pytest.raises(Refused):
        attach_file(challenge, _pdf(content=b"MZ\x90\x00 not a pdf at all"), actor=owner)
    assert not ChallengeAttachment.objects.exists()


def test_no_file_after_publication(organisation: Organisation, owner: User) -> None:
    with pytest.raises(Missing):
        attach_file(ChallengeFactory(organisation=organisation), _pdf(), actor=owner)
