"""Primary keys as a form or an address sends them: whatever was typed in their place."""

from collections.abc import Iterable

MOST_DIGITS = 18  # what every database's widest key holds


def keys_in(sent: Iterable[str]) -> list[int]:
    """The keys among what was sent; what cannot be one chooses nothing."""
    return [int(text) for text in sent if text.isdecimal() and len(text) <= MOST_DIGITS]
