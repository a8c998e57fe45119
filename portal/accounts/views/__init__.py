"""Pages about people, organisations and one's own account."""
