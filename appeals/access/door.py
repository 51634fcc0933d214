"""The one door to cases: who may see and work them, and the log of every look (AP-1, law 6).

For everybody else a case that exists and one that does not are the same.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from appeals.access.office import is_in_office
from appeals.choices import Act, Looked, Part
from appeals.exceptions import ReasonNeeded
from appeals.models import Case, CaseAccess, CaseEvent, Delegation, FirstInstanceDecider
from appeals.models.cases import CaseQuerySet
from credentials.people.actors import Person, actor_of, name_of, plain_name
from credentials.people.roles import has_role

DECIDER = "appeals_decider"
NO_KEY = 0  # of no row


def is_decider(person: Person) -> bool:
    """Whether a person determines outcomes by their own authority (AP-1)."""
    return has_role(person, DECIDER)


def delegation_of(person: Person, case: Case) -> Delegation | None:
    """The instrument by which a person may decide this case now, if there is one."""
    return _in_force(person).filter(case=case).first()


def has_conflict(person: Person, case: Case) -> bool:
    """Whether a person took part in the decision under appeal: by account, address or name."""
    return case.first_deciders.filter(_is(person)).exists()


def parts_of(person: Person, case: Case) -> frozenset[Part]:
    """In which parts a person may act on a case; none for those who have a conflict."""
    parts = {
        part
        for part, holds in ((Part.OFFICE, is_in_office), (Part.DECIDER, is_decider))
        if holds(person)
    }
    if Part.DECIDER not in parts and delegation_of(person, case):
        parts.add(Part.DECIDER)
    return frozenset() if parts and has_conflict(person, case) else frozenset(parts)


def sees_cases(person: Person) -> bool:
    """Whether the person has anything to do with cases, and so sees the way to them.

    A superuser does not, though they can come by saying why. Two queries at the most.
    """
    return (
        is_in_office(person)
        or is_decider(person)
        or (person.is_authenticated and _in_force(person).exists())
    )


def visible_cases(person: Person) -> CaseQuerySet:
    """The cases that a person may see, without those of their own decisions.

    A superuser's are all: whoever asks has seen to their reason.
    """
    conflicts = FirstInstanceDecider.objects.filter(_is(person), case=OuterRef("pk"))
    cases = Case.objects.exclude(Exists(conflicts))
    if is_in_office(person) or is_decider(person) or _is_superuser(person):
        return cases
    return cases.filter(Exists(_in_force(person).filter(case=OuterRef("pk"))))


def open_case(
    person: Person, number: str, what: Looked, *, detail: str = "", reason: str = ""
) -> Case:
    """The case of this number, for those who may see it; the look is logged.

    Raises Http404, the same for a wrong and a forbidden number, and ReasonNeeded for a superuser
    who gave none, whether or not there is such a case. `detail` and `reason` name no appellant.
    A wrong number is asked and logged as a forbidden one is, so that neither answers sooner.
    """
    case = Case.objects.select_related("procedure").filter(number=number).first()
    asked = case or no_case()
    is_theirs = bool(parts_of(person, asked))
    if is_theirs and case is not None:
        _log(person, what, case, detail)
        return case
    if is_theirs or not _is_superuser(person):
        if person.is_authenticated:
            _log(person, Looked.REFUSED, case, what)
        raise Http404
    if not reason.strip():
        raise ReasonNeeded
    if has_conflict(person, asked) or case is None:
        _log(person, Looked.REFUSED, case, what)
        raise Http404
    _log(person, what, case, detail, reason=reason, is_superuser=True)
    return case


def no_case() -> Case:
    """What is asked in a case's stead, where there is none: the same questions, and no answer."""
    return Case(pk=NO_KEY)


def open_list(person: Person, what: Looked, *, detail: str = "", reason: str = "") -> CaseQuerySet:
    """The cases that a person may see; that they looked is logged.

    Raises Http404 for those who see none, and ReasonNeeded for a superuser who gave no reason.
    """
    is_theirs = sees_cases(person)
    if not is_theirs:
        if not _is_superuser(person):
            raise Http404
        if not reason.strip():
            raise ReasonNeeded
    _log(person, what, None, detail, reason="" if is_theirs else reason, is_superuser=not is_theirs)
    return visible_cases(person)


def note_look_by_link(case: Case, name: str, what: Looked, detail: str = "") -> None:
    """Log a look of the appellant or the original decision-maker, who come by a private link."""
    CaseAccess.objects.create(case=case, what=what, detail=detail[:200], by_name=name)


def _log(  # noqa: PLR0913 (a row of the log)
    person: Person,
    what: str,
    case: Case | None,
    detail: str,
    *,
    reason: str = "",
    is_superuser: bool = False,
) -> None:
    by = actor_of(person)
    CaseAccess.objects.create(
        case=case,
        what=what,
        detail=detail[:200],
        reason=reason,
        is_superuser=is_superuser,
        by_key=by.key,
        by_name=by.name,
    )


def _is_superuser(person: Person) -> bool:
    return bool(person.is_active and getattr(person, "is_superuser", False))


def _is(person: Person) -> Q:
    """First-instance deciders who are this person."""
    match = Q(user_key=str(person.pk)) | Q(plain_name=plain_name(name_of(person)))
    email = getattr(person, "email", "")
    return match | Q(email__iexact=email) if email else match


def _in_force(person: Person) -> models.QuerySet[Delegation]:
    now = timezone.now()
    revoked = CaseEvent.objects.filter(delegation=OuterRef("pk"), act=Act.DELEGATION_REVOKED)
    return Delegation.objects.filter(
        ~Exists(revoked), holder_key=str(person.pk), starts_at__lte=now, ends_at__gt=now
    )
