"""Pages of patents, pools, offers and requests."""
