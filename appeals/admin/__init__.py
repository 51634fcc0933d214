"""Appeals in the admin: for the office, the decider and named delegates only (AP-1, law 6)."""
