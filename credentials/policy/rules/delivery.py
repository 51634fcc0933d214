"""How it is delivered, for whom under contract, and what OSAP is asked for (MC-5, FW-2)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.osap import misfits
from credentials.policy.rule import rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _asks_for_osap(view: OfferingView, terms: RuleTerms) -> bool:
    return view.asks_for_osap and view.is_governed_here


def _has_contract_or_its_policy(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_contracted or bool(view.governing_policy.strip())


@rule(
    "osap-limits",
    gettext_lazy("What OSAP is asked for keeps within the ministry's limits of the year"),
    applies=_asks_for_osap,
)
def osap_limits(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Only a micro-credential, strictly shorter than so many weeks, of so many hours (MC-5)."""
    if view.kind != Kind.MICRO_CREDENTIAL:
        yield Gap(
            _("OSAP can be asked for a micro-credential only. Clear “ask for OSAP”."),
            Place("osap_eligible"),
        )
        return
    for misfit in misfits(view.weeks, view.hours, view.osap_limits):
        yield Gap(
            _("%(misfit)s Or clear “ask for OSAP”.") % {"misfit": misfit.sentence},
            Place(misfit.field),
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
