"""How it is delivered, for whom under contract, and who may ask for OSAP (MC-5, FW-2)."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

# What the Ministry finances.
UNDER_WEEKS = 12
LEAST_HOURS = Decimal(5)
MOST_HOURS = Decimal(300)


def _is_osap_eligible(view: OfferingView, terms: RuleTerms) -> bool:
    return view.osap_eligible and view.is_governed_here


def _has_contract_or_its_policy(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_contracted or bool(view.governing_policy.strip())


@rule(
    "osap-limits",
    gettext_lazy("What is OSAP-eligible keeps within the Ministry's limits"),
    applies=_is_osap_eligible,
)
def osap_limits(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Only a micro-credential, strictly shorter than 12 weeks, of 5 to 300 hours (MC-5)."""
    if view.kind != Kind.MICRO_CREDENTIAL:
        yield Gap(
            _("Only a micro-credential can be OSAP-eligible. Clear “OSAP-eligible”."),
            Place("osap_eligible"),
        )
        return
    if view.weeks is None or view.weeks >= UNDER_WEEKS:
        yield Gap(
            _(
                "What is OSAP-eligible takes less than %(weeks)s weeks. Give a shorter “length in "
                "weeks”, or clear “OSAP-eligible”."
            )
            % {"weeks": UNDER_WEEKS},
            Place("weeks"),
        )
    if view.hours is None or not LEAST_HOURS <= view.hours <= MOST_HOURS:
        yield Gap(
            _(
                "What is OSAP-eligible takes %(least)s to %(most)s hours. Give “hours of learning” "
                "within these, or clear “OSAP-eligible”."
            )
            % {"least": LEAST_HOURS, "most": MOST_HOURS},
            Place("hours"),
        )


@rule(
    "contract-policy",
    gettext_lazy("Contracted delivery names for whom, and under which policy"),
    applies=_has_contract_or_its_policy,
)
def contract_policy(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The one thing asked of contracted delivery, and the marks go together (FW-2)."""
    if not view.governing_policy.strip():
        yield Gap(
            _(
                "It is delivered under contract, so another policy governs it. Name that policy "
                "under “governing policy”."
            ),
            Place("governing_policy"),
        )
    if not view.is_contracted:
        yield Gap(
            _(
                "A governing policy is named, but not for whom it is delivered. Fill in "
                "“delivered under contract for”, or clear “governing policy”."
            ),
            Place("contracted_for"),
        )
