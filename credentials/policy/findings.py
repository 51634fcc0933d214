"""What a rule finds: the clause, how grave it is, the sentence, and where to mend it (law 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """What a finding holds up."""

    BLOCKS_SUBMISSION = "blocks_submission", _("Before submission")
    BLOCKS_APPROVAL = "blocks_approval", _("Before approval")
    ADVICE = "advice", _("Advice")


ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Place:
    """Where to mend it: a field of the editor, or a page of its own.

    `row` counts the rows of a child relation from 0 and `name` is then the row's field; without a
    row the place of a relation is its heading, where a row is added. `page` names one of the
    pages beside the editor: "agreement" or "admission".
    """

    field: str
    row: int | None = None
    name: str = ""
    page: str = ""


@dataclass(frozen=True)
class Gap:
    """What one rule finds missing: a whole sentence with its remedy, and the place to mend it."""

    sentence: str
    place: Place


@dataclass(frozen=True)
class Finding:
    """A gap under a clause of a policy version."""

    clause: str
    rule: str
    severity: Severity
    sentence: str
    place: Place


@dataclass(frozen=True)
class Report:
    """All findings on one offering, and the clauses that were asked.

    `findings` are in order of severity, clause and place, whatever order the rules ran in.
    """

    policy: str
    findings: tuple[Finding, ...]
    asked: tuple[str, ...]

    def of(self, *severities: Severity) -> tuple[Finding, ...]:
        """Findings of these severities."""
        return tuple(f for f in self.findings if f.severity in severities)

    @property
    def blocks_submission(self) -> tuple[Finding, ...]:
        """What must be mended before it can be submitted."""
        return self.of(Severity.BLOCKS_SUBMISSION)

    @property
    def blocks_approval(self) -> tuple[Finding, ...]:
        """What must be mended before an office can approve it; includes the above."""
        return self.of(Severity.BLOCKS_SUBMISSION, Severity.BLOCKS_APPROVAL)

    @property
    def failing(self) -> tuple[str, ...]:
        """Clauses with a finding that is more than advice, in the order asked."""
        failed = {f.clause for f in self.blocks_approval}
        return tuple(clause for clause in self.asked if clause in failed)

    @property
    def met(self) -> tuple[str, ...]:
        """Clauses that were asked and have no finding beyond advice."""
        failed = {f.clause for f in self.blocks_approval}
        return tuple(clause for clause in self.asked if clause not in failed)


@dataclass(frozen=True)
class Remedy:
    """One thing to mend, whichever clauses ask for it."""

    finding: Finding
    also: tuple[str, ...] = ()

    @property
    def clauses(self) -> str:
        """All clauses that ask for it, in their order."""
        return ", ".join((self.finding.clause, *self.also))

    def __str__(self) -> str:
        return f"{self.clauses}: {self.finding.sentence}"


def remedies(findings: Iterable[Finding]) -> tuple[Remedy, ...]:
    """What there is to mend, in the order of the findings; `also` names the further clauses."""
    clauses: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        clauses.setdefault((finding.severity, finding.sentence, finding.place), []).append(finding)
    return tuple(
        Remedy(group[0], tuple(finding.clause for finding in group[1:]))
        for group in clauses.values()
    )


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the one order in which everyone sees them."""

    def key(finding: Finding) -> tuple[object, ...]:
        part, _dash, number = finding.clause.partition("-")
        place = finding.place
        row = -1 if place.row is None else place.row
        return (
            ORDER[finding.severity],
            part,
            int(number) if number.isdigit() else 0,
            place.page,
            place.field,
            row,
            place.name,
            finding.rule,
            finding.sentence,
        )

    return tuple(sorted(set(findings), key=key))
