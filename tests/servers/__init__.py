"""What the tests stand on: packages, a temporary PostgreSQL, databases made from a template, the served portal."""
