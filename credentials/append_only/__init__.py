"""Rows that are only ever added to, and what holds them so in each database (law 3)."""
