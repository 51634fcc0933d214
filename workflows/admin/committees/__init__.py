"""The pages of committees and their motions."""
