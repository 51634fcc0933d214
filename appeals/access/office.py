"""The office that works appeals and keeps their procedure (AP-1, AP-2)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from credentials.conf import conf
from credentials.people.actors import Person
from credentials.people.roles import has_role

OFFICE = "appeals_office"


def is_in_office(person: Person) -> bool:
    """Whether a person works for the office. Having every permission does not make one do so."""
    return has_role(person, OFFICE)


def require_office(person: Person) -> None:
    """Raise PermissionDenied for everyone else."""
    if not is_in_office(person):
        raise PermissionDenied(
            _("Only the %(office)s keeps the appeal procedure and the closures. AP-2")
            % {"office": conf().OFFICES["deputy_provost"]}
        )
