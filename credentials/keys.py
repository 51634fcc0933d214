"""Primary keys as addresses and forms send them: what no row can have is the key of none."""

import re
from collections.abc import Iterable

from django.urls.converters import IntConverter

MOST_DIGITS = 9  # what every database's narrowest key column holds; it would fail on more


_KEY = re.compile(f"[0-9]{{1,{MOST_DIGITS}}}")


class KeyConverter(IntConverter):
    """`<key:pk>` in an address; a number that is no key is not found."""

    regex = _KEY.pattern


def keys_in(sent: Iterable[str]) -> list[int]:
    """The keys among what was sent; what cannot be one chooses nothing."""
    return [int(text) for text in sent if _KEY.fullmatch(text)]


def key_in(sent: str) -> int:
    """The key that was sent; 0, which no row has, when it is none."""
    return next(iter(keys_in([sent])), 0)
