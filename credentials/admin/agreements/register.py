"""The register of agreements: of which offering, where it stands, who has yet to sign (MC-6)."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.admin.agreements.draft_pages import ChooseOfferingView
from credentials.admin.register_index import RegisterIndexView
from credentials.admin.registers import ReadOnlyPermissions, Register
from credentials.agreements.status import Standing, standing_of, standings_of
from credentials.models import Agreement, AgreementParty
from credentials.people.actors import Person

State = Agreement.State


class AgreementPermissions(ReadOnlyPermissions):
    """Agreements are listed here; each is opened, changed and signed on its own page."""

    def user_can_create(self, user: Person) -> bool:
        return self.user_has_specific_permission(user, "change_agreement")

    def user_can_inspect_obj(self, user: Person, obj: models.Model) -> bool:
        return False


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


class AgreementIndexView(RegisterIndexView):
    """Reads the standing of all its rows at once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = with_standings(context["object_list"])
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """The whole list, as filtered."""
        return super().as_spreadsheet(with_standings(queryset), spreadsheet_format)


def with_standings(agreements: Any) -> list[Agreement]:
    """The same agreements, each with its `standing_today`."""
    rows = list(agreements)
    for standing in standings_of(rows):
        standing.agreement.standing_today = standing
    return rows


class AgreementAdmin(Register):
    """All versions of all agreements, newest first (MC-6)."""

    model = Agreement
    menu_label = gettext_lazy("Agreements")
    menu_icon = "doc-full-inverse"
    menu_order = 345
    served = ("index", "create")
    permission_helper_class = AgreementPermissions
    index_view_class = AgreementIndexView
    create_view_class = ChooseOfferingView
    list_display = ("offering_link", "number", "standing", "ends_on", "still_to_sign")
    list_filter = (StandingFilter, "starts_on", "ends_on")
    search_fields = ("offering__draft_title", "parties__name")
    list_select_related = ("offering",)
    index_view_extra_css = ["credentials/register.css"]
    export_filename = "agreements"
    list_export = (
        "offering_title",
        "number",
        "standing",
        "starts_on",
        "ends_on",
        "learning_system",
        "parties_named",
        "still_to_sign",
    )

    @admin.display(description=gettext_lazy("offering"), ordering="offering__draft_title")
    def offering_link(self, agreement: Agreement) -> str:
        """The offering's title, leading to the agreement."""
        address = reverse("credentials_agreements:agreement", args=[agreement.pk])
        return format_html('<a href="{}">{}</a>', address, agreement.title)

    @admin.display(description=gettext_lazy("offering"))
    def offering_title(self, agreement: Agreement) -> str:
        """The same, for the export."""
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
