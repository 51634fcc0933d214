"""Which route a proposal takes: one pure function of what it is and what changed."""

from dataclasses import dataclass

from credentials.choices import CreditBasis, Kind
from credentials.models import Offering
from credentials.record.content import RULES, FrozenContent, freeze
from credentials.record.ledger import PublishedVersion
from workflows.choices import RouteKey


@dataclass(frozen=True)
class Proposal:
    """What decides on the route: kind, credit basis, and which class of fields changed.

    `contracted` when it is delivered under another's policy, and was never published otherwise.
    `stackable` when it is a stackable credential, whatever its kind; `embedded` when it is part
    of a degree or diploma that is itself new; `retiring` when it is to end.
    """

    kind: str
    credit_basis: str
    governed_change: bool
    contracted: bool = False
    stackable: bool = False
    embedded: bool = False
    retiring: bool = False


def route_for(proposal: Proposal) -> RouteKey:
    """Choose the route (CP-3, SH-2, MC-1, FA-2, FW-2, GB-1): the first that fits, in this order.

    A new offering is a governed change.
    """
    is_plain_course = proposal.kind == Kind.COURSE and not proposal.stackable
    routes = (
        (RouteKey.RETIREMENT, proposal.retiring),
        (RouteKey.EDITORIAL, not proposal.governed_change),
        (RouteKey.CONTRACTED, proposal.contracted),
        (RouteKey.EMBEDDED, proposal.embedded),
        (RouteKey.FOR_CREDIT, proposal.credit_basis == CreditBasis.FAC),
        (RouteKey.CERTIFICATE, proposal.kind == Kind.CERTIFICATE_PROGRAM),
        (RouteKey.COURSE, is_plain_course),
        (RouteKey.MICRO_CREDENTIAL, True),
    )
    return next(route for route, fits in routes if fits)


def clauses_for(proposal: Proposal) -> list[str]:
    """The clauses under which the last stage of the route decides."""
    if proposal.contracted:
        return ["FW-2"]
    if proposal.embedded:
        return ["GB-1", "GB-2"]
    if proposal.credit_basis == CreditBasis.FAC:
        return ["SC-2", "FA-2"]
    if proposal.kind == Kind.COURSE and proposal.stackable:
        return ["MC-1"]
    return {
        Kind.CERTIFICATE_PROGRAM: ["CP-2", "CP-3"],
        Kind.COURSE: ["SH-2"],
        Kind.MICRO_CREDENTIAL: ["MC-1"],
        Kind.DIGITAL_BADGE: ["MC-1"],
    }[Kind(proposal.kind)]


def proposal_of(offering: Offering, frozen: FrozenContent | None = None) -> Proposal | None:
    """Compare an offering's content with its published version; None when nothing changed.

    `frozen` is this content, where the caller has frozen it already. Where it holds the public
    document too, the same content in new words of other records is an editorial change.
    """
    decided_on = frozen
    if frozen is None or frozen.rules != RULES:
        frozen = freeze(offering)
    head = PublishedVersion.objects.head_of(offering.pk)
    if head and head.is_public and head.says(frozen) and not _says_anew(decided_on, head):
        return None
    editorial = head is not None and head.differs_in_editorial_fields_only(frozen.governed_hash)
    return Proposal(
        str(offering.kind),
        offering.credit_basis,
        governed_change=not editorial,
        contracted=bool(offering.contracted_for) and _was_always_contracted(head),
        stackable=bool(offering.stacking_approach),
        embedded=offering.in_new_program and bool(offering.parent_program.strip()),
    )


def _says_anew(frozen: FrozenContent | None, head: PublishedVersion) -> bool:
    return frozen is not None and frozen.document not in ("", head.document)


def _was_always_contracted(head: PublishedVersion | None) -> bool:
    """False once it was published as our own: calling it contracted must not avoid its route."""
    return head is None or bool(head.public_document.get("contracted"))
