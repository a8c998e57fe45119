"""The engines that can hold the documents, and which of them does."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.port import Engine


def current() -> Engine:
    """The engine of this installation: Elasticsearch where ``ELASTICSEARCH_URL`` names a server, else the embedded one,
    in the folder ``index`` of ``PORTAL_VAR``."""
    if settings.ELASTICSEARCH_URL:
        return _served(settings.ELASTICSEARCH_URL)
    return _embedded(Path(settings.PORTAL_VAR) / "index")


@lru_cache(maxsize=4)
def _embedded(root: Path) -> Engine:
    from search.documents import DOCUMENTS
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(root, DOCUMENTS)


@lru_cache(maxsize=4)
def _served(url: str) -> Engine:
    from search.documents import DOCUMENTS
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch.address import Address

    return ElasticsearchEngine(Address.parsed(url), DOCUMENTS)


os.register_at_fork(after_in_child=_served.cache_clear)
