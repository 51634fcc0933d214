"""Published offerings come up for review at their interval (CP-4, SH-3, MC-8)."""
