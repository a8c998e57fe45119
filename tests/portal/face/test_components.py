from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.template import Engine, Node, NodeList, engines
from django.test import RequestFactory
from django_cotton.cotton_loader import CottonCompiler
from django_cotton.templatetags._component import AttrKind, CottonComponentNode

from tests.house.sources import named, template_name, templates

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rendered(source: str, address: str = "/", **context: Any) -> str:
    """``source`` as a page at ``address`` would show it, white space folded."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return re.sub(r"\s+", " ", template.render(context, request)).strip()


def test_button_with_an_address_is_a_link() -> None:
    assert rendered('<c-button href="/x/" kind="primary">Go</c-button>') == (
        '<a href="/x/" class="button button--primary">Go</a>'
    )


def test_button_without_an_address_sends_its_form_and_passes_on_what_it_does_not_know() -> None:
    assert rendered('<c-button name="answer" value="yes" confirm="Sure?">Yes</c-button>') == (
        '<button type="submit" data-confirm="Sure?" class="button" name="answer" value="yes">Yes</button>'
    )


def test_attribute_given_as_an_object_cannot_break_out_of_its_quotes() -> None:
    evil = '" onmouseover="alert(1)"'

    assert "onmouseover=&quot;alert(1)&quot;" in rendered('<c-badge :title="evil">x</c-badge>', evil=evil)


def test_text_given_to_a_component_is_escaped_once() -> None:
    html = rendered('<c-card title="{{ title }}" />', title="R&D <fast>")

    assert '<h3 class="card__title">R&amp;D &lt;fast&gt;</h3>' in html


def test_variable_of_the_page_does_not_leak_into_a_component() -> None:
    assert "leaked" not in rendered(
        "<c-card /><c-button>x</c-button><c-stat />", title="leaked", href="leaked", note="leaked"
    )


def test_badge_takes_its_tone_from_the_state() -> None:
    assert 'class="badge tone-danger' in rendered('<c-badge state="{{ s }}">Declined</c-badge>', s="declined")
    assert 'class="badge tone-violet' in rendered('<c-badge state="declined" tone="violet">x</c-badge>')


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (SimpleNamespace(next=None, first=True), []),
        (SimpleNamespace(next="c2", first=True), ["?kind=a&amp;after=c2"]),
        (SimpleNamespace(next=None, first=False), ["?kind=a"]),
        (SimpleNamespace(next="c3", first=False), ["?kind=a", "?kind=a&amp;after=c3"]),
    ],
)
def test_pager_keeps_the_query_and_offers_only_what_there_is(page: Any, links: list[str]) -> None:
    address = "/?kind=a" if page.first else "/?kind=a&after=c1"

    assert re.findall(r'<a[^>]*href="([^"]*)"', rendered('<c-pager :page="page" />', address, page=page)) == links


def test_deadline_says_moment_zone_and_distance() -> None:
    with time_machine.travel(NOON.replace(hour=9), tick=False):
        html = rendered('<c-deadline :at="at" zone="Europe/Berlin" label="Closes" />', at=NOON)

    assert 'class="deadline deadline--soon"' in html
    assert '<time datetime="2026-11-24T12:00:00+00:00" data-deadline>24 Nov 2026, 13:00 CET</time>' in html
    assert ">in 3 hours</span>" in html


def test_nothing_is_shown_of_a_deadline_or_field_that_is_not_there() -> None:
    assert (
        rendered('<c-deadline :at="nothing" /><c-field :field="nothing" /><c-pager :page="nothing" />', nothing=None)
        == ""
    )


def test_message_has_the_structure_that_scripts_and_people_rely_on() -> None:
    source = '<c-message seq="7" id="abc" author="Chen Wei" author_key="chen" :at="at"><p>Hi</p></c-message>'

    html = rendered(source, at=NOON)

    assert html.startswith('<article class="message" data-seq="7" id="message-abc" data-id="abc">')
    assert [name for name in ("data-avatar", "data-author", "data-at", "data-body") if name not in html] == []


def attributes(nodes: NodeList | list[Node]) -> Iterator[Any]:
    """Every attribute of every component among ``nodes`` and below."""
    for node in nodes:
        if isinstance(node, CottonComponentNode):
            yield from node._prepared_attrs
        for name in {*node.child_nodelists, "nodelist"}:
            yield from attributes(getattr(node, name, None) or [])
        for _, branch in getattr(node, "conditions_nodelists", ()):
            yield from attributes(branch)


@pytest.mark.parametrize("path", templates(), ids=named)
def test_every_attribute_of_a_component_can_be_read(path: Path) -> None:
    """Cotton shows an attribute that it cannot compile as it stands, braces and all, and says nothing."""
    found = attributes(Engine.get_default().get_template(template_name(path)).nodelist)
    raw = [each.value for each in found if each.kind == AttrKind.STATIC and re.search(r"{{|{%", str(each.value))]

    assert raw == []
