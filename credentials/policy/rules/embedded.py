"""Micro-credentials inside degrees follow the parent program's governance (GB-1, GB-2)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _is_embedded(view: OfferingView, terms: RuleTerms) -> bool:
    return (
        view.kind == Kind.MICRO_CREDENTIAL
        and bool(view.parent_program.strip())
        and not view.is_contracted
    )


@rule(
    "embedded-outcome",
    gettext_lazy("What was decided on the parent program is recorded"),
    applies=_is_embedded,
)
def embedded_outcome(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Recorded with reference and date, and not decided again (GB-1)."""
    names = {"program": view.parent_program}
    if not view.iqap_reference.strip():
        yield Gap(
            _(
                "It is part of “%(program)s”, whose approval decides. Fill in “IQAP reference” "
                "with the reference of that approval, or clear “part of the program”."
            )
            % names,
            Place("iqap_reference"),
        )
    if view.iqap_date is None or view.iqap_date > view.today:
        yield Gap(
            _(
                "Give the day on which “%(program)s” was approved under “IQAP decision date”; it "
                "cannot be in the future."
            )
            % names,
            Place("iqap_date"),
        )
