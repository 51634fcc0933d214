"""Adding and removing closures of the university (AP-2)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appeals.access.office import require_office
from appeals.models import UniversityClosure
from credentials.people.actors import Person, name_of


@transaction.atomic
def add_closure(closure: UniversityClosure, user: Person) -> UniversityClosure:
    """Add days on which the university is closed; open deadlines move with them.

    Raises PermissionDenied, or ValidationError by field.
    """
    require_office(user)
    closure.added_by_key, closure.added_by_name = str(user.pk), name_of(user)
    closure.full_clean()
    closure.save(force_insert=True)
    return closure


@transaction.atomic
def remove_closure(closure: UniversityClosure, user: Person) -> None:
    """Take back a closure that has not begun. Raises PermissionDenied or ValidationError."""
    require_office(user)
    if closure.has_begun():
        raise ValidationError(
            _(
                "“%(name)s” has begun: deadlines were counted with it, so it stays. Only a closure "
                "that lies in the future can be removed."
            )
            % {"name": closure.name}
        )
    closure.delete()
