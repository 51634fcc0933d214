"""Who determines admission and progression requirements (AD-1 to AD-4)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from credentials.choices import CreditBasis, Kind
from credentials.conf import conf

# Not translated: names go into the published document, whoever approves it in whatever language.
UNNAMED_UNIT = "The developing academic unit"


@dataclass(frozen=True)
class Authority:
    """An office, the office it consults if any, and the clause that says so."""

    name: str
    clause: str
    consults: str = ""

    def __str__(self) -> str:
        if self.consults:
            return _("%(name)s, consulting the %(consults)s") % {
                "name": self.name,
                "consults": self.consults,
            }
        return self.name


def authority_for(kind: str, credit_basis: str, academic_unit_name: str) -> Authority:
    """Derive the authority from what the offering is and whom it was developed with.

    An empty unit name means that the Department developed it alone.
    """
    department = conf().OFFICES["department"]
    if credit_basis == CreditBasis.FAC:
        return Authority(academic_unit_name or UNNAMED_UNIT, "AD-4")
    if not academic_unit_name:
        return Authority(department, "AD-1")
    clause = "AD-2" if kind == Kind.CERTIFICATE_PROGRAM else "AD-3"
    return Authority(academic_unit_name, clause, consults=department)
