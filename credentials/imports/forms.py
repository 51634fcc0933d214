"""Forms of the admin's import pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from credentials.imports.columns import COLUMNS, Column
from credentials.imports.mapping import Mapping, automatic, translations_from
from credentials.imports.problems import SheetError


class UploadForm(forms.Form):
    """Which file, and under which page."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB. The first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={
            "required": _("Choose the file to import."),
            "empty": _("The file is empty. Fill in the template and choose that file."),
        },
    )
    parent = forms.ChoiceField(
        label=_("Import under"), help_text=_("New drafts become pages under this one.")
    )

    def __init__(self, *args: Any, parents: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {str(page.pk): page for page in parents}
        parent: Any = self.fields["parent"]
        parent.choices = [
            (key, page.get_admin_display_title()) for key, page in self.parents.items()
        ]

    def clean_parent(self) -> Any:
        """The page itself."""
        return self.parents[self.cleaned_data["parent"]]


class ColumnsForm(forms.Form):
    """Which column of the file feeds each field, and what an empty cell means."""

    reference_from = forms.MultipleChoiceField(
        label=_("No reference? Make it from"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Columns that together identify a row, and that will not change."),
    )
    translations = forms.CharField(
        label=_("Words of the file"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: FIELD:WORD=VALUE, such as kind:Workshop=course."),
    )

    def __init__(self, *args: Any, headers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(header, header) for header in headers if header]
        matched = automatic(headers)
        reference_from: Any = self.fields["reference_from"]
        reference_from.choices = named
        for column in COLUMNS.values():
            self.fields[f"column-{column.name}"] = forms.ChoiceField(
                label=_("Column for %s") % column.name,
                choices=[("", _("None")), *named],
                required=False,
                initial=matched.get(column.name, ""),
            )
            self.fields[f"default-{column.name}"] = forms.CharField(
                label=_("Value of %s where empty") % column.name, required=False
            )

    def field_rows(self) -> list[tuple[Column, Any, Any]]:
        """For the table: each field of ours with its two inputs."""
        return [
            (column, self[f"column-{column.name}"], self[f"default-{column.name}"])
            for column in COLUMNS.values()
        ]

    def general_fields(self) -> list[Any]:
        """The inputs that belong to no single field."""
        return [self["reference_from"], self["translations"]]

    @staticmethod
    def initial_from(mapping: Mapping) -> dict[str, Any]:
        """Fill the form from a mapping chosen before."""
        chosen = {f"column-{name}": mapping.columns.get(name, "") for name in COLUMNS}
        words = [
            f"{name}:{word}={value}"
            for name, pairs in mapping.translations.items()
            for word, value in pairs.items()
        ]
        return {
            **chosen,
            **{f"default-{name}": value for name, value in mapping.defaults.items()},
            "reference_from": list(mapping.reference_from),
            "translations": "\n".join(words),
        }

    def clean_translations(self) -> dict[str, dict[str, str]]:
        """FIELD:WORD=VALUE lines as data."""
        lines = self.cleaned_data["translations"].splitlines()
        try:
            return translations_from(line for line in lines if line.strip())
        except SheetError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Build the mapping; a required field without a source is an error of the form."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        mapping = Mapping(
            columns=self._chosen("column"),
            defaults=self._chosen("default"),
            translations=cleaned["translations"],
            reference_from=tuple(cleaned["reference_from"]),
        )
        try:
            mapping.require_complete()
        except SheetError as error:
            raise ValidationError(str(error)) from error
        cleaned["mapping"] = mapping
        return cleaned

    def _chosen(self, prefix: str) -> dict[str, str]:
        values = {name: self.cleaned_data.get(f"{prefix}-{name}", "") for name in COLUMNS}
        return {name: value for name, value in values.items() if value}
