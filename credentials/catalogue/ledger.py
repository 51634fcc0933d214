"""The ledger of published versions: all that the public was ever told (laws 1, 3, 7)."""

import json
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only import AppendOnly, AppendOnlyQuerySet


class LedgerHead(models.Model):
    """One row: the sequence of the newest version. It is the version of the whole catalogue."""

    sequence = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("head of the ledger")
        verbose_name_plural = _("heads of the ledger")

    def __str__(self) -> str:
        return str(self.sequence)

    @classmethod
    def current(cls) -> int:
        """The newest sequence that this connection can see; 0 when nothing is published."""
        return cls.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0

    @classmethod
    def advance(cls) -> int:
        """Take the next sequence. The row stays locked until commit, so order is commit order.

        Raises TransactionManagementError outside a transaction: the lock would not hold.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("A sequence is taken in a transaction.")
        step = {"sequence": F("sequence") + 1, "changed_at": timezone.now()}
        if not cls.objects.filter(pk=1).update(**step):
            cls.objects.get_or_create(pk=1)
            cls.objects.filter(pk=1).update(**step)
        return cls.objects.values_list("sequence", flat=True).get(pk=1)


class PublishedVersionQuerySet(AppendOnlyQuerySet):
    """Versions in the words of the domain."""

    def in_order(self) -> "PublishedVersionQuerySet":
        """In the order in which they were committed."""
        return self.order_by("sequence")

    def head_of(self, offering_pk: int | None) -> "PublishedVersion | None":
        """The newest version of an offering, or None when it was never published."""
        return self.filter(offering_id=offering_pk).order_by("-number").first()

    def publishing_content(self) -> "PublishedVersionQuerySet":
        """Those by which content came out; the others say of it that it ended, or what OSAP is."""
        return self.filter(approval__action="publish")

    def number_of_content(self, offering_pk: int | None) -> int:
        """The number of the last version that published content; 0 when none did."""
        numbers = self.publishing_content().filter(offering_id=offering_pk).order_by("-number")
        return int(numbers.values_list("number", flat=True).first() or 0)


def _document_without_osap(row: str) -> str:
    """SQL for a document as if OSAP were not approved. In JSON text no value can look like it."""
    return f"REPLACE({row}.document, '\"osap_eligible\":true', '\"osap_eligible\":false')"


# The version that an approval of OSAP may follow: the head it was recorded against, not withdrawn.
# The new one says the same of everything but OSAP, and stays retired if that one was.
_OSAP_ALONE = (
    "SELECT 1 FROM credentials_publishedversion h "
    "WHERE h.id = NEW.supersedes_id AND h.id = a.against_id AND h.offering_id = NEW.offering_id "
    "AND h.content_hash = NEW.content_hash AND h.governed_hash = NEW.governed_hash "
    "AND h.event <> 'withdrawn' "
    "AND NEW.event = CASE h.event WHEN 'retired' THEN 'retired' ELSE 'revised' END "
    "AND NEW.note = h.note "
    "AND COALESCE(CAST(NEW.teach_out AS TEXT), '') = COALESCE(CAST(h.teach_out AS TEXT), '') "
    f"AND {_document_without_osap('NEW')} = {_document_without_osap('h')}"
)


class PublishedVersion(AppendOnly):
    """What the public was told of an offering from `valid_from` until the next version.

    The interval's end is not stored: it is the next version's start, and stands in the
    projection. Retirement and withdrawal are versions too.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published", _("Published")
        REVISED = "revised", _("Revised")
        RETIRED = "retired", _("Retired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    insert_conditions: ClassVar[dict[str, str]] = {
        "a published version needs an approval of exactly its offering and content": (
            "EXISTS (SELECT 1 FROM credentials_approval a WHERE a.id = NEW.approval_id "
            "AND a.offering_id = NEW.offering_id AND a.content_hash = NEW.content_hash "
            "AND (a.action = CASE NEW.event WHEN 'retired' THEN 'retire' "
            "WHEN 'withdrawn' THEN 'withdraw' ELSE 'publish' END "
            f"OR (a.action = 'osap' AND EXISTS ({_OSAP_ALONE}))))"
        ),
    }

    sequence = models.BigIntegerField(_("sequence"), unique=True)
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    event = models.CharField(_("event"), max_length=10, choices=Event.choices)
    approval = models.OneToOneField(
        "credentials.Approval", on_delete=models.PROTECT, related_name="version"
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True
    )
    content_hash = models.CharField(_("content hash"), max_length=64)
    governed_hash = models.CharField(_("governed hash"), max_length=64)
    document = models.TextField(
        _("document"), help_text=_("Canonical JSON of the public document.")
    )
    valid_from = models.DateTimeField(_("valid from"), default=timezone.now, db_index=True)
    note = models.TextField(_("public note"), blank=True)
    teach_out = models.DateField(_("taught until"), null=True, blank=True)

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} v{self.number}"

    @property
    def is_public(self) -> bool:
        """Whether the offering can be seen after this version (a retired one still can)."""
        return self.event != self.Event.WITHDRAWN

    @property
    def is_offered(self) -> bool:
        """Whether it can be taken up after this version: neither retired nor withdrawn."""
        return self.event not in (self.Event.RETIRED, self.Event.WITHDRAWN)

    def and_before_osap(self) -> list[int]:
        """Keys of this version, and of those before it whose content it only says again.

        Such a version tells what the ministry decided on OSAP, and nothing else (MC-5).
        """
        keys, version = [self.pk], self
        while version.approval.action == "osap" and version.supersedes is not None:
            version = version.supersedes
            keys.append(version.pk)
        return keys

    def differs_in_editorial_fields_only(self, governed_hash: str) -> bool:
        """Whether content with this governed hash may follow by the Department's word alone.

        To offer again what was retired or withdrawn is a governed change.
        """
        return self.is_offered and self.governed_hash == governed_hash

    @property
    def public_document(self) -> dict[str, Any]:
        """The document as plain data."""
        return dict(json.loads(self.document))
