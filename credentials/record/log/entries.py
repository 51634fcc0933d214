"""The log's tables: entries, the tree above them, what is sealed where, checkpoints and keys."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.log.signed_note import Verifier


class LogEntry(AppendOnly):
    """One leaf of the tree: its bytes, which are canonical JSON, and their hash."""

    sealed: ClassVar[Sealed] = Sealed.NOT  # it is the log

    index = models.BigIntegerField(_("index"), primary_key=True)
    entry = models.TextField(_("entry"))
    hash = models.BinaryField(_("hash"), max_length=32)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("entries of the log")
        ordering = ["index"]

    def __str__(self) -> str:
        return str(self.index)


class LogNode(AppendOnly):
    """The hash over a full tile of the level below; level 1 stands on 256 entries."""

    sealed: ClassVar[Sealed] = Sealed.NOT  # it follows from the entries

    level = models.PositiveSmallIntegerField(_("level"))
    position = models.BigIntegerField(_("position"))
    hash = models.BinaryField(_("hash"), max_length=32)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("node of the log")
        verbose_name_plural = _("nodes of the log")
        constraints = [
            models.UniqueConstraint(fields=["level", "position"], name="one_node_at_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class SealQuerySet(models.QuerySet["Seal"]):
    """Seals in the words of the domain."""

    def forget(self, model: type[models.Model], rows: Collection[Any]) -> int:
        """Throw away the salts of rows that were purged; how many. The entries stay."""
        of_table = self.filter(table=model._meta.db_table, row__in=rows)
        return of_table.exclude(salt=None).update(salt=None)


class Seal(models.Model):
    """Which row an entry seals, with the salt; none once the row was purged."""

    # The salt can be forgotten, and nothing else can change.
    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": (
            "NEW.salt IS NOT NULL OR NEW.entry_id <> OLD.entry_id "
            'OR NEW."table" <> OLD."table" OR NEW."row" <> OLD."row"'
        ),
        "DELETE": "1=1",
    }

    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="seal"
    )
    table = models.CharField(_("table"), max_length=100)
    row = models.BigIntegerField(_("row"))
    salt = models.BinaryField(_("salt"), max_length=32, null=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [
            models.UniqueConstraint(fields=["table", "row"], name="a_row_is_sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.table} {self.row}"


class QueuedFact(models.Model):
    """A row that is to be sealed. The database writes it beside each new row (queueing.py)."""

    table = models.CharField(_("table"), max_length=100)
    row = models.BigIntegerField(_("row"))
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("fact to be sealed")
        verbose_name_plural = _("facts to be sealed")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class CheckpointQuerySet(AppendOnlyQuerySet):
    """Checkpoints in the words of the domain."""

    def newest(self) -> "Checkpoint | None":
        """What the log says of itself now; None before anything is sealed."""
        return self.order_by("-size").first()


class Checkpoint(AppendOnly):
    """The tree at a size: its root, and both in a note signed with the log's key."""

    sealed: ClassVar[Sealed] = Sealed.NOT  # it is about the log

    size = models.BigIntegerField(_("entries"), primary_key=True)
    root = models.BinaryField(_("root"), max_length=32)
    note = models.TextField(_("signed note"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["size"]

    def __str__(self) -> str:
        return str(self.size)


class LogKey(AppendOnly):
    """A key that the log signs with from here on; each but the first is signed by the one before.

    `signature` is the old key's over `succession_text`, in base64.
    """

    sealed: ClassVar[Sealed] = Sealed.PUBLIC
    public_facts_need: ClassVar[tuple[str, ...]] = ("previous",)

    verifier_key = models.TextField(_("verifier key"))
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="successor"
    )
    signature = models.CharField(_("signature of the key before"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("in use since"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of the log")
        verbose_name_plural = _("keys of the log")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.verifier_key

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        return Verifier.read(self.verifier_key)

    def public_facts(self) -> dict[str, Any]:
        """Both keys, and the old one's signature over the new one."""
        return {
            "kind": "key",
            "key": self.verifier_key,
            "previous": self.previous.verifier_key if self.previous else None,
            "signature": self.signature or None,
        }
