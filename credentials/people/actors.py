"""People as the record names them."""

import unicodedata
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

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
    """Who acted, as the record keeps it: a person, or a body that acts as one.

    `by_token` is the name of the API token by which they did, empty by hand (law 5).
    """

    key: str
    name: str
    by_token: str = ""


def actor_of(person: Person) -> Actor:
    """A person as the record keeps them; `tokens.bearing` says by which token they come."""
    token = getattr(person, "api_token", None)
    return Actor(str(person.pk), name_of(person), token.name[:LONGEST_NAME] if token else "")


def by_what(name: str, token: str) -> str:
    """A name as people read it, with the API token by which somebody acted, if they did."""
    if not token:
        return name
    return _("%(name)s, by the API token “%(token)s”") % {"name": name, "token": token}


def language_of(person: Person) -> str:
    """The language in which a person is written to."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else "en"
