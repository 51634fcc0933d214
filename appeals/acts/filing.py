"""Filing: from the public form or by the office, under the procedures in force (AP-2)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.access.office import is_in_office
from appeals.acts.act import Acting, held_by_the_database
from appeals.case_numbers import next_number
from appeals.choices import Act, Channel, Part, Stage
from appeals.deadlines.deadline import filing_deadline
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseDocument, FilingDraft, FirstInstanceDecider, Procedure
from appeals.notices.mail import acknowledge, tell_office
from appeals.rules.working_days import Deadline
from credentials.models import Offering
from credentials.people.actors import Actor, Person, actor_of, name_of, plain_name


@dataclass(frozen=True)
class FirstDecider:
    """Who took the decision under appeal; `user_key` where they have an account."""

    name: str
    email: str = ""
    user_key: str = ""
    is_respondent: bool = False


@dataclass(frozen=True)
class Filing:
    """What is filed. `grounds` are keys of the procedures; days are the university's own."""

    appellant_name: str
    appellant_email: str
    decision: str
    decided_on: datetime.date
    grounds: Sequence[str]
    statement: str
    received_on: datetime.date | None = None
    received_time: datetime.time | None = None
    remedy: str = ""
    late_reason: str = ""
    offering: Offering | None = None
    offering_title: str = ""
    decision_body: str = ""
    appellant_phone: str = ""
    student_number: str = ""
    language: str = "en"
    first_deciders: Sequence[FirstDecider] = ()

    def limit(self, procedure: Procedure) -> Deadline:
        """Until when this decision can be appealed, with the arithmetic (AP-2)."""
        received: datetime.datetime | datetime.date | None = self.received_on
        if self.received_on and self.received_time:
            received = datetime.datetime.combine(
                self.received_on, self.received_time, tzinfo=procedure.zone
            )
        return filing_deadline(procedure, self.decided_on, received)


def is_late(filing: Filing, procedure: Procedure, at: datetime.datetime | None = None) -> bool:
    """Whether it comes after the time to appeal, at this moment or now."""
    return filing.limit(procedure).is_late(at or timezone.now())


def procedure_in_force() -> Procedure:
    """The version under which an appeal is filed now. Raises CaseRefused without one."""
    procedure = Procedure.objects.in_force().first()
    if procedure is None:
        raise CaseRefused(_("No appeal procedures are in force. Bring a version into force first."))
    return procedure


def file_for(person: Person, filing: Filing, at: datetime.datetime | None = None) -> Case:
    """The office files for an appellant; `at` is when it arrived, if that was earlier.

    Raises CaseRefused for others, and ValidationError by field.
    """
    if not is_in_office(person):
        raise CaseRefused(_("Only the appeals office files for somebody else. AP-1"))
    if at is not None and at > timezone.now():
        raise ValidationError({"filed_at": _("This moment has not come. Correct it.")})
    if any(_is_person(decider, person) for decider in filing.first_deciders):
        raise CaseRefused(
            _("You took part in the decision under appeal, so a colleague has to file it. AP-1")
        )
    return _file(filing, Channel.OFFICE, Part.OFFICE, actor_of(person), at or timezone.now())


def file_draft(draft: FilingDraft, filing: Filing) -> Case:
    """The appellant files what they wrote; the draft becomes the case, its files its documents.

    Raises ValidationError by field.
    """
    with held_by_the_database():
        locked = FilingDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is None:
            raise CaseRefused(
                _("This appeal was filed already, or its time to be written is over.")
            )
        by = Actor("", filing.appellant_name)
        case = _file(filing, Channel.FORM, Part.APPELLANT, by, timezone.now())
        for upload in locked.uploads.all():
            CaseDocument.objects.create(
                case=case,
                title=upload.title,
                name=upload.name,
                file=upload.file.name,
                content_type=upload.content_type,
                size=upload.size,
                sha256=upload.sha256,
                part=Part.APPELLANT,
                is_shared=True,
                by_name=by.name,
            )
        locked.delete()
    return case


def _file(filing: Filing, channel: Channel, part: Part, by: Actor, at: datetime.datetime) -> Case:
    with held_by_the_database():
        procedure = procedure_in_force()
        limit = filing.limit(procedure)
        late = limit.is_late(at)
        _check(filing, procedure, late, at)
        case = Case.objects.create(
            number=next_number(at),
            procedure=procedure,
            channel=channel,
            filed_at=at,
            is_late=late,
            late_reason=filing.late_reason.strip() if late else "",
            **_facts(filing),
        )
        for decider in filing.first_deciders:
            record_first_decider(case, decider)
        # A filing that is entered later than it came is counted from when it came.
        Acting(case, Act.FILED, part, by, at=at).write(
            after=Stage.LATE if late else Stage.COMPLETENESS,
            data={"limit": limit.at.isoformat() if limit.at else ""},
        )
        acknowledge(case)
        tell_office(case)
    return case


def _facts(filing: Filing) -> dict[str, object]:
    offering = filing.offering
    return {
        "appellant_name": filing.appellant_name.strip(),
        "appellant_email": filing.appellant_email.strip(),
        "appellant_phone": filing.appellant_phone.strip(),
        "student_number": filing.student_number.strip(),
        "language": filing.language,
        "offering": offering,
        "offering_title": offering.title if offering else filing.offering_title.strip(),
        "offering_reference": (offering.reference or "") if offering else "",
        "offering_category": (offering.category or "") if offering else "",
        "decision": filing.decision.strip(),
        "decision_body": filing.decision_body.strip(),
        "decided_on": filing.decided_on,
        "received_on": filing.received_on,
        "received_time": filing.received_time,
        "grounds": list(filing.grounds),
        "statement": filing.statement.strip(),
        "remedy": filing.remedy.strip(),
    }


def record_first_decider(case: Case, decider: FirstDecider) -> FirstInstanceDecider:
    """Keep who took the decision under appeal, so that they neither see nor work the case."""
    return FirstInstanceDecider.objects.create(
        case=case,
        user_key=decider.user_key,
        name=decider.name.strip(),
        plain_name=plain_name(decider.name),
        email=decider.email.strip(),
        is_respondent=decider.is_respondent,
    )


def as_first_decider(person: Person, *, is_respondent: bool = False) -> FirstDecider:
    """A person with an account."""
    email = getattr(person, "email", "")
    return FirstDecider(name_of(person), email, str(person.pk), is_respondent)


def _is_person(decider: FirstDecider, person: Person) -> bool:
    email = getattr(person, "email", "")
    return (
        decider.user_key == str(person.pk)
        or plain_name(decider.name) == plain_name(name_of(person))
        or bool(email and decider.email.strip().casefold() == email.casefold())
    )


def _check(filing: Filing, procedure: Procedure, late: bool, at: datetime.datetime) -> None:
    errors: dict[str, str] = {}
    needed = ("appellant_name", "appellant_email", "decision", "statement")
    for name in needed:
        if not str(getattr(filing, name)).strip():
            errors[name] = _("This is needed to deal with the appeal. Fill it in.")
    if filing.offering is None and not filing.offering_title.strip():
        errors["offering_title"] = _("Say which course or program it is about.")
    day = timezone.localdate(at)
    if filing.decided_on > day:
        errors["decided_on"] = _("The decision cannot be later than the appeal. Correct the day.")
    received = filing.received_on
    if received is not None and not filing.decided_on <= received <= day:
        errors["received_on"] = _(
            "It was received after the decision and before the appeal. Correct one of the days."
        )
    known = {ground.key for ground in procedure.grounds.all()}
    if not filing.grounds or not set(filing.grounds) <= known:
        errors["grounds"] = _("Choose at least one of the grounds of the procedures.")
    if late and not procedure.accepts_late:
        errors["late_reason"] = _("The time to appeal is over, and the procedures allow no more.")
    elif late and not filing.late_reason.strip():
        errors["late_reason"] = _(
            "The time to appeal is over. Say why the appeal is late, so that it can be decided "
            "whether it is taken up."
        )
    if errors:
        raise ValidationError(errors)
