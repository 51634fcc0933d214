"""People as the record names them."""

import unicodedata
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

Person = AbstractBaseUser | AnonymousUser
# Of the columns that keep names. First and last name together may be longer.
LONGEST_NAME = 200


def name_of(person: Person) -> str:
    """The person's full name, or what they sign in with; as much as the record has room for."""
    full_name: str = getattr(person, "get_full_name", str)()
    return (full_name or person.get_username())[:LONGEST_NAME]


def plain_name(name: str) -> str:
    """A name without accents, case and spacing, for comparison."""
    letters = unicodedata.normalize("NFKD", name)
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).casefold().split())


def signed(name: str, office: str) -> str:
    """Who decided and for which office; a body that decides is its own office."""
    return name if name == office else f"{name}, {office}"


@dataclass(frozen=True)
class Actor:
    """Who acted, as the record keeps it: a person, or a body that acts as one."""

    key: str
    name: str


def actor_of(person: Person) -> Actor:
    """A person as the record keeps them."""
    return Actor(str(person.pk), name_of(person))
