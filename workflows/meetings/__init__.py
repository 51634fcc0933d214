"""Meetings of a committee: agenda, call, running, minutes."""
