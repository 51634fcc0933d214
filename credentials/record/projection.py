"""What is read: one row for each version, with its interval, facets and serialised document.

It holds nothing that the ledger does not; `credentials.catalogue.reconstruction` makes it anew
(law 3).
"""

import hashlib
import json
import uuid
from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from credentials.record.content import canonical
from credentials.record.facets import NO_DATE, NO_FEE, columns_of, facets_of
from credentials.record.ledger import PublishedVersion
from credentials.record.representation import served_document


class CatalogueEntryQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    """Entries in the words of the domain."""

    def at_sequence(self, sequence: int) -> "CatalogueEntryQuerySet":
        """The catalogue as it stood when the ledger's head was `sequence`."""
        standing = Q(superseded_sequence__isnull=True) | Q(superseded_sequence__gt=sequence)
        return cast("CatalogueEntryQuerySet", self.filter(standing, sequence__lte=sequence))

    def current(self) -> "CatalogueEntryQuerySet":
        """The newest entry of each offering."""
        return cast("CatalogueEntryQuerySet", self.filter(superseded_sequence__isnull=True))

    def offered(self) -> "CatalogueEntryQuerySet":
        """Entries a learner can still take up: not retired, not withdrawn."""
        events = (PublishedVersion.Event.PUBLISHED, PublishedVersion.Event.REVISED)
        return cast("CatalogueEntryQuerySet", self.filter(event__in=events))

    def containing(self, offering_uuid: uuid.UUID) -> "CatalogueEntryQuerySet":
        """Stackable offerings that have this one as a component."""
        return cast(
            "CatalogueEntryQuerySet",
            self.filter(facets__name="component", facets__value=str(offering_uuid)),
        )

    def visible(self) -> "CatalogueEntryQuerySet":
        """Entries whose page can be read: offered or retired."""
        return cast("CatalogueEntryQuerySet", self.exclude(event=PublishedVersion.Event.WITHDRAWN))


class CatalogueEntry(index.Indexed, models.Model):
    """A published version as the catalogue serves it.

    `body` is the JSON text that the API sends as it is; `digest` its strong ETag.
    """

    version = models.OneToOneField(
        PublishedVersion, on_delete=models.CASCADE, primary_key=True, related_name="entry"
    )
    sequence = models.BigIntegerField(unique=True)
    superseded_sequence = models.BigIntegerField(null=True)
    offering_uuid = models.UUIDField()
    offering_pk = models.IntegerField()
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=10)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    first_published_at = models.DateTimeField()

    slug = models.CharField(max_length=255)
    title = models.CharField(_("title"), max_length=255)
    title_key = models.CharField(max_length=255, db_default="")
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=30)
    credit_basis = models.CharField(max_length=3)
    academic_unit = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=5)
    stackable = models.BooleanField()
    osap = models.BooleanField()
    hours = models.FloatField(null=True)
    fee = models.FloatField(default=NO_FEE)
    starts = models.DateField(default=NO_DATE)
    ends = models.DateField(default=NO_DATE)

    search_text = models.TextField()
    body = models.TextField()
    digest = models.CharField(max_length=64)

    objects = CatalogueEntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("search_text"),
        index.FilterField("event"),
        index.FilterField("sequence"),
        index.FilterField("superseded_sequence"),
    ]

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        indexes = [
            models.Index(fields=["offering_uuid", "-number"], name="entry_by_offering"),
            models.Index(
                fields=["title", "version"],
                name="entry_current_by_title",
                condition=Q(superseded_sequence__isnull=True),
            ),
            models.Index(
                fields=["-valid_from", "version"],
                name="entry_current_by_date",
                condition=Q(superseded_sequence__isnull=True),
            ),
            models.Index(fields=["slug"], name="entry_by_slug"),
            # Orders of the API's lists. Not partial: a list stays pinned to the ledger's head of
            # its first page, so it also needs entries that were superseded since.
            models.Index(fields=["title_key", "version"], name="entry_by_title_key"),
            models.Index(fields=["-valid_from", "version"], name="entry_by_date"),
            models.Index(fields=["fee", "version"], name="entry_by_fee"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def document(self) -> dict[str, Any]:
        """The served document as plain data."""
        return dict(json.loads(self.body))


class CatalogueFacet(models.Model):
    """One value of a facet that has a label or several values: delivery, partner, skill, ..."""

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("catalogue facet")
        verbose_name_plural = _("catalogue facets")
        indexes = [models.Index(fields=["name", "value", "entry"], name="facet_by_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def project(version: PublishedVersion, superseded: PublishedVersion | None) -> CatalogueEntry:
    """Write the entry of a version and close the one that it supersedes."""
    first = version
    if superseded is not None:
        CatalogueEntry.objects.filter(version_id=superseded.pk).update(
            superseded_sequence=version.sequence, valid_to=version.valid_from
        )
        first = PublishedVersion.objects.get(offering_id=version.offering_id, number=1)
    document = version.public_document
    body = canonical(served_document(version, first.valid_from)).decode()
    entry = CatalogueEntry(
        version=version,
        sequence=version.sequence,
        offering_uuid=document["id"],
        offering_pk=version.offering_id,
        number=version.number,
        event=version.event,
        valid_from=version.valid_from,
        first_published_at=first.valid_from,
        body=body,
        digest=hashlib.sha256(body.encode()).hexdigest(),
        **columns_of(document),
    )
    entry.save(force_insert=True)
    CatalogueFacet.objects.bulk_create(
        CatalogueFacet(entry=entry, name=name, value=value, label=label)
        for name, value, label in facets_of(document)
    )
    return entry
