"""Decisions of the past, on which the office tries the text of a letter before it adopts it."""

from collections.abc import Iterator
from typing import Any

from credentials.message_templates.occasions import Example
from workflows.letters.decision_letter import facts_of
from workflows.models import DecisionLetter

READ = "workflows.view_decisionletter"


def letter_examples(occasion: str, user: Any) -> Iterator[Example]:
    """The newest letter of a kind, for those who may read letters."""
    if not user.has_perm(READ):
        return
    letters = DecisionLetter.objects.filter(occasion=occasion)
    newest = letters.select_related("decision__offering", "decision__motion").first()
    if newest is not None:
        yield Example(newest.reference, facts_of(newest.decision, newest.reference))
