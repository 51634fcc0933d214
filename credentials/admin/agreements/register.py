"""The register of agreements: of which offering, where it stands, who has yet to sign (MC-6)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.admin.agreements.draft_pages import ChooseOfferingView
from credentials.admin.registers import Column, Register, exported
from credentials.agreements.access import CHANGE
from credentials.agreements.status import Standing, standing_of, standings_of
from credentials.models import Agreement, AgreementParty
from credentials.people.actors import Person

State = Agreement.State


class StandingFilter(admin.SimpleListFilter):
    """Where an agreement stands."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", _("Draft")),
            ("unsigned", _("Waiting for signatures")),
            ("signed", _("Signed by everyone")),
            ("lapsed", _("Lapsed")),
            ("replaced", _("Replaced by a newer version")),
            ("cancelled", _("Cancelled")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Agreement]
    ) -> models.QuerySet[Agreement]:
        """Terms are fixed once opened, so a party with a signature has signed them."""
        current = Agreement.objects.current().filter(state=State.OPEN).values("pk")
        unsigned = AgreementParty.objects.filter(
            agreement=models.OuterRef("pk"), signatures__isnull=True
        )
        ended = models.Q(ends_on__lt=timezone.localdate())
        standing = queryset.filter(pk__in=current)
        found = {
            "draft": queryset.filter(state=State.DRAFT),
            "cancelled": queryset.filter(state=State.CANCELLED),
            "replaced": queryset.filter(state=State.OPEN).exclude(pk__in=current),
            "lapsed": standing.filter(ended),
            "unsigned": standing.exclude(ended).filter(models.Exists(unsigned)),
            "signed": standing.exclude(ended).exclude(models.Exists(unsigned)),
        }
        return found.get(self.value() or "", queryset)


class AgreementRegister(Register):
    """All versions of all agreements, newest first (MC-6)."""

    model = Agreement
    menu_label = gettext_lazy("Agreements")
    menu_icon = "doc-full-inverse"
    menu_order = 345
    served = ("index", "create")
    create_view_class = ChooseOfferingView
    columns = (
        Column("offering_title", page="credentials_agreements:agreement"),
        "number",
        "standing",
        exported("starts_on"),
        "ends_on",
        exported("learning_system"),
        exported("parties_named"),
        "still_to_sign",
    )
    list_filter = (StandingFilter, "starts_on", "ends_on")
    search_fields = ("offering__draft_title", "parties__name")
    list_select_related = ("offering",)
    export_filename = "agreements"

    def may_begin(self, user: Person) -> bool:
        return bool(user.has_perm(CHANGE))  # type: ignore[union-attr]

    def prepared(self, rows: Iterable[Agreement]) -> Iterable[Agreement]:
        """Each with its `standing_today`, read of all at once."""
        agreements = list(rows)
        for standing in standings_of(agreements):
            standing.agreement.standing_today = standing
        return agreements

    @admin.display(description=gettext_lazy("offering"), ordering="offering__draft_title")
    def offering_title(self, agreement: Agreement) -> str:
        """The offering's title."""
        return agreement.title

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, agreement: Agreement) -> str:
        """In words."""
        return _standing(agreement).label

    @admin.display(description=gettext_lazy("still to sign"))
    def still_to_sign(self, agreement: Agreement) -> str:
        """The parties whose signature is missing; nothing where none is awaited."""
        standing = _standing(agreement)
        waiting = standing.unsigned if standing.can_be_signed else []
        return get_text_list([party.name for party in waiting], _("and"))

    @admin.display(description=gettext_lazy("parties"))
    def parties_named(self, agreement: Agreement) -> str:
        """All parties."""
        return "; ".join(item.party.name for item in _standing(agreement).parties)


def _standing(agreement: Agreement) -> Standing:
    return getattr(agreement, "standing_today", None) or standing_of(agreement)
