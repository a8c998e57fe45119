"""The engine on Elasticsearch: for installations of several processes or machines, and for many documents."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
