"""Who is answered how: every operation, at every thing it can be asked of, by everybody. The table is the product's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction

from tests.portal.api.operations import BODIES, OPERATIONS, Operation, Portal, call

ROLES = (
    *("anonymous", "bystander", "solver", "competitor", "reviewer"),
    *("member", "owner", "stranger", "master", "off_duty"),
)

pytestmark = pytest.mark.once
EVERYBODY = " ".join(["200"] * 10)
SIGNED_IN = " ".join(["401", *["404"] * 9])
"""Somebody must be signed in, and nobody may."""

# by:                                   nobody  bystander solver compet. review. member  owner stranger master off duty
TABLE: Mapping[tuple[str, str], str] = {
    ("list_challenges", ""): EVERYBODY,
    ("create_challenge", ""):             "401     404     404     404     404     404     201     404     201     404",
    ("get_challenge", "draft"):           "404     404     404     404     404     404     200     404     200     404",
    ("get_challenge", "open"): EVERYBODY,
    ("get_challenge", "judged"): EVERYBODY,
    ("update_challenge", "draft"):        "401     404     404     404     404     404     200     404     404     404",
    ("update_challenge", "open"): SIGNED_IN,
    ("update_challenge", "judged"): SIGNED_IN,
    ("register", "draft"): SIGNED_IN,
    ("register", "open"):                 "401     201     201     201     201     404     404     201     404     201",
    ("register", "judged"): SIGNED_IN,
    ("invite", "draft"): SIGNED_IN,
    ("invite", "open"):                   "401     404     404     404     404     404     201     404     404     404",
    ("invite", "judged"): SIGNED_IN,
    ("create_submission", "draft"): SIGNED_IN,
    ("create_submission", "open"):        "401     404     400     201     404     404     404     404     404     404",
    ("create_submission", "judged"): SIGNED_IN,
    ("move_challenge", "draft"):          "401     404     404     404     404     404     200     404     404     404",
    ("move_challenge", "open"):           "401     404     404     404     404     404     409     404     404     404",
    ("move_challenge", "judged"):         "401     404     404     404     404     404     409     404     404     404",
    ("get_submission", "submission"):     "404     404     200     404     404     404     404     404     404     404",
    ("get_submission", "filed"):          "404     404     200     404     200     404     200     404     200     404",
    ("update_submission", "submission"):  "401     404     200     404     404     404     404     404     404     404",
    ("update_submission", "filed"): SIGNED_IN,
    ("attach_file", "submission"):        "401     404     201     404     404     404     404     404     404     404",
    ("attach_file", "filed"): SIGNED_IN,
    ("move_submission", "submission"):    "401     404     200     404     404     404     404     404     404     404",
    ("move_submission", "filed"): SIGNED_IN,
    ("get_receipt", "submission"):        "404     404     404     404     404     404     404     404     404     404",
    ("get_receipt", "filed"):             "404     404     200     404     404     404     404     404     404     404",
    ("list_accesses", "submission"):      "404     404     200     404     404     404     404     404     404     404",
    ("list_accesses", "filed"):           "404     404     200     404     404     404     404     404     404     404",
    ("list_patents", ""): EVERYBODY,
    ("get_patent", "patent"): EVERYBODY,
    ("list_licence_offers", ""): EVERYBODY,
    ("create_licence_offer", ""):         "401     404     404     404     404     404     201     404     201     404",
    ("request_licence", "offer"):         "401     201     201     400     201     404     404     201     201     201",
    ("request_licence", "kept_back"): SIGNED_IN,
    ("move_licence_request", "request"):  "401     404     404     404     404     404     200     404     404     404",
    ("list_ventures", ""): EVERYBODY,
    ("get_venture", "venture"):           "404     404     200     404     404     404     200     404     200     404",
    ("call_gate_review", "venture"):      "401     404     201     404     404     404     201     404     404     404",
    ("list_messages", "room"): EVERYBODY,
    ("list_messages", "team_room"):       "404     404     200     404     404     404     200     404     404     404",
    ("post_message", "room"):             "401     201     201     201     201     201     201     201     201     201",
    ("post_message", "team_room"):        "401     404     201     404     404     404     201     404     404     404",
    ("report_message", "message"):        "401     404     404     404     404     404     204     404     404     404",
    ("report_message", "said"):           "401     204     404     204     204     204     204     204     204     204",
    ("report_message", "concealed"): SIGNED_IN,
    ("hide_message", "message"): SIGNED_IN,
    ("hide_message", "said"):             "401     404     404     404     404     404     404     404     204     404",
    ("hide_message", "concealed"): SIGNED_IN,
    ("unhide_message", "message"): SIGNED_IN,
    ("unhide_message", "said"): SIGNED_IN,
    ("unhide_message", "concealed"):      "401     404     404     404     404     404     404     404     204     404",
    ("order_room", "room"):               "401     404     404     404     404     404     200     404     200     404",
    ("order_room", "team_room"): SIGNED_IN,
    ("list_moderation_cases", ""):        "404     404     404     404     404     404     404     404     200     404",
    ("decide_case", "case"):              "401     404     404     404     404     404     404     404     200     404",
    ("decide_case", "decided"):           "401     404     404     404     404     404     404     404     409     404",
    ("decide_case", "appealed"):          "401     404     404     404     404     404     404     404     409     404",
    ("appeal_case", "case"): SIGNED_IN,
    ("appeal_case", "decided"):           "401     404     200     404     404     404     404     404     404     404",
    ("appeal_case", "appealed"):          "401     404     409     404     404     404     404     404     404     404",
    ("answer_appeal", "case"):            "401     404     404     404     404     404     404     404     409     404",
    ("answer_appeal", "decided"):         "401     404     404     404     404     404     404     404     409     404",
    ("answer_appeal", "appealed"):        "401     404     404     404     404     404     404     404     200     404",
    ("block_person", "shy"):              "401     204     204     204     204     204     204     204     204     204",
    ("unblock_person", "shy"):            "401     204     204     204     204     204     204     204     204     204",
    ("search", ""): EVERYBODY,
    ("suggest", ""): EVERYBODY,
    ("similar", "draft"):                 "404     404     404     404     404     404     200     404     200     404",
    ("similar", "open"): EVERYBODY,
    ("similar", "filed"):                 "404     404     200     404     200     404     200     404     200     404",
    ("matches", "draft"):                 "404     404     404     404     404     404     200     404     200     404",
    ("matches", "open"): EVERYBODY,
    ("matches", "filed"): " ".join(["404"] * 10),
    ("list_saved_searches", ""): " ".join(["401", *["200"] * 9]),
    ("save_search", ""):                  "401     201     201     201     201     201     201     201     201     201",
    ("change_saved_search", "saved"):     "401     404     404     404     404     404     200     404     404     404",
    ("forget_saved_search", "saved"):     "401     404     404     404     404     404     204     404     404     404",
    ("list_notifications", ""): " ".join(["401", *["200"] * 9]),
    ("list_notification_choices", ""): " ".join(["401", *["200"] * 9]),
    ("choose_notification", ""): " ".join(["401", *["200"] * 9]),
    ("change_notification", "news"):      "401     404     404     404     404     404     200     404     404     404",
    ("get_lineage", "draft"):             "404     404     404     404     404     404     200     404     200     404",
    ("get_lineage", "open"): EVERYBODY,
    ("get_lineage", "filed"):             "404     404     200     404     200     404     200     404     200     404",
}  # fmt: skip
"""A status for each of ``ROLES``, in their order."""

THINGS: Mapping[str, tuple[str, ...]] = {
    "challenges/{slug}": ("draft", "open", "judged"),
    "submissions/{public_id}": ("submission", "filed"),
    "licence-offers/{public_id}": ("offer", "kept_back"),
    "licence-requests/{public_id}": ("request",),
    "ventures/{public_id}": ("venture",),
    "rooms/{public_id}": ("room", "team_room"),
    "messages/{public_id}": ("message", "said", "concealed"),
    "moderation/cases/{public_id}": ("case", "decided", "appealed"),
    "blocked/{public_id}": ("shy",),
    "patents/{number}": ("patent",),
    "search/similar/{of_kind}/{key}": ("draft", "open", "filed"),
    "search/matches/{of_kind}/{key}": ("draft", "open", "filed"),
    "saved-searches/{public_id}": ("saved",),
    "notifications/{public_id}": ("news",),
    "lineage/{of_kind}/{key}": ("draft", "open", "filed"),
}
"""What each address can be asked of, by how it begins."""
SCOPES = (("read",), ("write",), ("admin",), ("read", "write"), ("read", "admin"), ("write", "admin"))


def things_of(operation: Operation) -> tuple[str, ...]:
    if not operation.keys:
        return ("",)
    return next(things for start, things in THINGS.items() if operation.path.startswith(f"/api/v1/{start}"))


def keys_of(operation: Operation, thing: Any) -> dict[str, str]:
    if operation.keys == ("of_kind", "key"):
        key = getattr(thing, "slug", None) or thing.public_id
        return {"of_kind": thing._meta.model_name, "key": key}
    return {name: getattr(thing, name) for name in operation.keys}


def tried(portal: Portal, name: str, thing: str, secret: str) -> int:
    """The status of the answer to a request that is then undone."""
    operation = OPERATIONS[name]
    keys = keys_of(operation, getattr(portal, thing)) if thing else {}
    with transaction.atomic():
        answer = call(operation, keys, BODIES[name](portal) if operation.writes else None, secret)
        transaction.set_rollback(True)
    return int(answer.status_code)


def test_the_table_is_whole() -> None:
    assert TABLE.keys() == {(name, thing) for name, each in OPERATIONS.items() for thing in things_of(each)}
    assert {len(row.split()) for row in TABLE.values()} == {len(ROLES)}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_everybody_is_answered_as_the_table_says(portal: Portal, name: str) -> None:
    secrets = {role: portal.secret(role) for role in ROLES}

    found = {
        thing: [tried(portal, name, thing, secrets[role]) for role in ROLES] for thing in things_of(OPERATIONS[name])
    }

    assert found == {thing: [int(status) for status in TABLE[name, thing].split()] for thing in found}


def somebody_who_may(name: str) -> tuple[str, str]:
    """A person and a thing at which the operation succeeds: without the office, if it does for anybody."""
    for thing in things_of(OPERATIONS[name]):
        for role, status in zip(ROLES, TABLE[name, thing].split(), strict=True):
            if status.startswith("2") and role not in ("anonymous", "master", "off_duty"):
                return role, thing
    return "master", next(thing for thing in things_of(OPERATIONS[name]) if TABLE[name, thing].split()[-2][0] == "2")


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_token_does_what_its_scopes_say_and_no_more(portal: Portal, name: str) -> None:
    person, thing = somebody_who_may(name)
    needed = "write" if OPERATIONS[name].writes else "read"

    needs = {needed, "admin"} if person == "master" else {needed}
    found = {scopes: tried(portal, name, thing, portal.secret(person, *scopes)) // 100 for scopes in SCOPES}
    refused = {tried(portal, name, thing, portal.secret(person, *scopes)) for scopes in SCOPES if needed not in scopes}

    assert found == {scopes: 2 if needs <= set(scopes) else 4 for scopes in SCOPES}
    assert refused == {403}
