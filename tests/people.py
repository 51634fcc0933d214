"""People of each role, made when a test first needs them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from credentials.conf import conf


def person(role: str, number: int = 1) -> Any:
    """Somebody of a role; made when there is none yet."""
    name = f"{role}-{number}"
    user, created = get_user_model().objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", "first_name": name.title()}
    )
    if created:
        user.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS[role])[0])
    return user


def approver(page: Any) -> Any:
    """Somebody who signs off for the academic unit of an offering."""
    group, _created = Group.objects.get_or_create(name=f"Approvers of {page.academic_unit}")
    page.academic_unit.approvers.add(group)
    user, _created = get_user_model().objects.get_or_create(
        username="unit-1", defaults={"email": "unit-1@example.org", "first_name": "Unit-1"}
    )
    user.groups.add(group)
    return user
