"""Texts of the letters, part of a version of the procedure (AP-2)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from appeals.models.part_history import PartHistory
from appeals.models.procedures import PART_FROZEN_WHEN, Procedure
from appeals.rules.bilingual import LANGUAGES, Bilingual
from appeals.rules.letter_text import NEEDED, LetterKind, allowed, used
from credentials.record.unreferenced import Unreferenced


class LetterTemplate(Unreferenced):
    """What a letter of one kind says, with placeholders in braces."""

    frozen_when: ClassVar[dict[str, str]] = PART_FROZEN_WHEN

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("letter"), max_length=30, choices=LetterKind.choices)
    subject_en = models.CharField(_("subject in English"), max_length=200)
    subject_fr = models.CharField(_("subject in French"), max_length=200)
    body_en = models.TextField(_("text in English"))
    body_fr = models.TextField(_("text in French"))
    history = PartHistory()

    subject = Bilingual()
    body = Bilingual()

    panels = [
        MultiFieldPanel([FieldPanel("subject_en"), FieldPanel("body_en")], heading=_("In English")),
        MultiFieldPanel([FieldPanel("subject_fr"), FieldPanel("body_fr")], heading=_("In French")),
    ]

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "kind"], name="one_template_per_letter")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        """Raises ValidationError by field: a placeholder that is unknown here, or one lacking."""
        super().clean()
        errors: dict[str, list[str]] = {}
        for field in (
            f"{part}_{language}" for part in ("subject", "body") for language in LANGUAGES
        ):
            unknown = used(getattr(self, field)) - allowed(self.kind)
            if unknown:
                errors[field] = [
                    _t("{%(name)s} is not known in this letter. Use: %(allowed)s.")
                    % {
                        "name": "}, {".join(sorted(unknown)),
                        "allowed": ", ".join(f"{{{name}}}" for name in sorted(allowed(self.kind))),
                    }
                ]
        for field in (f"body_{language}" for language in LANGUAGES):
            lacking = NEEDED.get(self.kind, frozenset()) - used(getattr(self, field))
            if lacking:
                errors.setdefault(field, []).append(
                    _t("This letter has to say {%(name)s}. Put it into the text.")
                    % {"name": "}, {".join(sorted(lacking))}
                )
        if errors:
            raise ValidationError(errors)
