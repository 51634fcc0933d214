"""The transparency log: every fact of the record, sealed in a Merkle tree that anybody can follow.

RFC 6962 (the tree), C2SP tlog-tiles, tlog-checkpoint, signed-note and tlog-proof (ADR 53).
"""
