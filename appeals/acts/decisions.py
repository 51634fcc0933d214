"""Decisions: by the decider, or by a delegate whose instrument is in force, with reasons (AP-1)."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.acts.act import acting
from appeals.acts.texts import required
from appeals.choices import Act, Outcome
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent
from appeals.notices.mail import tell_appellant, tell_deciders, tell_office
from appeals.rules.life import OUTCOMES
from credentials.people.actors import Actor, Person

FOLLOWED_UP = (Outcome.UPHELD, Outcome.VARIED)


@dataclass(frozen=True)
class Ruling:
    """What is decided and why. `referred_to` names the body a case is referred back to.

    `action` is what an upheld or varied decision requires, such as a re-assessment, to be done
    until `action_due`.
    """

    outcome: Outcome
    reasons: str
    referred_to: str = ""
    action: str = ""
    action_due: datetime.date | None = None


def submit(person: Person, case: Case, recommendation: str = "") -> CaseEvent:
    """Put the case before the decider. Raises CaseRefused."""
    with acting(person, case, Act.SUBMITTED) as doing:
        event = doing.write(text=recommendation)
        tell_deciders(doing.case)
    return event


def send_back(person: Person, case: Case, question: str) -> CaseEvent:
    """The decider asks for more before deciding. Raises CaseRefused."""
    with acting(person, case, Act.RETURNED) as doing:
        event = doing.write(text=required(question, _("What is to be looked at")))
        tell_office(doing.case)
    return event


def decide(person: Person, case: Case, ruling: Ruling) -> CaseEvent:
    """Determine the outcome, with reasons. Raises CaseRefused, naming what is missing."""
    with acting(person, case, Act.DECIDED) as doing:
        if ruling.outcome not in OUTCOMES[Act.DECIDED]:
            raise CaseRefused(_("Outcome: choose one that a decision can have."))
        reasons = required(ruling.reasons, _("Reasons"))
        data = {}
        to = None
        if ruling.outcome == Outcome.REFERRED_BACK:
            to = Actor("", required(ruling.referred_to, _("Referred back to")))
        if ruling.outcome == Outcome.UPHELD:
            required(ruling.action, _("What follows"))
        if ruling.action.strip() and ruling.outcome in FOLLOWED_UP:
            if ruling.action_due is not None and ruling.action_due < timezone.localdate():
                raise CaseRefused(_("To be done until: this day has passed. Choose a later one."))
            due = ruling.action_due.isoformat() if ruling.action_due else ""
            data = {"action": ruling.action.strip(), "action_due": due}
        event = doing.write(text=reasons, outcome=ruling.outcome, to=to, data=data)
        tell_office(doing.case)
    return event


def accept_late(person: Person, case: Case, reasons: str) -> CaseEvent:
    """Take up an appeal that was filed late. Raises CaseRefused."""
    with acting(person, case, Act.EXTENSION_GRANTED) as doing:
        event = doing.write(text=required(reasons, _("Reasons")))
        tell_office(doing.case)
        tell_appellant(doing.case)
    return event


def refuse_late(person: Person, case: Case, reasons: str) -> CaseEvent:
    """Do not take it up: the appeal ends out of time. Raises CaseRefused."""
    with acting(person, case, Act.EXTENSION_REFUSED) as doing:
        event = doing.write(text=required(reasons, _("Reasons")), outcome=Outcome.OUT_OF_TIME)
        tell_office(doing.case)
    return event
