"""What makes a micro-credential one: purpose, outcomes, need, short duration (DEF-9)."""
