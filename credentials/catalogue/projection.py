"""What is read: one row for each version, with its interval, facets and serialised document.

It holds nothing that the ledger does not; `manage.py rebuild_catalogue` makes it anew (law 3).
"""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any, cast

from django.db import models, transaction
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from credentials.catalogue.ledger import PublishedVersion
from credentials.catalogue.representation import served_document
from credentials.content import canonical

NO_DATE = datetime.date.max
NO_FEE = 9_999_999


class CatalogueEntryQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    """Entries in the words of the domain."""

    def at_sequence(self, sequence: int) -> "CatalogueEntryQuerySet":
        """The catalogue as it stood when the ledger's head was `sequence`."""
        standing = Q(superseded_sequence__isnull=True) | Q(superseded_sequence__gt=sequence)
        return cast("CatalogueEntryQuerySet", self.filter(standing, sequence__lte=sequence))

    def current(self) -> "CatalogueEntryQuerySet":
        """The newest entry of each offering."""
        return cast("CatalogueEntryQuerySet", self.filter(superseded_sequence__isnull=True))

    def as_of(self, moment: datetime.datetime) -> "CatalogueEntryQuerySet":
        """The catalogue as it stood at a moment."""
        standing = Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
        return cast("CatalogueEntryQuerySet", self.filter(standing, valid_from__lte=moment))

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
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def document(self) -> dict[str, Any]:
        """The served document as plain data."""
        return dict(json.loads(self.body))


class CatalogueFacet(models.Model):
    """One value of a facet that may have several: delivery, partner, skill, component."""

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
        **_columns(document),
    )
    entry.save(force_insert=True)
    CatalogueFacet.objects.bulk_create(
        CatalogueFacet(entry=entry, name=name, value=value, label=label)
        for name, value, label in _facets(document)
    )
    return entry


def _columns(document: dict[str, Any]) -> dict[str, Any]:
    starts = sorted(session["starts"] for session in document["sessions"])
    ends = sorted(session["ends"] or session["starts"] for session in document["sessions"])
    return {
        "slug": document["slug"],
        "title": document["title"],
        "kind": document["kind"],
        "category": document["category"],
        "credit_basis": document["credit_basis"],
        "academic_unit": (document["academic_unit"] or {}).get("code", ""),
        "language": document["language"],
        "stackable": document["stacking"] is not None,
        "osap": document["osap_eligible"],
        "hours": document["hours"],
        "fee": float(document["fee"]["amount"]) if document["fee"] else NO_FEE,
        "starts": starts[0] if starts else NO_DATE,
        "ends": ends[-1] if ends else NO_DATE,
        "search_text": _search_text(document),
    }


def _search_text(document: dict[str, Any]) -> str:
    parts = [
        document["summary"],
        strip_tags(document["description_html"]),
        document["audience"],
        *(outcome["statement"] for outcome in document["outcomes"]),
        *(skill["name"] for skill in document["skills"]),
        *(block.get("title", "") for block in document["curriculum"]),
        *(partner["name"] for partner in document["partners"]),
    ]
    return "\n".join(part for part in parts if part)


def _facets(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for mode in document["delivery"]:
        yield "delivery", mode, mode
    for partner in {partner["name"] for partner in document["partners"]}:
        yield "partner", partner, partner
    for skill in {skill["id"]: skill["name"] for skill in document["skills"]}.items():
        yield "skill", skill[0], skill[1]
    for component in {c["id"]: c["title"] for c in _components(document)}.items():
        yield "component", component[0], component[1]
    for session in sorted({session["starts"] for session in document["sessions"]}):
        yield "starts", session, session


def _components(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list((document["stacking"] or {}).get("components", []))


def rebuild() -> int:
    """Make the projection anew from the ledger alone. Returns the number of entries."""
    count = 0
    with transaction.atomic():
        CatalogueEntry.objects.all().delete()
        versions = PublishedVersion.objects.in_order().select_related("supersedes", "approval")
        for count, version in enumerate(versions.iterator(chunk_size=500), start=1):
            project(version, version.supersedes)
    return count


def discrepancies() -> Iterator[str]:
    """Compare the projection with the ledger; yields a sentence for each difference."""
    entries = {e.version_id: e for e in CatalogueEntry.objects.defer("search_text").iterator()}
    firsts: dict[int, datetime.datetime] = {}
    for version in PublishedVersion.objects.in_order().select_related("approval").iterator():
        firsts.setdefault(version.offering_id, version.valid_from)
        entry = entries.pop(version.pk, None)
        if entry is None:
            yield f"Version {version} is not in the catalogue."
            continue
        body = canonical(served_document(version, firsts[version.offering_id])).decode()
        if entry.body != body or entry.sequence != version.sequence:
            yield f"The catalogue shows something else than version {version}."
    for entry in entries.values():
        yield f"The catalogue shows {entry}, which is not in the ledger."
