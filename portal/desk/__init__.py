"""Pages that span the apps: my desk, the platform master's desk, and the lineage of any object."""
