"""What the world sees: the ledger of published versions, its projection, its API."""
