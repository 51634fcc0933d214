"""Documents of a case: kept apart from the site's media, and never by an address of their own."""

import secrets

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.choices import Part
from appeals.models.cases import Case
from appeals.models.held import HeldUntilPurged

STORAGE = "appeals"


def private_storage() -> Storage:
    """The storage of appeals, by its name in the setting STORAGES; no address leads to it.

    Raises ImproperlyConfigured where there is none: it is never the media's by default.
    """
    try:
        return storages[STORAGE]
    except InvalidStorageError as missing:
        raise ImproperlyConfigured(
            "STORAGES has no 'appeals', where documents of appeals are kept. Name a storage that "
            "has no address, such as appeals.storage.PrivateFileStorage with a location outside "
            "MEDIA_ROOT."
        ) from missing


def unguessable_name(instance: models.Model, filename: str) -> str:
    """Where a file lies: nothing of its own name, its case or its person."""
    return f"{secrets.token_hex(2)}/{secrets.token_urlsafe(32)}"


class CaseDocument(HeldUntilPurged):
    """A file of a case, with what it is by its content. `name` is for people to read only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("what it is"), max_length=200)
    name = models.CharField(_("file’s name"), max_length=200)
    file = models.FileField(_("file"), storage=private_storage, upload_to=unguessable_name)
    content_type = models.CharField(
        _("type"), max_length=100, help_text=_("Told from its content, not from its name.")
    )
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    part = models.CharField(_("supplied by"), max_length=20, choices=Part.choices)
    is_shared = models.BooleanField(
        _("shown to the appellant"),
        default=False,
        help_text=_("What the appellant supplied always is."),
    )
    by_key = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(_("added by"), max_length=200)
    at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("document of an appeal")
        verbose_name_plural = _("documents of appeals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
