"""The shared ground of the portal: people, talk, notices, incubation, pages and the wiring."""
