"""How long a case is kept, and what becomes of it then."""
