"""Micro-credentials inside degrees follow the parent program's governance (GB-1, GB-2)."""
