from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django import forms
from django.template import engines
from django.utils import translation
from djmoney.money import Money

from portal.face.templatetags import face

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rendered(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def test_idempotency_key_is_a_hidden_uuid_of_its_own() -> None:
    keys = re.findall(
        r'<input type="hidden" name="idempotency_key" value="([^"]+)">', rendered("{% idempotency_key %}" * 2)
    )

    assert [uuid.UUID(key).version for key in keys] == [4, 4]
    assert len(set(keys)) == 2


def test_icon_is_silent_unless_it_has_words() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "bell" %}')
    assert 'role="img" aria-label="News &amp; more"' in rendered('{% icon "bell" words %}', words="News & more")


@pytest.mark.parametrize(
    ("amount", "language", "shown"),
    [
        (Money(25000, "EUR"), "en", "€25,000"),
        (Money("12.50", "USD"), "en", "$12.50"),
        (Money(25000, "EUR"), "ru", "25\u00a0000\u00a0€"),
        (Money(25000, "CNY"), "zh-hans", "¥25,000"),
        (None, "en", ""),
    ],
)
def test_money_as_the_reader_writes_it(amount: Money | None, language: str, shown: str) -> None:
    with translation.override(language):
        assert face.money(amount) == shown


def test_money_of_a_number_takes_the_currency_beside_it() -> None:
    assert face.money(Decimal("8000"), "GBP") == "£8,000"


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(hours=-3), "3\u00a0hours ago"),
        (timedelta(days=2, minutes=1), "in 2\u00a0days"),
    ],
)
def test_distance_in_words(offset: timedelta, words: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert face.distance(NOON + offset) == words


@pytest.mark.parametrize(
    ("language", "given", "shown"),
    [
        ("en", "Sign In", "Sign in"),
        ("en", "Two-Factor Authentication", "Two-factor authentication"),
        ("en", "IP Address", "IP address"),
        ("en", "Show QR Code. Then Go", "Show QR code. Then go"),
        ("en", "Back & Forth", "Back &amp; forth"),
        ("en", "<b>Sign In</b>", "&lt;b&gt;Sign in&lt;/b&gt;"),
        ("ru", "Sign In", "Sign In"),
    ],
)
def test_titles_of_others_are_written_as_sentences(language: str, given: str, shown: str) -> None:
    with translation.override(language):
        assert rendered("{{ words|sentence_case }}", words=given) == shown


def test_exact_time_names_its_zone() -> None:
    assert face.exact(NOON) == "24 Nov 2026, 12:00 UTC"
    assert face.exact(NOON, "Asia/Shanghai") == "24 Nov 2026, 20:00 CST"


def test_relative_time_is_exact_for_machines_and_in_its_title() -> None:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        html = face.relative(NOON)

    assert html == (
        '<time datetime="2026-11-24T12:00:00+00:00" title="24 Nov 2026, 12:00 UTC" data-relative>1\u00a0hour ago</time>'
    )


@pytest.mark.parametrize(
    ("offset", "soon"), [(timedelta(days=-1), False), (timedelta(days=2), True), (timedelta(days=4), False)]
)
def test_soon_is_ahead_and_near(offset: timedelta, soon: bool) -> None:
    with time_machine.travel(NOON, tick=False):
        assert face.is_soon(NOON + offset) is soon


def test_past_is_what_lies_behind() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [face.is_past(NOON + timedelta(days=days)) for days in (-1, 0, 1)] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lindqvist", "ML"),
        ("Anna de Vries", "AV"),
        ("chen", "CH"),
        ("李明", "明"),
        ("Олег Смирнов", "ОС"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert face.initials(name) == letters


def test_hue_is_always_the_same_and_within_range() -> None:
    hues = [face.hue(f"person-{number}") for number in range(200)]

    assert hues == [face.hue(f"person-{number}") for number in range(200)]
    assert set(hues) == set(range(face.HUES))


def test_html_attrs_escape_what_cotton_would_let_through() -> None:
    evil = '" onmouseover="alert(1)"'

    assert face.html_attrs({"title": evil, "disabled": True, "hidden": False}) == (
        ' title="&quot; onmouseover=&quot;alert(1)&quot;" disabled'
    )


class ManyFields(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label="Title")
    scope = forms.MultipleChoiceField(label="Scope", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)

    def clean(self) -> None:
        self.add_error(None, "Together they make no sense.")


def test_all_errors_lead_to_the_control_at_fault() -> None:
    assert face.all_errors(ManyFields({})) == [
        face.Wrong("Together they make no sense."),
        face.Wrong("Token: This field is required."),
        face.Wrong("This field is required.", "Title", "id_title"),
        face.Wrong("This field is required.", "Scope", "id_scope_0"),
    ]
