"""What every report of the office shares: who may read it, its chart, its words, its exports.

Wagtail's own report views export a whole list from memory; here both formats take the rows from the
database as they are written.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.reports import ReportView

from credentials.admin.table_exports import export
from credentials.admin.trails import AdminPage, Trail
from credentials.choices import Category
from workflows.reports.charts import Chart

READ = "workflows.view_decision"
WORDS = "report-words"  # the class of columns that need the room of a few words
DAY = "report-day"  # the class of columns that hold a day, in one line
CHUNK = 500  # rows read at once for an export: what bounds the memory
Row = Any


class OfficeReport(AdminPage, ReportView):
    """A report on one page, with a table for each value of its filter `show`.

    A report says `tables` (columns by name, the first shown unless another is chosen) and `rows`:
    a queryset, or a list where a row stands for many.
    """

    template_name = "workflows/admin/reports/report.html"
    results_template_name = "workflows/admin/reports/results.html"
    show_export_buttons = True
    permission: ClassVar[str] = READ
    slug: ClassVar[str] = ""
    order: ClassVar[int] = 0
    tables: ClassVar[dict[str, list[Column]]] = {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for those who may read what it counts."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it, or export what is shown; a filter that cannot be read is shown first."""
        if self.filters.is_valid() and request.GET.get("export") in self.FORMATS:
            name = f"{self.slug}-{self.table}" if len(self.tables) > 1 else self.slug
            return export(name, request.GET["export"], self.export_rows())
        self.is_export = False
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """The first table is chosen when none is."""
        data = self.request.GET.copy()
        data.setdefault("show", next(iter(self.tables)))
        return {"data": data, "request": self.request}

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What the filters say; nothing when they cannot be read."""
        return dict(self.filters.form.cleaned_data) if self.filters.is_valid() else {}

    @cached_property
    def table(self) -> str:
        """The name of the table that is shown."""
        show = self.chosen.get("show")
        return show if show in self.tables else next(iter(self.tables))

    @property
    def columns(self) -> list[Column]:
        """The columns of the table that is shown."""
        return self.tables[self.table]

    def rows(self) -> "QuerySet[Any] | list[Any]":
        """Everything that the table shows, on however many pages."""
        raise NotImplementedError

    def read(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Rows as the columns read them, for a report that puts them in words first."""
        return rows

    def get_filtered_queryset(self) -> Any:
        return self.rows()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return object_list

    def get_table(self, object_list: Any) -> Table:
        """With a caption for those who do not see where it stands."""
        return Table(
            self.columns,
            self.read(object_list),
            caption=self.page_title,
            classname="listing report-table",
        )

    def export_rows(self) -> Iterator[list[Any]]:
        """Headings and rows, each read when its turn comes."""
        rows = self.rows()
        stream = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)
        links = [column for column in self.columns if isinstance(column, LinkColumn)]
        headings = [str(column.label) for column in self.columns]
        told = ([*self._values(row), *self._addresses(row, links)] for row in self.read(stream))
        return chain([[*headings, *([_("Address")] if links else [])]], told)

    def _values(self, row: Row) -> list[Any]:
        return [column.get_value(row) for column in self.columns]

    def _addresses(self, row: Row, links: list["LinkColumn"]) -> list[str]:
        if not links:
            return []
        address = links[0].get_link_url(row, {})
        return [f"{self.site_address}{address}" if address else ""]

    @cached_property
    def site_address(self) -> str:
        """What comes before the path in every address of an export; reckoned once for all rows."""
        return str(self.request.build_absolute_uri("/")).rstrip("/")

    def chart(self) -> Chart | None:
        """The figures as a picture, where there are any."""
        return None

    def explanation(self) -> list[str]:
        """How the figures are made, in sentences."""
        return []

    def nothing_found(self) -> str:
        """What an empty report means."""
        return _("There is nothing to report.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "chart": self.chart(),
            "explanation": self.explanation(),
            "no_results_message": self.nothing_found(),
        }

    def trail(self) -> Trail:
        return [("", _("Reports"))]

    def get_index_url(self) -> str:
        return reverse(f"governance:report_{self.slug}")

    def get_index_results_url(self) -> str:
        return reverse(f"governance:report_{self.slug}_results")


class LinkColumn(TitleColumn):
    """A column that leads somewhere; an export gives the address in a column of its own."""


def offering_column(key: str, title: str) -> LinkColumn:
    """An offering's title, leading to its timeline. `key` and `title` are the row's names."""
    return LinkColumn(
        "offering",
        label=gettext_lazy("Offering"),
        accessor=title,
        get_url=lambda row: reverse("governance:timeline", args=[Column(key).get_value(row)]),
    )


def category_column(name: str = "category") -> Column:
    """The category in words."""
    return Column(
        "category",
        label=gettext_lazy("Category"),
        accessor=worded(dict(Category.choices), name),
        classname=WORDS,
    )


def worded(words: dict[Any, Any], name: str) -> Callable[[Row], str]:
    """An accessor of a key's words; the key itself where there are none."""
    column = Column(name)

    def read(row: Row) -> str:
        key = column.get_value(row)
        return str(words.get(key, key or ""))

    return read
