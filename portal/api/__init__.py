"""The public HTTP API: programs meet the same rules, actions and queries here as people do on the pages."""
