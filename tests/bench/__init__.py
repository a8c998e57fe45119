"""``make bench``: how fast the portal is, told by ratios to peers and limits that ran in the same minutes.

``docs/guides/performance.md`` says how to read the table and how to add a bench.
"""
