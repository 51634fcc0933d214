"""Who works a case, who decides it by which instrument, and who may do neither (AP-1, law 5)."""

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.access.door import has_conflict, is_decider
from appeals.access.office import is_in_office
from appeals.acts.act import acting
from appeals.acts.filing import FirstDecider, record_first_decider
from appeals.acts.texts import required
from appeals.choices import Act
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent, Delegation
from appeals.notices.mail import tell_people
from credentials.people.actors import Actor, Person, actor_of

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Instrument:
    """By what a decision is delegated; first and last day are the university's, both included."""

    reference: str
    first_day: datetime.date
    last_day: datetime.date


def assign(person: Person, case: Case, worker: Person) -> CaseEvent:
    """Give a case to somebody of the office. Raises CaseRefused for others, and on a conflict."""
    with acting(person, case, Act.ASSIGNED) as doing:
        if not is_in_office(worker) or has_conflict(worker, doing.case):
            raise CaseRefused(
                _("Choose somebody of the appeals office who had no part in the decision.")
            )
        event = doing.write(to=actor_of(worker))
        if worker.pk != person.pk:
            tell_people(doing.case, [worker])
    return event


def delegate(person: Person, case: Case, holder: Person, instrument: Instrument) -> CaseEvent:
    """Let somebody else decide this case. Only who holds the authority itself can (AP-1).

    Raises CaseRefused, also when the delegate took part in the decision under appeal.
    """
    with acting(person, case, Act.DELEGATED) as doing:
        if not is_decider(person):
            raise CaseRefused(_("A delegate cannot delegate further. AP-1"))
        reference = required(instrument.reference, _("Instrument"))
        if instrument.last_day < instrument.first_day:
            raise CaseRefused(_("The last day comes before the first. Correct one of them."))
        if instrument.last_day < timezone.localdate():
            raise CaseRefused(_("This delegation is over already. Choose a later last day."))
        if has_conflict(holder, doing.case) or not holder.is_active:
            raise CaseRefused(
                _("Choose somebody with an account who had no part in the decision under appeal.")
            )
        to = actor_of(holder)
        delegation = Delegation.objects.create(
            case=doing.case,
            holder_key=to.key,
            holder_name=to.name,
            reference=reference,
            starts_at=_begin_of(instrument.first_day),
            ends_at=_begin_of(instrument.last_day + ONE_DAY),
            given_by_key=doing.by.key,
            given_by_name=doing.by.name,
        )
        event = doing.write(to=to, delegation=delegation)
        tell_people(doing.case, [holder])
    return event


def revoke(person: Person, case: Case, delegation: Delegation, reason: str = "") -> CaseEvent:
    """End a delegation before its last day. Raises CaseRefused."""
    with acting(person, case, Act.DELEGATION_REVOKED) as doing:
        if delegation.case_id != doing.case.pk or not is_decider(person):
            raise CaseRefused(_("Only who gave the authority can take it back. AP-1"))
        to = Actor(delegation.holder_key, delegation.holder_name)
        event = doing.write(text=reason, to=to, delegation=delegation)
    return event


def record_conflict(person: Person, case: Case, decider: FirstDecider, reason: str) -> CaseEvent:
    """Keep somebody out of a case: they took part in the decision under appeal.

    Raises CaseRefused for oneself: a colleague records that, for nobody can act once it is so.
    """
    with acting(person, case, Act.CONFLICT_RECORDED) as doing:
        text = required(reason, _("Reason"))
        required(decider.name, _("Name"))
        event = doing.write(text=text, to=Actor(decider.user_key, decider.name.strip()))
        record_first_decider(doing.case, decider)
    return event


def accounts() -> list[Person]:
    """Active accounts, for a choice of persons."""
    people = get_user_model().objects.filter(is_active=True)
    return list(people.order_by("last_name", "first_name", "pk"))


def _begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
