"""Lists of the admin in pages."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.paginator import WagtailPaginator


def paged(request: HttpRequest, items: Any, size: int, name: str = "items") -> dict[str, Any]:
    """One page of a list under its name, with what Wagtail's pagination asks for."""
    paginator = WagtailPaginator(items, size)
    page = paginator.get_page(request.GET.get("p"))
    return {name: page, "elided_page_range": paginator.get_elided_page_range(page.number)}
