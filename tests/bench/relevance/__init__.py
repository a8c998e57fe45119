"""``make bench-relevance``: how good answers are, judged by people, beside plain BM25."""
