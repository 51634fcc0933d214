"""People as the record names them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

Person = AbstractBaseUser | AnonymousUser


def name_of(person: Person) -> str:
    """The person's full name, or what they sign in with."""
    full_name: str = getattr(person, "get_full_name", str)()
    return full_name or person.get_username()
