"""System checks: that the search engine which the settings name can be used, and keeps what it acknowledges."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from search import engines
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.indices import CarelessIndex


@register()
def elasticsearch_has_an_address(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """``ELASTICSEARCH_URL`` can be understood. Its text is not repeated: there may be a password in it."""
    try:
        if settings.ELASTICSEARCH_URL:
            Address.parsed(settings.ELASTICSEARCH_URL)
    except ValueError as mistake:
        return [Error(str(mistake), id="search.E001")]
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
