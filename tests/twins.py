"""Second accounts of one person, as people come by them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model

Second = Callable[[Any], Any]


def of_the_same_name(first: Any) -> Any:
    """Another account of the same name, written otherwise, with another address."""
    return _account(first, name=f"  {first.get_full_name().upper()} ", email="private@home.example")


def of_the_same_address(first: Any) -> Any:
    """Another account under another name, whose mail goes to the same address."""
    return _account(first, name="Somebody Else", email=first.email.upper())


def made_anew(first: Any) -> Any:
    """The account is deleted and made anew under another name, with the same address."""
    twin = _account(first, name="Newly Married", email=first.email)
    get_user_model().objects.get(pk=first.pk).delete()
    return twin


def after_a_change_of_name(first: Any) -> Any:
    """The first account takes another name and address; the second has those of before."""
    twin = _account(first, name=first.get_full_name(), email="private@home.example")
    first.first_name, first.last_name, first.email = "Quite", "Different", "new@example.org"
    first.save()
    return twin


WAYS = (of_the_same_name, of_the_same_address, made_anew, after_a_change_of_name)


def _account(first: Any, *, name: str, email: str) -> Any:
    twin = get_user_model().objects.create_user(
        f"{first.get_username()}-again", email, "secret", first_name=name
    )
    twin.groups.set(first.groups.all())
    return twin
