"""Appeals that are being written, private links and one-time codes.

These rows change and go: what is filed becomes a case. Only hashes of links and codes are kept.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.choices import Purpose
from appeals.models.cases import Case
from appeals.models.documents import private_storage, unguessable_name
from credentials.private_links.links import PrivateLinkQuerySet, PrivateLinkRow
from credentials.private_links.one_time_codes import OneTimeCodeRow
from credentials.record.unreferenced import Unreferenced


class FilingDraft(Unreferenced):
    """An appeal that is being written, resumed by a private link; gone when filed or expired.

    `answers` holds the form's fields by name, as far as they were given.
    """

    email = models.EmailField(_("e-mail"), blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    language = models.CharField(_("language"), max_length=10, default="en")
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        verbose_name = _("appeal that is being written")
        verbose_name_plural = _("appeals that are being written")

    def __str__(self) -> str:
        return str(self.pk)


class DraftUpload(Unreferenced):
    """A file of a draft, checked by its content; filing makes it a document of the case."""

    draft = models.ForeignKey(FilingDraft, on_delete=models.CASCADE, related_name="uploads")
    title = models.CharField(_("what it is"), max_length=200)
    name = models.CharField(_("file’s name"), max_length=200)
    file = models.FileField(_("file"), storage=private_storage, upload_to=unguessable_name)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("file of an appeal that is being written")
        verbose_name_plural = _("files of appeals that are being written")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class PrivateLink(PrivateLinkRow):
    """An unguessable address for one person, with codes that go to their e-mail address."""

    code_template = "appeals/mail/code"

    purpose = models.CharField(_("leads to"), max_length=20, choices=Purpose.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="links")
    draft = models.ForeignKey(
        FilingDraft, on_delete=models.CASCADE, null=True, related_name="links"
    )
    email = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("private link")
        verbose_name_plural = _("private links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, draft__isnull=True)
                | models.Q(case__isnull=True, draft__isnull=False),
                name="link_leads_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def alike(self) -> PrivateLinkQuerySet:
        return PrivateLink.objects.filter(
            purpose=self.purpose, email__iexact=self.email, case=self.case_id, draft=self.draft_id
        )

    def address_of_codes(self) -> str:
        return self.email


class OneTimeCode(OneTimeCodeRow):
    """A code that was sent for a link."""

    link = models.ForeignKey(PrivateLink, on_delete=models.CASCADE, related_name="codes")
