"""Which letters a case can have now, by what happened to it. Pure."""

from collections.abc import Sequence

from appeals.choices import Act, Outcome, Stage
from appeals.models import CaseEvent
from appeals.rules.letter_text import LetterKind

# The letter that tells the appellant how the case ended.
OF_OUTCOME = {
    Outcome.UPHELD: LetterKind.UPHELD,
    Outcome.DISMISSED: LetterKind.DISMISSED,
    Outcome.VARIED: LetterKind.VARIED,
    Outcome.REFERRED_BACK: LetterKind.REFERRED_BACK,
    Outcome.OUT_OF_TIME: LetterKind.EXTENSION_REFUSED,
    Outcome.WITHDRAWN: LetterKind.WITHDRAWN,
    Outcome.RESOLVED: LetterKind.RESOLVED,
}
NOT_TO_APPELLANT = (LetterKind.RESPONSE_REQUEST,)


def possible_kinds(events: Sequence[CaseEvent]) -> list[LetterKind]:
    """The letters that fit, most fitting first. Events in their order."""
    stage = events[-1].stage_after
    outcome = outcome_of(events)
    found = []
    if outcome:
        found += [OF_OUTCOME[outcome], LetterKind.CLOSED]
    if stage == Stage.INFORMATION:
        found.append(LetterKind.INCOMPLETE)
    if stage == Stage.RESPONSE:
        found.append(LetterKind.RESPONSE_REQUEST)
    if not outcome and any(e.act in (Act.EXTENSION_GRANTED, Act.EXTENDED) for e in events):
        found.append(LetterKind.EXTENSION_GRANTED)
    return [*found, LetterKind.ACKNOWLEDGEMENT]


def outcome_of(events: Sequence[CaseEvent]) -> Outcome | None:
    """How the case ended, if it has."""
    ended = next((event.outcome for event in reversed(events) if event.outcome), "")
    return Outcome(ended) if ended else None


def has_outcome_letter(events: Sequence[CaseEvent]) -> bool:
    """Whether the appellant was told by letter how the case ended."""
    outcome = outcome_of(events)
    return outcome is not None and any(
        event.act == Act.LETTER_ISSUED and event.data.get("kind") == OF_OUTCOME[outcome]
        for event in events
    )
