"""Who is told what, each once: an outbox, its occasions, digests, decision letters."""
