"""Responsibilities are settled and signed, and the offering agrees with them (MC-6)."""
