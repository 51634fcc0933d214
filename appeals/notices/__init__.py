"""Who is told what about a case, by e-mail."""
