"""The steps in which an appeal is written, as data, and the filing that they add up to."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from appeals.acts.filing import Filing
from appeals.models import FilingDraft, Procedure
from appeals.public.filing_forms import (
    DecisionForm,
    GroundsForm,
    StatementForm,
    StepForm,
    YouForm,
)
from credentials.models import Offering


@dataclass(frozen=True)
class Step:
    """One page of the form; documents have no form and can be left out."""

    slug: str
    title: Promise | str
    form: type[StepForm] | None = None


DOCUMENTS = Step("documents", gettext_lazy("Documents"))
STEPS = (
    Step("you", gettext_lazy("Who you are"), YouForm),
    Step("decision", gettext_lazy("The decision"), DecisionForm),
    Step("grounds", gettext_lazy("Grounds"), GroundsForm),
    Step("statement", gettext_lazy("Your statement"), StatementForm),
    DOCUMENTS,
)
BY_SLUG = {step.slug: step for step in STEPS}
CHECK = "check"


@dataclass(frozen=True)
class Standing:
    """A step of a draft: what was answered, and whether it will do."""

    step: Step
    form: StepForm | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing in it."""
        return self.form is None or self.form.is_valid()

    @property
    def rows(self) -> list[tuple[str, str, list[str]]]:
        """Label, answer in words, and what is wrong with it."""
        if self.form is None:
            return []
        return [
            (
                str(field.label),
                in_words(self.form, field.name),
                [str(error) for error in field.errors],
            )
            for field in self.form
        ]


def standings(draft: FilingDraft, procedure: Procedure) -> list[Standing]:
    """All steps of a draft."""
    return [
        Standing(step, step.form(draft.answers, procedure=procedure) if step.form else None)
        for step in STEPS
    ]


def next_after(slug: str) -> str:
    """The step that follows, or the check of all."""
    slugs = [step.slug for step in STEPS]
    place = slugs.index(slug) + 1
    return slugs[place] if place < len(slugs) else CHECK


def in_words(form: StepForm, name: str) -> str:
    """An answer as people read it."""
    given = form.data.get(name) or ""
    choices = dict(getattr(form.fields[name], "choices", ()))
    if choices:
        many = given if isinstance(given, list) else [given]
        return "; ".join(str(choices[one]) for one in many if one in choices)
    cleaned = getattr(form, "cleaned_data", {}).get(name)
    if cleaned is None or isinstance(cleaned, str):
        return str(given)
    return str(formats.localize(cleaned))


def filing_of(draft: FilingDraft, found: list[Standing]) -> Filing | None:
    """What would be filed now; None as long as something is missing."""
    if not all(standing.is_complete for standing in found):
        return None
    given: dict[str, Any] = {}
    for standing in found:
        given |= standing.form.cleaned_data if standing.form else {}
    offering = _offering(given["offering_title"])
    reason = str(draft.answers.get("late_reason", ""))
    return Filing(**given, appellant_email=draft.email, offering=offering, late_reason=reason)


def _offering(title: str) -> Offering | None:
    """What is offered under exactly this title, if it is one thing only."""
    found = list(Offering.objects.live().filter(title__iexact=title.strip())[:2])
    return found[0] if len(found) == 1 else None
