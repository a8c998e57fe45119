"""What must not leak: confidential things of every kind, each text in them a word of its own, and who may read it.

The allowed sets are written from the product's table of rights, not from the code's rules: a wrong rule is found out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from challenges.audiences import REGISTERED, REVIEWERS
from challenges.audiences import SUBMISSION as TEAM_ROOM
from challenges.enums import AssignmentState, ChallengeState, PhaseState, SubmissionState
from challenges.models import Challenge, ChallengeAttachment, Submission, SubmissionFile, TeamMembership
from patents.rooms import REQUEST
from portal.accounts.enums import OrganisationState
from portal.accounts.models import Invitation
from portal.api.actions import create_token
from portal.discussions.models import Blocking, Report, WatchedPhrase
from portal.files.actions import store
from portal.incubation.models import GateEvidence
from portal.incubation.rooms import AUDIENCE as VENTURE_ROOM
from portal.notifications.models import Notification, SentMail
from search.saved.actions import save_search
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, SubmissionFactory, take_part
from tests.factories.discussions import MessageFactory, RoomFactory, room_beside
from tests.factories.incubation import GateReviewFactory, VentureFactory
from tests.factories.moderation import CaseFactory
from tests.factories.patents import LicenceOfferFactory, LicenceRequestFactory, PoolFactory

LANGUAGES = ("canary{:03d}x", "кенар{:03d}щ", "鳥禽{:03d}乙")
"""How a hidden word is written in each of the portal's languages."""
WORD = re.compile(r"(?:canary|кенар|鳥禽)(\d{3})[xщ乙]", re.I)

ROLES = (
    *("anonymous", "creator", "solver", "competitor", "owner", "colleague", "stranger"),
    *("reviewer", "conflicted", "master", "keeper", "licensee", "founder"),
)
SEEKERS = ("owner", "master")
TEAM = ("solver", "mate")


@dataclass
class Scene:
    """The people, the hidden words with those who may read each, and the objects by which doors are found."""

    people: dict[str, Any] = field(default_factory=dict)
    words: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)
    objects: list[Model] = field(default_factory=list)

    def hide(self, what: str, *allowed: str) -> str:
        """A word, in each language, that stands for ``what`` and for nothing else."""
        number = len(self.words) + 1
        self.words[number] = (what, frozenset(allowed))
        return " ".join(written.format(number) for written in LANGUAGES)

    def keep(self, obj: Any) -> Any:
        """``obj`` is something that doors lead to."""
        self.objects.append(obj)
        return obj

    def leaks(self, role: str, text: str) -> set[str]:
        """What ``role`` reads in ``text`` and may not."""
        found = {int(match.group(1)) for match in WORD.finditer(text)} & self.words.keys()
        return {self.words[number][0] for number in found if role not in self.words[number][1]}


def build() -> Scene:
    """Make it."""
    scene = Scene()
    acme, other = OrganisationFactory(slug="acme", name="Acme"), OrganisationFactory(slug="other", name="Other")
    scene.people = {name: UserFactory(display_name=name.capitalize()) for name in (*ROLES, "mate")}
    scene.people |= {
        "anonymous": AnonymousUser(),
        "master": UserFactory(display_name="Master", is_platform_master=True),
        "owner": owner_of(acme, display_name="Owner"),
        "colleague": member_of(acme, display_name="Colleague"),
        "stranger": owner_of(other, display_name="Stranger"),
    }
    scene.keep(acme)
    _drafts(scene, acme)
    _answers(scene, acme)
    _licences(scene, acme)
    _venture(scene, acme)
    _people(scene)
    _order(scene)
    return scene


def _drafts(scene: Scene, acme: Any) -> None:
    for state in (ChallengeState.DRAFT, ChallengeState.IN_REVIEW):
        words = {
            name: scene.hide(f"{state} challenge's {name}", *SEEKERS)
            for name in ("title", "summary", "problem", "confidential_part")
        }
        html = {
            f"{name}_html": words[part]
            for name, part in (("problem", "problem"), ("confidential", "confidential_part"))
        }
        scene.keep(ChallengeFactory(organisation=acme, state=state, posted_by=scene.people["owner"], **words, **html))


def _answers(scene: Scene, acme: Any) -> None:
    """In an open challenge answers are sealed; in one that is being judged they are open to those who judge."""
    for state in (ChallengeState.OPEN, ChallengeState.EVALUATING):
        insiders = (*SEEKERS, *TEAM, "competitor", "reviewer")
        secret = scene.hide(f"{state} challenge's confidential part", *insiders)
        challenge = ChallengeFactory(
            organisation=acme, state=state, posted_by=scene.people["owner"], title=f"Quieter {state}",
            confidential_part=secret, confidential_html=secret,
        )  # fmt: skip
        scene.keep(challenge)
        name, body = (
            scene.hide(f"{state} challenge's confidential file: {part}", *insiders) for part in ("name", "body")
        )
        upload = SimpleUploadedFile(f"{name}.txt", body.encode())
        scene.keep(
            store(
                ChallengeAttachment,
                upload,
                uploaded_by=scene.people["owner"],
                challenge=challenge,
                is_confidential=True,
            )
        )
        if state == ChallengeState.EVALUATING:
            challenge.phases.update(state=PhaseState.EVALUATING)
        for person in (*TEAM, "competitor"):
            take_part(scene.people[person], challenge)
        _answer(scene, challenge, TEAM, sealed=state == ChallengeState.OPEN)
        _answer(scene, challenge, ("competitor",), sealed=state == ChallengeState.OPEN)
        _talk(scene, challenge, REGISTERED, *SEEKERS, *TEAM, "competitor")
        _talk(scene, challenge, REVIEWERS, *SEEKERS, "reviewer")


def _answer(scene: Scene, challenge: Challenge, team: tuple[str, ...], *, sealed: bool) -> None:
    name = f"{challenge.state} answer of {team[0]}"
    readers = (*team, *SEEKERS, "reviewer")
    inside = team if sealed else readers
    submission: Submission = SubmissionFactory(
        challenge=challenge, lead=scene.people[team[0]], title=scene.hide(f"{name}: title", *readers),
        abstract=scene.hide(f"{name}: abstract", *readers), body=scene.hide(f"{name}: body", *inside),
        state=SubmissionState.SUBMITTED if sealed else SubmissionState.IN_EVALUATION,
        feedback=scene.hide(f"{name}: feedback not released", *SEEKERS),
        pending_decision="" if sealed else "decline",
    )  # fmt: skip
    scene.keep(submission)
    for member in team[1:]:
        TeamMembership.objects.create(team=submission.team, user=scene.people[member])
    upload = SimpleUploadedFile(
        f"{scene.hide(f'{name}: file name', *inside)}.txt", scene.hide(f"{name}: file body", *inside).encode()
    )
    version = submission.versions.get()
    stored = store(SubmissionFile, upload, uploaded_by=scene.people[team[0]], submission=submission, version=version)
    scene.keep(stored)
    for person, state in (("reviewer", AssignmentState.ACCEPTED), ("conflicted", AssignmentState.CONFLICT)):
        scene.keep(AssignmentFactory(submission=submission, reviewer=scene.people[person], state=state))
    _talk(scene, submission, TEAM_ROOM, *team, *SEEKERS)


def _licences(scene: Scene, acme: Any) -> None:
    owner, licensee = scene.people["owner"], scene.people["licensee"]
    offer = LicenceOfferFactory(
        organisation=acme, offered_by=owner, terms=scene.hide("listed offer's terms", *SEEKERS, "colleague")
    )
    drafted = LicenceOfferFactory(
        organisation=acme, offered_by=owner, state="draft", listed_at=None,
        headline=scene.hide("draft offer's headline", *SEEKERS, "colleague"),
        terms=scene.hide("draft offer's terms", *SEEKERS, "colleague"),
    )  # fmt: skip
    both = (*SEEKERS, "colleague", "licensee")
    asked = LicenceRequestFactory(
        offer=offer, requester=licensee, purpose=scene.hide("licence request's purpose", *both)
    )
    pool = PoolFactory(organisation=acme, public=False, name=scene.hide("private pool's name", *SEEKERS, "colleague"))
    for each in (offer, offer.patent, drafted, asked, pool):
        scene.keep(each)
    _talk(scene, asked, REQUEST, *both)


def _venture(scene: Scene, acme: Any) -> None:
    inside = (*SEEKERS, "solver", "keeper", "colleague")
    venture = VentureFactory(
        organisation=acme, lead=scene.people["solver"], gate_keeper=scene.people["keeper"],
        title=scene.hide("private venture's title", *inside), summary=scene.hide("private venture's summary", *inside),
    )  # fmt: skip
    review = GateReviewFactory(venture=venture, opened_by=scene.people["keeper"])
    review.findings.update(note=scene.hide("gate finding's note", *inside))
    upload = SimpleUploadedFile(
        f"{scene.hide('evidence: file name', *inside)}.txt", scene.hide("evidence: file body", *inside).encode()
    )
    shows = scene.hide("evidence: what it shows", *inside)
    for each in (
        venture,
        review,
        store(GateEvidence, upload, uploaded_by=scene.people["solver"], review=review, shows=shows),
    ):
        scene.keep(each)
    _talk(scene, venture, VENTURE_ROOM, *inside)


def _people(scene: Scene) -> None:
    founder = scene.people["founder"]
    pending = OrganisationFactory(
        slug="pending", state=OrganisationState.PENDING,
        name=scene.hide("unverified organisation's name", "founder", "master"), founded_by=founder,
    )  # fmt: skip
    owner_of(pending)
    pending.memberships.create(user=founder, role="owner")
    shy = UserFactory(display_name=scene.hide("hidden person's name", "master"), profile__is_public=False)
    shy.profile.headline = shy.profile.bio = shy.profile.bio_html = scene.hide("hidden profile", "master")
    shy.profile.save()
    address = scene.hide("invited address", *SEEKERS).split()[0] + "@example.org"
    invited = Invitation.objects.create(organisation=scene.objects[0], email=address, invited_by=scene.people["owner"])
    told = Notification.objects.create(
        user=scene.people["solver"], category="organisations", url="/desk/",
        subject=scene.hide("notification's subject", "solver"), body=scene.hide("notification's text", "solver"),
    )  # fmt: skip
    words = {"subject": scene.hide("mail's subject"), "text": scene.hide("mail's text")}
    sent = SentMail.objects.create(to="solver@example.org", **words)
    name = scene.hide("token's name", "solver")
    about = scene.hide("saved search", "solver")
    scene.keep(save_search("q=pump", f"Pumps {about}", "off", actor=scene.people["solver"]))
    token, _secret = create_token(scene.people["solver"], name=name, scopes=["read"], actor=None)
    for each in (pending, shy, invited, told, sent, token):
        scene.keep(each)


def _order(scene: Scene) -> None:
    """In a room for everybody: a hidden message, and one that was removed and is appealed; why, and who said so."""
    room = scene.keep(RoomFactory(title="Open to all", seq=2))
    solver = scene.people["solver"]
    hidden = scene.hide("hidden message", "solver", "master")
    shown = {"text": hidden, "html": f"<p>{hidden}</p>", "hidden_at": timezone.now()}
    first = scene.keep(MessageFactory(room=room, author=solver, **shown))
    second = MessageFactory(room=room, author=solver, seq=2, text="", html="", removed_at=timezone.now())
    told = {"outcome": "remove", "decided_at": timezone.now(), "decided_by": scene.people["master"]}
    for message, state in ((first, "open"), (second, "appealed")):
        facts = {} if state == "open" else told | {
            "rationale": scene.hide("why it was removed", "solver", "master"),
            "appeal": scene.hide("appeal", "solver", "master"),
            "kept_text": scene.hide("what the removed message said", "master"),
        }  # fmt: skip
        case = scene.keep(CaseFactory(message=message, state=state, **facts))
        words = scene.hide(f"report of an {state} case", "master", "stranger")
        Report.objects.create(case=case, message=message, reporter=scene.people["stranger"], reason="spam", words=words)
    phrase = scene.hide("watched phrase", "master")
    scene.keep(WatchedPhrase.objects.create(phrase=phrase, folded=phrase, deed="refuse"))
    Blocking.objects.create(blocker=scene.people["creator"], blocked=solver)


def _talk(scene: Scene, subject: Model, audience: str, *allowed: str) -> None:
    room = room_beside(subject, audience=audience, title="Between us", seq=1)
    word = scene.hide(f"said in a room for {audience}", *allowed)
    MessageFactory(room=scene.keep(room), author=scene.people["owner"], text=word, html=f"<p>{word}</p>")
