"""The letter about a decision: what, by whom, why, and what comes next; kept as it was sent."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.models import Approval
from credentials.people.actors import name_of
from workflows.choices import Outcome, ReviewResult
from workflows.committee.outcome_words import explain
from workflows.models import Decision, DecisionLetter
from workflows.stages.stage_state import StageState

Section = dict[str, str]


def is_final(decision: Decision, state: StageState | None) -> bool:
    """Whether the proposal's way ended with it: published, sent back, declined, or overridden."""
    if state is None or not decision.goes_on or decision.outcome == Outcome.OVERRIDDEN:
        return True
    ended = WorkflowState.objects.filter(
        pk=state.workflow_state_id, status=WorkflowState.STATUS_APPROVED
    )
    return decision.motion_id is not None or ended.exists()


def compose(decision: Decision, addressees: set[Any]) -> DecisionLetter:
    """Write the letter of a decision, once. It never says how single members voted."""
    found = DecisionLetter.objects.filter(decision=decision).first()
    if found is not None:
        return found
    number = DecisionLetter.objects.filter(offering=decision.offering_id).count() + 1
    title = decision.offering.draft_title or decision.offering.title
    made: DecisionLetter = DecisionLetter.objects.create(
        decision=decision,
        offering_id=decision.offering_id,
        reference=f"L{decision.offering_id}-{number}",
        subject=f"{decision.get_outcome_display()}: {title}"[:255],
        sections=list(_sections(decision, title)),
        addressees=sorted(name_of(person) for person in addressees),
    )
    return made


def as_text(letter: DecisionLetter) -> str:
    """The letter as the text of an e-mail."""
    parts = [f"{section['heading']}\n{section['text']}" for section in letter.sections]
    return "\n\n".join([letter.reference, *parts])


def _sections(decision: Decision, title: str) -> Iterator[Section]:
    what = _("“%(title)s”, %(stage)s: %(outcome)s.") % {
        "title": title,
        "stage": decision.stage,
        "outcome": decision.get_outcome_display(),
    }
    yield {"heading": _("Decision"), "text": what}
    yield {"heading": _("Authority"), "text": "\n".join(_authority(decision))}
    if decision.motion is not None:
        yield {"heading": _("Vote"), "text": explain(decision.motion.result)}
        conditions = [condition.text for condition in decision.motion.conditions.all()]
        if conditions:
            yield {"heading": _("Conditions"), "text": "\n".join(conditions)}
    if reasons := _reasons(decision):
        yield {"heading": _("Reasons"), "text": reasons}
    yield {"heading": _("What comes next"), "text": _next_step(decision)}


def _authority(decision: Decision) -> Iterator[str]:
    yield decision.signature
    yield f"{decision.instrument}; {decision.policy_version}"
    approval = Approval.objects.filter(
        offering=decision.offering_id, content_hash=decision.content_hash
    ).last()
    if approval is not None and approval.clauses:
        yield _("Clauses: %(clauses)s") % {"clauses": ", ".join(approval.clauses)}


def _reasons(decision: Decision) -> str:
    """The wording of a motion; else the decider's comment. Members' own words stay inside."""
    return decision.motion.text if decision.motion is not None else decision.comment


def _next_step(decision: Decision) -> str:
    if decision.outcome in ReviewResult.values:
        return _after_review(decision)
    if decision.outcome == Outcome.DECLINED:
        return _("Change the proposal and submit it again, or withdraw it.")
    if decision.outcome == Outcome.CHANGES_REQUESTED:
        if decision.returned_to:
            return _("It is back at this stage: %(stage)s.") % {"stage": decision.returned_to}
        return _("Make the changes and submit it again; its page says where it stands.")
    published = decision.offering.versions.filter(content_hash=decision.content_hash).exists()
    if published:
        return _("It is published. Nothing is left to do.")
    return _("Its page says what it waits for before it is published.")


def _after_review(decision: Decision) -> str:
    outcome = decision.review_outcome
    due = date_format(outcome.next_due_on, "DATE_FORMAT") if outcome.next_due_on else ""
    steps = {
        ReviewResult.CONTINUE: _("It continues as it is."),
        ReviewResult.REVISE: _("Draft the revision and submit it on its route."),
        ReviewResult.RETIRE: _("A request to retire it waits for a decision."),
    }
    parts = [steps[ReviewResult(outcome.result)]]
    if due:
        parts.append(_("The next review is due on %(day)s.") % {"day": due})
    return " ".join(str(part) for part in parts)
