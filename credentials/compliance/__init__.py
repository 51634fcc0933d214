"""The policy applied to the catalogue: everything about it that needs the database."""
