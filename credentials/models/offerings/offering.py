"""The base of everything a learner can take (DEF-3): its fields, its editor, its guard."""

import uuid
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.models import Page, Revision, Workflow
from wagtail.search import index

from credentials.choices import Category, Kind
from credentials.exceptions import NotWithdrawn
from credentials.models.offerings.about import About
from credentials.models.offerings.academic_credit import AcademicCredit
from credentials.models.offerings.delivery import DeliveryAndCost
from credentials.models.offerings.editor_form import OfferingCopyForm, OfferingForm
from credentials.models.offerings.panels import offering_tabs
from credentials.models.offerings.parts import saved_as_a_whole
from credentials.models.offerings.protocol import ProtocolSections
from credentials.models.offerings.public_page import PublicPage
from credentials.models.offerings.structure import Structure
from credentials.people.permissions import OfferingPermissionTester
from credentials.policy.admission import Authority, authority_for
from credentials.record.authorship import record_contribution
from credentials.record.classification import Classification, classified_fields
from credentials.record.deleted_references import without_missing
from credentials.record.held_pages import OfferingManager
from credentials.record.publication import admit
from credentials.routing import workflow_for


class Offering(About, Structure, DeliveryAndCost, AcademicCredit, ProtocolSections, PublicPage):
    """Any page a learner can take. Only approved content is ever live (law 1).

    Saving it live appends to the ledger or is refused with NotApproved; see
    `credentials.record.publication.admit`.
    """

    kind: ClassVar[Kind]
    allowed_categories: ClassVar[tuple[str, ...]] = ()
    inherited_classifications: ClassVar[dict[str, Classification]] = {
        "title": Classification.GOVERNED,
        "slug": Classification.EDITORIAL,
        "seo_title": Classification.EDITORIAL,
        "search_description": Classification.EDITORIAL,
        "show_in_menus": Classification.EDITORIAL,
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(
        _("reference"),
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        help_text=_(
            "Lasting identifier in the system it was imported from; leave empty otherwise."
        ),
    )

    objects: ClassVar[Any] = OfferingManager()

    base_form_class = OfferingForm
    copy_form_class = OfferingCopyForm
    is_creatable = False
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid", "reference"]
    api_fields: ClassVar[list[Any]] = []  # see credentials.authoring.api_fields
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("description"),
        index.FilterField("category"),
    ]

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def tabs(cls, **extra: list[Any]) -> TabbedInterface:
        """Build the editor; `extra` adds panels of a page type to a tab by its name."""
        return TabbedInterface(
            [ObjectList(panels, heading=heading) for heading, panels in offering_tabs(extra)],
            base_form_class=OfferingForm,
        )

    @property
    def admission_authority(self) -> Authority:
        """Who determines admission requirements, derived with its clause (AD-1 to AD-4)."""
        unit = self.academic_unit.name if self.academic_unit else ""
        return authority_for(self.kind, self.credit_basis, unit)

    def document_extras(self) -> dict[str, Any]:
        """What a page type adds to the public document, by name; an allow-list like the rest."""
        return {}

    def has_record(self) -> bool:
        """Whether a decision, approval or version exists, which deleting would orphan (law 3)."""
        records = [
            models.Exists(
                relation.related_model._base_manager.filter(
                    **{relation.field.name: models.OuterRef("pk")}
                )
            )
            for relation in Offering._meta.related_objects
            if getattr(relation.related_model, "is_append_only", False)
            and relation.on_delete is models.PROTECT
        ]
        return Offering.objects.filter(reduce(or_, records), pk=self.pk).exists()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft that never came to a decision. Raises NotWithdrawn otherwise (law 3)."""
        if self.has_record():
            raise NotWithdrawn(self.title)
        return super().delete(*args, **kwargs)

    @property
    def has_workflow(self) -> bool:
        """Whether there is something to submit; workflows of the page tree do not matter."""
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """The workflow of the route this change must take; the page tree has no say in it."""
        return workflow_for(self)

    def permissions_for_user(self, user: AbstractBaseUser) -> OfferingPermissionTester:
        """Deny publishing by button or form to everyone: the route publishes."""
        return OfferingPermissionTester(user, self)

    def clean(self) -> None:
        """Validate the whole page. Raises ValidationError naming field and remedy."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.category and self.category not in self.allowed_categories:
            labels = ", ".join(str(Category(key).label) for key in self.allowed_categories)
            errors["category"] = _("Not a category of this kind. Choose from: %s. FW-1") % labels
        if self.contracted_for and not self.governing_policy:
            errors["governing_policy"] = _("Name the policy that governs contracted delivery. FW-2")
        if self.fee is not None and self.fee < 0:
            errors["fee"] = _("A fee cannot be negative; use 0 when it is free.")
        if self.expire_at:
            errors["expire_at"] = _("An offering does not expire; retire it instead.")
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page, page: Page | None = None) -> bool:
        """A slug names one offering in the whole catalogue, wherever its page stands."""
        taken = Offering.slug_is_taken(slug, by_other_than=page)
        return Page._slug_is_available(slug, parent_page, page) and not taken

    @staticmethod
    def slug_is_taken(slug: str, by_other_than: Page | None = None) -> bool:
        """Whether an offering has this slug."""
        others = (
            Offering.objects.exclude(pk=by_other_than.pk) if by_other_than else Offering.objects
        )
        return bool(others.filter(slug=slug).exists())

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save the row. When it is or becomes live, the ledger admits the content or refuses it.

        Raises NotApproved (law 1) or NotWithdrawn (law 7); then nothing is written.
        """
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and not self._touches_content(set(update_fields)):
            return super().save(clean=clean, **kwargs)  # type: ignore[call-arg]
        if not isinstance(self, self.specific_class):  # some of it only: see page_guard
            return super().save(clean=clean, **kwargs)  # type: ignore[call-arg]
        self._number_children()
        with transaction.atomic(), saved_as_a_whole(self):
            admit(self)
            return super().save(clean=clean, **kwargs)  # type: ignore[call-arg]

    def save_revision(
        self, user: AbstractBaseUser | None = None, *args: Any, **kwargs: Any
    ) -> Revision:
        """Save a draft, and remember who changed the content (law 4 outlives purged revisions)."""
        self._number_children()
        with transaction.atomic():
            record_contribution(self, user)
            return super().save_revision(user, *args, **kwargs)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Read a draft, also one that names what has been deleted since."""
        kept = without_missing(cls, data) if check_fks else data
        if kept is None:  # a page without its owner's locale or type: Wagtail says so
            return super().from_serializable_data(data, check_fks, strict_fks)
        return super().from_serializable_data(kept, False, strict_fks)

    def _touches_content(self, names: set[str]) -> bool:
        relations = {
            relation.get_accessor_name()
            for relation in get_all_child_relations(type(self))
            if classified_fields(relation.related_model)
        }
        content = {field.name for field in classified_fields(type(self))}
        return bool(names & (content | relations | {"live"}))

    def _number_children(self) -> None:
        """Give every child its place: the order is content, and NULL orders are not stable."""
        for relation in get_all_child_relations(type(self)):
            if not hasattr(relation.related_model, "sort_order"):
                continue
            for position, child in enumerate(getattr(self, relation.get_accessor_name()).all()):
                if child.sort_order is None:
                    child.sort_order = position
