"""Debian packages that the tests need, installed when they are missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

_one_at_a_time = Lock()


class Missing(Exception):
    """A part of the tests cannot be had on this machine; the message names it and says what would help."""


@dataclass(frozen=True)
class Part:
    """Something to be found on the machine, and the Debian package that brings it."""

    name: str
    package: str
    find: Callable[[], Path | None]

    def had(self) -> Path:
        """Where it is, installed first when that is possible; raises ``Missing``."""
        with _one_at_a_time:
            found = self.find() or (self._install() and self.find())
        if not found:
            raise Missing(f"{self.name} is not here; on Debian, as root: apt-get install {self.package}")
        return found

    def _install(self) -> bool:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            return False
        print(f"Installing {self.package} …", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        steps = (["update"], ["install", "-y", "--no-install-recommends", self.package])
        return all(
            not subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=subprocess.DEVNULL).returncode
            for step in steps
        )


def _postgres_programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: Debian keeps it off the PATH, one for each version."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda found: int(found.parts[-3]), default=None)
    return newest.parent if newest else None


def _chromium_program() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None


def _on_path(program: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = shutil.which(program)
        return Path(found) if found else None

    return find


def _java_home() -> Path | None:
    """The folder of a Java that has its compiler with it."""
    compiler = shutil.which("javac")
    return Path(compiler).resolve().parent.parent if compiler else None


POSTGRES = Part("PostgreSQL", "postgresql", _postgres_programs)
CHROMIUM = Part("Chromium", "chromium", _chromium_program)
JAVA = Part("A Java development kit", "default-jdk-headless", _java_home)
MAVEN = Part("Maven", "maven", _on_path("mvn"))
REDIS = Part("Redis", "redis-server", _on_path("redis-server"))
