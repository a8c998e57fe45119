"""The table of results, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.declaration import Against, Bench, Row

HEADS = ("bench", "what", "ours", "peer", "limit", "ratio", "target", "held")


def cells(bench: Bench, row: Row) -> tuple[str, ...]:
    """One line of the table, as text."""
    theirs = row.missing or f"{row.target.rival}: {row.theirs}"
    ratio = "" if row.value is None or row.target.against is Against.OURSELVES else figure(row.value)
    peer, limit = (theirs if row.target.against is each else "" for each in (Against.PEER, Against.LIMIT))
    return (bench.name, row.what, row.ours, peer, limit, ratio, str(row.target), HELD[row.held])


HELD = {True: "held", False: "**not held**", None: "not measured"}


def figure(value: float) -> str:
    """A ratio with as many digits as it deserves."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def markdown(bench: Bench, rows: Sequence[Row]) -> str:
    """The table as a page has it."""
    lines = [HEADS, ("---",) * len(HEADS), *(cells(bench, row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def plain(bench: Bench, rows: Sequence[Row]) -> str:
    """The table as a terminal shows it: columns aligned."""
    lines = [HEADS, *(tuple(cell.replace("**", "") for cell in cells(bench, row)) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
