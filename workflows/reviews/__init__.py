"""Reviews: when they fall due, who is reminded, self-study, outcome (CP-4, SH-3, MC-8)."""
