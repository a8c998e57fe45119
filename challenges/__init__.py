"""Challenges: what organisations need, what is sent in answer, how it is judged and awarded."""
