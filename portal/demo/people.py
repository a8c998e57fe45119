"""Who is there: people with a sign-in each, and the organisations they act for."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from portal.accounts.actions.members import add_member
from portal.accounts.actions.organisations import decide_organisation, found_organisation
from portal.accounts.actions.people import edit_person
from portal.accounts.models import User

from . import reading
from .script import Script

PASSWORD = "curious minds welcome"  # noqa: S105 - shown at every start of the demo, which is reached from loopback only
DOMAIN = "demo.example"
BEGAN = -440.0


def address(key: str) -> str:
    """The address of the person called ``key``."""
    return f"{key}@{DOMAIN}"


def write(script: Script) -> None:
    """People first, then their organisations, verified on the day after."""
    encoded = make_password(PASSWORD)
    for row in reading.rows("people", "person"):
        script.on(BEGAN, partial(_arrive, script, row, encoded))
    for row in reading.rows("organisations", "organisation"):
        began = BEGAN + 1 if row.get("state") != "pending" else -2.0
        script.on(began, partial(_found, script, row))
        if row.get("state") != "pending":
            script.on(began + 1, partial(_verify, script, row["key"]))
    for row in reading.rows("people", "person"):
        for organisation in row.get("at", ()):
            script.on(BEGAN + 3, partial(_join, script, row["key"], organisation))


def _arrive(script: Script, row: dict[str, Any], encoded: str) -> None:
    master = bool(row.get("master"))
    user = User.objects.create(
        email=address(row["key"]),
        display_name=row["name"],
        password=encoded,
        preferred_language="en",
        is_platform_master=master,
        is_staff=master,
        date_joined=script.moment(BEGAN),
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    edit_person(
        user,
        actor=user,
        skills=row.get("skills", ()),
        headline=row["headline"],
        bio=row.get("bio", ""),
        languages=list(row["languages"]),
        country=row["country"],
        is_public=True,
    )
    script.made[row["key"]] = User.objects.get(pk=user.pk)


def _found(script: Script, row: dict[str, Any]) -> None:
    owner = script.made[row["owner"]]
    parent = script.made.get(row.get("parent", ""))
    if parent is not None:
        add_member(parent, owner, actor=None)
    script.made[row["key"]] = found_organisation(
        actor=owner,
        name=row["name"],
        kind=row["kind"],
        parent=parent,
        country=row["country"],
        industry=row["industry"],
        summary=row["summary"],
    )


def _verify(script: Script, key: str) -> None:
    script.made[key] = decide_organisation(script.made[key], "verify", actor=script.made["mara"])


def _join(script: Script, person: str, organisation: str) -> None:
    add_member(script.made[organisation], script.made[person], actor=None)
