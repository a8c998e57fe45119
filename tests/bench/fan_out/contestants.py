"""Who delivers: the portal, its peers and the limits, each as a server with its members beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.environment import peer_python
from tests.bench.fan_out.nchan import NCHAN, configuration
from tests.bench.processor import cpu_seconds
from tests.bench.programs import FIXED, end, running
from tests.bench.rounds import Sample
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.redis import RedisServer

SERVERS = "tests.bench.fan_out.servers"


@dataclass(frozen=True)
class Contestant:
    """``effort`` is how many deliveries a round asks of it: the slow ones need fewer for a true figure."""

    name: str
    dialect: str
    module: str = ""
    arguments: Sequence[str] = ()
    effort: int = 60_000
    shares_redis: bool = True


PORTAL = Contestant("the portal", "portal", "portal")
CONTESTANTS = (
    PORTAL,
    Contestant("channels_redis core", "plain", "layer", ("core",), effort=8_000),
    Contestant("channels_redis pubsub", "plain", "layer", ("pubsub",), effort=8_000),
    Contestant("python-socketio", "socketio", "socketio_room", effort=20_000),
    Contestant("websockets.broadcast", "plain", "broadcast", shares_redis=False),
    Contestant("nchan", "nchan", shares_redis=False),
)


class Crowd:
    """The members of one contestant's room, in a process of their own."""

    def __init__(self, contestant: Contestant, port: int, pids: Sequence[int]) -> None:
        self.pids = pids
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.fan_out.members", contestant.dialect, LOOPBACK, str(port)],
            env={**os.environ, **FIXED},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def order(self, **words: int) -> dict[str, Any]:
        """Have something done; what came of it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the members have left")
        return json.loads(answer)

    def talk(self, messages: int, window: int) -> Sample:
        """One round: what was delivered, how fast, and what it cost the servers."""
        before = cpu_seconds(self.pids)
        told = self.order(messages=messages, window=window)
        return Sample(cpu=cpu_seconds(self.pids) - before, **{**told, "latencies": tuple(told["latencies"])})

    def leave(self) -> None:
        """Let the members go."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        end(self.process)


@contextmanager
def crowds(members: int, redis: RedisServer, folder: Path) -> Iterator[dict[str, Crowd]]:
    """A server and ``members`` for each contestant that can be had, ready to talk."""
    with ExitStack() as open_until_then:
        found: dict[str, Crowd] = {}
        for contestant in CONTESTANTS:
            if contestant.module or NCHAN.find():
                server, port = open_until_then.enter_context(_served(contestant, redis.port, folder))
                pids = [server.pid, redis.process.pid] if contestant.shares_redis else [server.pid]
                crowd = found[contestant.name] = Crowd(contestant, port, pids)
                open_until_then.callback(crowd.leave)
                crowd.order(members=members)
        yield found


@contextmanager
def _served(contestant: Contestant, redis: int, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    own = Path(tempfile.mkdtemp(dir=folder))
    command, environment = _command(contestant, port, redis, own)
    with running(command, port, own, environment) as server:
        yield server, port


def _command(contestant: Contestant, port: int, redis: int, folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    if contestant is PORTAL:
        installation = {
            "PORTAL_VAR": str(folder),
            "PORT": str(port),
            "REDIS_URL": f"redis://{LOOPBACK}:{redis}",
            "TRUSTED_PROXIES": "1",
        }
        return [sys.executable, "-m", f"{SERVERS}.portal", str(port)], installation
    if not contestant.module:
        return [NCHAN.had(), "-c", configuration(port, folder), "-p", folder], {}
    shared = [str(redis)] if contestant.shares_redis else []
    module = f"{SERVERS}.{contestant.module}"
    return [peer_python(), "-m", module, str(port), *shared, *contestant.arguments], {}
