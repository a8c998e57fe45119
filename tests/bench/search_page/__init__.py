"""B1: a page of search results over many patents, against the engine's own answer and an ordinary view."""
