"""Every template compiles, and all that it names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from portal.face.tones import TONES
from tests.house.sources import modules, named, template_name, templates

URL = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")
STATIC = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]")
OTHER = re.compile(r"{%\s*(?:include|extends)\s+['\"]([^'\"]+)['\"]")
TONE = re.compile(r'<c-badge[^>]*\btone="([a-z]+)"')
ICON = re.compile(r'(?:{%\s*icon\s+|\bicon=)"([a-z-]+)"')
COMPONENT = re.compile(r"<c-(?!vars\b|slot\b)([a-z][\w.-]*)")

each_template = pytest.mark.parametrize("path", templates(), ids=named)


def exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def url_names(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """All names that ``{% url %}`` may use, with their namespaces."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from url_names(entry.url_patterns, space)
        elif entry.name:
            yield prefix + entry.name


@pytest.fixture(scope="module")
def known_urls() -> set[str]:
    return set(url_names(get_resolver().url_patterns))


@cache
def known_icons() -> frozenset[str]:
    """The pictures of the sheet that ``{% icon %}`` may use."""
    found = finders.find("face/icons.svg")
    assert isinstance(found, str)
    return frozenset(re.findall(r'id="([a-z-]+)"', Path(found).read_text()))


@each_template
def test_template_compiles(path: Path) -> None:
    assert get_template(template_name(path)) is not None


@each_template
def test_template_names_only_what_exists(path: Path, known_urls: set[str]) -> None:
    text = path.read_text()
    components = [f"cotton/{name.replace('.', '/').replace('-', '_')}.html" for name in COMPONENT.findall(text)]
    missing = {
        "urls": {name for name in URL.findall(text) if name not in known_urls},
        "tones": set(TONE.findall(text)) - set(TONES),
        "icons": set(ICON.findall(text)) - known_icons(),
        "static files": {name for name in STATIC.findall(text) if not finders.find(name)},
        "templates": {name for name in [*OTHER.findall(text), *components] if not exists(name.split("#")[0])},
    }
    assert {what: names for what, names in missing.items() if names} == {}


def test_code_names_only_templates_that_exist() -> None:
    spoken = {
        node.value
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(r"[\w/-]+\.html(#[\w-]+)?", node.value)
    }
    assert {name for name in spoken if not exists(name.split("#")[0])} == set()
