"""What the bench needs around it: the servers, the corpus in them, the portal and its peer in front."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psycopg

from tests.bench.environment import ROOT, peer_python
from tests.bench.programs import FIXED, running
from tests.bench.search_page.asking import Asked
from tests.servers.elasticsearch import ElasticsearchServer, temporary_elasticsearch
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.postgres import temporary_postgres

HEAP = "-Xms2g -Xmx2g"
SECRET = "a key for the bench alone, which nobody else ever sees"
SERVED = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--host", LOOPBACK)


@dataclass(frozen=True)
class Question:
    """One question, as each contestant is asked it: the page, the API, and the engine itself."""

    page: Asked
    api: Asked
    raw: Asked


@dataclass(frozen=True)
class Stage:
    """Where each contestant answers, the process that stands for it, and what is asked.

    ``environment`` is what other programs of the portal are started with.
    """

    ports: Mapping[str, int]
    servers: Mapping[str, Sequence[int]]
    draws: Sequence[Sequence[Question]]
    beginnings: Sequence[Question]
    environment: Mapping[str, str]


@contextmanager
def staged(patents: int, folder: Path) -> Iterator[Stage]:
    """Everything set up for a corpus of ``patents``; gone afterwards."""
    with temporary_elasticsearch(HEAP) as engine, temporary_postgres() as server:
        plan, known = folder / "plan.json", _environment(server.url, engine, folder)
        for command in (("manage.py", "migrate", "-v0"), ("manage.py", "collectstatic", "--no-input", "-v0")):
            _done(command, known)
        _done(("-m", "tests.bench.search_page.filling", str(patents), str(plan)), known)
        with _portal(known, folder) as portal, _peer(engine, plan, folder) as peer:
            process = engine.process.pid if engine.process else 0
            yield Stage(
                {"engine": engine.port, "portal": portal[0], "peer": peer[0]},
                {"engine": [process], "portal": [process, portal[1]], "peer": [process, peer[1]]},
                *_questions(plan),
                known,
            )


def _environment(server: str, engine: ElasticsearchServer, folder: Path) -> dict[str, str]:
    database = server.rpartition("/")[0] + "/bench"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    port = free_port()
    return {
        **os.environ,
        **FIXED,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": SECRET,
        "PORTAL_VAR": str(folder / "var"),
        "PORTAL_URL": f"http://{LOOPBACK}:{port}",
        "PORT": str(port),
        "DATABASE_URL": database,
        "ELASTICSEARCH_URL": engine.url,
        "REDIS_URL": "",
    }


def _done(command: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, *command], env=dict(environment), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _portal(environment: Mapping[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    port = int(environment["PORT"])
    command = [Path(sys.executable).with_name("granian"), *SERVED, "--port", str(port), "portal.wsgi:application"]
    with running(command, port, folder, environment, cwd=ROOT) as process:
        yield port, process.pid


@contextmanager
def _peer(engine: ElasticsearchServer, plan: Path, folder: Path) -> Iterator[tuple[int, int]]:
    port = free_port()
    granian = peer_python().with_name("granian")
    command = [granian, *SERVED, "--port", str(port), "tests.bench.search_page.peer:application"]
    own = {"PEER_ENGINE": engine.url, "PEER_PLAN": str(plan)}
    with running(command, port, folder, own, cwd=ROOT) as process:
        yield port, process.pid


def _questions(plan: Path) -> tuple[list[list[Question]], list[Question]]:
    planned: dict[str, Any] = orjson.loads(plan.read_bytes())
    draws = [[_question("/search/", "/api/v1/search", each) for each in draw] for draw in planned["draws"]]
    suggested = ("/search/suggest/", "/api/v1/search/suggest")
    return draws, [_question(*suggested, each) for each in planned["beginnings"]]


def _question(page: str, api: str, planned: dict[str, Any]) -> Question:
    raw = Asked(planned["path"], orjson.dumps(planned["body"]))
    return Question(Asked(f"{page}?{planned['query']}"), Asked(f"{api}?{planned['query']}"), raw)
