"""The register of OSAP records: found by year and state, sent together, exported (MC-5)."""

from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from credentials.admin.osap.pages import NAMESPACE, TEMPLATES, DepartmentOnly
from credentials.admin.table_exports import export
from credentials.models import OsapEvent, OsapRecord, OsapYear
from credentials.osap.ministry_file import rows

State = OsapRecord.State


class OsapFilterSet(WagtailFilterSet):
    """Year, state, and whether a change is to report."""

    year = ModelChoiceFilter(queryset=OsapYear.objects.all(), label=gettext_lazy("Academic year"))
    standing = ChoiceFilter(choices=State.choices, label=gettext_lazy("State"))
    to_report = BooleanFilter(label=gettext_lazy("Change to report"), method="filter_to_report")

    class Meta:
        model = OsapRecord
        fields: list[str] = []

    def filter_to_report(
        self, queryset: QuerySet[OsapRecord], name: str, value: bool
    ) -> QuerySet[OsapRecord]:
        """By the last event."""
        is_marked = {"last_act": OsapEvent.Act.DEPARTED}
        return queryset.filter(**is_marked) if value else queryset.exclude(**is_marked)


class ChooseColumn(Column):
    """A box beside each record that can be marked as submitted; it belongs to the form below."""

    def get_value(self, instance: OsapRecord) -> str:
        if instance.state != State.TO_PREPARE:
            return ""
        return format_html(
            '<input type="checkbox" name="record" value="{}" form="osap-chosen" aria-label="{}">',
            instance.pk,
            _("Choose %(record)s") % {"record": instance},
        )


def standing_of(record: OsapRecord) -> str:
    """The state in words, and whether a change is to report."""
    if record.is_to_report:
        return _("%(state)s, change to report") % {"state": record.state.label}
    return str(record.state.label)


class OsapRegister(DepartmentOnly, IndexView):
    """All records, newest year first."""

    model = OsapRecord
    page_title = gettext_lazy("OSAP")
    header_icon = "form"
    template_name = f"{TEMPLATES}/register.html"
    results_template_name = f"{TEMPLATES}/register_results.html"
    index_url_name = f"{NAMESPACE}:index"
    index_results_url_name = f"{NAMESPACE}:index_results"
    filterset_class = OsapFilterSet
    search_fields = ["offering__title", "cip", "noc_1", "noc_2", "noc_3"]
    any_permission_required: list[str] = []
    default_ordering = "-year"
    paginate_by = 50
    list_export = ["title"]  # the columns are the ministry's, see as_spreadsheet
    columns = [
        ChooseColumn("choose", label=gettext_lazy("Choose"), width="5%"),
        TitleColumn(
            "offering",
            label=gettext_lazy("Micro-credential"),
            accessor=lambda record: record.offering.title,
            get_url=lambda record: reverse(f"{NAMESPACE}:record", args=[record.pk]),
            sort_key="offering__title",
        ),
        Column("year", label=gettext_lazy("Year"), sort_key="year"),
        StatusTagColumn(
            "standing",
            label=gettext_lazy("State"),
            accessor=standing_of,
            primary=lambda record: record.state == State.APPROVED,
        ),
        Column("weeks", label=gettext_lazy("Weeks")),
        Column("hours", label=gettext_lazy("Hours")),
        Column("cip", label=gettext_lazy("CIP")),
        Column("tuition", label=gettext_lazy("Tuition")),
        Column(
            "last_at",
            label=gettext_lazy("Last change"),
            accessor=lambda record: localdate(record.last_at),
        ),
    ]

    def user_has_any_permission(self, permissions: Any) -> bool:
        """Being of the Department was asked before, and is all that counts."""
        return True

    def get_base_queryset(self) -> QuerySet[OsapRecord]:
        return OsapRecord.objects.with_standing().select_related("offering", "year")

    def order_queryset(self, queryset: QuerySet[OsapRecord]) -> QuerySet[OsapRecord]:
        """By year, then title, unless a column is asked for."""
        orders = {
            "year": ("year__begins_in", "offering__title", "pk"),
            "-year": ("-year__begins_in", "offering__title", "pk"),
            "offering__title": ("offering__title", "-year__begins_in", "pk"),
            "-offering__title": ("-offering__title", "-year__begins_in", "pk"),
        }
        return queryset.order_by(*orders.get(self.ordering, orders["-year"]))

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        """What the ministry asks for, of the records as filtered."""
        return export("osap", spreadsheet_format, rows(queryset))

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(
                _("Open a record"),
                reverse(f"{NAMESPACE}:open"),
                icon_name="plus",
            ),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        years = HeaderButton(
            _("Limits by year"), reverse(f"{NAMESPACE}:years"), icon_name="calendar", priority=10
        )
        return [years, *super().header_more_buttons]

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return _("No record matches. Choose less.")
        return _(
            "There are no OSAP records yet. One is opened when a micro-credential that asks for "
            "OSAP is published, and you can open one yourself."
        )

    submit_url = reverse_lazy(f"{NAMESPACE}:submit_all")
