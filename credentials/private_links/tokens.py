"""Tokens of private links: unguessable, and kept as hashes only."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A token for an address, which is to be kept nowhere."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Lowercase hexadecimal SHA-256. A token is long enough to need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
