"""The embedded engine on tantivy: the default, for an installation without servers."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
