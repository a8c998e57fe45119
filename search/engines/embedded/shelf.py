"""One tantivy index on disk: its writer, its searchers and what it knows of each key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search import analysis
from search.engines.embedded.schema import DIGEST, VERSION, Schema, opened
from search.engines.port import Entry

WRITER_MEMORY = 32_000_000


class Shelf:
    """One tantivy index on disk, opened once and reread whenever another process has committed to it."""

    def __init__(self, path: Path, schema: Schema, *, fresh: bool = False) -> None:
        if fresh:
            path.mkdir(parents=True)
        elif not tantivy.Index.exists(str(path)):
            raise FileNotFoundError(f"there is no index in {path}")
        self.path = path
        self.schema = schema
        self.index = tantivy.Index(schema.compiled, str(path), reuse=True)
        for name, analyser in analysis.analysers().items():
            self.index.register_tokenizer(name, analyser)
        self.index.config_reader("manual")
        self._seen: tuple[int, ...] = ()

    def searcher(self) -> tantivy.Searcher:
        """A view of what is committed now."""
        meta = (self.path / "meta.json").stat()
        committed = (meta.st_ino, meta.st_mtime_ns, meta.st_size)
        if committed != self._seen:
            self.index.reload()
            self._seen = committed
        return self.index.searcher()

    @contextmanager
    def writing(self) -> Iterator[tantivy.IndexWriter]:
        """The writer; what was written is committed when the block ends well, and dropped when it does not."""
        writer = self.index.writer(WRITER_MEMORY, 1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
            self._seen = ()

    def versions(self, keys: Sequence[str]) -> dict[str, int]:
        """The version held of each of these keys that is held at all."""
        if not keys:
            return {}
        searcher = self.searcher()
        query = tantivy.Query.term_set_query(self.schema.compiled, "key", keys)
        found = [address for _, address in searcher.search(query, limit=len(keys) + 1, count=False).hits]
        held = searcher.fast_field_values(VERSION, found)
        names = (searcher.doc(address).get_first("key") for address in found)
        return {str(name): int(version or 0) for name, version in zip(names, held, strict=True)}

    def entries(self) -> Iterator[tuple[Entry, str]]:
        """Everything held, tombstones left out, with its kind."""
        searcher = self.searcher()
        everything = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1), count=False)
        addresses = [address for _, address in everything.hits]
        for address, version in zip(addresses, searcher.fast_field_values(VERSION, addresses), strict=True):
            entry = searcher.doc(address)
            source = opened(entry)
            if source:
                yield Entry(source["key"], int(version or 0), str(entry.get_first(DIGEST))), source["kind"]
