"""Texts of letters and notices in versions, kept by the office that owns them.

A draft may be edited. Once adopted it takes force on its day and never changes again; what was
written from it names it. Where none is in force, the supplied text of the occasion is used.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.message_templates.occasions import Facts, Occasion, in_words, occasions
from credentials.message_templates.placeholders import Section, as_text, fill_lines, fill_sections
from credentials.models.message_texts import MessageText
from credentials.models.versions import VersionQuerySet
from credentials.record.unreferenced import Unreferenced

SUPPLIED = 0  # the number of an occasion's supplied text, which is no row


class MessageTemplateQuerySet(VersionQuerySet["MessageTemplate"]):
    """Versions in the words of the domain."""

    def of(self, occasion: str) -> Self:
        """All versions of one occasion's text."""
        return self.filter(occasion=occasion)

    def text_in_force(self, occasion: str) -> "MessageTemplate":
        """What is said on an occasion today. Raises KeyError for an occasion that nobody has."""
        return self.of(occasion).in_force().first() or supplied_text(occasions()[occasion])

    def texts_in_force(self) -> "dict[str, MessageTemplate]":
        """What is said today on every occasion, by its key."""
        begun = self.filter(adoption__in_force_from__lte=timezone.localdate())
        in_order = begun.select_related("adoption").order_by(
            "adoption__in_force_from", "adoption__pk"
        )
        last = {one.occasion: one for one in in_order}
        return {key: last.get(key) or supplied_text(one) for key, one in occasions().items()}


class MessageTemplate(MessageText, Unreferenced):
    """One version of the text for one occasion, a draft until the office adopts it."""

    ADOPTED: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM credentials_messageadoption a WHERE a.template_id = {row}.id)"
    )
    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": ADOPTED.format(row="OLD"),
        "DELETE": ADOPTED.format(row="OLD"),
    }

    occasion = models.CharField(_("occasion"), max_length=60, editable=False)
    number = models.PositiveIntegerField(_("version"), editable=False)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("based on"),
        on_delete=models.PROTECT,
        related_name="successors",
        null=True,
        blank=True,
        editable=False,
    )

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a letter or notice")
        verbose_name_plural = _("texts of letters and notices")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("own_message_templates", _("Write and adopt texts of letters and notices"))]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "number"], name="each_message_template_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.occasion_name}: {self.label}"

    @property
    def label(self) -> str:
        """How the version is called among those of its occasion."""
        if self.number == SUPPLIED:
            return gettext("Supplied text")
        return gettext("Version %(number)s") % {"number": self.number}

    @property
    def is_adopted(self) -> bool:
        """Whether it can no longer change."""
        return hasattr(self, "adoption")

    @property
    def occasion_name(self) -> str:
        """The occasion as people call it; its key, where no app has it any more."""
        found = occasions().get(self.occasion)
        return str(found.name) if found else self.occasion

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that it may use."""
        return occasions()[self.occasion].allowed

    @property
    def needed(self) -> frozenset[str]:
        """The placeholders that its body must use."""
        return occasions()[self.occasion].needed

    def subject_with(self, facts: Facts) -> str:
        """The subject in the active language, on one line."""
        return " ".join(fill_lines(self.subject, in_words(facts)).split())

    def text_with(self, facts: Facts) -> str:
        """The body in the active language, as plain text."""
        return as_text(self.sections_with(facts))

    def sections_with(self, facts: Facts) -> list[Section]:
        """The body in the active language, by its headings."""
        return list(fill_sections(self.body, in_words(facts)))


class MessageAdoption(AppendOnly, Unreferenced):
    """The act by which a version takes force on a day."""

    sealed = Sealed.INTERNAL
    sealed_with = ("template",)

    template = models.OneToOneField(
        MessageTemplate, on_delete=models.PROTECT, related_name="adoption"
    )
    in_force_from = models.DateField(_("in force from"))
    adopted_by_key = models.CharField(_("person’s key"), max_length=64)
    adopted_by_name = models.CharField(_("adopted by"), max_length=200)
    adopted_at = models.DateTimeField(_("adopted at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of a text")
        verbose_name_plural = _("adoptions of texts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.template_id}: {self.in_force_from}"


class FromTemplate(models.Model):
    """A row whose words were made from a text: on which occasion, and from which version.

    Without a version it was the supplied text. Rows older than these columns have no occasion.
    """

    occasion = models.CharField(
        _("occasion"), max_length=60, blank=True, default="", db_default="", editable=False
    )
    template = models.ForeignKey(
        MessageTemplate,
        verbose_name=_("text"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        abstract = True

    @property
    def written_from(self) -> str:
        """The version of the text that it was made from; empty where that is not known."""
        if self.template is not None:
            return self.template.label
        return gettext("Supplied text") if self.occasion else ""


def supplied_text(occasion: Occasion) -> MessageTemplate:
    """An occasion's supplied text, as a version that no row keeps."""
    return MessageTemplate(occasion=occasion.key, number=SUPPLIED, **occasion.texts)


def made_from(template: MessageTemplate) -> dict[str, Any]:
    """What a row that is written from a text keeps of it."""
    return {"occasion": template.occasion, "template": template if template.pk else None}
