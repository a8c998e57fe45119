"""Every operation of the API as its description has it, and a portal in which each of them can be tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from challenges.audiences import PUBLIC
from challenges.audiences import SUBMISSION as TEAM_ROOM
from portal.api.actions import create_token
from portal.api.views.description import described
from portal.discussions.models import Blocking
from portal.discussions.queries import room_of
from portal.notifications.models import Notification
from search.models import SavedSearch
from tests.challenges import scenes
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, take_part
from tests.factories.discussions import RoomFactory, room_beside, talk
from tests.factories.incubation import VentureFactory
from tests.factories.moderation import CaseFactory
from tests.factories.patents import LicenceOfferFactory, LicenceRequestFactory, PatentFactory

DESCRIBED: Mapping[str, Any] = json.loads(described()[0])
MESSAGE = "6f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d"
CLOSES = "2099-01-31T12:00:00Z"


@dataclass(frozen=True)
class Operation:
    """One operation: its name, its verb, its address, and what it is sent, as a JSON schema."""

    name: str
    verb: str
    path: str
    body: Mapping[str, Any] | None

    @property
    def keys(self) -> tuple[str, ...]:
        """What its address names."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def writes(self) -> bool:
        return self.verb != "get"

    def at(self, keys: Mapping[str, str]) -> str:
        """Its address at these keys."""
        return re.sub(r"{(\w+)}", lambda match: keys[match[1]], self.path)


def _operations() -> dict[str, Operation]:
    found = {}
    for path, verbs in DESCRIBED["paths"].items():
        for verb, told in verbs.items():
            content = told.get("requestBody", {}).get("content", {})
            schema = next(iter(content.values()))["schema"] if content else None
            found[told["operationId"]] = Operation(told["operationId"], verb, path, schema)
    return found


OPERATIONS = _operations()


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference leads to."""
    for part in ("allOf", "oneOf", "anyOf"):
        if part in schema:
            return resolved(schema[part][0])
    if "$ref" in schema:
        return resolved(DESCRIBED["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return schema


class Portal:
    """Acme asks, Cleo answers, Rita has nothing to do with either; each thing once in public and once in private."""

    def __init__(self) -> None:
        self.acme = OrganisationFactory(slug="acme", name="Acme")
        self.pending = OrganisationFactory(slug="pending", name="Pending", state="pending")
        self.people = {
            "solver": UserFactory(),
            "competitor": UserFactory(),
            "reviewer": UserFactory(),
            "owner": owner_of(self.acme),
            "member": member_of(self.acme),
            "stranger": owner_of(OrganisationFactory(slug="other", name="Other")),
            "bystander": UserFactory(),
            "master": UserFactory(is_platform_master=True),
        }
        by = self.people
        self.draft = ChallengeFactory(organisation=self.acme, posted_by=by["owner"], state="draft")
        self.open = ChallengeFactory(organisation=self.acme, posted_by=by["owner"])
        for person in ("solver", "competitor"):
            take_part(by[person], self.open)
        self.submission = scenes.begin(self.open, by["solver"])
        self.judged = ChallengeFactory(organisation=self.acme, posted_by=by["owner"])
        self.filed = scenes.file(self.judged, by["solver"])
        AssignmentFactory(submission=self.filed, reviewer=by["reviewer"])
        scenes.close(self.judged, evaluating=True)
        self.patent = PatentFactory(owner=self.acme)
        given = {"organisation": self.acme, "offered_by": by["owner"], "patent": self.patent}
        self.offer = LicenceOfferFactory(**given)
        self.kept_back = LicenceOfferFactory(**given, state="draft", listed_at=None)
        self.request = LicenceRequestFactory(offer=self.offer, requester=by["competitor"])
        self.venture = VentureFactory(organisation=self.acme, lead=by["solver"])
        self.room = room_beside(self.open, audience=PUBLIC)
        self.team_room = talk(room_of(TEAM_ROOM, self.filed), [by["solver"]], 1)
        self.message = self.team_room.messages.get()
        self.shy = UserFactory(profile__is_public=False)
        self.case = CaseFactory(message=self.message)
        self._order()
        self.saved = SavedSearch.objects.create(user=by["owner"], name="Fans", query="q=fan")
        self.news = Notification.objects.create(user=by["owner"], category="mentions", url="/", subject="Look")

    def _order(self) -> None:
        """What is said in a room for everybody, what is hidden there, and what was decided about it."""
        self.plaza = talk(RoomFactory(), [self.people["solver"]], 3)
        self.said, self.concealed, other = self.plaza.messages.order_by("seq")
        self.plaza.messages.exclude(pk=self.said.pk).update(hidden_at=timezone.now())
        told = {"outcome": "hide", "rationale": "Spam", "decided_by": self.people["master"]}
        self.decided = CaseFactory(message=self.concealed, state="upheld", **told)
        self.appealed = CaseFactory(message=other, state="appealed", appeal="A joke", **told)
        Blocking.objects.create(blocker=self.people["owner"], blocked=self.shy)

    @cached_property
    def terms(self) -> str:
        return str(self.open.terms_versions.get().sha256)

    def secret(self, person: str, *scopes: str) -> str:
        """That of a new token of theirs; nothing for nobody. ``off_duty`` is the master without the office."""
        if person == "anonymous":
            return ""
        if person == "off_duty":
            person, scopes = "master", ("read", "write")
        scopes = scopes or ("read", "write", "admin")
        return create_token(self.people[person], name="tried", scopes=scopes, actor=None)[1]


def call(operation: Operation, keys: Mapping[str, str], body: Any, secret: str, query: str = "") -> Any:
    """The answer to one request, as a program asks it."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    sent = {} if body is None else {"data": body}
    if body is not None and not is_upload(operation):
        sent["content_type"] = "application/json"
    client = Client(raise_request_exception=False)
    return getattr(client, operation.verb)(operation.at(keys) + query, headers=headers, **sent)


def is_upload(operation: Operation) -> bool:
    """Whether it takes a file."""
    return operation.body is not None and "file" in resolved(operation.body)["properties"]


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.txt", b"How it works.")


A_CHALLENGE = {
    "title": "Quieter fan blades",
    "kind": "technological_solution",
    "summary": "Half the noise.",
    "problem": "They whine.",
    "closes_at": CLOSES,
    "requirements": [{"text": "Below 40 dB", "priority": "must"}],
    "rewards": [{"title": "First", "amount": {"amount": "10.00", "currency": "EUR"}}],
}
Bodies = Mapping[str, Callable[[Portal], Any]]
BODIES: Bodies = {
    "create_challenge": lambda p: A_CHALLENGE | {"organisation": "acme"},
    "update_challenge": lambda p: {"title": "Another title", "revision": p.draft.revision},
    "move_challenge": lambda p: {"name": "submit_for_review"},
    "register": lambda p: {"accept_terms": p.terms},
    "invite": lambda p: {"kind": "person", "key": p.people["bystander"].public_id},
    "create_submission": lambda p: {"title": "Owl wings"},
    "update_submission": lambda p: {"title": "Swan wings", "mark": scenes.TEXTS.mark},
    "attach_file": lambda p: {"file": a_file()},
    "move_submission": lambda p: {"name": "submit"},
    "create_licence_offer": lambda p: {"patent": p.patent.number, "model": "exclusive", "headline": "Ours"},
    "request_licence": lambda p: {"purpose": "For our pumps."},
    "move_licence_request": lambda p: {"name": "review"},
    "post_message": lambda p: {"id": MESSAGE, "text": "Hello"},
    "call_gate_review": lambda p: None,
    "save_search": lambda p: {"query": "q=pump&kind=challenge", "name": "Pumps", "alert": "daily"},
    "change_saved_search": lambda p: {"name": "Fewer fans", "alert": "off"},
    "forget_saved_search": lambda p: None,
    "report_message": lambda p: {"reason": "spam", "words": "Again"},
    "hide_message": lambda p: {"rationale": "Spam"},
    "unhide_message": lambda p: None,
    "order_room": lambda p: {"locked": True, "slow_seconds": 30},
    "decide_case": lambda p: {"decision": "hide", "rationale": "Spam"},
    "appeal_case": lambda p: {"appeal": "It was a joke"},
    "answer_appeal": lambda p: {"grant": True, "answer": "So it was"},
    "block_person": lambda p: None,
    "unblock_person": lambda p: None,
    "change_notification": lambda p: {"read": True},
    "choose_notification": lambda p: {"category": "mentions", "mail": "daily", "live": False},
}
"""What each writing operation is sent when all is well."""
