"""The editor's form: lenient with drafts, strict on submission."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm


class OfferingForm(WagtailAdminPageForm):
    """Checks across child forms that a single field cannot do.

    A draft may be half-finished; what is submitted may not name an outcome that does not exist or
    a part that is not published.
    """

    is_draft = False

    def defer_required_fields(self) -> None:
        """Remember that this is a save, not a submission."""
        self.is_draft = True
        super().defer_required_fields()

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if not self.is_draft:
            self._check_outcome_codes()
            self._check_components_are_published()
        return cleaned_data

    def _rows(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        return [
            form
            for form in (formset.forms if formset else [])
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def _check_outcome_codes(self) -> None:
        known = {form.cleaned_data["code"] for form in self._rows("outcomes")}
        for form in self._rows("assessments"):
            named = re.split(r"[,;\s]+", form.cleaned_data.get("outcome_codes") or "")
            unknown = [code for code in named if code and code not in known]
            if unknown:
                sentence = _(
                    "There is no outcome %(unknown)s. Add it under Outcomes, or use: %(known)s."
                ) % {"unknown": ", ".join(unknown), "known": ", ".join(sorted(known)) or "-"}
                form.add_error("outcome_codes", sentence)
                self.add_error(None, sentence)

    def _check_components_are_published(self) -> None:
        for form in self._rows("components"):
            part = form.cleaned_data.get("part")
            if part is not None and not part.live:
                sentence = _(
                    "“%(title)s” is not published. Publish it first, or leave it out. DEF-10"
                ) % {"title": part.title}
                form.add_error("part", sentence)
                self.add_error(None, sentence)


class OfferingCopyForm(CopyForm):
    """Copies an offering as a draft: neither an alias nor a published copy can have an approval."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("alias", "publish_copies"):
            self.fields.pop(name, None)

    def clean_new_slug(self) -> str:
        """A slug names one offering in the whole catalogue."""
        slug: str = self.cleaned_data["new_slug"]
        if type(self.page.specific).slug_is_taken(slug):
            raise ValidationError(
                _("Another offering already uses “%(slug)s”. Choose a different slug."),
                params={"slug": slug},
            )
        return slug
