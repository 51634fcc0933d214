"""What is added to the file of a case: notes, documents, links to other cases."""

from django.utils.translation import gettext as _

from appeals.access.door import parts_of
from appeals.acts.act import Acting, acting, acting_by_link
from appeals.acts.texts import required
from appeals.choices import Act, Part
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseDocument, CaseEvent
from appeals.notices.mail import tell_office
from appeals.uploads.checked import CheckedFile
from credentials.people.actors import Person


def note(person: Person, case: Case, text: str) -> CaseEvent:
    """A note for the office and the decider. Raises CaseRefused."""
    with acting(person, case, Act.NOTED) as doing:
        event = doing.write(text=required(text, _("Note")))
    return event


def link(person: Person, case: Case, other: Case, reason: str = "") -> CaseEvent:
    """Say on both that two cases belong together. Raises CaseRefused.

    Both have to be open to the person. The other's row is locked too, in the order of numbers.
    """
    if other.pk == case.pk or Part.OFFICE not in parts_of(person, other):
        raise CaseRefused(_("Number of the other appeal: there is no such appeal to link with."))
    first, second = sorted((case, other), key=lambda one: one.number)
    with acting(person, first, Act.LINKED) as one, acting(person, second, Act.LINKED) as two:
        if any(event.data.get("number") == second.number for event in one.events):
            raise CaseRefused(_("These appeals are linked already."))
        events = {
            first.pk: one.write(text=reason, data={"number": second.number}),
            second.pk: two.write(text=reason, data={"number": first.number}),
        }
    return events[case.pk]


def add_document(
    person: Person, case: Case, file: CheckedFile, *, is_shared: bool = False
) -> CaseDocument:
    """Add a file that was checked; shared ones are shown to the appellant. Raises CaseRefused."""
    with acting(person, case, Act.DOCUMENT_ADDED) as doing:
        document = _keep(doing, file, is_shared)
    return document


def supply_document(part: Part, name: str, case: Case, file: CheckedFile) -> CaseDocument:
    """The appellant or the original decision-maker adds a file. Raises CaseRefused.

    Both sides are given what the other supplied, as the letters tell them.
    """
    with acting_by_link(part, name, case, Act.DOCUMENT_ADDED) as doing:
        document = _keep(doing, file, True)
        tell_office(doing.case)
    return document


def _keep(doing: Acting, file: CheckedFile, is_shared: bool) -> CaseDocument:
    document = CaseDocument.objects.create(
        **file.columns(),
        case=doing.case,
        part=doing.part,
        is_shared=is_shared,
        by_key=doing.by.key,
        by_name=doing.by.name,
    )
    doing.write(data={"document": document.pk})
    return document
