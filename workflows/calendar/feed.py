"""Serves a person's calendar at its private address, without a sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.admin.utils import get_admin_base_url

from workflows.calendar.dates import calendar_of
from workflows.models import CalendarFeed


@require_safe
@conditional_page
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever the address belongs to, in their language.

    An unknown or closed address and one of a person who has left say the same: nothing is here.
    """
    feed = (
        CalendarFeed.objects.filter(token=token, person__is_active=True)
        .select_related("person__wagtail_userprofile")
        .first()
    )
    if feed is None:
        response = HttpResponse("Not found.\n", status=404, content_type="text/plain")
    else:
        profile = getattr(feed.person, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
        base_url = get_admin_base_url() or request.build_absolute_uri("/").rstrip("/")
        with translation.override(language):
            text = calendar_of(feed.person, base_url)
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Language"] = language
        response["Content-Disposition"] = 'inline; filename="committee.ics"'
    patch_cache_control(response, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response
