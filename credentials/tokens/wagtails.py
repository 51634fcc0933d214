"""Wagtail's own ways to API tokens, on which an administrator makes anybody's: shut for all.

Its pages ask this policy before they show or change anything. What they, the command or code would
make is no PersonalToken, and opens nothing.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import APIToken
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from credentials.people.actors import Person


class NobodysPermission(BasePermissionPolicy):
    """Nobody does anything here, superusers included."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        return get_user_model().objects.none()

    def instances_user_has_any_permission_for(self, user: Person, actions: Any) -> QuerySet[Any]:
        return APIToken.objects.none()


def shut_wagtails_pages() -> None:
    """Before any page is made: Wagtail refuses a policy that comes later."""
    register_permission_policy(APIToken, NobodysPermission(APIToken))
