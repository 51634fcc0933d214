"""Time: deadlines extended by the rules of the procedures, cases suspended and taken up again."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.acts.act import acting
from appeals.acts.texts import required
from appeals.choices import Act
from appeals.deadlines.deadline import stage_deadline
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent
from appeals.notices.mail import tell_appellant
from credentials.people.actors import Person


def extend(person: Person, case: Case, working_days: int, reason: str) -> CaseEvent:
    """Give the stage more working days, as far as the procedures allow. Raises CaseRefused."""
    with acting(person, case, Act.EXTENDED) as doing:
        procedure = doing.case.procedure
        current = stage_deadline(doing.case, doing.events)
        if current is None:
            raise CaseRefused(_("This stage has no deadline that could be extended."))
        if current.extensions >= procedure.most_extensions:
            raise CaseRefused(
                ngettext(
                    "The procedures allow %(count)s extension of a deadline, and it was given.",
                    "The procedures allow %(count)s extensions of a deadline; all were given.",
                    procedure.most_extensions,
                )
                % {"count": procedure.most_extensions}
            )
        if not 1 <= working_days <= procedure.extension_days:
            raise CaseRefused(
                _("Working days: choose a number from 1 to %(most)s, as the procedures allow.")
                % {"most": procedure.extension_days}
            )
        event = doing.write(text=required(reason, _("Reason")), data={"working_days": working_days})
        tell_appellant(doing.case)
    return event


def suspend(person: Person, case: Case, reason: str) -> CaseEvent:
    """Time stands still from today on. Raises CaseRefused."""
    with acting(person, case, Act.SUSPENDED) as doing:
        event = doing.write(text=required(reason, _("Reason")))
        tell_appellant(doing.case)
    return event


def resume(person: Person, case: Case, note: str = "") -> CaseEvent:
    """Back to where it stood; time runs again. Raises CaseRefused."""
    with acting(person, case, Act.RESUMED) as doing:
        event = doing.write(text=note)
        tell_appellant(doing.case)
    return event
