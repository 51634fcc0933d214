"""Which letters and notices there are about decisions, and what their texts may say."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from credentials.message_templates.bilingual import LANGUAGES
from credentials.message_templates.occasions import (
    COMMON,
    Occasion,
    Placeholder,
    Words,
    read_texts,
)
from workflows.choices import Act, MeetingState, Outcome, ReviewTrigger

DATA = Path(__file__).parent / "data"
LETTERS, NOTICES = _("Letters about decisions"), _("Notices by e-mail")

LETTER_NAMES = {
    "letter_published": _("Approved, and published"),
    "letter_approved": _("Approved, but something is waited for"),
    "letter_changes": _("Changes are asked of the proposers"),
    "letter_returned": _("Sent back to an earlier stage"),
    "letter_declined": _("Not approved"),
    "letter_retired": _("Retired"),
    "letter_withdrawn": _("Withdrawn"),
    "letter_kept": _("A request to retire or withdraw is refused"),
    "letter_review_continue": _("Reviewed: continues"),
    "letter_review_revise": _("Reviewed: to be revised"),
    "letter_review_retire": _("Reviewed: to be retired"),
}
# Name, what may be said beside what all may say, and what must be.
NOTICE_TERMS = {
    "stage": (_("A proposal waits for a decision"), "title stage", "title"),
    "decision": (
        _("A decision on the way"),
        "title stage outcome decider office returned_to comment instrument policy_version",
        "title outcome decider comment instrument policy_version",
    ),
    "letter": (_("A letter goes out by e-mail"), "subject reference letter", "reference letter"),
    "override": (
        _("An emergency override"),
        "title stage outcome decider office comment instrument policy_version",
        "title decider stage instrument comment",
    ),
    "event": (_("Something happened to a proposal"), "title what name text", "title what text"),
    "field_comment": (_("A comment on a field"), "title name field text", "field text"),
    "motion": (_("A vote is open"), "committee motion until", "motion until"),
    "result": (_("A vote is over"), "committee motion outcome figures", "motion figures"),
    "meeting_called": (
        _("A meeting is called"),
        "committee meeting state starts place online",
        "starts place online",
    ),
    "meeting_changed": (
        _("A meeting is moved"),
        "committee meeting state starts place online",
        "starts place online",
    ),
    "meeting_cancelled": (
        _("A meeting is cancelled"),
        "committee meeting state starts text",
        "starts text",
    ),
    "minutes": (_("Minutes are confirmed"), "committee minutes", "minutes"),
    "study": (_("A self-study waits for a decision"), "title name due", "title due"),
    "study_returned": (_("A self-study is handed back"), "title name text due", "title text"),
    **{
        key: (name, "title due clause why note", "title due clause")
        for key, name in {
            "review_due": _("A review is due soon"),
            "review_overdue": _("A review is overdue"),
            "review_to_decide": _("A review is due soon, its self-study is submitted"),
            "review_to_decide_overdue": _("A review is overdue, its self-study is submitted"),
        }.items()
    },
    "digest": (_("Several notices together"), "messages", "messages"),
}
# What a letter's example says was decided, where that is not an approval.
DECIDED = {
    "letter_changes": Outcome.CHANGES_REQUESTED,
    "letter_returned": Outcome.CHANGES_REQUESTED,
    "letter_declined": Outcome.DECLINED,
    "letter_kept": Outcome.DECLINED,
    "letter_review_continue": Outcome.CONTINUE,
    "letter_review_revise": Outcome.REVISE,
    "letter_review_retire": Outcome.RETIRE,
}
OF_LETTERS = (
    "title stage outcome decider office instrument policy_version clauses vote conditions "
    "reasons returned_to next_review reference date"
)
# The facts by which a decision binds: no text may leave them out.
NEEDED_BY_LETTERS = (
    "title outcome decider instrument policy_version clauses vote conditions reasons"
)
NEEDED_BY_ONE = {
    "letter_returned": "returned_to",
    "letter_review_continue": "next_review",
    "letter_review_revise": "next_review",
    "letter_review_retire": "next_review",
}

_DAY = datetime.date(2027, 3, 1)
_MOMENT = datetime.datetime(2027, 3, 1, 15, tzinfo=datetime.UTC)
KNOWN = {
    "title": Placeholder(_("the title of the offering"), _("Care of older adults")),
    "stage": Placeholder(_("the stage of the route"), _("Committee decision")),
    "outcome": Placeholder(_("what was decided"), Outcome.APPROVED.label),
    "decider": Placeholder(_("who decided"), _("A. Chair, for the Committee")),
    "office": Placeholder(_("the office that decided"), _("The Committee")),
    "instrument": Placeholder(_("what the authority rests on"), _("Terms of reference, 2026")),
    "policy_version": Placeholder(_("the policy in force"), "ACD 1532"),
    "clauses": Placeholder(_("the clauses under which it was approved"), "MC-1, MC-4"),
    "vote": Placeholder(
        _("the count, where a committee voted"), _("5 of 7 seats present, quorum 4: carried.")
    ),
    "conditions": Placeholder(_("the conditions, where there are any"), _("The fee is set.")),
    "reasons": Placeholder(_("the reasons"), _("It meets a need that employers named.")),
    "returned_to": Placeholder(_("the stage to which it goes back"), _("Academic unit")),
    "next_review": Placeholder(_("the day of the next review"), _DAY),
    "reference": Placeholder(_("the letter’s reference"), "L12-1"),
    "date": Placeholder(_("the day of the letter"), _DAY),
    "comment": Placeholder(_("what the decider wrote"), _("It meets a need.")),
    "subject": Placeholder(_("the letter’s subject"), _("Approved: Care of older adults")),
    "letter": Placeholder(_("the whole letter"), _("Decision: approved.")),
    "what": Placeholder(_("what happened"), Act.COMMENT_ASKED.label),
    "name": Placeholder(_("who did it"), _("A. Person")),
    "text": Placeholder(_("what was written with it"), _("Who teaches the laboratory?")),
    "field": Placeholder(_("the field"), _("Fee")),
    "committee": Placeholder(_("the committee"), _("Micro-credentials Committee")),
    "motion": Placeholder(_("the motion"), _("Approve “Care of older adults”")),
    "until": Placeholder(_("the end of the vote"), _MOMENT),
    "figures": Placeholder(_("the count in words"), _("5 of 7 seats present: carried.")),
    "meeting": Placeholder(_("the meeting"), _("Meeting of March")),
    "state": Placeholder(_("how the meeting stands"), MeetingState.CALLED.label),
    "starts": Placeholder(_("when it begins"), _MOMENT),
    "place": Placeholder(_("where it is held"), _("Room 204")),
    "online": Placeholder(_("its address online"), "https://meet.example"),
    "minutes": Placeholder(_("the title of the minutes"), _("Minutes of March")),
    "due": Placeholder(_("the day on which the review is due"), _DAY),
    "clause": Placeholder(_("the clause that asks for it"), "CP-4"),
    "why": Placeholder(_("why it was called for early"), ReviewTrigger.REGULATION.label),
    "note": Placeholder(_("what was written with that"), _("Enrolment fell.")),
    "messages": Placeholder(_("subjects and addresses of the notices"), _("To decide: Care")),
}


def workflow_occasions() -> Iterator[Occasion]:
    """All of them, letters first."""
    for key, texts in _letter_texts().items():
        must = f"{NEEDED_BY_LETTERS} {NEEDED_BY_ONE.get(key, '')}"
        yield _occasion(key, LETTER_NAMES[key], LETTERS, OF_LETTERS, must, texts)
    for key, texts in read_texts(DATA / "notices.toml").items():
        name, may, must = NOTICE_TERMS[key]
        yield _occasion(key, name, NOTICES, may, must, texts)


def _letter_texts() -> dict[str, dict[str, str]]:
    """All letters begin alike; what comes next is their own."""
    found = read_texts(DATA / "letters.toml")
    frame = found.pop("letter")
    return {
        key: {
            **frame,
            **{f"body_{one}": f"{frame[f'body_{one}']}\n{own[f'next_{one}']}" for one in LANGUAGES},
        }
        for key, own in found.items()
    }


def _occasion(  # noqa: PLR0913 (what an occasion is made of)
    key: str, name: Words, group: Words, may: str, must: str, texts: dict[str, str]
) -> Occasion:
    names = {one: KNOWN[one] for one in may.split()}
    if key in DECIDED:
        names["outcome"] = replace(KNOWN["outcome"], example=DECIDED[key].label)
    return Occasion(key, name, group, names | COMMON, frozenset(must.split()), texts)
