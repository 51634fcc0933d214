"""The self-study: saved as a draft, submitted as a whole, handed back with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of, name_of
from credentials.record.content import sha256
from credentials.record.ledger import PublishedVersion
from workflows.choices import Office, ReviewResult, ReviewState
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Motion, ReviewCycle, ReviewSubmission, SelfStudy
from workflows.reviews.authority import deciding_stage
from workflows.reviews.evidence import evidence_content
from workflows.reviews.people import may_write
from workflows.reviews.schedule import hold_offerings
from workflows.reviews.since_last_review import record_of
from workflows.signals import review_returned, review_submitted

FIELDS = (*SelfStudy.TEXTS, "recommendation", "teach_out")


def hold(cycle: ReviewCycle) -> ReviewCycle:
    """The cycle as it is now, held after its offering: the one order that all keep."""
    hold_offerings([cycle.offering_id])
    held: ReviewCycle = (
        ReviewCycle.objects.select_for_update(of=("self",))
        .select_related("offering")
        .get(pk=cycle.pk)
    )
    return held


def save_study(
    cycle: ReviewCycle, person: Person, values: Mapping[str, Any], *, seen: str | None = None
) -> SelfStudy:
    """Keep the self-study as a draft; who saves it is one of its authors (law 4).

    `values` are of the names in FIELDS. `seen` is the stamp of the draft that the person began
    from: another one by now is not written over. Raises DecisionRefused.
    """
    with transaction.atomic():
        cycle = hold(cycle)
        check_writing(cycle, person)
        study = SelfStudy.objects.get(cycle=cycle)
        if seen is not None and seen != stamp_of(study):
            raise DecisionRefused(
                _(
                    "Somebody else saved this self-study while you were writing. Nothing of yours "
                    "is saved yet: open the self-study in another window, bring both together "
                    "here, and save again."
                )
            )
        for name in FIELDS:
            if name in values:
                setattr(study, name, values[name])
        study.authors = {**study.authors, str(person.pk): name_of(person)}
        study.save()
    return study


def submit_study(cycle: ReviewCycle, person: Person) -> ReviewSubmission:
    """Submit the saved self-study to whoever decides, with the record as it stands.

    Raises DecisionRefused naming what is still empty.
    """
    with transaction.atomic():
        cycle = hold(cycle)
        check_writing(cycle, person)
        study = SelfStudy.objects.get(cycle=cycle)
        if missing := still_empty(study):
            labels = {field.name: str(field.verbose_name) for field in SelfStudy._meta.fields}
            fields = ", ".join(labels[name] for name in missing)
            raise DecisionRefused(_("Fill in before you submit: %(fields)s.") % {"fields": fields})
        version = PublishedVersion.objects.head_of(cycle.offering_id)
        if version is None or not version.is_offered:
            raise DecisionRefused(_("It is not offered any more, so it is not reviewed."))
        content = study_content(study)
        by = actor_of(person)
        submission = ReviewSubmission.objects.create(
            cycle=cycle,
            offering_id=cycle.offering_id,
            number=cycle.submissions.count() + 1,
            version=version,
            study=content,
            record=record_of(cycle).as_data(),
            study_hash=sha256(content),
            authors=study.authors,
            submitted_by_key=by.key,
            submitted_by_name=by.name,
        )
        cycle.state = ReviewState.WITH_DECIDER
        cycle.save()
        review_submitted.send(ReviewSubmission, submission=submission)
    return submission


def return_study(cycle: ReviewCycle, person: Person, reason: str) -> None:
    """Hand a submitted self-study back to its authors. Raises DecisionRefused.

    Whoever decides may do so: the deciding office, or who presides over the committee.
    """
    with transaction.atomic():
        cycle = hold(cycle)
        if cycle.state != ReviewState.WITH_DECIDER:
            raise DecisionRefused(_("This self-study has not been submitted."))
        if not may_return(person, cycle):
            raise NotYours(_("Only those who decide on the review hand its self-study back."))
        if not reason.strip():
            raise DecisionRefused(_("Say what is missing; its authors need to know."))
        if Motion.objects.filter(proposal_key=cycle.key).open().exists():
            raise DecisionRefused(_("A motion on it is open. Close that one first."))
        cycle.state = ReviewState.OPEN
        cycle.save()
        review_returned.send(ReviewCycle, cycle=cycle, reason=reason.strip(), by=name_of(person))


def may_return(person: Person, cycle: ReviewCycle) -> bool:
    """Whether this person may hand a self-study back."""
    stage = deciding_stage(cycle.offering)
    if stage.acts_here(cycle.offering, person):
        return True
    return stage.committee is not None and is_in_office(person, Office.DEPARTMENT)


def still_empty(study: SelfStudy) -> list[str]:
    """Names of the fields that must still say something before a self-study is submitted."""
    empty = [name for name in SelfStudy.REQUIRED if not getattr(study, name).strip()]
    if not study.recommendation:
        empty.append("recommendation")
    if study.recommendation == ReviewResult.RETIRE and not study.public_note.strip():
        empty.append("public_note")
    return empty


def stamp_of(study: SelfStudy) -> str:
    """Tells one saved state of a draft from another."""
    return study.updated_at.isoformat()


def study_content(study: SelfStudy) -> dict[str, Any]:
    """The self-study with its evidence as plain data, to which a decision binds (law 2)."""
    texts = {name: getattr(study, name) for name in (*SelfStudy.TEXTS, "recommendation")}
    return texts | {
        "teach_out": study.teach_out.isoformat() if study.teach_out else None,
        "evidence": evidence_content(study),
    }


def check_writing(cycle: ReviewCycle, person: Person) -> None:
    """Raise DecisionRefused unless the self-study is under way and this person may write it."""
    if cycle.state != ReviewState.OPEN:
        raise DecisionRefused(_("The self-study is not under way, so it cannot be changed."))
    if not may_write(person, cycle):
        raise NotYours(
            _("Only who leads the review, the offering's editors and the %(office)s write it.")
            % {"office": Office.DEPARTMENT.official_name}
        )
