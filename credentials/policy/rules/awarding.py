"""What a learner receives fits what was taken (CP-1, SH-1, DEF-6)."""
