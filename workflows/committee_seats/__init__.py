"""The seats of a committee: who sits on them, and how they are given."""
