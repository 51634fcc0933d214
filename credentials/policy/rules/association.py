"""A micro-credential answers an employer, a regulation or a law, with evidence (MC-3)."""
