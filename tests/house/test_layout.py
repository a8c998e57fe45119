"""The house has the rooms it says it has, and none is overfull."""

from __future__ import annotations

import ast
import subprocess

from tests.house.sources import ROOT, files, modules, named, templates

TOP = {".ci", "challenges", "docs", "patents", "portal", "search", "tests"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_FUNCTION = 400, 180, 60


def lines(path) -> int:
    return len(path.read_text().splitlines())


def test_top_level_holds_the_named_folders_and_no_others() -> None:
    known = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {path.split("/")[0] for path in known if "/" in path} - TOP == set()


def test_no_room_is_named_after_nothing() -> None:
    vague = [named(path) for path in files(".py", ".js", ".css", ".html") if path.stem.strip("_") in VAGUE_NAMES]
    assert vague == []


def test_no_file_is_overfull() -> None:
    assert [named(path) for path in modules() if lines(path) > LONGEST_FILE] == []


def test_no_template_is_overfull() -> None:
    assert [named(path) for path in templates() if lines(path) > LONGEST_TEMPLATE] == []


def test_no_function_is_overlong() -> None:
    overlong = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert overlong == []
