"""What the server tells of our indices, as values.

    <prefix>-public-<stamp>, <prefix>-restricted-<stamp>    a generation: two indices that serve together
    <prefix>-public, <prefix>-restricted                    aliases of the generation that is read
    <prefix>-building                                       alias of both indices of the one being built, if any
    <index>.write                                           alias of one index, by which alone it is written

What everybody may read lies in the public index, all else in the restricted one, which anonymous searches never open.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from search.engines.elasticsearch.schema import DURABILITY, META
from search.engines.port import EngineUnavailable

PUBLIC, RESTRICTED = "public", "restricted"
SIDES = (PUBLIC, RESTRICTED)
WRITE = ".write"
TOLD = "*.aliases,*.mappings._meta,*.settings.index.blocks,*.settings.index.provided_name,*.settings.index.translog"


class CarelessIndex(EngineUnavailable):
    """An index may lose what it acknowledged, so nothing is written to it."""


@dataclass(frozen=True)
class Names:
    """The names that begin with a prefix."""

    prefix: str

    @property
    def building(self) -> str:
        """The alias of what is being built."""
        return f"{self.prefix}-building"

    @property
    def lease(self) -> str:
        """The index that holds the lease of the rebuild."""
        return f"{self.prefix}-rebuild"

    def alias(self, side: str) -> str:
        """The alias by which a side is read."""
        return f"{self.prefix}-{side}"

    def aliases(self, sides: Sequence[str] = SIDES) -> str:
        """The aliases of several sides as requests name them."""
        return ",".join(map(self.alias, sides))

    def fresh(self) -> dict[str, str]:
        """The names of the indices of a new generation, by side."""
        stamp = f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{token_hex(3)}"
        return {side: f"{self.alias(side)}-{stamp}" for side in SIDES}

    def taken_apart(self, index: str) -> tuple[str, str] | None:
        """The side and the stamp of an index of ours; nothing for any other, also where a late write left one."""
        match = re.fullmatch(rf"{self.prefix}-(public|restricted)-(\d{{14}}-[0-9a-f]{{6}})({re.escape(WRITE)})?", index)
        return (match[1], match[2] + (match[3] or "")) if match else None


@dataclass(frozen=True)
class Index:
    """An index on the server."""

    name: str
    aliases: frozenset[str]
    documents: str
    durability: str
    blocks: tuple[str, ...]

    @classmethod
    def told(cls, name: str, about: Mapping[str, Any]) -> "Index":
        """An index as the server describes it."""
        settings = about.get("settings", {}).get("index", {})
        blocks = (block for block, is_set in settings.get("blocks", {}).items() if is_set == "true")
        return cls(
            name=name,
            aliases=frozenset(about.get("aliases", ())),
            documents=about.get("mappings", {}).get("_meta", {}).get(META, ""),
            durability=settings.get("translog", {}).get("durability", DURABILITY).lower(),
            blocks=tuple(sorted(blocks)),
        )

    def check_writable(self) -> None:
        """Raise :class:`EngineUnavailable` when what is written to it could be lost, or will be refused."""
        if self.durability != DURABILITY:
            raise CarelessIndex(
                f"{self.name}: index.translog.durability is {self.durability}, and a crash would lose what was"
                f" acknowledged; set it to {DURABILITY}"
            )
        if self.blocks:
            raise EngineUnavailable(f"{self.name} is blocked ({', '.join(self.blocks)}); is the disk full?")


@dataclass(frozen=True)
class Generation:
    """A public and a restricted index that were made together, by side."""

    indices: Mapping[str, Index]

    def __getitem__(self, side: str) -> str:
        return self.indices[side].name

    @property
    def names(self) -> list[str]:
        """The names of its indices, the public one's first."""
        return [self[side] for side in SIDES]

    @property
    def documents(self) -> str:
        """The fingerprint of the documents it was made for."""
        return self.indices[PUBLIC].documents

    def check_writable(self) -> None:
        """Raise :class:`EngineUnavailable` when one of its indices must not, or cannot, be written."""
        for index in self.indices.values():
            index.check_writable()


@dataclass(frozen=True)
class State:
    """Which of our indices there are now, and what they are for."""

    names: Names
    indices: tuple[Index, ...]

    @property
    def live(self) -> Generation | None:
        """The generation that is read."""
        return next((g for g in self._generations() if self._bears(g, self.names.alias)), None)

    @property
    def building(self) -> Generation | None:
        """The generation that is being built, or was when its builder died."""
        return next((g for g in self._generations() if self._bears(g, lambda side: self.names.building)), None)

    @property
    def leftovers(self) -> list[str]:
        """The indices of ours that do not serve."""
        serving = self.live.names if self.live else []
        return [
            index.name for index in self.indices if self.names.taken_apart(index.name) and index.name not in serving
        ]

    def holders(self, alias: str) -> list[str]:
        """The indices that bear an alias, ours or not."""
        return [index.name for index in self.indices if alias in index.aliases]

    def _generations(self) -> Iterator[Generation]:
        pairs: dict[str, dict[str, Index]] = {}
        for index in self.indices:
            side, stamp = self.names.taken_apart(index.name) or ("", "")
            pairs.setdefault(stamp, {})[side] = index
        return (Generation(pair) for pair in pairs.values() if pair.keys() == set(SIDES))

    @staticmethod
    def _bears(generation: Generation, alias: Any) -> bool:
        return all(alias(side) in index.aliases for side, index in generation.indices.items())


def written_by(index: str) -> str:
    """The alias by which an index is written, so that a late write to one that was dropped does not make it anew."""
    return index + WRITE
