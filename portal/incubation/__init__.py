"""Incubation: what grows out of an award. Ventures, the gates they pass, the evidence they bring."""
