"""Jobs that the clock brings: one pass at a time, a log of runs, and a heartbeat."""
