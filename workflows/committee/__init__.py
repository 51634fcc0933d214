"""How a committee decides: rosters, ballots, counting, closing, conditions."""
