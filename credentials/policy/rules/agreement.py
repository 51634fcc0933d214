"""Responsibilities are settled and signed, and the offering agrees with them (MC-6)."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import AwardKind, DeliveryMode, Duty, PartyKind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.scope import alternative_credentials
from credentials.policy.terms import RuleTerms
from credentials.policy.view import Agreement, OfferingView

PAGE = Place("agreement", page="agreement")
OF_THE_UNIVERSITY = frozenset({PartyKind.DEPARTMENT, PartyKind.ACADEMIC_UNIT, PartyKind.OTHER_UNIT})
NEEDS_BADGES = frozenset({AwardKind.MICRO_CREDENTIAL, AwardKind.DIGITAL_BADGE})
NEEDS_LEARNING_SYSTEM = frozenset({DeliveryMode.ONLINE, DeliveryMode.HYBRID, DeliveryMode.DISTANCE})


def _has_agreement(view: OfferingView, terms: RuleTerms) -> bool:
    return view.agreement is not None and alternative_credentials(view, terms)


def _agreement(view: OfferingView) -> Agreement:
    assert view.agreement is not None  # `_has_agreement` said so
    return view.agreement


def _key(name: str) -> str:
    """Names are the same whatever their case and spacing."""
    return " ".join(name.split()).casefold()


@rule(
    "agreement-made",
    gettext_lazy("There is a responsibilities agreement, open for signature"),
    applies=alternative_credentials,
)
def agreement_made(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A draft cannot be signed, so it does not count."""
    if view.agreement is None:
        yield Gap(
            _(
                "There is no responsibilities agreement. Begin one, name its parties and who "
                "takes which duty, and open it for signature."
            ),
            PAGE,
        )
    elif not view.agreement.is_open:
        yield Gap(
            _(
                "The responsibilities agreement is still a draft, which nobody can sign. Open it "
                "for signature."
            ),
            PAGE,
        )


@rule(
    "agreement-duties",
    gettext_lazy("Every duty is taken by a party to the agreement"),
    applies=_has_agreement,
    uses=frozenset({Uses.TERMS}),
    vocabulary=tuple(Duty.values),
)
def agreement_duties(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The terms are the duties that somebody must take; several parties may share one."""
    taken = {duty for party in _agreement(view).parties for duty in party.duties}
    for duty in terms.terms:
        if duty not in taken:
            yield Gap(
                _("Nobody takes on “%(duty)s”. Give this duty to a party of the agreement.")
                % {"duty": Duty(duty).label},
                PAGE,
            )


@rule(
    "agreement-signed",
    gettext_lazy("Every party has signed the agreement"),
    applies=_has_agreement,
)
def agreement_signed(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A signature counts only under the present terms; without parties nobody has signed."""
    parties = _agreement(view).parties
    if not parties:
        yield Gap(_("Nobody has signed the agreement: it has no parties. Add them."), PAGE)
    for party in parties:
        if not party.has_signed:
            duties = ", ".join(str(duty.label) for duty in Duty if duty in party.duties)
            yield Gap(
                _(
                    "“%(party)s” has not signed for what it takes on (%(duties)s). Ask its "
                    "signatory to sign the agreement."
                )
                % {"party": party.name, "duties": duties or _("no duty named")},
                PAGE,
            )


@rule(
    "agreement-in-force",
    gettext_lazy("The agreement has a first day and has not lapsed"),
    applies=_has_agreement,
)
def agreement_in_force(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """It may begin later; it may not have ended."""
    agreement = _agreement(view)
    if agreement.starts_on is None:
        yield Gap(
            _("The agreement does not say from when it is in force. Give its first day."), PAGE
        )
    if agreement.ends_on is not None and agreement.ends_on < view.today:
        yield Gap(
            _(
                "The agreement lapsed after %(day)s. Make a new version of it, and have every "
                "party sign."
            )
            % {"day": date_format(agreement.ends_on, "DATE_FORMAT")},
            PAGE,
        )


@rule(
    "agreement-fits",
    gettext_lazy("The agreement and the offering say the same"),
    applies=_has_agreement,
)
def agreement_fits(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Partners, academic unit, who issues badges, and the system that learners use online."""
    yield from _parties_fit(view, _agreement(view))
    yield from _duties_fit(view, _agreement(view))


def _parties_fit(view: OfferingView, agreement: Agreement) -> Iterator[Gap]:
    partners = {_key(name) for name in view.partners}
    for party in agreement.parties:
        if party.kind == PartyKind.PARTNER and _key(party.name) not in partners:
            yield Gap(
                _(
                    "“%(party)s” is an outside partner in the agreement, but not of the offering. "
                    "Add it under “Partners”, or write its name the same way in both."
                )
                % {"party": party.name},
                Place("partners"),
            )
    units = {_key(p.name) for p in agreement.parties if p.kind == PartyKind.ACADEMIC_UNIT}
    if view.unit and _key(view.unit) not in units:
        yield Gap(
            _(
                "“%(unit)s” develops the offering, but is no party to the agreement. Add it as a "
                "party, or take it out of “partner academic unit”."
            )
            % {"unit": view.unit},
            PAGE,
        )


def _duties_fit(view: OfferingView, agreement: Agreement) -> Iterator[Gap]:
    issuers = [p for p in agreement.parties if Duty.BADGES in p.duties]
    if view.award in NEEDS_BADGES and not any(p.kind in OF_THE_UNIVERSITY for p in issuers):
        yield Gap(
            _(
                "The offering awards a credential of the university, but no party of the "
                "university issues it. Give “%(duty)s” to one in the agreement."
            )
            % {"duty": Duty.BADGES.label},
            PAGE,
        )
    online = [mode for mode in view.delivery_modes if mode in NEEDS_LEARNING_SYSTEM]
    if online and not agreement.learning_system.strip():
        yield Gap(
            _(
                "Delivery is “%(mode)s”, but the agreement names no learning management system. "
                "Name the one that learners use."
            )
            % {"mode": DeliveryMode(online[0]).label},
            PAGE,
        )
