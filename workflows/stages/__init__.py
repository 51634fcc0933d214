"""The stages of a route: what all share, and one file for each kind."""
