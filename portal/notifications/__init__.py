"""How people are told: an inbox, and mail. Knows no domain word."""
