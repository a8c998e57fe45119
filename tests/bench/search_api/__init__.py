"""B3: search as programs ask it, and as somebody types, against the engine's own answer."""
