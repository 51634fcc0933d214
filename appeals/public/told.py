"""What a case says to the appellant: its stage in plain words, what comes next, what is theirs.

Nothing here comes from notes, from events of the office, or from documents that it keeps.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from appeals.choices import Act, Part, Stage
from appeals.models import Case, CaseDocument, CaseEvent, Letter
from appeals.rules.life import acts_from, parts_for

# What the stage means for the appellant, and what happens next.
MEANING: dict[Stage, tuple[Promise | str, Promise | str]] = {
    Stage.LATE: (
        gettext_lazy("Your appeal came after the time to appeal. You said why."),
        gettext_lazy("It is decided whether your appeal is taken up all the same."),
    ),
    Stage.COMPLETENESS: (
        gettext_lazy("Your appeal has arrived."),
        gettext_lazy("We check that all is there. If something is missing, we ask you for it."),
    ),
    Stage.INFORMATION: (
        gettext_lazy("We need something from you before your appeal can go on."),
        gettext_lazy("Answer on this page. Your appeal goes on as soon as we have your answer."),
    ),
    Stage.RESPONSE: (
        gettext_lazy("Your appeal is complete."),
        gettext_lazy("Whoever took the decision responds to your appeal."),
    ),
    Stage.REVIEW: (
        gettext_lazy("Your appeal is being reviewed."),
        gettext_lazy("All that both sides gave is put together for the decision."),
    ),
    Stage.DECISION: (
        gettext_lazy("Your appeal lies with the one who decides it."),
        gettext_lazy("You get the decision with its reasons, in a letter on this page."),
    ),
    Stage.SUSPENDED: (
        gettext_lazy("Your appeal rests for a while; so do its deadlines."),
        gettext_lazy("You get a message when it goes on."),
    ),
    Stage.CONCLUDED: (
        gettext_lazy("Your appeal has come to its end."),
        gettext_lazy("The letter that tells you how stands on this page as soon as it is issued."),
    ),
    Stage.CLOSED: (
        gettext_lazy("Your appeal is closed."),
        gettext_lazy("Nothing more happens. Keep your letters: this page closes after a while."),
    ),
}
# Of these the appellant reads the words too; decisions are told by letter.
TOLD_IN_WORDS = (Act.INFORMATION_REQUESTED, Act.RESPONSE_RECEIVED, Act.EXTENDED, Act.SUSPENDED)


@dataclass(frozen=True)
class Told:
    """Something that happened, as the appellant reads it."""

    event: CaseEvent
    text: str


def told_to_appellant(events: list[CaseEvent]) -> list[Told]:
    """What happened so far, oldest first."""
    return [
        Told(event, event.text if event.act in TOLD_IN_WORDS or _is_own(event) else "")
        for event in events
        if event.is_told
    ]


def asked_of_appellant(events: list[CaseEvent]) -> CaseEvent | None:
    """The request that waits for the appellant's answer."""
    if events[-1].stage_after != Stage.INFORMATION:
        return None
    asked = (event for event in reversed(events) if event.act == Act.INFORMATION_REQUESTED)
    return next(asked, None)


def documents_for_appellant(case: Case) -> QuerySet[CaseDocument]:
    """What they gave, and what the office shows them."""
    return case.documents.filter(Q(part=Part.APPELLANT) | Q(is_shared=True))


def documents_for_respondent(case: Case) -> QuerySet[CaseDocument]:
    """What both sides gave, and what the office shows."""
    sides = (Part.APPELLANT, Part.RESPONDENT)
    return case.documents.filter(Q(part__in=sides) | Q(is_shared=True))


def letters_to_appellant(case: Case) -> QuerySet[Letter]:
    """Letters that are theirs."""
    return case.letters.filter(is_to_appellant=True)


def may(part: Part, act: Act, stage: Stage) -> bool:
    """Whether somebody with a private link can do this now."""
    return act in acts_from(stage) and part in parts_for(act)


def ground_names(case: Case) -> list[Any]:
    """The grounds of a case, as its version of the procedures names them."""
    return [ground.name for ground in case.procedure.grounds.all() if ground.key in case.grounds]


def _is_own(event: CaseEvent) -> bool:
    return event.part == Part.APPELLANT
