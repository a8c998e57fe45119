"""What the kind of a document tells of the legal status."""

from __future__ import annotations

import pytest

from patents.enums import LegalStatus
from patents.importing.statuses import status_of_publication
from patents.numbers import parse


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("US-7521044-B2", LegalStatus.GRANTED),
        ("US-D534340-S1", LegalStatus.GRANTED),
        ("US-4218478-A", LegalStatus.GRANTED),
        ("US-7438030", LegalStatus.GRANTED),
        ("US-20200291424-A1", LegalStatus.PENDING),
        ("EP-1234567-A1", LegalStatus.PENDING),
        ("EP-1234567-B1", LegalStatus.GRANTED),
        ("WO-2026095952-A1", LegalStatus.UNKNOWN),
        ("EP-1234567", LegalStatus.UNKNOWN),
        ("US-13756855-APP", LegalStatus.PENDING),
        ("US-KSC122362PCT-REF", LegalStatus.UNKNOWN),
    ],
)
def test_status_of_publication(number: str, status: LegalStatus) -> None:
    assert status_of_publication(parse(number)) == status
