"""Outcomes are measurable and assessed, by kinds that show mastery (MC-3, MC-4, PA-5, PA-6)."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import AssessmentKind, Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.scope import governed_here, governed_here_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

# Ways to begin an outcome that no assessment can observe, in the languages that are written here.
_LEAD_IN = (
    r"(?:(?:the )?(?:learners?|students?|participants?) (?:will|can|should) )?"
    r"(?:be able to |to |pouvoir |être capables? de )?"
)
_UNMEASURABLE = (
    r"understand(?:s|ing)?|know(?:s|ing)?|learn(?:s|ing)?|appreciat(?:es?|ing)"
    r"|(?:be|become|is|being|becoming) (?:more )?(?:aware|familiar)"
    r"|comprendre|connaître|savoir|apprendre|apprécier"
    r"|(?:être|devenir) (?:conscients?|conscientes?|familiers?|familières?|sensibilisée?s?)"
    r"|se familiariser|prendre conscience"
)
NOT_MEASURABLE = re.compile(rf"\s*{_LEAD_IN}({_UNMEASURABLE})(?![\w-])", re.IGNORECASE)
# What stands between codes in an assessment, and so cannot be part of one.
BETWEEN_CODES = re.compile(r"[,;\s]")


def _has_assessments(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and bool(view.assessments)


def _has_outcomes(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and bool(view.outcomes)


@rule(
    "mastery",
    gettext_lazy("Every outcome is covered by an assessment that can establish mastery"),
    applies=governed_here_of(Kind.MICRO_CREDENTIAL),
    uses=frozenset({Uses.TERMS}),
    vocabulary=tuple(AssessmentKind.values),
)
def mastery(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The terms are the kinds that may only be formative (MC-4)."""
    showing = {
        row: item
        for row, item in enumerate(view.assessments)
        if item.kind and item.kind not in terms.terms
    }
    formative = ", ".join(str(AssessmentKind(kind).label) for kind in terms.terms)
    if not showing:
        yield Gap(
            _(
                "No assessment can establish mastery. Add one of another kind than: %(kinds)s, "
                "which may only gauge understanding."
            )
            % {"kinds": formative},
            Place("assessments"),
        )
        return
    covered = {code for item in showing.values() for code in item.codes}
    for row, outcome in enumerate(view.outcomes):
        if outcome.code not in covered:
            yield Gap(
                _(
                    "Outcome %(code)s is not covered by an assessment of mastery. Name it under "
                    "“outcomes covered” of an assessment of another kind than: %(kinds)s."
                )
                % {"code": outcome.code or row + 1, "kinds": formative},
                Place("assessments", min(showing), "outcome_codes"),
            )


@rule(
    "outcomes",
    gettext_lazy("There are outcomes, each with a statement and a code of its own"),
    applies=governed_here,
    uses=frozenset({Uses.NUMBER}),
)
def outcomes(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The figure is the least number of outcomes (PA-5)."""
    least = terms.number or 0
    if len(view.outcomes) < least:
        yield Gap(
            _(
                "The policy asks for learning outcomes: at least %(least)s, of which %(count)s "
                "stand here. Add under “Learning outcomes” what learners will be able to do."
            )
            % {"count": len(view.outcomes), "least": least},
            Place("outcomes"),
        )
    seen: set[str] = set()
    for row, outcome in enumerate(view.outcomes):
        if not outcome.statement.strip():
            yield Gap(
                _("Outcome %(code)s says nothing. Write what learners can do, or remove it.")
                % {"code": outcome.code or row + 1},
                Place("outcomes", row, "statement"),
            )
        problem = _problem_with(outcome.code, seen)
        if problem:
            yield Gap(problem % {"row": row + 1}, Place("outcomes", row, "code"))
        seen.add(outcome.code)


def _problem_with(code: str, seen: set[str]) -> str:
    if not code.strip():
        return _("Outcome %(row)s has no code. Give it one, such as LO%(row)s.")
    if code in seen:
        return _("Outcome %(row)s has the code of an outcome above it. Give it another.")
    if BETWEEN_CODES.search(code):
        return _(
            "The code of outcome %(row)s has a space, comma or semicolon, so no assessment can "
            "name it. Write it as one word."
        )
    return ""


@rule(
    "measurable-outcomes",
    gettext_lazy("Outcomes begin with something that can be measured"),
    applies=_has_outcomes,
)
def measurable_outcomes(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Advice: words cannot be weighed by a list (PA-5)."""
    for row, outcome in enumerate(view.outcomes):
        match = NOT_MEASURABLE.match(unicodedata.normalize("NFC", outcome.statement))
        if match:
            yield Gap(
                _(
                    "Nobody can observe what outcome %(code)s begins with: “%(verb)s”. Begin with "
                    "what learners will do, such as explain, design or repair."
                )
                % {"code": outcome.code or row + 1, "verb": match[1]},
                Place("outcomes", row, "statement"),
            )


@rule(
    "assessed-outcomes",
    gettext_lazy("Assessments have a kind and name only outcomes that exist"),
    applies=_has_assessments,
)
def assessed_outcomes(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A wrong code would leave an outcome unassessed without anybody's seeing it (PA-6)."""
    known = {outcome.code for outcome in view.outcomes}
    for row, assessment in enumerate(view.assessments):
        title = assessment.title.strip() or row + 1
        unknown = [code for code in dict.fromkeys(assessment.codes) if code not in known]
        if unknown:
            yield Gap(
                _(
                    "Assessment “%(title)s” names outcomes that do not exist: %(codes)s. Correct "
                    "“outcomes covered”, or add these outcomes."
                )
                % {"title": title, "codes": ", ".join(unknown)},
                Place("assessments", row, "outcome_codes"),
            )
        if not assessment.kind:
            yield Gap(
                _("Assessment “%(title)s” has no kind. Choose how learners are assessed.")
                % {"title": title},
                Place("assessments", row, "kind"),
            )


@rule(
    "meaningful-assessment",
    gettext_lazy("A micro-credential assesses its competency"),
    applies=governed_here_of(Kind.MICRO_CREDENTIAL),
)
def meaningful_assessment(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """At least one assessment that says what it is; `mastery` asks which kinds will do (MC-3)."""
    if not any(item.title.strip() and item.kind for item in view.assessments):
        yield Gap(
            _(
                "Nothing assesses the competency. Add an assessment with its title and kind under "
                "“Assessments”."
            ),
            Place("assessments"),
        )
