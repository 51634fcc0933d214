"""Pages that offerings may be imported under."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import Page, get_page_models

from credentials.models import Offering


def possible_parents(user: AbstractBaseUser | None = None) -> list[Page]:
    """Pages whose type admits offerings; with a user, those where this user may add one.

    Page types that admit pages of any kind count only when no type names offerings itself.
    """
    offerings = {model for model in get_page_models() if issubclass(model, Offering)}
    admitting = [
        model for model in get_page_models() if offerings & set(model.allowed_subpage_models())
    ]
    naming = [model for model in admitting if getattr(model, "subpage_types", None) is not None]
    pages = Page.objects.type(*(naming or admitting)).filter(depth__gt=1).order_by("path")
    if not (naming or admitting):
        return []
    return [
        page for page in pages if user is None or page.permissions_for_user(user).can_add_subpage()
    ]
