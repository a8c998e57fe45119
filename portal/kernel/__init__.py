"""The ground everything stands on: workflow engine, the one gate, audit, outbox. Knows no domain word."""
