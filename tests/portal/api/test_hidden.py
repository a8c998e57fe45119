"""What one may not see answers as what is not there, to the byte: every operation, at every sort of hidden thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from portal.kernel import kinds
from search.documents import KINDS
from tests.portal.api.conftest import problem_of
from tests.portal.api.operations import BODIES, OPERATIONS, Operation, Portal, call

pytestmark = pytest.mark.once

Keys = Mapping[str, str]
Hidden = Callable[[Portal], list[Keys]]

ABSENT = {"slug": "no-such-thing", "public_id": "nosuchthing", "number": "US-1-A1", "key": "nosuchthing"}
UNRELATED = ("bystander", "stranger", "competitor")
PRIVATE: Mapping[str, Callable[[Portal], Any]] = {
    "challenge": lambda p: p.draft,
    "submission": lambda p: p.filed,
    "licence_offer": lambda p: p.kept_back,
    "licence_request": lambda p: p.request,
    "venture": lambda p: p.venture,
    "organisation": lambda p: p.pending,
    "person": lambda p: p.shy,
    "message": lambda p: p.message,
    "moderation_case": lambda p: p.case,
    "room": lambda p: p.team_room,
    "saved_search": lambda p: p.saved,
}
"""Something of each kind that nobody unrelated may see."""
PUBLIC_KINDS = {"patent", "page", "pool", "gate_review", "award", "invitation"}
"""Kinds of which nothing here is hidden."""


def any_kind(known: Mapping[str, Any]) -> Hidden:
    return lambda p: [
        {"of_kind": name, "key": kinds.get(name).key(obj(p))} for name, obj in PRIVATE.items() if name in known
    ]


def both_submissions(p: Portal) -> list[Keys]:
    return [{"public_id": p.submission.public_id}, {"public_id": p.filed.public_id}]


HIDDEN: Mapping[str, Hidden] = {
    "get_challenge": lambda p: [{"slug": p.draft.slug}],
    "update_challenge": lambda p: [{"slug": p.draft.slug}, {"slug": p.open.slug}],
    "move_challenge": lambda p: [{"slug": p.draft.slug}],
    "register": lambda p: [{"slug": p.draft.slug}],
    "create_submission": lambda p: [{"slug": p.draft.slug}],
    "invite": lambda p: [{"slug": p.draft.slug}, {"slug": p.open.slug}],
    **dict.fromkeys(
        ("get_submission", "update_submission", "attach_file", "move_submission", "get_receipt", "list_accesses"),
        both_submissions,
    ),
    "request_licence": lambda p: [{"public_id": p.kept_back.public_id}],
    "move_licence_request": lambda p: [{"public_id": p.request.public_id}],
    "list_messages": lambda p: [{"public_id": p.team_room.public_id}],
    "post_message": lambda p: [{"public_id": p.team_room.public_id}],
    "get_venture": lambda p: [{"public_id": p.venture.public_id}],
    "call_gate_review": lambda p: [{"public_id": p.venture.public_id}],
    "get_lineage": any_kind(PRIVATE),
    "similar": any_kind(KINDS),
    "matches": any_kind(KINDS),
    **dict.fromkeys(
        ("report_message", "hide_message", "unhide_message"), lambda p: [{"public_id": p.message.public_id}]
    ),
    "order_room": lambda p: [{"public_id": p.team_room.public_id}],
    **dict.fromkeys(("decide_case", "appeal_case", "answer_appeal"), lambda p: [{"public_id": p.case.public_id}]),
    **dict.fromkeys(("change_saved_search", "forget_saved_search"), lambda p: [{"public_id": p.saved.public_id}]),
    "change_notification": lambda p: [{"public_id": p.news.public_id}],
}
EVERYBODYS = {"get_patent", "block_person", "unblock_person"}
"""What an office has published is hidden from nobody; and whom one has met, one may block."""

Foreign = Callable[[Portal], tuple[Keys, Mapping[str, Any], Mapping[str, Any]]]
NAMED_WITHIN: Mapping[str, Foreign] = {
    "create_challenge": lambda p: ({}, {"organisation": p.pending.slug}, {"organisation": ABSENT["slug"]}),
    "create_licence_offer": lambda p: ({}, {"patent": p.patent.number}, {"patent": ABSENT["number"]}),
    "register": lambda p: ({"slug": p.open.slug}, {"organisation": p.pending.slug}, {"organisation": ABSENT["slug"]}),
    "invite": lambda p: ({"slug": p.open.slug}, {"key": p.shy.public_id}, {"key": ABSENT["public_id"]}),
    "request_licence": lambda p: (
        {"public_id": p.offer.public_id},
        {"organisation": p.acme.slug},
        {"organisation": ABSENT["slug"]},
    ),
}
"""Foreign things that a body names, beside what is not there."""
FILTERS = {
    "list_challenges": lambda p: (f"organisation={p.pending.slug}", f"organisation={ABSENT['slug']}"),
    "list_patents": lambda p: (f"owner={p.pending.slug}", f"owner={ABSENT['slug']}"),
    "list_licence_offers": lambda p: ("state=draft", "state=withdrawn"),
    "list_ventures": lambda p: ("state=active", "state=stopped"),
}
WORDS_ALONE = {"search", "suggest"}
ONES_OWN = {
    "list_saved_searches",
    "save_search",
    "list_moderation_cases",
    "list_notifications",
    "list_notification_choices",
    "choose_notification",
}


def body_of(operation: Operation, portal: Portal) -> Any:
    return BODIES[operation.name](portal) if operation.writes else None


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer gives away."""
    return answer.status_code, answer.content, dict(answer.headers)


def test_no_operation_is_left_out() -> None:
    at_things = {name for name, operation in OPERATIONS.items() if operation.keys}

    assert HIDDEN.keys() | EVERYBODYS == at_things
    assert (
        HIDDEN.keys() | EVERYBODYS | NAMED_WITHIN.keys() | FILTERS.keys() | WORDS_ALONE | ONES_OWN == OPERATIONS.keys()
    )


def test_no_kind_is_left_out() -> None:
    assert {kind.name for kind in kinds.all_kinds()} - {"note"} == PRIVATE.keys() | PUBLIC_KINDS


def test_no_address_names_one_thing_below_another() -> None:
    assert {operation.keys for operation in OPERATIONS.values()} <= {
        *((), ("slug",), ("public_id",), ("number",), ("of_kind", "key"))
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_what_is_hidden_is_not_there(portal: Portal, name: str) -> None:
    operation = OPERATIONS[name]
    for person in ("anonymous", *UNRELATED):
        secret = portal.secret(person)
        for keys in HIDDEN[name](portal):
            if person == "competitor" and keys.get("key", keys.get("public_id")) == portal.request.public_id:
                continue
            hidden = call(operation, keys, body_of(operation, portal), secret)
            absent = call(operation, {**keys, **_nowhere(keys)}, body_of(operation, portal), secret)
            assert told(hidden) == told(absent), (person, keys)
            unsigned = operation.writes and person == "anonymous"
            assert problem_of(hidden) == ((401, "not_authenticated") if unsigned else (404, "missing"))


def _nowhere(keys: Keys) -> Keys:
    return {name: ABSENT[name] for name in keys if name in ABSENT}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["update_submission", "attach_file", "get_receipt", "list_accesses"])
@pytest.mark.parametrize("person", ["owner", "reviewer", "member"])
def test_what_is_the_teams_alone_is_not_there_for_those_who_judge(portal: Portal, name: str, person: str) -> None:
    operation = OPERATIONS[name]
    secret = portal.secret(person)

    hidden = call(operation, {"public_id": portal.filed.public_id}, body_of(operation, portal), secret)

    assert told(hidden) == told(call(operation, ABSENT, body_of(operation, portal), secret))
    assert problem_of(hidden) == (404, "missing")


@pytest.mark.django_db
@pytest.mark.parametrize("person", UNRELATED)
@pytest.mark.parametrize("name", sorted(NAMED_WITHIN))
def test_what_a_body_names_and_is_hidden_is_not_there_either(portal: Portal, name: str, person: str) -> None:
    operation = OPERATIONS[name]
    keys, foreign, absent = NAMED_WITHIN[name](portal)
    secret = portal.secret(person)

    hidden = call(operation, keys, body_of(operation, portal) | foreign, secret)

    assert told(hidden) == told(call(operation, keys, body_of(operation, portal) | absent, secret))
    assert problem_of(hidden) == (404, "missing")


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["anonymous", "bystander", "stranger"])
@pytest.mark.parametrize("name", sorted(FILTERS))
def test_no_filter_gives_away_what_is_hidden(portal: Portal, name: str, person: str) -> None:
    secret = portal.secret(person)
    hidden, absent = FILTERS[name](portal)

    found = call(OPERATIONS[name], {}, None, secret, f"?{hidden}")

    assert found.json() == {"items": [], "next": None, "count": 0}
    assert told(found) == told(call(OPERATIONS[name], {}, None, secret, f"?{absent}"))
