"""Documents are private unless their collection is named public (law 6: deny by default)."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument

from credentials.conf import conf


def hold_private_document(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Before a document is served: evidence letters and the like need a sign-in to the admin.

    Raises PermissionDenied for a person who is signed in without access to the admin.
    """
    ancestors = document.collection.get_ancestors(inclusive=True)
    if ancestors.filter(name__in=conf().PUBLIC_COLLECTIONS).exists():
        return None
    if request.user.has_perm("wagtailadmin.access_admin"):
        return None
    if request.user.is_authenticated:
        raise PermissionDenied(_("This document is for those who work on proposals."))
    return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
