"""How offerings stand with the policy, as a column and a filter of listings, from `Readiness`."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView, PageFilterSet
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageListingViewSet

from credentials.choices import Category, Kind
from credentials.models import PAGE_TYPES, Offering

FIELDS = ("clauses_met", "clauses_asked", "blocks_submission", "blocks_approval", "advice")


def standing_of(offering: Any) -> str:
    """How an annotated offering stands, in words: “12 of 14 clauses, 3 before submission”."""
    if getattr(offering, "clauses_asked", None) is None:
        return _("Not checked yet")
    parts = [
        _("%(met)s of %(asked)s clauses")
        % {"met": offering.clauses_met, "asked": offering.clauses_asked}
    ]
    if offering.blocks_submission:
        parts.append(_("%(count)s before submission") % {"count": offering.blocks_submission})
    if offering.blocks_approval:
        parts.append(_("%(count)s before approval") % {"count": offering.blocks_approval})
    if offering.advice:
        advice = ngettext(
            "%(count)s piece of advice", "%(count)s pieces of advice", offering.advice
        )
        parts.append(advice % {"count": offering.advice})
    return ", ".join(parts)


def kind_of(offering: Offering) -> str:
    """The kind, in words."""
    return str(offering.kind.label)


def with_standing(offerings: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate a page queryset with its readiness: no query more, whatever its size."""
    kinds = {model._meta.model_name: value for value, model in PAGE_TYPES.items()}
    return offerings.annotate(
        **{name: F(f"readiness__{name}") for name in FIELDS},
        kind_key=Case(
            *(When(content_type__model=name, then=Value(value)) for name, value in kinds.items()),
            default=Value(""),
            output_field=CharField(),
        ),
    )


class ReadinessFilter(ChoiceFilter):
    """Three answers to “what can be done with it now?”"""

    CONDITIONS = {
        "ready": {"readiness__blocks_submission": 0},
        "held_up": {"readiness__blocks_submission__gt": 0},
        "advice": {
            "readiness__blocks_submission": 0,
            "readiness__blocks_approval": 0,
            "readiness__advice__gt": 0,
        },
    }

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**self.CONDITIONS[value]) if value in self.CONDITIONS else qs


class KindFilter(MultipleChoiceFilter):
    """Kinds are page types."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        models = [PAGE_TYPES[kind] for kind in value if kind in PAGE_TYPES]
        if not models:
            return qs
        types = ContentType.objects.get_for_models(*models).values()
        return qs.filter(content_type__in=list(types))


class OfferingFilterSet(PageFilterSet):
    """Readiness, kind and category, before what every page can be filtered by."""

    readiness = ReadinessFilter(
        label=gettext_lazy("Readiness"),
        empty_label=gettext_lazy("Any"),
        choices=[
            ("ready", gettext_lazy("Ready to submit")),
            ("held_up", gettext_lazy("Held up before submission")),
            ("advice", gettext_lazy("Advice only")),
        ],
        widget=RadioSelect,
    )
    kind = KindFilter(
        label=gettext_lazy("Kind"), choices=Kind.choices, widget=CheckboxSelectMultiple
    )
    category = MultipleChoiceFilter(
        label=gettext_lazy("Category"), choices=Category.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Offering
        fields: list[str] = []


READINESS = Column("readiness", label=gettext_lazy("Readiness"), accessor=standing_of, width="18%")


class ShowsReadiness:
    """Adds what the readiness column reads to a listing's pages."""

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        return with_standing(super().annotate_queryset(pages))  # type: ignore[misc]


class OfferingExplorerView(ShowsReadiness, ExplorableIndexView):
    """The explorer below a page that holds offerings."""

    base_filterset_class = OfferingFilterSet
    base_columns = [
        *ExplorableIndexView.base_columns[:-1],
        READINESS,
        ExplorableIndexView.base_columns[-1],
    ]


class OfferingContentTypeUseView(ShowsReadiness, ContentTypeUseView):
    """All pages of one kind."""


class OfferingListView(ShowsReadiness, IndexView):
    """All offerings, wherever they stand in the tree."""

    def get_add_url(self) -> None:
        """An offering is begun in the explorer, below the page that will hold it."""


class OfferingListViewSet(PageListingViewSet):
    """“Offerings” in the menu."""

    model = Offering
    icon = "list-ul"
    menu_label = gettext_lazy("Offerings")
    menu_order = 120
    add_to_admin_menu = True
    url_prefix = "offerings"
    url_namespace = "offerings"
    index_view_class = OfferingListView
    filterset_class = OfferingFilterSet
    list_per_page = 50
    columns = [
        IndexView.base_columns[0],
        IndexView.base_columns[1],
        Column("kind", label=gettext_lazy("Kind"), accessor=kind_of),
        Column(
            "category",
            label=gettext_lazy("Category"),
            accessor="get_category_display",
            sort_key="category",
        ),
        READINESS,
        *[c for c in IndexView.base_columns if c.name in ("status", "latest_revision_created_at")],
    ]
    list_export = [
        "title",
        "kind_key",
        "category",
        *FIELDS,
        "live",
        "latest_revision_created_at",
    ]
    export_headings = {
        "kind_key": gettext_lazy("Kind"),
        "clauses_met": gettext_lazy("Clauses met"),
        "clauses_asked": gettext_lazy("Clauses asked"),
        "blocks_submission": gettext_lazy("Before submission"),
        "blocks_approval": gettext_lazy("Before approval"),
        "advice": gettext_lazy("Advice"),
    }
    export_filename = "offerings"


offering_list_viewset = OfferingListViewSet("offerings")
