"""API tokens for tests, made as their people make them."""

from typing import Any

from credentials.models import PersonalToken
from credentials.tokens.issue import make_token

DAYS = 90


def token_of(
    person: Any, name: str = "", kind: PersonalToken.Kind = PersonalToken.Kind.ACT
) -> tuple[PersonalToken, str]:
    """A person's new token that acts, and its key; each with another name unless one is given."""
    number = PersonalToken.objects.count() + 1
    return make_token(person, name or f"another system {number}", DAYS, kind)


def bearer(person: Any, name: str = "", kind: Any = PersonalToken.Kind.ACT) -> dict[str, str]:
    """The header of a new token of this person."""
    return {"Authorization": f"Bearer {token_of(person, name, kind)[1]}"}
