"""The seeker's pages: who gets them, what they cost, what bad input does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.enums import ChallengeState, RegistrationState
from challenges.models import Challenge, ChallengeAttachment
from portal.accounts.models import Organisation, User
from portal.kernel.audit import history
from tests.factories.challenges import (
    AwardFactory,
    ChallengeFactory,
    RegistrationFactory,
    SubmissionFactory,
    take_part,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _as(user: Any) -> Client:
    client = Client()
    if not isinstance(user, AnonymousUser):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.fixture
def challenge(organisation: Organisation, owner: User) -> Challenge:
    return ChallengeFactory(organisation=organisation, posted_by=owner)


# --- the list ----------------------------------------------------------------------------------


def test_list_shows_what_is_public(client: Client, organisation: Organisation) -> None:
    shown = ChallengeFactory(organisation=organisation, title="Shown")
    ChallengeFactory(organisation=organisation, title="Hidden", state=ChallengeState.DRAFT)
    page = client.get("/challenges/").content.decode()
    assert shown.get_absolute_url() in page
    assert "Hidden" not in page


@pytest.mark.parametrize("who", ["anonymous", "creator"])
def test_list_costs_the_same_for_one_and_for_three(who: str, request: pytest.FixtureRequest) -> None:
    client = _as(request.getfixturevalue(who))
    ChallengeFactory()
    one = _queries(client, "/challenges/")
    ChallengeFactory.create_batch(2)
    assert (_queries(client, "/challenges/"), one <= 8) == (one, True)


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "after=nonsense",
        "after=" + "A" * 5000,
        "state=teleported&kind=x&industry=ZZ&sort=%00",
        "q=" + "a" * 3000,
        "q=%27%20OR%201=1--",
        "state=draft",
    ],
)
def test_odd_filters_are_harmless(client: Client, challenge: Challenge, query: str) -> None:
    answer = client.get(f"/challenges/?{query}")
    assert answer.status_code == 200


def test_filters_narrow(client: Client) -> None:
    ChallengeFactory(title="Open one")
    ChallengeFactory(title="Closed one", state=ChallengeState.CLOSED)
    page = client.get("/challenges/?state=closed&q=one").content.decode()
    assert ("Closed one" in page, "Open one" in page) == (True, False)


def test_pages_follow_by_cursor(client: Client) -> None:
    ChallengeFactory.create_batch(21)
    first = client.get("/challenges/").context["page"]
    second = client.get(f"/challenges/?after={first.next}").context["page"]
    assert (len(first), len(second), second.next) == (20, 1, None)


def test_mine_shows_drafts_to_their_owner_alone(owner: User, rival: User, organisation: Organisation) -> None:
    ChallengeFactory(organisation=organisation, title="Secret plan", state=ChallengeState.DRAFT)
    assert "Secret plan" in _as(owner).get("/challenges/mine/").content.decode()
    assert "Secret plan" not in _as(rival).get("/challenges/mine/").content.decode()


# --- the page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (ChallengeState.DRAFT, {"owner", "master"}),
        (ChallengeState.IN_REVIEW, {"owner", "master"}),
        (ChallengeState.APPROVED, {"owner", "master"}),
        (ChallengeState.FORECAST, {"owner", "master", "creator", "anonymous", "rival", "colleague"}),
        (ChallengeState.OPEN, {"owner", "master", "creator", "anonymous", "rival", "colleague"}),
        (ChallengeState.DECIDED, {"owner", "master", "creator", "anonymous", "rival", "colleague"}),
        (ChallengeState.CANCELLED, {"owner", "master", "creator", "anonymous", "rival", "colleague"}),
    ],
)
def test_who_sees_the_page(
    organisation: Organisation, state: ChallengeState, seen_by: set[str], request: pytest.FixtureRequest
) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=state)
    codes = {
        who: _as(request.getfixturevalue(who)).get(challenge.get_absolute_url()).status_code
        for who in ("owner", "master", "creator", "anonymous", "rival", "colleague")
    }
    assert codes == {who: 200 if who in seen_by else 404 for who in codes}


def test_absent_and_forbidden_are_told_apart_by_nobody(client: Client) -> None:
    hidden = client.get(ChallengeFactory(state=ChallengeState.DRAFT).get_absolute_url())
    absent = client.get("/challenges/no-such-thing/")
    assert (hidden.status_code, _without_ids(hidden)) == (absent.status_code, _without_ids(absent))


def _without_ids(answer: Any) -> str:
    return re.sub(r"suggestions-\w+", "", answer.content.decode())


@pytest.mark.parametrize(("who", "most"), [("anonymous", 8), ("creator", 16), ("owner", 15)])
def test_page_costs_the_same_however_long(
    challenge: Challenge, who: str, most: int, request: pytest.FixtureRequest
) -> None:
    client = _as(request.getfixturevalue(who))
    one = _queries(client, challenge.get_absolute_url())
    for number in (2, 3):
        challenge.requirements.create(position=number, text="More")
        challenge.rewards.create(rank=number, title="Prize", non_monetary="Fame")
    assert (_queries(client, challenge.get_absolute_url()), one <= most) == (one, True), one


def test_confidential_part_is_for_those_who_accepted(
    challenge: Challenge, owner: User, creator: User, rival: User, master: User
) -> None:
    take_part(creator, challenge)
    text = "The bearing is made by us."
    seen = {
        user.display_name: text in _as(user).get(challenge.get_absolute_url()).content.decode()
        for user in (owner, creator, rival, master)
    }
    assert seen == {"Olga Owner": True, "Cleo Creator": True, "Rita Rival": False, "Mara Master": False}
    assert text not in Client().get(challenge.get_absolute_url()).content.decode()


def test_platform_master_opens_the_confidential_part_on_record(challenge: Challenge, master: User) -> None:
    answer = _as(master).post(f"{challenge.get_absolute_url()}confidential/")
    assert "The bearing is made by us." in answer.content.decode()
    event = history(challenge)[-1]
    assert (event.action, event.actor) == ("challenge.read_confidential", master)


@pytest.mark.parametrize("who", ["creator", "rival", "colleague"])
def test_confidential_part_is_nobody_elses(challenge: Challenge, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    assert _as(user).post(f"{challenge.get_absolute_url()}confidential/").status_code == 404


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("visitor", "Sign in to take part"),
        ("newcomer", "Register to take part"),
        ("waiting", "The seeker answers next"),
        ("registered", "Write your submission"),
        ("drafting", "Go to your submission"),
        ("outdated", "Read the new terms"),
    ],
)
def test_page_offers_the_next_step(challenge: Challenge, creator: User, standing: str, words: str) -> None:
    if standing == "waiting":
        RegistrationFactory(challenge=challenge, user=creator, state=RegistrationState.REQUESTED)
    elif standing == "registered":
        take_part(creator, challenge)
    elif standing == "outdated":
        RegistrationFactory(challenge=challenge, user=creator)
    elif standing == "drafting":
        SubmissionFactory(challenge=challenge, lead=creator, state="draft")
    client = Client() if standing == "visitor" else _as(creator)
    assert words in client.get(challenge.get_absolute_url()).content.decode()


def test_winner_is_shown_once_announced(organisation: Organisation, client: Client) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.DECIDED)
    submission = SubmissionFactory(challenge=challenge, state="awarded", title="The winning mount")
    award = AwardFactory(submission=submission)
    assert "The winning mount" not in client.get(challenge.get_absolute_url()).content.decode()
    type(award).objects.update(announced_at=timezone.now())
    assert "The winning mount" in client.get(challenge.get_absolute_url()).content.decode()


# --- posting -----------------------------------------------------------------------------------


def _form(**changes: Any) -> dict[str, Any]:
    day = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT10:00")
    return {
        "title": "Quieter pump",
        "kind": "technological_solution",
        "summary": "A pump that does not wake the house.",
        "problem": "Our pump hums at 50 Hz.",
        "confidential_part": "",
        "opens_at": "",
        "closes_at": day,
        "decision_due_at": "",
        "zone": "Europe/Berlin",
        "language": "en",
        "keywords": "pump, noise",
        "requirements-TOTAL_FORMS": "2",
        "requirements-INITIAL_FORMS": "0",
        "requirements-0-text": "Below 30 dB.",
        "requirements-0-priority": "must",
        "requirements-1-text": "",
        "requirements-1-priority": "must",
        "rewards-TOTAL_FORMS": "1",
        "rewards-INITIAL_FORMS": "0",
        "rewards-0-title": "First prize",
        "rewards-0-amount": "5000",
        "rewards-0-currency": "EUR",
        "phases-TOTAL_FORMS": "1",
        "phases-INITIAL_FORMS": "0",
        "phases-0-blind_level": "single",
        "terms-model": "exclusive",
        "idempotency_key": "k1",
        **changes,
    }


def _new(owner: User, **changes: Any) -> Any:
    form = _form(organisation=owner.organisations.get().pk, **changes)
    return _as(owner).post("/challenges/new/", form)


def test_posting_makes_a_draft(owner: User) -> None:
    answer = _new(owner)
    challenge = Challenge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, challenge.get_absolute_url())
    assert (challenge.state, challenge.zone, challenge.requirements.count(), challenge.rewards.count()) == (
        ChallengeState.DRAFT,
        "Europe/Berlin",
        1,
        1,
    )
    assert challenge.closes_at.astimezone(challenge.timezone).hour == 10


def test_posting_and_sending_in(owner: User) -> None:
    _new(owner, then="review", files=SimpleUploadedFile("plan.pdf", PDF))
    challenge = Challenge.objects.get()
    assert (challenge.state, challenge.attachments.get().name) == (ChallengeState.IN_REVIEW, "plan.pdf")


def test_double_click_posts_once(owner: User) -> None:
    first, second = _new(owner), _new(owner)
    assert (Challenge.objects.count(), first["Location"]) == (1, second["Location"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "x" * 201}, "at most 200"),
        ({"kind": "sorcery"}, "Select a valid choice"),
        ({"closes_at": "tomorrow"}, "Enter a valid date"),
        ({"closes_at": "2027-03-28T02:30", "opens_at": ""}, "skip this time"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"opens_at": "2099-01-01T10:00"}, "closes after it opens"),
        ({"trl_sought": "11"}, "1 to 9"),
        ({"problem": "[" * 3000}, "brackets"),
        ({"problem": "x" * 20_001}, "20,000 characters"),
        ({"rewards-0-amount": "-5"}, "greater than or equal to 0"),
        ({"rewards-0-amount": "1e999"}, "number"),
        ({"rewards-0-amount": ""}, "Give an amount"),
        ({"requirements-TOTAL_FORMS": "nonsense"}, "ManagementForm"),
        ({"requirements-TOTAL_FORMS": "999"}, "at most 30"),
        ({"terms-model": "theft"}, "Select a valid choice"),
        ({"files": SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 a program")}, "not what its name says"),
        ({"files": SimpleUploadedFile("run.exe", b"MZ")}, "not taken"),
        ({"eligible_countries": "XX"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_pointed_out_and_nothing_is_kept(owner: User, changes: dict[str, Any], words: str) -> None:
    answer = _new(owner, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Challenge.objects.exists()
    assert not ChallengeAttachment.objects.exists()


def test_state_and_poster_cannot_be_smuggled_in(owner: User, creator: User) -> None:
    _new(owner, state="open", posted_by=str(creator.pk), published_at="2020-01-01", slug="mine", source="x")
    challenge = Challenge.objects.get()
    assert (challenge.state, challenge.posted_by, challenge.published_at, challenge.source) == (
        ChallengeState.DRAFT,
        owner,
        None,
        "",
    )


def test_foreign_organisation_is_no_choice(owner: User, rival_organisation: Organisation) -> None:
    answer = _as(owner).post("/challenges/new/", _form(organisation=rival_organisation.pk))
    assert (answer.status_code, Challenge.objects.count()) == (422, 0)


def test_one_more_row_without_scripts(owner: User) -> None:
    answer = _new(owner, add="requirements", title="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "requirements-2-text" in page
    assert "Below 30 dB." in page
    assert "Please mend this first" not in page


def test_whoever_owns_nothing_learns_how(creator: User) -> None:
    assert "Found an organisation" in _as(creator).get("/challenges/new/").content.decode()


def test_editing_shows_and_keeps(owner: User) -> None:
    _new(owner)
    challenge = Challenge.objects.get()
    url = f"{challenge.get_absolute_url()}edit/"
    page = _as(owner).get(url).content.decode()
    assert "Below 30 dB." in page
    changed = _form(title="Much quieter pump", revision=challenge.revision, **{"requirements-INITIAL_FORMS": "1"})
    assert _as(owner).post(url, changed).status_code == 302
    challenge.refresh_from_db()
    assert (challenge.title, challenge.revision, challenge.requirements.count()) == ("Much quieter pump", 2, 1)


def test_stale_edit_is_refused_with_the_words_kept(owner: User) -> None:
    _new(owner)
    challenge = Challenge.objects.get()
    answer = _as(owner).post(f"{challenge.get_absolute_url()}edit/", _form(title="Mine", revision=0))
    page = answer.content.decode()
    assert (answer.status_code, "Somebody else changed" in page, 'value="Mine"' in page) == (422, True, True)


@pytest.mark.parametrize("path", ["edit/", "manage/", "terms/new/"])
@pytest.mark.parametrize("who", ["creator", "rival", "colleague"])
def test_seekers_pages_are_nobody_elses(
    challenge: Challenge, path: str, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    assert _as(user).get(f"{challenge.get_absolute_url()}{path}").status_code == 404


def test_files_are_added_and_removed(owner: User, organisation: Organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT)
    client = _as(owner)
    url = challenge.get_absolute_url()
    client.post(f"{url}files/", {"files": SimpleUploadedFile("plan.pdf", PDF), "is_confidential": "on"})
    attachment = challenge.attachments.get()
    assert attachment.is_confidential is True
    answer = client.get(attachment.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert Client().get(attachment.get_absolute_url()).status_code == 404
    client.post(f"{url}files/{attachment.public_id}/remove/")
    assert not challenge.attachments.exists()


def test_file_of_another_challenge_is_not_removed_here(owner: User, organisation: Organisation) -> None:
    here = ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT)
    there = ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT)
    client = _as(owner)
    client.post(f"{there.get_absolute_url()}files/", {"files": SimpleUploadedFile("plan.pdf", PDF)})
    public_id = there.attachments.get().public_id
    answer = client.post(f"{here.get_absolute_url()}files/{public_id}/remove/")
    assert (answer.status_code, there.attachments.count()) == (404, 1)


# --- moving ------------------------------------------------------------------------------------


def test_moving_by_the_page(owner: User, organisation: Organisation, master: User) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.DRAFT)
    url = challenge.get_absolute_url()
    assert _as(owner).post(f"{url}move/submit_for_review/").status_code == 302
    assert _as(master).post(f"{url}move/request_changes/", {"reason": ""}).status_code == 400
    assert _as(master).post(f"{url}move/request_changes/", {"reason": "More."}).status_code == 302
    assert "More." in _as(owner).get(url).content.decode()
    assert _as(owner).post(f"{url}move/submit_for_review/").status_code == 302
    assert _as(master).post(f"{url}move/approve/").status_code == 302
    assert _as(owner).post(f"{url}move/publish/").status_code == 302
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.OPEN
    assert _as(owner).post(f"{url}move/publish/").status_code == 409


@pytest.mark.parametrize("name", ["publish", "cancel", "teleport"])
def test_nobody_else_moves_it(challenge: Challenge, creator: User, name: str) -> None:
    answer = _as(creator).post(f"{challenge.get_absolute_url()}move/{name}/", {"reason": "Because"})
    assert (answer.status_code, Challenge.objects.get().state) == (404, ChallengeState.OPEN)


def test_question_is_a_page_of_its_own_without_scripts(challenge: Challenge, owner: User) -> None:
    page = _as(owner).get(f"{challenge.get_absolute_url()}move/cancel/").content.decode()
    assert "Everybody who takes part reads this" in page


def test_manage_page_counts(challenge: Challenge, owner: User) -> None:
    SubmissionFactory.create_batch(2, challenge=challenge)
    SubmissionFactory(challenge=challenge, state="draft")
    overview = _as(owner).get(f"{challenge.get_absolute_url()}manage/").context["overview"]
    assert (overview.solvers, overview.waiting, overview.filed) == (3, 0, 2)


@pytest.mark.parametrize(("who", "asked_in"), [("owner", True), ("master", False)])
def test_manage_page_leads_only_where_its_reader_may_go(
    challenge: Challenge, who: str, asked_in: bool, request: pytest.FixtureRequest
) -> None:
    client = _as(request.getfixturevalue(who))
    door = f"/challenges/{challenge.slug}/registrations/"

    shown = client.get(f"/challenges/{challenge.slug}/manage/").content.decode()

    assert (client.get(door).status_code == 200, f'href="{door}"' in shown) == (asked_in, asked_in)


def test_the_way_back_from_cancelling_is_not_called_so_too(challenge: Challenge, owner: User) -> None:
    page = _as(owner).get(f"/challenges/{challenge.slug}/move/cancel/").content.decode()

    assert not re.search(r">\s*Cancel\s*</a>", page)
    assert "Leave it as it is" in page


def test_cards_of_the_list_are_headed_right_below_the_page(client: Client, challenge: Challenge) -> None:
    assert '<h2 class="card__title">' in client.get("/challenges/").content.decode()


def test_terms_pages(challenge: Challenge, owner: User) -> None:
    url = challenge.get_absolute_url()
    answer = _as(owner).post(f"{url}terms/new/", {"model": "sole", "payment": "In a month"})
    assert answer["Location"] == f"{url}terms/2/"
    page = Client().get(f"{url}terms/2/").content.decode()
    assert challenge.terms_versions.get(version=2).sha256 in page
    assert "In a month" in page
    assert Client().get(f"{url}terms/9/").status_code == 404
