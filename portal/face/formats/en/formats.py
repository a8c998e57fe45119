"""English as the rest of the portal writes it: “24 Nov 2026”."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
