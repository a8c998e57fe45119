"""Fingerprints of what the code would do to the data folder, so that a start does only what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db.migrations.loader import MigrationLoader


def of_migrations() -> str:
    """Changes whenever any app gains, loses or edits a migration, and with Django itself."""
    return _digest(_contents(_migration_files()))


def of_static_files() -> str:
    """Changes whenever a static file of ours or of a library is added, removed or edited."""
    return _digest(_outlines(_static_files()))


def _migration_files() -> Iterable[Path]:
    for config in apps.get_app_configs():
        module, _explicit = MigrationLoader.migrations_module(config.label)
        spec = find_spec(module) if module else None
        for folder in (spec.submodule_search_locations or []) if spec else []:
            yield from Path(folder).glob("*.py")


def _static_files() -> Iterable[Path]:
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=[]):
            yield Path(storage.path(path))


def _contents(files: Iterable[Path]) -> Iterable[bytes]:
    return (f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes() for file in sorted(files))


def _outlines(files: Iterable[Path]) -> Iterable[bytes]:
    return (f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}".encode() for file in sorted(files))


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256(f"{django.VERSION} {settings.STATIC_URL}".encode())
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:16]
