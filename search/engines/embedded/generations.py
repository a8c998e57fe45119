"""Index directories, and which of them serves.

    <root>/state.json       the generation that serves, and the one being built, if any; replaced in one step
    <root>/lock             held (flock) while anything is written, by whichever process
    <root>/rebuild.lock     held while a new generation is built
    <root>/g-<name>/public, <root>/g-<name>/restricted

A generation is a pair of tantivy indices. What everybody may read lies in the public one; all else, and the tombstones
of what was deleted, in the restricted one, which anonymous searches never open.
"""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

import orjson

from search.documents.base import PUBLIC
from search.engines.embedded.locks import held
from search.engines.embedded.schema import Schema
from search.engines.embedded.shelf import Shelf
from search.engines.port import EngineUnavailable, NoIndex, Put, Write, Written


class Generation:
    """A public and a restricted index that serve together."""

    def __init__(self, path: Path, schema: Schema, *, fresh: bool = False) -> None:
        self.name = path.name
        self.schema = schema
        self.public = Shelf(path / "public", schema, fresh=fresh)
        self.restricted = Shelf(path / "restricted", schema, fresh=fresh)

    def write(self, writes: Sequence[Write]) -> Written:
        """Apply the writes that are not older than what is held. To be called under the writing lock.

        The public index is committed first: after a crash between the two commits a document that was withdrawn from
        the public is nowhere rather than still public, and its outbox entry brings it back.
        """
        newest = {write.key: write for write in sorted(writes, key=lambda write: write.version)}
        held = {shelf: shelf.versions(list(newest)) for shelf in (self.public, self.restricted)}
        fresh = [w for w in newest.values() if all(w.version >= known.get(w.key, 0) for known in held.values())]
        for shelf, known in held.items():
            additions = [write for write in fresh if self._shelf_of(write) is shelf]
            removals = [write.key for write in fresh if write.key in known]
            if additions or removals:
                self._apply(shelf, removals, additions)
        return Written(applied=len(fresh), outdated=len(writes) - len(fresh))

    def _shelf_of(self, write: Write) -> Shelf:
        is_public = isinstance(write, Put) and PUBLIC in write.source["allow"]
        return self.public if is_public else self.restricted

    def _apply(self, shelf: Shelf, removals: Sequence[str], additions: Sequence[Write]) -> None:
        with shelf.writing() as writer:
            for key in removals:
                writer.delete_documents_by_term("key", key)
            for write in additions:
                if isinstance(write, Put):
                    writer.add_document(self.schema.entry(write.version, write.source))
                else:
                    writer.add_document(self.schema.tombstone(write.key, write.version))


@dataclass(frozen=True)
class State:
    """Which generation serves and which is being built, and the schema each was made for."""

    live: str = ""
    live_schema: str = ""
    building: str = ""
    building_schema: str = ""


class Generations:
    """The generations under a folder, shared by any number of processes; one of them writes at a time."""

    def __init__(self, root: Path, schema: Schema) -> None:
        self.root = root
        self.schema = schema
        self._opened: dict[str, Generation] = {}

    def state(self) -> State:
        """What ``state.json`` says now; an empty state when there is none yet."""
        try:
            return State(**orjson.loads((self.root / "state.json").read_bytes()))
        except FileNotFoundError:
            return State()
        except (ValueError, TypeError) as damage:
            raise NoIndex(f"{self.root / 'state.json'} is damaged: {damage}") from damage

    def live(self) -> Generation:
        """The generation that serves; :class:`NoIndex` when there is none for today's documents."""
        state = self.state()
        if not state.live:
            raise NoIndex("there is no index yet; run search_rebuild")
        if state.live_schema != self.schema.fingerprint:
            raise NoIndex("the index was made for other documents; run search_rebuild")
        return self._open(state.live)

    def write(self, writes: Sequence[Write]) -> Written:
        """Write to the generation that serves and to the one being built."""
        with held(self.root / "lock"):
            targets = self._written_to()
            written = [generation.write(writes) for generation in targets]
        return written[0]

    def _written_to(self) -> list[Generation]:
        state = self.state()
        names = ((state.live, state.live_schema), (state.building, state.building_schema))
        targets = [self._open(name) for name, schema in names if name and schema == self.schema.fingerprint]
        return targets or [self.live()]

    def write_to(self, generation: Generation, writes: Sequence[Write]) -> Written:
        """Write to a generation being built, only."""
        with held(self.root / "lock"):
            return generation.write(writes)

    @contextmanager
    def building(self) -> Iterator[Generation]:
        """A new, empty generation, which takes over when the block ends well and is removed when it does not."""
        with held(self.root / "rebuild.lock", patience=0.0):
            generation = self._begin()
            try:
                yield generation
            except BaseException:
                self._change(building="", building_schema="")
                self._remove_unused()
                raise
            self._change(live=generation.name, live_schema=self.schema.fingerprint, building="", building_schema="")
            self._remove_unused()

    def _begin(self) -> Generation:
        name = f"g-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{token_hex(3)}"
        generation = self._open(name, fresh=True)
        self._change(building=name, building_schema=self.schema.fingerprint)
        return generation

    def _change(self, **changes: str) -> None:
        with held(self.root / "lock"):
            try:
                before = asdict(self.state())
            except EngineUnavailable:
                before = {}
            fresh = self.root / "state.json.new"
            with fresh.open("wb") as file:
                file.write(orjson.dumps(before | changes))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.root / "state.json")

    def _remove_unused(self) -> None:
        state = self.state()
        for folder in self.root.glob("g-*"):
            if folder.name not in (state.live, state.building):
                self._opened.pop(folder.name, None)
                shutil.rmtree(folder, ignore_errors=True)

    def _open(self, name: str, *, fresh: bool = False) -> Generation:
        if name not in self._opened:
            try:
                self._opened[name] = Generation(self.root / name, self.schema, fresh=fresh)
            except (ValueError, OSError) as damage:
                raise NoIndex(f"the index {name} cannot be opened: {damage}") from damage
        return self._opened[name]
