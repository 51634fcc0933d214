"""What the chooser of pages tells: public titles, and drafts to those who may work on them (law 6).

Wagtail shows every page to whoever may enter the admin: in the list, in the search, and when keys
are sent for their titles. Its explorer, search, reports and APIs already ask for permissions.
"""

from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from credentials.keys import keys_in

_titles_as_wagtail_tells = ChosenMultipleView.get


def titles_told_to(person: Any) -> Any:
    """The pages whose titles a person may learn, as a queryset.

    Those that they may add to, change or publish, with what leads to them; of others those that
    are live and have no other title to come.
    """
    own = policy_registry.get_by_type(Page).explorable_instances(person)
    return Page.objects.filter(
        Q(pk__in=own.order_by().values("pk")) | Q(live=True, draft_title=F("title"))
    )


def choosable_pages(pages: Any, request: HttpRequest) -> Any:
    """What the chooser lists and finds. Raises Http404 below a page that it does not show."""
    told = titles_told_to(request.user)
    match = request.resolver_match
    parent = match.kwargs.get("parent_page_id") if match else None
    if parent is not None and not told.filter(pk=parent).exists():
        raise Http404
    return pages.filter(pk__in=told.order_by().values("pk"))


def limit_chosen_pages() -> None:
    """Let Wagtail answer keys with titles only where it would list them: it has no hook there."""
    ChosenMultipleView.get = _titles


def _titles(view: Any, request: HttpRequest) -> HttpResponse:
    sent = request.GET.getlist("id")
    keys = set(keys_in(sent))
    told = titles_told_to(request.user).filter(pk__in=keys, depth__gt=1)
    if told.count() < len(set(sent)):
        raise Http404
    response: HttpResponse = _titles_as_wagtail_tells(view, request)
    return response
