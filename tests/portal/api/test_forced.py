"""Nobody sets what is not theirs: every write, with every field there is laid on top, does what it does without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from tests.portal.api.operations import BODIES, DESCRIBED, OPERATIONS, Operation, Portal, call, is_upload, resolved

pytestmark = pytest.mark.once

MARK, NUMBER, MOMENT = "forced-upon-it", 666_777, "2001-02-03T04:05:06Z"
OURS = ("accounts", "challenges", "patents", "discussions", "incubation", "search", "api", "files")
Rows = dict[tuple[str, int, str], Any]

DOES: Mapping[str, tuple[str, dict[str, str]]] = {
    "create_challenge": ("owner", {}),
    "update_challenge": ("owner", {"slug": "draft"}),
    "move_challenge": ("owner", {"slug": "draft"}),
    "register": ("bystander", {"slug": "open"}),
    "invite": ("owner", {"slug": "open"}),
    "create_submission": ("competitor", {"slug": "open"}),
    "update_submission": ("solver", {"public_id": "submission"}),
    "attach_file": ("solver", {"public_id": "submission"}),
    "move_submission": ("solver", {"public_id": "submission"}),
    "create_licence_offer": ("owner", {}),
    "request_licence": ("bystander", {"public_id": "offer"}),
    "move_licence_request": ("owner", {"public_id": "request"}),
    "post_message": ("bystander", {"public_id": "room"}),
    "call_gate_review": ("solver", {"public_id": "venture"}),
    "save_search": ("solver", {}),
    "change_saved_search": ("owner", {"public_id": "saved"}),
    "forget_saved_search": ("owner", {"public_id": "saved"}),
    "report_message": ("bystander", {"public_id": "said"}),
    "hide_message": ("master", {"public_id": "said"}),
    "unhide_message": ("master", {"public_id": "concealed"}),
    "order_room": ("master", {"public_id": "room"}),
    "decide_case": ("master", {"public_id": "case"}),
    "appeal_case": ("solver", {"public_id": "decided"}),
    "answer_appeal": ("master", {"public_id": "appealed"}),
    "block_person": ("bystander", {"public_id": "shy"}),
    "unblock_person": ("owner", {"public_id": "shy"}),
    "change_notification": ("owner", {"public_id": "news"}),
    "choose_notification": ("solver", {}),
}
"""Who does it rightly, and to which thing of the portal."""
WRITES = sorted(name for name, operation in OPERATIONS.items() if operation.writes)


def our_models() -> list[type[models.Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def forced(portal: Portal) -> dict[str, Any]:
    """A value, to be told from every other, under each name that a table has or an answer shows."""
    shown = {name for schema in DESCRIBED["components"]["schemas"].values() for name in schema.get("properties", {})}
    values: dict[str, Any] = dict.fromkeys(shown, MARK)
    for model in our_models():
        for field in model._meta.concrete_fields:
            values[field.name] = values[field.attname] = _value(field, portal)
    return values


def _value(field: Any, portal: Portal) -> Any:
    if field.is_relation:
        return portal.people["master"].pk
    if isinstance(field, models.BooleanField):
        return not field.get_default()
    if field.flatchoices:
        return [value for value, _label in field.flatchoices if value][-1]
    if isinstance(field, models.DateField):
        return MOMENT
    if isinstance(field, models.IntegerField | models.DecimalField):
        return NUMBER
    return MARK


def laden(body: Any, schema: Mapping[str, Any], extra: Mapping[str, Any]) -> Any:
    """The body, and in each object of it all names that do not belong there."""
    told = resolved(schema)
    if isinstance(body, list):
        return [laden(each, told["items"], extra) for each in body]
    if not isinstance(body, dict):
        return body
    own = told["properties"]
    kept = {name: laden(value, own[name], extra) for name, value in body.items()}
    return {name: value for name, value in extra.items() if name not in own} | kept


def written(portal: Portal, operation: Operation, secret: str, extra: Mapping[str, Any]) -> Rows:
    """Every value of every row after the write, which is then undone."""
    _who, things = DOES[operation.name]
    keys = {name: getattr(getattr(portal, thing), name) for name, thing in things.items()}
    body = BODIES[operation.name](portal)
    if extra and body is None:
        body = dict(extra)
    elif extra:
        body = laden(body, operation.body or {}, _as_sent(operation, extra))
    before = Rows(snapshot())
    with transaction.atomic():
        answer = call(operation, keys, body, secret)
        after = Rows(snapshot())
        transaction.set_rollback(True)
    assert answer.status_code in (200, 201, 204), answer.content
    assert after != before
    return after


def _as_sent(operation: Operation, extra: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: str(value) for name, value in extra.items()} if is_upload(operation) else extra


def snapshot() -> Iterator[tuple[tuple[str, int, str], Any]]:
    for model in our_models():
        for place, row in enumerate(model._default_manager.order_by("pk").values()):
            yield from (((model._meta.label, place, name), value) for name, value in row.items())


def test_every_write_is_tried() -> None:
    assert set(WRITES) == DOES.keys() == BODIES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
def test_what_is_laid_on_top_changes_nothing(portal: Portal, name: str) -> None:
    operation = OPERATIONS[name]
    secret, extra = portal.secret(DOES[name][0]), forced(portal)

    once, loaded, again = (written(portal, operation, secret, given) for given in ({}, extra, {}))

    by_chance = {place for place, value in once.items() if again.get(place) != value}
    assert loaded.keys() == once.keys()
    assert {place: loaded[place] for place in once if place not in by_chance and loaded[place] != once[place]} == {}
    traces = (MARK, str(NUMBER), MOMENT[:10])
    assert [place for place in loaded if any(trace in str(loaded[place]) for trace in traces)] == []


@pytest.mark.django_db
def test_there_is_something_to_lay_on_top(portal: Portal) -> None:
    names = {"state", "organisation_id", "posted_by", "published_at", "is_platform_master", "id", "public_id", "sha256"}

    assert names <= forced(portal).keys()
