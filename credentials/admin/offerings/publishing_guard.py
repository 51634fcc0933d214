"""Turns a request to publish an offering by hand into a draft, with a word of explanation.

The law itself is held where rows are saved; this keeps people's work and says what to do.
"""

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.models import Page

from credentials.exceptions import NotWithdrawn
from credentials.models import Offering

PUBLISH = "action-publish"


def save_as_draft_on_create(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Before a page is created: an offering begins as a draft, whichever button was pressed."""
    if issubclass(page_class, Offering):
        _explain_and_drop_publish(request)


def save_as_draft_on_edit(request: HttpRequest, page: Page) -> None:
    """Before a page is edited: what was to be published is saved as a draft."""
    if isinstance(page, Offering):
        _explain_and_drop_publish(request)


def keep_recorded(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is deleted: one with recorded offerings below it stays (law 3)."""
    offerings = Offering.objects.descendant_of(page, inclusive=True)
    recorded = next((o for o in offerings.iterator() if o.has_record()), None)
    if recorded is None:
        return None
    messages.error(request, str(NotWithdrawn(recorded.title)))
    return redirect(reverse("wagtailadmin_explore", args=[page.pk]))


def hide_publish(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Offer no button that would only be refused."""
    if _is_offering(request, context):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


def _explain_and_drop_publish(request: HttpRequest) -> None:
    if request.method != "POST" or not request.POST.get(PUBLISH):
        return
    data = request.POST.copy()
    del data[PUBLISH]
    request.POST = data  # type: ignore[assignment]
    messages.warning(
        request,
        _(
            "Saved as a draft: an offering is published when its route has approved it. "
            "Use “Submit” to send it on its way."
        ),
    )


def _is_offering(request: HttpRequest, context: dict[str, Any]) -> bool:
    if context["view"] != "create":
        return isinstance(context.get("page"), Offering)
    match = request.resolver_match
    names = match.kwargs if match else {}
    if "content_type_model_name" not in names:
        return False
    model = apps.get_model(names["content_type_app_name"], names["content_type_model_name"])
    return issubclass(model, Offering)
