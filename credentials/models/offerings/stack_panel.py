"""The stack drawn in the editor, as the draft was last saved. Read-only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import Page

from credentials.catalogue.stack_display import stack_display
from credentials.choices import StackingApproach
from credentials.record.document import groups_of
from credentials.record.ledger import PublishedVersion
from credentials.record.projection import CatalogueEntry
from credentials.record.rich_text import public_html

if TYPE_CHECKING:
    from credentials.models.offerings.offering import Offering

Linked = dict[str, Any]


class StackPanel(Panel):
    """Draws the parts, groups and prerequisites of the saved draft, with links to edit them."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one offering's edit page."""

        template_name = "credentials/admin/stack_panel.html"

        class Media:
            css: ClassVar[dict[str, list[str]]] = {"all": ["credentials/stack.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add what the template of the drawing reads; nothing before the first save."""
            context = super().get_context_data(parent_context)
            return {**context, **(saved_stack(self.instance) if self.instance.pk else {})}


def saved_stack(offering: "Offering") -> dict[str, Any]:
    """The latest draft's stack: `stack`, `document`, `prerequisites` and `language`.

    Unlike the public document it also holds parts that are not published, and says so.
    """
    draft = offering.get_latest_revision_as_object()
    components, prerequisites = list(draft.components.all()), list(draft.prerequisites.all())
    if draft.stacking_approach == StackingApproach.NONE and not components:
        return {"stack": None}
    known = _named([item.part_id for item in components] + [i.requires_id for i in prerequisites])
    document = {
        "title": draft.title,
        "kind": str(draft.kind),
        "stacking": {
            "approach": draft.stacking_approach,
            "groups": groups_of(draft),
            "additional_requirements_html": public_html(draft.additional_requirements),
        },
    }
    parts = [
        {**known[item.part_id], "required": item.required, "group": item.group}
        for item in components
        if item.part_id in known
    ]
    needs = [
        {
            "kind": item.kind,
            "offering": known.get(item.requires_id),
            "description": item.description,
            "url": known.get(item.requires_id, {}).get("url", ""),
        }
        for item in prerequisites
    ]
    return {
        "stack": stack_display(document, parts, needs),
        "document": document,
        "prerequisites": needs,
        "language": draft.language,
    }


def _named(keys: Iterable[int | None]) -> dict[int, Linked]:
    """Name offerings as documents do, with where to edit them and whether they are offered."""
    standing = CatalogueEntry.objects.current().filter(offering_pk=OuterRef("pk"))
    pages = (
        Page.objects.filter(pk__in={key for key in keys if key})
        .annotate(retired=Exists(standing.filter(event=PublishedVersion.Event.RETIRED)))
        .values("pk", "offering__uuid", "draft_title", "live", "retired", "content_type_id")
    )
    return {page["pk"]: _link(page) for page in pages}


def _link(page: dict[str, Any]) -> Linked:
    model: Any = ContentType.objects.get_for_id(page["content_type_id"]).model_class()
    status = _("retired") if page["retired"] else "" if page["live"] else _("not published")
    return {
        "id": str(page["offering__uuid"]),
        "title": page["draft_title"],
        "kind": str(model.kind),
        "url": reverse("wagtailadmin_pages:edit", args=[page["pk"]]),
        "status": status,
    }
