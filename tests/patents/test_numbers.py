"""One canonical form for every shape in which offices and databases print a publication number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.numbers import NotANumber, canonical, of_application, of_docket, parse

SHAPES = [
    ("US7521044B2", "US-7521044-B2"),
    ("US-10123456-B2", "US-10123456-B2"),
    ("us-10123456-b2", "US-10123456-B2"),
    ("US07521044B2", "US-7521044-B2"),
    ("US7,438,030", "US-7438030"),
    ("  US 7 438 030 ", "US-7438030"),
    ("US 2020/0291424 A1", "US-20200291424-A1"),
    ("US2020/0291424A1", "US-20200291424-A1"),
    ("US20200291424A1", "US-20200291424-A1"),
    ("US2019217286A1", "US-20190217286-A1"),
    ("USD0534340-20070102.XML", "US-D534340"),
    ("USD0656417S1", "US-D656417-S1"),
    ("USPP018123P2", "US-PP18123-P2"),
    ("USRE41654E", "US-RE41654-E"),
    ("EP-4119596-A4", "EP-4119596-A4"),
    ("EP0123456A1", "EP-0123456-A1"),
    ("EP 123 456 A1", "EP-0123456-A1"),
    ("EP 1 123 456B1", "EP-1123456-B1"),
    ("WO2026095952A1", "WO-2026095952-A1"),
    ("WOWO95/11994", "WO-1995011994"),
    ("WOWO02/102984A2", "WO-2002102984-A2"),
    ("WO 2004/5513 A2", "WO-2004005513-A2"),
    ("WO9511994A1", "WO-1995011994-A1"),
    ("JP2022015351A", "JP-2022015351-A"),
    ("JP2002-147320A", "JP-2002147320-A"),
    ("JPA-10-100907", "JP-10100907-A"),
    ("JP10-907", "JP-10000907"),
    ("KR20160065047A", "KR-20160065047-A"),
    ("KR10-2009-0123456A", "KR-20090123456-A"),
    ("KR10-0123456B1", "KR-100123456-B1"),
    ("CN109476786A", "CN-109476786-A"),
    ("TWI546122B", "TW-I546122-B"),
    ("BRPI0906159A2", "BR-PI0906159-A2"),
    ("SG11201234567QA", "SG-11201234567Q-A"),
    ("IN2008CN01234A", "IN-2008CN01234-A"),
    ("HUE027461T2", "HU-E027461-T2"),
    ("DE94 22 141U1", "DE-9422141-U1"),
    ("ＥＰ１２３４５６７Ａ１", "EP-1234567-A1"),
    ("US-13756855-APP", "US-13756855-APP"),
    ("US-KSC122362PCT-REF", "US-KSC122362PCT-REF"),
]
NO_NUMBERS = [
    "", "US", "US0", "US   ", "NA", "EP", "XX1234567", "12345678", "EP8290305.5", "DEG8513103.2", "WOPCT/US01/13682",
    "US-0-B2", "US7521044B2; US7521045B2", "<script>US1</script>", "US" + "1" * 80, "US\x001234567",
    None, 7, ["US1"], b"US1",
]  # fmt: skip
OFFICES = st.sampled_from(["US", "EP", "WO", "JP", "KR", "CN", "DE", "BR"])
KINDS = st.sampled_from(["", "A", "A1", "B1", "B2", "U", "T3", "S1"])


@pytest.mark.parametrize(("printed", "expected"), SHAPES)
def test_every_shape_has_its_canonical_form(printed: str, expected: str) -> None:
    assert str(parse(printed)) == expected


@pytest.mark.parametrize("printed", NO_NUMBERS)
def test_what_is_no_number_is_refused(printed: object) -> None:
    with pytest.raises(NotANumber):
        parse(printed)


def test_kind_code_may_come_apart() -> None:
    assert str(parse("EP2400812", kind="b1")) == "EP-2400812-B1"


def test_kind_code_on_the_number_wins_over_one_apart() -> None:
    assert str(parse("EP2400812A1", kind="B1")) == "EP-2400812-A1"


def test_canonical_is_empty_where_parse_refuses() -> None:
    assert [canonical("US0"), canonical(None), canonical("EP2400812", kind="nonsense")] == ["", "", ""]


@pytest.mark.parametrize(
    ("serial", "expected"),
    [("13/756,855", "US-13756855-APP"), ("09/74,024", "US-09074024-APP"), ("14/ 033725", "US-14033725-APP")],
)
def test_application_is_named_by_its_serial(serial: str, expected: str) -> None:
    number = of_application("US", serial)
    assert (str(number), number.is_published) == (expected, False)


@pytest.mark.parametrize("serial", ["", "/", "/0", "none"])
def test_application_without_digits_has_no_name(serial: str) -> None:
    with pytest.raises(NotANumber):
        of_application("US", serial)


def test_docket_names_what_has_nothing_else() -> None:
    assert str(of_docket("US", "KSC-12236-2-PCT")) == "US-KSC122362PCT-REF"


@given(office=OFFICES, digits=st.integers(min_value=1, max_value=10**11 - 1), kind=KINDS)
def test_canonical_form_is_its_own_canonical_form(office: str, digits: int, kind: str) -> None:
    once = canonical(f"{office}{digits}{kind}")
    assert canonical(once) == once


@given(number=st.integers(min_value=1_000_000, max_value=19_999_999), zeros=st.integers(0, 3), kind=KINDS)
def test_leading_zeros_case_and_separators_change_nothing(number: int, zeros: int, kind: str) -> None:
    plain = f"US{number}{kind}"
    dressed = f" us-{'0' * zeros}{number:,} {kind.lower()} "
    assert canonical(dressed) == canonical(plain) != ""


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    number = canonical(text)
    assert number == "" or canonical(number) == number


@given(st.text(alphabet="USEPWOJKR0123456789 -/.,ABD", max_size=24))
def test_near_misses_are_numbers_or_refused(text: str) -> None:
    number = canonical(text)
    assert number == "" or str(parse(number)) == number
