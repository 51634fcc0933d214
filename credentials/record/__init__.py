"""The record: what is append-only, and the log that seals it."""
