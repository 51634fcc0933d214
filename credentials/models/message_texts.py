"""A text with placeholders, as the office writes it: subject and body in both languages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from credentials.message_templates.bilingual import LANGUAGES, Bilingual
from credentials.message_templates.placeholders import lacking, unknown

TEXTS = tuple(f"{part}_{language}" for language in LANGUAGES for part in ("subject", "body"))


class MessageText(models.Model):
    """Subject and body; whoever has one says which placeholders it may and must use."""

    subject_en = models.CharField(_("subject in English"), max_length=200)
    subject_fr = models.CharField(_("subject in French"), max_length=200)
    body_en = models.TextField(_("text in English"))
    body_fr = models.TextField(_("text in French"))

    subject = Bilingual()
    body = Bilingual()

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("subject_en"), FieldPanel("body_en")], heading=_("In English")),
        MultiFieldPanel([FieldPanel("subject_fr"), FieldPanel("body_fr")], heading=_("In French")),
    ]

    class Meta:
        abstract = True

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that it may use."""
        raise NotImplementedError

    @property
    def needed(self) -> frozenset[str]:
        """The placeholders that its body must use."""
        raise NotImplementedError

    def clean(self) -> None:
        """Raises ValidationError by field: a placeholder that is unknown here, or one lacking."""
        super().clean()
        errors = {
            name: [
                *unknown(getattr(self, name), self.allowed),
                *(lacking(getattr(self, name), self.needed) if name.startswith("body") else ()),
            ]
            for name in TEXTS
        }
        if found := {name: sentences for name, sentences in errors.items() if sentences}:
            raise ValidationError(found)
