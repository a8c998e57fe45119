"""What may be done in one place only is done there only."""

from __future__ import annotations

import ast
import re

from django.apps import apps

from tests.house.sources import calls, files, modules, named

GATED = re.compile(r"/(views|live|feeds)(/|\.py)")
ASKED_PAST_THE_GATE = {"all", "filter", "exclude", "get", "first", "last", "values", "values_list", "in_bulk", "raw"}
LOADED = re.compile(
    r"""(?:\s(?:src|srcset|action|formaction|data)=["']|<(?:link|use|image)[^>]*\shref=["']|url\(["']?|@import\s+["'])(?:https?:)?//"""
)
SCRIPT_HOST = re.compile(r"""["'`](?:https?|wss?)://(?!www\.w3\.org/)""")
INLINE = re.compile(
    r"""<script(?![^>]*\b(?:src=|type="application/(?:ld\+)?json"))[^>]*>|<style\b|\sstyle=["']"""
    r"""|\son(?:click|change|input|submit|load|error|focus|blur|key\w+|mouse\w+|pointer\w+|toggle)=["']"""
)


def test_only_the_kernel_waits_for_the_commit() -> None:
    callers = {named(path) for path in modules() for name, _call in calls(path) if name == "on_commit"}
    assert callers == {"portal/kernel/commit.py"}


def test_only_the_kernel_writes_the_outbox() -> None:
    writers = {named(path) for path in modules() if re.search(r"OutboxEntry\(", path.read_text())}
    assert writers <= {"portal/kernel/commit.py", "portal/kernel/models.py"}


def guarded(model: str) -> bool:
    """True for models that not everybody may see all of."""
    return any(hasattr(each._default_manager, "visible_to") for each in apps.get_models() if each.__name__ == model)


def handed_to_the_gate(tree: ast.AST) -> set[ast.AST]:
    """Everything inside the first argument of ``fetch(…)``: the gate judges what comes of it."""
    gates = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    judged = [node.args[0] for node in gates if getattr(node.func, "id", "") in ("fetch", "fetch_locked")]
    return {part for argument in judged for part in ast.walk(argument)}


def test_views_and_sockets_get_objects_through_the_gate_alone() -> None:
    """No view asks a guarded manager: objects come from ``kernel.access``, lists from ``visible_to``."""
    asked = []
    for path in modules():
        tree = ast.parse(path.read_text()) if GATED.search(f"/{named(path)}") else ast.Module([], [])
        fine = handed_to_the_gate(tree)
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(attr=verb, value=ast.Attribute(attr="objects", value=ast.Name(id=model))):
                    if verb in ASKED_PAST_THE_GATE and node not in fine and guarded(model):
                        asked.append(f"{named(path)}:{node.lineno} {model}.objects.{verb}")
    assert asked == []


def test_the_environment_is_read_in_one_place() -> None:
    readers = {named(path) for path in modules() if re.search(r"os\.(environ\[|environ\.get|getenv)", path.read_text())}
    assert readers <= {"portal/settings/environment.py"}


def test_pages_load_nothing_from_another_host() -> None:
    found = [named(path) for path in files(".html", ".css", ".svg") if LOADED.search(path.read_text())]
    found += [named(path) for path in files(".js") if SCRIPT_HOST.search(path.read_text())]
    assert found == []


def test_templates_carry_no_inline_script_or_style() -> None:
    """The content security policy would refuse them."""
    assert [named(path) for path in files(".html") if INLINE.search(path.read_text())] == []
