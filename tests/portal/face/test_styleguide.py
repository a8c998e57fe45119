from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

import portal.face
from portal.face.styleguide import icon_names

pytestmark = pytest.mark.django_db

ROOM = Path(portal.face.__file__).parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOM / "templates/cotton").glob("*.html"))


def test_style_guide_shows_every_component(client: Client) -> None:
    shown = "".join(path.read_text() for path in (ROOM / "templates").rglob("*.html"))

    assert client.get("/styleguide/").status_code == 200
    assert [c.stem for c in COMPONENTS if f"<c-{c.stem.replace('_', '-')}" not in shown] == []


def test_guide_names_every_component() -> None:
    guide = (ROOM.parent.parent / "docs/guides/face.md").read_text()

    assert [c.stem for c in COMPONENTS if f"c-{c.stem.replace('_', '-')}" not in guide] == []


def test_refused_form_names_each_error_beside_its_control(client: Client) -> None:
    answer = client.post("/styleguide/", {"title": "Short"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert '<a href="#id_title">Title: Ensure this value has at least 10 characters (it has 5).</a>' in html
    control = re.search(r'<input[^>]*name="title"[^>]*>', html)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_title_helptext id_title_error"' in control[0]
    assert 'id="id_title_error"' in html


def test_accepted_form_is_thanked_for_by_a_toast(client: Client) -> None:
    sent = {
        "title": "A membrane that lasts", "kind": "creative", "need": "x", "deadline": "2027-01-31T17:00",
        "audience": "all", "agree": "on",
    }  # fmt: skip

    answer = client.post("/styleguide/", sent, follow=True)

    assert answer.redirect_chain == [("/styleguide/", 302)]
    assert 'data-toast="success"' in answer.content.decode()


def test_toast_travels_in_a_header(client: Client) -> None:
    answer = client.post("/styleguide/toast/")

    assert json.loads(answer["HX-Trigger"])["toast"]["tone"] == "success"


def test_form_carries_token_key_and_encoding(client: Client) -> None:
    html = client.get("/styleguide/").content.decode()
    form = re.search(r'<form[^>]*data-sample="plain".*?</form>', html, re.S)

    assert form is not None
    assert 'enctype="multipart/form-data"' in form[0]
    assert form[0].count('name="csrfmiddlewaretoken"') == 1
    assert form[0].count('name="idempotency_key"') == 1


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_declares_its_variables_and_prints_no_raw_attributes(path: Path) -> None:
    text = path.read_text()
    declared = re.search(r"<c-vars(.*?)/>", text, re.S)
    known = set(re.findall(r":?([a-z_]+)=", declared[1])) if declared else set()
    used = set(re.findall(r"{{ ([a-z_]+)|{% (?:if|elif|with \w+=) ?(?:not )?([a-z_]+)", text))
    names = {a or b for a, b in used}
    local = set(re.findall(r"{% for (\w+)|as (\w+) %}|{% with (\w+)=", text))
    given = {"attrs", "slot", *(name for found in local for name in found if name)}

    assert "{{ attrs }}" not in text
    assert names - known - given == set()


def test_no_template_has_script_or_style_of_its_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son(?!ce\b)[a-z]+=|javascript:", re.I)

    assert [path.name for path in TEMPLATES if inline.search(path.read_text())] == []


def test_every_icon_that_is_named_exists() -> None:
    root = ROOM.parent.parent
    asked = re.compile(r"""(?:{%\s*icon\s+|\bicon=)["']([a-z-]+)["']""")
    rooms = (path for room in ("portal", "challenges", "patents", "search") for path in (root / room).rglob("*.html"))
    named = {name for path in rooms for name in asked.findall(path.read_text())}

    assert named - set(icon_names()) == set()


def test_colours_are_said_in_one_place() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", re.I)
    sheets = {path.name: path.read_text() for path in (ROOM / "static/face").glob("*.css")}

    assert {name for name, text in sheets.items() if colour.search(text)} == {"tokens.css"}


def test_stylesheet_brings_every_chapter_into_a_layer() -> None:
    sheet = (ROOM / "static/face/face.css").read_text()
    brought = set(re.findall(r'@import url\("([a-z]+\.css)"\) layer\([a-z]+\);', sheet))

    assert brought | {"face.css"} == {path.name for path in (ROOM / "static/face").glob("*.css")}


def test_every_token_that_is_used_exists() -> None:
    sheets = {path.name: path.read_text() for path in (ROOM / "static/face").glob("*.css")}
    made = set(re.findall(r"(--[a-z0-9-]+):", "".join(sheets.values())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", "".join(sheets.values())))

    assert used - made == set()
