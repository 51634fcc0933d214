"""Imports from spreadsheets: each run with its rows, and what an offering's last row said."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STALLED_AFTER = timedelta(hours=1)


class ImportedValues(models.Model):
    """What the last imported row said of an offering; the next import compares with it."""

    offering = models.OneToOneField(
        "credentials.Offering", on_delete=models.CASCADE, related_name="imported_values"
    )
    values = models.JSONField(_("values"), default=dict)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported values")
        verbose_name_plural = _("imported values")

    def __str__(self) -> str:
        return str(self.offering_id)


class ImportRun(models.Model):
    """One file on its way: uploaded, mapped, checked, confirmed, written; or ended otherwise."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to be matched")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Waiting for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        WRITING = "writing", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN: ClassVar[tuple[str, ...]] = (
        State.UPLOADED,
        State.CHECKING,
        State.CHECKED,
        State.CONFIRMED,
    )

    file_name = models.CharField(_("file"), max_length=255)
    parent = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("under"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.UPLOADED
    )
    headers = models.JSONField(_("columns of the file"), default=list)
    mapping = models.JSONField(_("mapping"), default=dict)
    skip_invalid = models.BooleanField(_("leave out invalid rows"), default=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    invalid = models.PositiveIntegerField(_("invalid"), default=0)
    failure = models.TextField(_("why it failed"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        permissions = [("import_offerings", _("Can import offerings from a spreadsheet"))]

    def __str__(self) -> str:
        return self.file_name

    @property
    def checked(self) -> int:
        """Rows checked so far."""
        return self.new + self.changed + self.unchanged + self.invalid

    @property
    def is_stalled(self) -> bool:
        """Whether writing broke off, say by a restart; then nothing of it was kept."""
        return self.state == self.State.WRITING and (
            self.changed_at < timezone.now() - STALLED_AFTER
        )

    @property
    def can_cancel(self) -> bool:
        """Whether it can still end without a change to the catalogue."""
        return self.state in self.OPEN or self.is_stalled

    @property
    def can_confirm(self) -> bool:
        """Whether there is anything to write."""
        return self.state == self.State.CHECKED and bool(self.new + self.changed)


class ImportRow(models.Model):
    """One row of the file as text, and what checking it found. Valid rows go when a run ends."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"), default=list)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=10, blank=True)
    problems = models.JSONField(_("problems"), default=list)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["run", "line"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="one_import_row_per_line")
        ]

    def __str__(self) -> str:
        return f"{self.line}"
