"""The challenges, each led to where it stands by those whose part that is: its owner, the master, the clock."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from djmoney.money import Money

from challenges.actions import attaching, drafting, inviting, moving
from challenges.content import ChallengeContent, RequirementContent, RewardContent, TermsContent
from challenges.enums import ChallengeKind, Priority, TermsModel
from challenges.models import Challenge
from portal.accounts.models import Organisation
from portal.kernel.workflow import CLOCK

from . import reading
from .script import Script

PUBLISHED = ("open", "closed", "evaluating", "decided", "completed", "archived", "cancelled")
CLOSED = ("closed", "evaluating", "decided", "completed", "archived")
EVALUATED = ("evaluating", "decided", "completed", "archived")
DECIDED = ("decided", "completed", "archived")
COMPLETED = ("completed", "archived")
ARCHIVED = ("archived",)

ZONES = {"DE": "Europe/Berlin", "CN": "Asia/Shanghai", "KZ": "Asia/Almaty", "GB": "Europe/London", "IT": "Europe/Rome"}
ZONES |= {"IE": "Europe/Dublin", "EE": "Europe/Tallinn"}

KEYWORDS = {"30": ("heat",), "10": ("measurement",), "13": ("medical",), "23": ("separation",), "32": ("transport",)}

CHANGES = "Please say who pays for the samples, and give the deadline in the zone of your factory."
CANCELLED = "The device was found to exist already: we have licensed it instead. Thank you for two good drafts."


def owner_of(script: Script, challenge: dict[str, Any]) -> Any:
    """Who acts for the organisation that posts ``challenge``."""
    organisations = {row["key"]: row["owner"] for row in reading.rows("organisations", "organisation")}
    return script.made[organisations[challenge["organisation"]]]


def write(script: Script) -> None:
    """The way of each challenge, as far as its standing says."""
    for row in reading.challenges():
        _write(script, row)


def _write(script: Script, row: dict[str, Any]) -> None:
    """From the first draft as far as ``standing`` goes."""
    standing, opens = row["standing"], float(row["opens"])
    start = min(opens, -1.0)
    script.on(start - 9, partial(_draft, script, row))
    if standing != "draft":
        script.on(start - 7, partial(_move, script, row, "submit_for_review"))
    if standing == "changes_requested":
        script.on(-1.5, partial(_master, script, row, "request_changes", reason=CHANGES))
    if standing in ("approved", "forecast", *PUBLISHED):
        script.on(start - 5, partial(_master, script, row, "approve"))
    if standing == "forecast":
        script.on(-2, partial(_move, script, row, "announce"))
    if standing in PUBLISHED:
        script.on(opens, partial(_clock, script, row, "publish"))
        for number, person in enumerate(row.get("invites", ())):
            script.on(opens + 1 + number / 10, partial(_invite, script, row, person))
        _write_end(script, row)


def _write_end(script: Script, row: dict[str, Any]) -> None:
    """From the opening on."""
    standing, closes = row["standing"], float(row["closes"])
    if standing == "cancelled":
        script.on(-15, partial(_move, script, row, "cancel", reason=CANCELLED))
    if standing in CLOSED:
        script.on(closes, partial(_clock, script, row, "close"))
    later = {
        "evaluate": (1, EVALUATED),
        "decide": (14, DECIDED),
        "complete": (30, COMPLETED),
        "archive": (60, ARCHIVED),
    }
    for name, (days, standings) in later.items():
        if standing in standings:
            script.on(closes + days, partial(_move, script, row, name))


def _invite(script: Script, row: dict[str, Any], person: str) -> None:
    inviting.invite(current(script, row["key"]), script.made[person], actor=owner_of(script, row))


def current(script: Script, key: str) -> Challenge:
    """The challenge called ``key`` as it now is."""
    return Challenge.objects.select_related("organisation").get(pk=script.made[key].pk)


def _draft(script: Script, row: dict[str, Any]) -> None:
    owner = owner_of(script, row)
    organisation = Organisation.objects.get(pk=script.made[row["organisation"]].pk)
    challenge = drafting.draft_challenge(organisation, _content(script, row, organisation), actor=owner)
    script.made[row["key"]] = challenge
    lines = [f"{'must' if must == 'must' else 'should'}\t{text}" for must, text in row["requirements"]]
    sheet = SimpleUploadedFile("requirements.txt", "\n".join(lines).encode(), content_type="text/plain")
    attaching.attach_file(challenge, sheet, actor=owner)


def _content(script: Script, row: dict[str, Any], organisation: Organisation) -> ChallengeContent:
    closes = script.moment(float(row["closes"]))
    return ChallengeContent(
        title=row["title"],
        kind=ChallengeKind(row["kind"]),
        summary=row["summary"],
        problem=row["problem"].strip(),
        confidential_part=row.get("confidential", ""),
        industry=row["industry"],
        technology_field=row["field"],
        trl_sought=row["trl"],
        language=row["language"],
        keywords=KEYWORDS.get(row["field"], ()),
        opens_at=script.moment(float(row["opens"])),
        closes_at=closes,
        decision_due_at=script.moment(float(row["closes"]) + 21),
        zone=ZONES.get(str(organisation.country), "UTC"),
        requirements=tuple(RequirementContent(text, Priority(must)) for must, text in row["requirements"]),
        rewards=tuple(_reward(*reward) for reward in row["rewards"]),
        terms=_terms(row["terms"]),
    )


def _reward(amount: str, currency: str, title: str) -> RewardContent:
    if not amount:
        return RewardContent(title, non_monetary=title)
    return RewardContent(title, Money(amount, currency))


def _terms(model: str) -> TermsContent:
    return TermsContent(
        model=TermsModel(model),
        background_ip="Each side keeps what it had; what the solution needs of it is licensed along, free of charge.",
        field_of_use="The products named in the challenge",
        territory="Worldwide",
        payment="The reward within 30 days after both sides have signed.",
    )


def _move(script: Script, row: dict[str, Any], name: str, reason: str = "") -> None:
    moving.move_challenge(current(script, row["key"]), name, actor=owner_of(script, row), reason=reason)


def _master(script: Script, row: dict[str, Any], name: str, reason: str = "") -> None:
    moving.move_challenge(current(script, row["key"]), name, actor=script.made["mara"], reason=reason)


def _clock(script: Script, row: dict[str, Any], name: str) -> None:
    moving.move_challenge(current(script, row["key"]), name, actor=CLOCK)
