"""Editorial pages, kept in Wagtail; they may show anything below."""
