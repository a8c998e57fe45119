"""Run benches, print their tables and keep them. Exit code 0 when they ran; with ``--strict``, 1 for a miss."""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import machine, record, table
from tests.bench.declaration import FEWEST_ROUNDS, Bench, Outcome, Run
from tests.bench.fan_out.bench import BENCH as FAN_OUT
from tests.bench.freshness.bench import BENCH as FRESHNESS
from tests.bench.search_api.bench import BENCH as SEARCH_API
from tests.bench.search_page.bench import BENCH as SEARCH_PAGE

BENCHES = {bench.name: bench for bench in (SEARCH_PAGE, SEARCH_API, FRESHNESS, FAN_OUT)}


def main(words: Sequence[str]) -> int:
    """Run what was asked for; the exit code."""
    given = _asked(words)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    _as_many_files_as_allowed()
    os.environ["PYTHONHASHSEED"] = "0"
    held = [_ran(bench, given) for bench in given.bench or BENCHES.values()]
    return 1 if given.strict and not all(held) else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("bench", nargs="*", type=_declared, help=f"{' '.join(BENCHES)}; all, when none is named")
    parser.add_argument("--size", type=_number, default=0, help="of the work (100k, 1M); a full run has its own")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS, help="interleaved rounds")
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    return parser.parse_args(words)


def _ran(bench: Bench, given: argparse.Namespace) -> bool:
    """Run one bench and tell; whether all of its targets were held."""
    about = machine.facts()
    print(f"\n── {bench.name} {bench.title}: {bench.measures} ──\n   {about}", flush=True)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        how = Run(given.rounds, given.size, Path(folder), say=lambda text: print(f"   {text} …", flush=True))
        outcome = bench.run(how)
    _told(bench, outcome, about, how)
    return all(row.held for row in outcome.rows)


def _told(bench: Bench, outcome: Outcome, about: str, how: Run) -> None:
    print(f"\n{table.plain(bench, outcome.rows)}\n")
    print(*outcome.remarks, sep="\n")
    print(f"figures: {record.keep_figures(bench, outcome, about)}")
    if how.is_full:
        record.keep_table(bench, outcome, about)
        print(f"table:   {record.GUIDE}")


def _declared(name: str) -> Bench:
    """The bench of this name; argparse tells of any other."""
    if name not in BENCHES:
        raise argparse.ArgumentTypeError(f"there is no bench {name}, but {', '.join(BENCHES)}")
    return BENCHES[name]


def _number(text: str) -> int:
    """``100k`` and ``1M`` as people write them."""
    factors = {"k": 1_000, "m": 1_000_000}
    factor = factors.get(text[-1:].lower(), 1)
    return int(text[:-1] if factor > 1 else text) * factor


def _as_many_files_as_allowed() -> None:
    """Thousands of sockets are thousands of open files; what is started inherits it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
