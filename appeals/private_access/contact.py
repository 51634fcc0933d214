"""How the appellant is reached: the address that was filed, or the one it was corrected to.

What was filed stays as it is; the address that holds now follows from the last correction.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from appeals.choices import Act
from appeals.models import Case, CaseEvent


@dataclass(frozen=True)
class Contact:
    """Where messages go. `correction` is the event that says so; None for what was filed."""

    email: str
    phone: str
    correction: CaseEvent | None = None

    def has_email(self, email: str) -> bool:
        """Whether this is its e-mail address, however it is written."""
        return self.email.casefold() == email.strip().casefold()


def contact_of(case: Case, events: Iterable[CaseEvent] | None = None) -> Contact:
    """How the appellant is reached now. Events in their order; one query where none are given."""
    last = list(_corrections(case, events))[-1:]
    if not last:
        return Contact(case.appellant_email, case.appellant_phone)
    return Contact(last[0].data["email"], last[0].data["phone"], last[0])


def contacts_ever(case: Case, events: Iterable[CaseEvent] | None = None) -> list[str]:
    """Every e-mail address and telephone number that the case had, the one filed first."""
    had = [(case.appellant_email, case.appellant_phone)]
    had += [(one.data["email"], one.data["phone"]) for one in _corrections(case, events)]
    return [one for pair in had for one in pair if one]


def _corrections(case: Case, events: Iterable[CaseEvent] | None) -> Iterable[CaseEvent]:
    if events is None:
        return case.events.filter(act=Act.ADDRESS_CORRECTED).order_by("number")
    return (event for event in events if event.act == Act.ADDRESS_CORRECTED)
