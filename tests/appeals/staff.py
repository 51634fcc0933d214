"""People around appeals: the office, the decider, and somebody who may be made a delegate."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from credentials.conf import conf

ROLES = {
    "office": "appeals_office",
    "colleague": "appeals_office",
    "decider": "appeals_decider",
    "delegate": "policy_owner",
}


def make_staff() -> dict[str, Any]:
    """Two of the appeals office, the decider, and another; password "secret"."""
    made = {}
    for username, role in ROLES.items():
        user = get_user_model().objects.create_user(
            username, f"{username}@staff.example", "secret", first_name=username.title()
        )
        user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS[role]))
        made[username] = user
    return made
