"""How much each way of matching counts, the same in every engine."""

EXACT_BOOST = 1.5
"""A word as it was written, against one of the same stem."""
PREFIX_SCORE = 0.4
"""The beginning of a word that is still being typed."""
SLIP_SCORE = 0.2
"""A word with a slip forgiven."""
HAN_SHARE = 0.5
"""The share of a run's pairs of Han characters that a document must have."""
