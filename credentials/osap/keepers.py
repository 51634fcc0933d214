"""Who may see and keep OSAP records: the Department, and nobody else (MC-5)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from credentials.conf import conf
from credentials.people.actors import Person
from credentials.people.roles import has_role


class OsapRefused(PermissionDenied):
    """Something cannot be done to an OSAP record; the sentence says why, and what to do."""


def keeps_osap(person: Person) -> bool:
    """Whether a person is of the Department. Being a superuser gives no right to it."""
    return has_role(person, "department")


def check_keeps(person: Person) -> None:
    """Raise OsapRefused for everybody outside the Department."""
    if not keeps_osap(person):
        raise OsapRefused(
            _("Only the %(office)s sees and keeps OSAP records. MC-5")
            % {"office": conf().OFFICES["department"]}
        )
