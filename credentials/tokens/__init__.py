"""API tokens: each person makes their own, and what is done by one says so (law 5)."""
