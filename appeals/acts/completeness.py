"""Completeness: an appeal that lacks something does not go on until it is there (AP-2)."""

from django.utils.translation import gettext as _

from appeals.acts.act import Acting, acting, acting_by_link
from appeals.acts.texts import required
from appeals.choices import Act, Part
from appeals.models import Case, CaseEvent
from appeals.notices.mail import tell_appellant, tell_office
from credentials.people.actors import Person


def find_complete(person: Person, case: Case, note: str = "") -> CaseEvent:
    """The appeal is complete and goes on to the original decision-maker. Raises CaseRefused."""
    with acting(person, case, Act.FOUND_COMPLETE) as doing:
        event = doing.write(text=note)
        tell_appellant(doing.case)
    return event


def request_information(person: Person, case: Case, missing: str) -> CaseEvent:
    """Ask the appellant for what is missing, point by point. Raises CaseRefused."""
    with acting(person, case, Act.INFORMATION_REQUESTED) as doing:
        event = doing.write(text=required(missing, _("What is missing")))
        tell_appellant(doing.case)
    return event


def receive_information(person: Person, case: Case, text: str = "") -> CaseEvent:
    """The office notes what came in; the case goes back to where it was asked for."""
    with acting(person, case, Act.INFORMATION_RECEIVED) as doing:
        event = doing.write(text=text)
        tell_appellant(doing.case)
    return event


def supply_information(case: Case, text: str) -> CaseEvent:
    """The appellant answers by their private link. Raises CaseRefused."""
    with acting_by_link(
        Part.APPELLANT, case.appellant_name, case, Act.INFORMATION_RECEIVED
    ) as doing:
        event = _answered(doing, text)
    return event


def _answered(doing: Acting, text: str) -> CaseEvent:
    event = doing.write(text=required(text, _("Your answer")))
    tell_office(doing.case)
    return event
