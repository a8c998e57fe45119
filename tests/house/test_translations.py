"""All that people read can be translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import calls, modules, named, templates

UNSEEN = re.compile(
    r"{%\s*comment.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block \w*class\w*\s*%}.*?{%\s*endblock.*?%}"
    r"|<(script|style|svg|code|template-sample)\b.*?</\1>"
    r"|<!--.*?-->|{#.*?#}|{%.*?%}|{{.*?}}",
    re.S,
)
SPOKEN_ATTRIBUTE = re.compile(
    r"\s(?:alt|title|placeholder|aria-label|aria-description|label|heading|hint|help|summary|caption|text|empty|submit)"
    r"=\"([^\"]*)\"|\s(?:alt|title|placeholder|aria-label|label|heading|hint|help)='([^']*)'"
)
TAG = re.compile(r"<[^>]*>", re.S)
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")
# The page for when everything is broken renders nothing; the styleguide is for developers.
EXEMPT = ("500.html", "face/away.html", "styleguide")
# Written alike in every language.
UNIVERSAL = {"UTC", "SHA", "PDF", "CSV", "JSON", "CPC", "IPC", "ROR", "QR", "kB", "MB", "GB", "SVG", "id"}

each_template = pytest.mark.parametrize(
    "path", [path for path in templates() if not any(part in named(path) for part in EXEMPT)], ids=named
)


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(ENTITY.sub(" ", text)) if word not in UNIVERSAL]


def seen(text: str) -> str:
    """The source without what nobody sees or what is translated already."""
    return UNSEEN.sub(" ", text)


@each_template
def test_text_between_tags_is_translatable(path: Path) -> None:
    assert words(TAG.sub(" ", seen(path.read_text()))) == []


@each_template
def test_text_in_attributes_is_translatable(path: Path) -> None:
    spoken = ("".join(found) for found in SPOKEN_ATTRIBUTE.findall(seen(path.read_text())))
    assert [text for text in spoken if words(text)] == []


def is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(words(node.value))


def test_refusals_labels_and_hints_are_translatable() -> None:
    """``Refused("…")``, ``label="…"``, ``help_text="…"``: never a bare string."""
    bare = []
    for path in modules():
        for name, call in calls(path):
            texts = [word.value for word in call.keywords if word.arg in ("label", "help_text", "empty_label")]
            texts += call.args[:1] if name in ("Refused", "WrongState", "ValidationError") else []
            bare += [f"{named(path)}:{call.lineno}" for text in texts if is_words(text)]
    assert bare == []
