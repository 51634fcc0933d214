"""People as the record names them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

Person = AbstractBaseUser | AnonymousUser
# Of the columns that keep names. First and last name together may be longer.
LONGEST_NAME = 200


def name_of(person: Person) -> str:
    """The person's full name, or what they sign in with; as much as the record has room for."""
    full_name: str = getattr(person, "get_full_name", str)()
    return (full_name or person.get_username())[:LONGEST_NAME]
