"""One item of an agenda as its package shows it."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from credentials.policy.findings import remedies
from workflows.committee.outcome_words import explain
from workflows.deciding.position import applicable_stages, standing_decisions
from workflows.documents.shapes import Shape, day, fact, paragraphs, section
from workflows.meeting_papers.considered import Considered
from workflows.models import Decision, Motion, RetirementRequest, ReviewCycle
from workflows.proposals.redline import EMPTY, Line, Piece, Row
from workflows.reviews.study_words import study_sections


def item_facts(subject: Considered) -> list[Shape]:
    """What the item is, in labelled lines."""
    return list(_facts(subject))


def _facts(subject: Considered) -> Iterator[Shape]:
    item, draft = subject.item, subject.draft
    if item.retirement is not None:
        yield from _of_request(item.retirement)
    elif item.review is not None:
        yield from _of_review(item.review)
    elif item.offering is not None:
        yield fact(_("What it is"), item.offering.specific_class._meta.verbose_name.capitalize())
        if draft is not None and draft.academic_unit:
            yield fact(_("Academic unit"), draft.academic_unit.name)
        if subject.head is not None:
            text = _("Version %(number)s, since %(date)s") % {
                "number": subject.head.number,
                "date": day(subject.head.valid_from),
            }
            yield fact(_("Published"), text)
        else:
            yield fact(_("Published"), _("Not published yet"))
        if subject.state is not None:
            yield fact(_("Waits since"), day(subject.state.started_at))
    if item.bundle is not None:
        yield fact(_("Bundle"), f"{item.bundle.title}: {item.bundle.reason}")


def _of_request(request: RetirementRequest) -> Iterator[Shape]:
    yield fact(_("What it is"), request.get_action_display())
    yield fact(_("Requested by"), f"{request.requested_by_name}, {day(request.requested_at)}")
    yield fact(_("Reason"), request.reason)
    yield fact(_("Public note"), request.note)
    if request.teach_out:
        yield fact(_("Taught until"), day(request.teach_out))


def _of_review(cycle: ReviewCycle) -> Iterator[Shape]:
    yield fact(_("What it is"), _("Review"))
    yield fact(_("Due on"), date_format(cycle.due_on, "DATE_FORMAT"))
    why = f"{cycle.get_trigger_display()}. {cycle.trigger_note}".strip()
    yield fact(_("Why"), f"{why} {cycle.clause}".strip())


def item_sections(subject: Considered, decisions: list[Decision]) -> list[Shape]:
    """Route, redline, findings, earlier decisions and wording, where there is something to say."""
    item = subject.item
    if item.offering_id is None:
        return list(_wording(subject))
    return [
        *_study(subject),
        *_route(subject),
        *_redline(subject),
        *_findings(subject),
        _decisions(decisions),
        *_wording(subject),
    ]


def _study(subject: Considered) -> Iterator[Shape]:
    """The self-study that waits, and what the policy asked when it was submitted."""
    cycle = subject.item.review
    submission = cycle.submissions.order_by("pk").last() if cycle is not None else None
    if submission is None:
        return
    for part in study_sections(submission.study):
        yield section(f"{_('Self-study')}: {part.heading}", text=paragraphs(part.text))
    found = submission.record["findings"]
    yield section(
        _("What the policy asks"), text=[] if found else [_("Nothing is missing.")], lines=found
    )


def _route(subject: Considered) -> Iterator[Shape]:
    state, draft = subject.state, subject.draft
    if state is None or draft is None:
        return
    workflow_state = state.workflow_state
    stages = applicable_stages(workflow_state.workflow, draft)
    decided = standing_decisions(str(workflow_state.pk), state.content_hash, stages)
    rows = []
    for stage in stages:
        decision = decided.get(str(stage.pk))
        if stage.pk == state.task_id:
            standing = _("Before the committee")
        elif decision is not None:
            standing = f"{decision.get_outcome_display()}, {day(decision.decided_at)}"
        else:
            standing = _("To come")
        rows.append([stage.name, stage.office_for(draft) or EMPTY, standing])
    columns = [_("Stage"), _("Office"), _("Standing")]
    yield section(_("Route"), text=[workflow_state.workflow.name], columns=columns, rows=rows)


def _redline(subject: Considered) -> Iterator[Shape]:
    if subject.item.retirement_id is not None or subject.item.review_id is not None:
        return
    head, rows = subject.head, subject.rows
    if rows is None:
        text = [_("Decided since. What was proposed stands on the record of the decision.")]
        yield section(_("What is proposed"), text=text)
        return
    if head is None:
        heading, text = _("What would be published, and what supports it"), []
    else:
        heading = _("What changes against version %(number)s") % {"number": head.number}
        text = [] if rows else [_("The draft is the same as what is published.")]
    yield section(
        heading,
        kind="redline",
        text=text,
        columns=[_("Field"), _("Class"), _("Content")],
        rows=[_row(row, is_new=head is None) for row in rows],
    )


def _row(row: Row, *, is_new: bool) -> Shape:
    lines = [marked for line in row.lines for marked in _marked(line, is_new=is_new)]
    return {"label": row.label, "classification": str(row.classification), "lines": lines}


def _marked(line: Line, *, is_new: bool) -> Iterator[Shape]:
    """A line with the word for what became of it; a changed one as it was and as it would be."""
    if is_new or line.status == "kept":
        text = "".join(piece.text for piece in line.pieces)
        yield _line("", [Piece("kept", text)])
    elif line.status == "changed":
        yield _line(_("Was"), [piece for piece in line.pieces if piece.kind != "added"])
        yield _line(_("Would be"), [piece for piece in line.pieces if piece.kind != "removed"])
    else:
        word = _("Added") if line.status == "added" else _("Removed")
        yield _line(word, list(line.pieces))


def _line(mark: str, pieces: list[Piece]) -> Shape:
    texts = [{"kind": piece.kind, "text": piece.text} for piece in pieces if piece.text]
    return {"mark": mark, "pieces": texts or [{"kind": "kept", "text": EMPTY}]}


def _findings(subject: Considered) -> Iterator[Shape]:
    heading = _("What the policy asks")
    if subject.is_editorial:
        text = _(
            "Only editorial fields differ from what is published, so the policy holds nothing up."
        )
        yield section(heading, text=[text])
    if subject.report is None:
        return
    report = subject.report
    text = _("%(met)s of %(asked)s clauses that apply are met, under %(policy)s.") % {
        "met": len(report.met),
        "asked": len(report.asked),
        "policy": report.policy,
    }
    found = [f"{remedy.finding.severity.label}: {remedy}" for remedy in remedies(report.findings)]
    yield section(heading, text=[text] if found else [text, _("Nothing is missing.")], lines=found)


def _decisions(decisions: list[Decision]) -> Shape:
    heading = _("Earlier decisions")
    if not decisions:
        return section(heading, text=[_("None.")])
    rows = [
        [
            day(decision.decided_at),
            f"{decision.stage} ({decision.office})",
            f"{decision.get_outcome_display()}, {decision.decided_by}",
            decision.comment or EMPTY,
        ]
        for decision in decisions
    ]
    columns = [_("Date"), _("Stage"), _("Outcome"), _("Comment")]
    return section(heading, columns=columns, rows=rows)


def _wording(subject: Considered) -> Iterator[Shape]:
    lines = [line for motion in subject.motions for line in _of_motion(motion)]
    purpose = getattr(subject.state and subject.state.task.specific, "get_purpose_display", None)
    if not lines and purpose is not None:
        lines = [_("Motion to be put: %(purpose)s.") % {"purpose": purpose()}]
    lines += paragraphs(subject.item.note)
    if lines:
        yield section(_("Wording"), text=lines)


def _of_motion(motion: Motion) -> Iterator[str]:
    yield _("Motion: %(purpose)s.") % {"purpose": motion.get_purpose_display()}
    yield from paragraphs(motion.text)
    for condition in motion.conditions.all():
        yield _("Condition: %(text)s") % {"text": condition.text}
    if not motion.is_open:
        yield explain(motion.result)
