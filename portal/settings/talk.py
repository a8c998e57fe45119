"""How the portal's rooms are kept in order."""

REPORTS_THAT_HIDE = 3
"""So many people's reports hide a message until somebody has decided."""
