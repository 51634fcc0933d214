"""Where an agreement stands: who has signed its present terms, and whether it is in force."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.choices import Duty
from credentials.models import Agreement, AgreementParty, AgreementSignature

State = Agreement.State


@dataclass(frozen=True)
class PartyStanding:
    """A party with its signature under the present terms, if it gave one."""

    party: AgreementParty
    signature: AgreementSignature | None


@dataclass(frozen=True)
class DutyRow:
    """A duty and, party by party, whether it is taken."""

    label: str
    taken: tuple[bool, ...]


@dataclass(frozen=True)
class Standing:
    """An agreement as it stands today. `is_current` when no newer version counts instead."""

    agreement: Agreement
    parties: tuple[PartyStanding, ...]
    is_current: bool

    @property
    def unsigned(self) -> list[AgreementParty]:
        """Parties whose signature under the present terms is missing."""
        return [standing.party for standing in self.parties if standing.signature is None]

    @property
    def is_signed(self) -> bool:
        """Whether every party signed the present terms."""
        return bool(self.parties) and not self.unsigned

    @property
    def has_lapsed(self) -> bool:
        """Whether its last day is past."""
        ends_on = self.agreement.ends_on
        return ends_on is not None and ends_on < timezone.localdate()

    @property
    def can_be_signed(self) -> bool:
        """Whether a signature given now would count."""
        is_open = self.agreement.state == State.OPEN
        return is_open and self.is_current and not self.has_lapsed

    @property
    def in_force(self) -> bool:
        """Signed by all, begun, not lapsed, not replaced."""
        starts_on = self.agreement.starts_on
        has_begun = starts_on is not None and starts_on <= timezone.localdate()
        return self.can_be_signed and self.is_signed and has_begun

    @property
    def label(self) -> str:
        """In words, where the agreement stands."""
        if self.agreement.state != State.OPEN:
            return str(self.agreement.get_state_display())
        if not self.is_current:
            return _("Replaced by a newer version")
        if self.has_lapsed:
            return _("Lapsed")
        if self.in_force:
            return _("In force")
        return _("Signed, not begun") if self.is_signed else _("Waiting for signatures")

    @property
    def duties(self) -> list[DutyRow]:
        """The table of duties by parties, in the policy's order (MC-6)."""
        return [
            DutyRow(str(label), tuple(key in item.party.duties for item in self.parties))
            for key, label in Duty.choices
        ]

    @property
    def has_other_duties(self) -> bool:
        """Whether a party takes on something beyond the policy's duties."""
        return any(item.party.other_duties for item in self.parties)


def standing_of(agreement: Agreement) -> Standing:
    """Where one agreement stands."""
    return standings_of([agreement])[0]


def standings_of(agreements: Iterable[Agreement]) -> list[Standing]:
    """Where each of a batch stands, in its order; three queries, whatever its size."""
    batch = list(agreements)
    keys = [agreement.pk for agreement in batch]
    parties: dict[int, list[AgreementParty]] = {key: [] for key in keys}
    for party in AgreementParty.objects.filter(agreement__in=keys).order_by("sort_order", "pk"):
        parties[party.agreement_id].append(party)
    signatures = {
        (signature.party_id, signature.terms_hash): signature
        for signature in AgreementSignature.objects.filter(party__agreement__in=keys)
    }
    current = set(Agreement.objects.filter(pk__in=keys).current().values_list("pk", flat=True))
    standings = []
    for agreement in batch:
        own = parties[agreement.pk]
        terms_hash = agreement.terms_hash_of(own)
        standings.append(
            Standing(
                agreement=agreement,
                parties=tuple(
                    PartyStanding(party, signatures.get((party.pk, terms_hash))) for party in own
                ),
                is_current=agreement.pk in current,
            )
        )
    return standings
