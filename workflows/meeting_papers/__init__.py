"""The papers of a meeting as documents: agenda package and minutes."""
