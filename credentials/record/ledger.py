"""The ledger of published versions: all that the public was ever told (laws 1, 3, 7)."""

import datetime
import hashlib
import json
from typing import Any, ClassVar, NamedTuple

from django.db import models, transaction
from django.db.models import F, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.content import RULES, FrozenContent, frozen_again, sha256
from credentials.record.content_hashes import ContentHashes
from credentials.record.representation import instant

EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


class Place(NamedTuple):
    """Where a version stands in the ledger: after all others, by number and by time."""

    sequence: int
    moment: datetime.datetime


class LedgerHead(models.Model):
    """One row: the sequence of the newest version. It is the version of the whole catalogue.

    The database lets it go on only, so that neither its number nor its moment ever comes again.
    """

    frozen_when: ClassVar[dict[str, str]] = {
        "INSERT": "NEW.id <> 1",
        "UPDATE": "NEW.id <> OLD.id OR NEW.sequence < OLD.sequence "
        "OR (OLD.changed_at IS NOT NULL AND (NEW.changed_at >= OLD.changed_at) IS NOT TRUE)",
        "DELETE": "1=1",
    }
    frozen_because: ClassVar[str] = "the head of the ledger goes on only, never back"

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
    def today(cls) -> datetime.date:
        """The day that it is, never before that of the last publication. One query."""
        last = cls.objects.filter(pk=1).values_list("changed_at", flat=True).first()
        return max(timezone.localdate(), timezone.localdate(last))

    @classmethod
    def advance(cls, not_before: datetime.datetime | None = None) -> Place:
        """Take the next place. The row stays locked until commit, so order is commit order.

        Its moment is now, or the last one given where the clock is behind that or `not_before`:
        time in the ledger runs as its sequence does, whatever the clock says.
        Raises TransactionManagementError outside a transaction: the lock would not hold.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("A sequence is taken in a transaction.")
        now = Value(max(timezone.now(), not_before or EARLIEST), models.DateTimeField())
        last = Subquery(PublishedVersion.objects.order_by("-valid_from").values("valid_from")[:1])
        step = {
            "sequence": F("sequence") + 1,
            # Versions of before the head kept their moment can lie after it.
            "changed_at": Greatest(now, Coalesce("changed_at", now), Coalesce(last, now)),
        }
        if not cls.objects.filter(pk=1).update(**step):
            cls.objects.get_or_create(pk=1)
            cls.objects.filter(pk=1).update(**step)
        return Place(*cls.objects.values_list("sequence", "changed_at").get(pk=1))


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
    "AND NEW.document = h.document"
)


class PublishedVersion(ContentHashes, AppendOnly):
    """What the public was told of an offering from `valid_from` until the next version.

    The interval's end is not stored: it is the next version's start, and stands in the
    projection. Retirement and withdrawal are versions too.

    `document` is the very text that was decided on (law 2). What another authority says by itself
    stands beside it: whether OSAP is approved, until when a retired one is taught.
    """

    sealed = Sealed.PUBLIC
    public_facts_need = ("approval",)

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
        "a published version says what was decided on, word for word": (
            "EXISTS (SELECT 1 FROM credentials_approval a WHERE a.id = NEW.approval_id "
            "AND a.document = NEW.document AND a.document_hash = NEW.document_hash "
            "AND a.hash_rules = NEW.hash_rules)"
        ),
        "a published version follows all others, by its sequence and by its moment": (
            "NOT EXISTS (SELECT 1 FROM credentials_publishedversion v "
            "WHERE v.sequence >= NEW.sequence) "
            "AND NOT EXISTS (SELECT 1 FROM credentials_publishedversion v "
            "WHERE v.valid_from > NEW.valid_from)"
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
    document = models.TextField(
        _("document"), help_text=_("Canonical JSON of the public document.")
    )
    osap_approved = models.BooleanField(_("OSAP approved"), null=True)
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

    @property
    def as_published(self) -> FrozenContent:
        """Its content and document with the hashes on record; reads its approval."""
        return FrozenContent(
            {},
            self.approval.content,
            self.content_hash,
            self.governed_hash,
            self.hash_rules,
            self.document,
            self.document_hash or self.document_sha256,
        )

    @cached_property
    def _by_present_rules(self) -> FrozenContent:
        return frozen_again(self.approval.content)

    def says(self, frozen: FrozenContent) -> bool:
        """Whether this content, by the present rules, is the content that it published."""
        return self._hashes.content_hash == frozen.content_hash

    def shares_governed_content(self, other: "PublishedVersion") -> bool:
        """Whether the two differ in editorial fields at most, whatever they were hashed by."""
        if self.hash_rules == other.hash_rules:
            return self.governed_hash == other.governed_hash
        return self._hashes.governed_hash == other._hashes.governed_hash

    @property
    def _hashes(self) -> "PublishedVersion | FrozenContent":
        """What holds its two hashes by the present rules; older ones are made anew."""
        return self if self.hash_rules == RULES else self._by_present_rules

    def differs_in_editorial_fields_only(self, governed_hash: str) -> bool:
        """Whether content with this governed hash may follow by the Department's word alone.

        The hash is by the present rules. To offer again what was retired or withdrawn is a
        governed change.
        """
        return self.is_offered and self._hashes.governed_hash == governed_hash

    @property
    def document_sha256(self) -> str:
        """Lowercase hexadecimal SHA-256 of the document's bytes."""
        return hashlib.sha256(self.document.encode()).hexdigest()

    def public_facts(self) -> dict[str, Any]:
        """Which document was published, when, and on whose approval (law 1)."""
        return {
            "kind": "version",
            "offering": self.public_document["id"],
            "number": self.number,
            "sequence": self.sequence,
            "event": str(self.event),
            "valid_from": instant(self.valid_from),
            "document": self.document_sha256,
            "beside_document": sha256(
                {
                    "note": self.note,
                    "teach_out": self.teach_out.isoformat() if self.teach_out else None,
                    "osap_approved": self.osap_approved,
                }
            ),
            "content_hash": self.content_hash,
            **self.approval.public_part(),
        }

    @property
    def public_document(self) -> dict[str, Any]:
        """The document as plain data, with what is said of OSAP beside it (MC-5)."""
        document = dict(json.loads(self.document))
        if self.osap_approved is None:
            return document
        return document | {"osap_eligible": self.osap_approved}
