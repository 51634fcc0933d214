"""The response of whoever took the decision under appeal."""

from django.utils.translation import gettext as _

from appeals.acts.act import acting, acting_by_link
from appeals.acts.texts import required
from appeals.choices import Act, Part
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent, FirstInstanceDecider
from appeals.notices.mail import ask_respondent, tell_appellant, tell_office
from credentials.people.actors import Actor, Person


def request_response(person: Person, case: Case, respondent: FirstInstanceDecider) -> CaseEvent:
    """Send a private link on which they respond; an earlier link of theirs stops working.

    Raises CaseRefused, also for somebody who has no address or is of another case.
    """
    with acting(person, case, Act.RESPONSE_REQUESTED) as doing:
        if respondent.case_id != doing.case.pk or not respondent.email:
            raise CaseRefused(
                _("Choose who took the decision and has an e-mail address on this appeal.")
            )
        event = doing.write(to=Actor(f"respondent-{respondent.pk}", respondent.name))
        ask_respondent(doing.case, respondent.email)
    return event


def receive_response(person: Person, case: Case, text: str) -> CaseEvent:
    """The office notes a response that came another way. Raises CaseRefused."""
    with acting(person, case, Act.RESPONSE_RECEIVED) as doing:
        event = doing.write(text=required(text, _("Response")))
        tell_appellant(doing.case)
    return event


def respond(case: Case, name: str, text: str) -> CaseEvent:
    """The original decision-maker responds by their private link. Raises CaseRefused."""
    with acting_by_link(Part.RESPONDENT, name, case, Act.RESPONSE_RECEIVED) as doing:
        event = doing.write(text=required(text, _("Response")))
        tell_office(doing.case)
        tell_appellant(doing.case)
    return event


def go_on_without(person: Person, case: Case, reason: str) -> CaseEvent:
    """No response came, or none is needed: the review begins. Raises CaseRefused."""
    with acting(person, case, Act.RESPONSE_WAIVED) as doing:
        event = doing.write(text=required(reason, _("Reason")))
        tell_appellant(doing.case)
    return event
