"""Deadlines of cases: how they are counted, which days do not count, how they move."""
