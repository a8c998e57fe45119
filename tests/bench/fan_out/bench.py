"""B6, declared: the targets, and how the contestants are set against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from tests.bench.declaration import Against, Bench, Outcome, Row, Run, Target
from tests.bench.fan_out.contestants import CONTESTANTS, PORTAL, Contestant, crowds
from tests.bench.rounds import Sample, Samples, interleaved, middle, percentile, ratio
from tests.servers.redis import temporary_redis

SIZES = (1000, 5000)
WINDOW = 4
"""Messages on their way at a time: the server never waits for the members' clock."""
FEWEST = 2
"""Messages a round, however big the room and slow the contestant."""
ALONE = 40
"""Messages said one after the other, to see when the last member hears."""
LAST_MEMBER = "last member, p95 in ms"
BROADCAST = "websockets.broadcast"

TARGETS = (
    Target("channels_redis core", Against.PEER, at_least=20),
    Target("channels_redis pubsub", Against.PEER, at_least=12),
    Target("python-socketio", Against.PEER, at_least=4),
    Target(BROADCAST, Against.LIMIT, at_least=0.75),
    Target("nchan", Against.LIMIT, at_least=0.5),
    Target(LAST_MEMBER, Against.OURSELVES, at_most=30, case="1×1000"),
)


def run(how: Run) -> Outcome:
    """Every room size, one after the other."""
    rows: list[Row] = []
    figures: dict[str, object] = {}
    for members in [how.size] if how.size else SIZES:
        case = f"1×{members}"
        how.say(f"{case}: everybody joins")
        taken = _taken(members, how)
        figures[case] = {name: [asdict(sample) for sample in samples] for name, samples in taken.items()}
        rows += _rows(case, taken)
    return Outcome(rows, figures, (REMARK,))


def _taken(members: int, how: Run) -> dict[str, list[Sample]]:
    """The samples of every contestant that can be had, and of the portal saying one thing at a time."""
    with temporary_redis() as redis, crowds(members, redis, how.folder) as present:
        turns = {
            each.name: lambda each=each: present[each.name].talk(_messages(each, members), WINDOW)
            for each in CONTESTANTS
            if each.name in present
        }
        for name in (PORTAL.name, BROADCAST):
            turns[_alone(name)] = lambda name=name: present[name].talk(ALONE, 1)
        how.say(f"1×{members}: {how.rounds} rounds of {', '.join(turns)}")
        return interleaved(turns, how.rounds)


def _messages(contestant: Contestant, members: int) -> int:
    return max(FEWEST, contestant.effort // members)


def _alone(name: str) -> str:
    return f"{name}, one message at a time"


def _rows(case: str, taken: Samples) -> list[Row]:
    return [_row(case, target, taken) for target in TARGETS if target.case in ("", case)]


def _row(case: str, target: Target, taken: Samples) -> Row:
    if target.rival == LAST_MEMBER:
        ours, limit = (1000 * middle(taken[_alone(name)], _last_member) for name in (PORTAL.name, BROADCAST))
        return Row(f"{case}, {LAST_MEMBER}", target, f"{ours:.1f} ({BROADCAST} {limit:.1f})", value=ours)
    ours = taken[PORTAL.name]
    what = f"{case}, deliveries/s"
    if target.rival not in taken:
        return Row(what, target, _told(ours), missing=f"{target.rival}: not to be had here")
    theirs = taken[target.rival]
    return Row(what, target, _told(ours), _told(theirs), ratio(ours, theirs, lambda sample: sample.rate))


def _last_member(sample: Sample) -> float:
    return percentile(sample.latencies, 95)


def _told(samples: Sequence[Sample]) -> str:
    """Deliveries a second, CPU of server and Redis for each, and what was lost on the way."""
    lost = sum(sample.lost for sample in samples)
    rate = f"{middle(samples, lambda sample: sample.rate):,.0f}"
    cpu = f"{1e6 * middle(samples, lambda sample: sample.cpu_each):.0f} µs CPU"
    return f"{rate} ({cpu}{f', {lost:,} lost' if lost else ''})"


REMARK = (
    "One process of each contestant, and Redis for those that go through it; every member speaks in turn, "
    f"{WINDOW} messages of 100 bytes on their way at a time. CPU is that of the server and Redis for one delivery."
)

BENCH = Bench(
    "B6",
    "Fan-out in a big room",
    "what one member says, delivered to 1,000 and to 5,000",
    TARGETS,
    run,
)
