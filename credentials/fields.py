"""Model fields of our own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """Several of a fixed set of choices, stored as a sorted JSON list of their keys.

    Raises ValidationError naming the allowed keys when a value is not one of them.
    """

    def __init__(self, *args: Any, choices_class: type[models.TextChoices], **kwargs: Any) -> None:
        self.choices_class = choices_class
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["choices_class"] = self.choices_class
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        return sorted(value) if isinstance(value, list | tuple | set) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        unknown = [key for key in value or [] if key not in self.choices_class.values]
        if unknown:
            raise ValidationError(
                _("“%(unknown)s” is not allowed. Choose from: %(allowed)s."),
                code="invalid_choice",
                params={
                    "unknown": ", ".join(unknown),
                    "allowed": ", ".join(self.choices_class.values),
                },
            )

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.choices_class.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
            initial=[],
        )
