"""What the editor's form would send, as it was drawn."""

from typing import Any

from django.test import Client
from django.urls import reverse


def form_of(client: Client, offering: Any) -> dict[str, Any]:
    """What the editor's form would send unchanged."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[offering.pk]))
    form = response.context["form"]
    data: dict[str, Any] = {}
    for formset in form.formsets.values():
        data |= _values(formset.management_form)
        for index, row in enumerate(formset.forms):
            data |= _values(row) | {f"{formset.prefix}-{index}-ORDER": str(index + 1)}
    data |= _values(form) | {"curriculum-count": "0"}
    return {name: value for name, value in data.items() if value is not None}


def _values(form: Any) -> dict[str, Any]:
    found = {}
    for bound in form:
        value = bound.value()
        if bound.name in ("curriculum", "DELETE"):
            continue
        if bound.field.widget.__class__.__name__ == "DraftailRichTextArea":
            value = bound.field.widget.format_value(value)
        found[bound.html_name] = "" if value is None else value
    return found


def form_of_new(client: Client, like: Any, **changes: Any) -> dict[str, Any]:
    """The form of a new offering, filled in as another one is."""
    data = form_of(client, like) | changes
    data = {name: value for name, value in data.items() if not name.endswith("-id")}
    return data | {name: "0" for name in data if name.endswith("-INITIAL_FORMS")}
