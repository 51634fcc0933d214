"""The catalogue API, version 1: public, read-only, served from the projection of the ledger."""
