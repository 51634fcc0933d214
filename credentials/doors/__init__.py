"""What every door refuses before anything is looked up: text that is none, and far too much."""
