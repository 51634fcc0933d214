"""Responsibilities agreements: who takes which duty, signed by every party (MC-6).

A signature binds to the terms it was given for: change a word and it no longer counts.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.choices import Duty, PartyKind
from credentials.fields import ChoiceListField
from credentials.private_links.links import PrivateLinkQuerySet, PrivateLinkRow
from credentials.private_links.one_time_codes import OneTimeCodeRow
from credentials.record.content import sha256


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements in the words of the domain."""

    def current(self) -> "AgreementQuerySet":
        """The version that counts, of each offering: the newest opened one, else the draft.

        Writing the next version takes nothing away from the one that was signed.
        """
        state = Agreement.State
        others = Agreement.objects.filter(offering=models.OuterRef("offering"))
        newer = others.filter(state=models.OuterRef("state"), number__gt=models.OuterRef("number"))
        return (
            self.exclude(state=state.CANCELLED)
            .filter(~models.Exists(newer))
            .filter(models.Q(state=state.OPEN) | ~models.Exists(others.filter(state=state.OPEN)))
        )


class Agreement(ClusterableModel):
    """One version of an offering's agreement. Its terms are edited only while it is a draft."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", pgettext_lazy("state", "Open for signature")
        CANCELLED = "cancelled", _("Cancelled")

    offering = models.ForeignKey(
        "credentials.Offering",
        verbose_name=_("offering"),
        on_delete=models.CASCADE,
        related_name="agreements",
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The parties are reminded before it lapses.")
    )
    learning_system = models.CharField(
        _("learning management system"),
        max_length=200,
        blank=True,
        help_text=_("Which one learners use. MC-6"),
    )
    notes = models.TextField(_("further terms"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    opened_at = models.DateTimeField(_("opened for signature"), null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("learning_system"),
        InlinePanel("parties", heading=_("Parties"), label=_("party"), min_num=1),
        FieldPanel("notes"),
    ]

    class Meta:
        verbose_name = _("responsibilities agreement")
        verbose_name_plural = _("responsibilities agreements")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="one_agreement_per_number"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def title(self) -> str:
        """The offering's, as its newest draft has it: it is agreed on before it is published."""
        return self.offering.get_admin_display_title()

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {"ends_on": _("An agreement cannot end before it starts. Choose a later day.")}
            )

    def terms(self, parties: "Iterable[AgreementParty] | None" = None) -> dict[str, Any]:
        """What is signed, as plain data; give the parties when they have been read already."""
        found = self.parties.all() if parties is None else parties
        in_order = sorted(found, key=lambda party: (party.sort_order or 0, party.pk or 0))
        return {
            "offering": self.offering_id,
            "number": self.number,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "learning_system": self.learning_system,
            "notes": self.notes,
            "parties": [party.terms() for party in in_order],
        }

    def terms_hash_of(self, parties: "Iterable[AgreementParty]") -> str:
        """The hash of the terms with these parties, which have been read already."""
        return sha256(self.terms(parties))

    @property
    def terms_hash(self) -> str:
        """Lowercase hexadecimal SHA-256 of the terms' canonical form."""
        return sha256(self.terms())


class AgreementParty(Orderable):
    """A party, who signs for it, and what it takes on."""

    agreement = ParentalKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    name = models.CharField(_("party"), max_length=200)
    signatory_name = models.CharField(_("signed for by"), max_length=200)
    signatory_email = models.EmailField(
        _("signatory's e-mail"), help_text=_("Receives the private link and the one-time code.")
    )
    duties = ChoiceListField(
        verbose_name=_("duties"), choices_class=Duty, blank=True, help_text=_("MC-6")
    )
    other_duties = models.TextField(_("other duties"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("signatory_name"), FieldPanel("signatory_email")]),
        FieldPanel("duties", heading=_("Duties")),
        FieldPanel("other_duties"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to an agreement")

    def __str__(self) -> str:
        return self.name

    def terms(self) -> dict[str, Any]:
        """The party's part of what is signed."""
        return {
            "kind": self.kind,
            "name": self.name,
            "duties": sorted(self.duties),
            "other_duties": self.other_duties,
        }


class AgreementSignature(AppendOnly):
    """A party's signature under exactly these terms."""

    sealed = Sealed.INTERNAL

    class Method(models.TextChoices):
        ADMIN = "admin", _("Signed in to the admin")
        LINK = "link", _("By private link and one-time code")

    party = models.ForeignKey(
        AgreementParty, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("party")
    )
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="agreement_signatures"
    )
    terms = models.TextField(_("terms"), help_text=_("Canonical JSON of what was signed."))
    terms_hash = models.CharField(_("hash of the terms"), max_length=64)
    method = models.CharField(_("how"), max_length=10, choices=Method.choices)
    signed_by_key = models.CharField(_("person's key"), max_length=64, blank=True)
    signed_by_name = models.CharField(_("signed by"), max_length=200)
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature under an agreement")
        verbose_name_plural = _("signatures under agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "terms_hash"], name="one_signature_per_party_and_terms"
            )
        ]

    def __str__(self) -> str:
        return self.signed_by_name


class SigningInvitation(PrivateLinkRow):
    """A private link for a party's signatory. Only hashes of the link and its codes are kept."""

    code_template = "credentials/agreements/mail/code"

    party = models.ForeignKey(AgreementParty, on_delete=models.CASCADE, related_name="invitations")
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("invitation to sign")
        verbose_name_plural = _("invitations to sign")

    def __str__(self) -> str:
        return f"{self.party_id}"

    def alike(self) -> PrivateLinkQuerySet:
        return SigningInvitation.objects.filter(party=self.party_id)

    def address_of_codes(self) -> str:
        return self.party.signatory_email


class SigningCode(OneTimeCodeRow):
    """A code that was sent to a party's signatory."""

    link = models.ForeignKey(SigningInvitation, on_delete=models.CASCADE, related_name="codes")
