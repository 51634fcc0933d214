"""Content and documents against the hashes that stand beside them (law 2)."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from credentials.record.classification import Classification
from credentials.record.content import FIRST_RULES, RULES, frozen_again, sha256
from credentials.verification.checks import CHUNK, Check, Tick

KNOWN_RULES = (FIRST_RULES, RULES)


def check_of_hashes(what: str, model: type[models.Model], name: Callable[[Any], str]) -> Check:
    """All rows of a model with the six columns that `content_faults` reads."""
    rows = model._default_manager.order_by("pk")

    def faults(tick: Tick) -> Iterator[str]:
        for row in rows.iterator(chunk_size=CHUNK):
            yield from content_faults(row, name(row))
            tick()

    return Check(what, rows.count, faults)


def content_faults(row: Any, named: str) -> Iterator[str]:
    """What is wrong with a row's content and document, each against its hash.

    The hash is made by the rules that the row says. `named` begins the sentence.
    """
    yield from document_faults(row, named)
    if row.hash_rules not in KNOWN_RULES:
        yield f"{named} says that its hashes were made by rules {row.hash_rules}, which are none."
        return
    if hex_sha256(row.content) != row.content_hash:
        yield f"{named} holds other content than its hash says."
        return
    try:
        governed = governed_hash(row.content)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{named} holds content that cannot be read."
        return
    if governed != row.governed_hash:
        yield f"{named} holds other governed content than its hash says."
    elif row.hash_rules == RULES and frozen_again(row.content).content_hash != row.content_hash:
        yield f"{named} holds content that is not written by the rules that it says."


def document_faults(row: Any, named: str) -> Iterator[str]:
    """Whether a document is the one that its hash says; older rows can have neither."""
    if row.document_hash != (hex_sha256(row.document) if row.document else ""):
        yield f"{named} holds another document than its hash says."


def governed_hash(canonical_content: str) -> str:
    """The hash of what is governed in content as it stands. Raises ValueError, KeyError."""
    content = json.loads(canonical_content)
    return sha256([content["kind"], content[Classification.GOVERNED]])


def hex_sha256(text: str) -> str:
    """Lowercase hexadecimal SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()
