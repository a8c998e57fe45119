"""Keyset paging: every row once, bad cursors harmless."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from portal.accounts.models import Organisation
from portal.kernel.paging import page
from tests.factories.accounts import OrganisationFactory

GET = RequestFactory().get


def test_pages_hold_every_row_once_in_order(db: None) -> None:
    made = OrganisationFactory.create_batch(5)
    seen: list[Organisation] = []
    cursor: str | None = ""
    while cursor is not None:
        found = page(Organisation.objects.all(), GET("/", {"after": cursor}), size=2)
        seen += found.items
        cursor = found.next

    assert seen == made[::-1]


def test_rows_that_arrive_meanwhile_shift_nothing(db: None) -> None:
    made = OrganisationFactory.create_batch(4)
    first = page(Organisation.objects.all(), GET("/"), size=2)
    OrganisationFactory()

    second = page(Organisation.objects.all(), GET("/", {"after": first.next}), size=2)

    assert second.items == made[1::-1]


@pytest.mark.parametrize("cursor", ["-1", "x", "W10", "WzEsMl0", "W251bGwsbnVsbF0", "é", "A" * 5000, "WyIyMDI2Il0"])
def test_a_cursor_nobody_gave_out_means_the_first_page(db: None, cursor: str) -> None:
    made = OrganisationFactory.create_batch(2)

    found = page(Organisation.objects.all(), GET("/", {"after": cursor, "page": "-1"}), size=5)

    assert (found.items, found.first) == (made[::-1], True)


def test_ascending_order(db: None) -> None:
    OrganisationFactory(name="B")
    OrganisationFactory(name="A")
    OrganisationFactory(name="C")
    order = ("name", "id")

    first = page(Organisation.objects.all(), GET("/"), size=2, order=order)
    second = page(Organisation.objects.all(), GET("/", {"after": first.next}), size=2, order=order)

    assert [o.name for o in [*first, *second]] == ["A", "B", "C"]
