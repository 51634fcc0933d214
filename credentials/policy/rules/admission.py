"""The authority that the policy names settles admission, consulting whom it must (AD-1 to AD-4)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

PAGE = Place("admission_requirements", page="admission")


def _is_its_case(view: OfferingView, terms: RuleTerms) -> bool:
    """One of the four clauses speaks to each offering: the one that names its authority."""
    return view.authority.clause == terms.clause and not view.is_contracted


def _was_signed_with_a_consultation_due(view: OfferingView, terms: RuleTerms) -> bool:
    due = bool(view.authority.consults) and view.sign_off is not None
    return due and _is_its_case(view, terms)


@rule(
    "admission-stated",
    gettext_lazy("Admission and progression requirements are stated"),
    applies=_is_its_case,
)
def admission_stated(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """An offering without requirements says so."""
    if "admission_requirements" not in view.filled:
        yield Gap(
            _(
                "“Admission and progression requirements” is empty. %(authority)s settles them: "
                "write them down, or write that there are none."
            )
            % {"authority": view.authority.name},
            Place("admission_requirements"),
        )


@rule(
    "admission-signed-off",
    gettext_lazy("The authority signed off exactly these admission requirements"),
    applies=_is_its_case,
)
def admission_signed_off(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A sign-off of another text or by another authority does not count."""
    if view.sign_off is None:
        yield Gap(
            _("The admission requirements are not signed off. Ask %(authority)s to sign them off.")
            % {"authority": view.authority.name},
            PAGE,
        )
    elif not view.sign_off.fits:
        yield Gap(
            _(
                "The admission requirements or their authority changed after %(signer)s signed "
                "off. Ask %(authority)s to sign them off as they stand now."
            )
            % {"signer": view.sign_off.authority, "authority": view.authority.name},
            PAGE,
        )


@rule(
    "admission-consulted",
    gettext_lazy("The sign-off records the consultation"),
    applies=_was_signed_with_a_consultation_due,
)
def admission_consulted(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Where there is no sign-off yet, `admission-signed-off` asks for it first."""
    if view.sign_off is not None and not view.sign_off.consulted.strip():
        yield Gap(
            _(
                "The sign-off does not record that the %(consults)s was consulted. Ask "
                "%(authority)s to sign off again with who was consulted, when, and what was said."
            )
            % {"consults": view.authority.consults, "authority": view.authority.name},
            PAGE,
        )
