"""Searching by what is meant, beside what is written: in any language, in other words.

Each public document has a vector, made in the background by an embedder (``EMBEDDER_URL``); a question has one too, and
what lies nearest to it joins what has its words. Without an embedder, or while it fails, search is by words alone.

Only public texts are embedded: what is confidential is never sent to an embedder, which may be somebody else's server.
"""
