"""The editor's form: lenient with drafts, and the place where a refused submission says why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from credentials.policy.findings import Finding, Place, remedies


class OfferingForm(WagtailAdminPageForm):
    """Shows the policy's findings where they are mended; the editor's views find them.

    See `credentials.admin.offerings.offering_views`.
    """

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Turn findings into errors: on the field or row they name, and all of them in the summary.

        The form has been validated; afterwards it is invalid.
        """
        held_up = remedies(findings)
        # Said first, so that the summary lists the errors of all fields below it.
        self.add_error(
            None,
            ngettext(
                "It cannot be submitted yet: the policy asks for one more thing.",
                "It cannot be submitted yet: the policy asks for %(count)s more things.",
                len(held_up),
            )
            % {"count": len(held_up)},
        )
        for name in {remedy.finding.place.field for remedy in held_up} & self.errors.keys():
            self._forget_that_it_is_required(name)
        for remedy in held_up:
            place, sentence = remedy.finding.place, str(remedy)
            if place.field in self.fields and not place.page:
                self.add_error(place.field, sentence)
            else:
                self.add_error(None, sentence)
                self._mark_row(place, sentence)

    def rows(self, name: str) -> list[Any]:
        """The forms of a child relation that will be rows, in the order in which they stand."""
        formset = self.formsets.get(name)
        kept = [
            form
            for index, form in enumerate(formset.forms if formset else [])
            if not formset._should_delete_form(form)
            and (index < formset.initial_form_count() or form.has_changed())
        ]
        return sorted(kept, key=_position)

    def _mark_row(self, place: Place, sentence: str) -> None:
        formset = self.formsets.get(place.field)
        if formset is None or place.page:
            return
        rows = self.rows(place.field)
        if place.row is None or place.row >= len(rows):
            formset.non_form_errors().append(sentence)
            return
        row = rows[place.row]
        row.add_error(place.name if place.name in row.fields else None, sentence)

    def _forget_that_it_is_required(self, name: str) -> None:
        """The finding says it better, and names the clause."""
        if all(error.code == "required" for error in self.errors[name].as_data()):
            del self.errors[name]


def _position(form: forms.Form) -> float:
    order = form["ORDER"].value() if "ORDER" in form.fields else None
    return float(order) if order not in (None, "") else float("inf")


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


class BranchCopyForm(CopyForm):
    """Copies a page without what stands below it: an offering has one page and one record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.page.numchild:
            for name in ("alias", "copy_subpages"):
                self.fields.pop(name, None)
