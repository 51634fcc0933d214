"""Texts of letters and notices that an office edits: placeholders, occasions, both languages."""
