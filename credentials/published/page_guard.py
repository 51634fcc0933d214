"""Receivers that hold pages where the record needs them, whoever writes and by which way.

What is below a page decides what may be done to it: going offline, expiring, asking who is there,
leaving its site (laws 1 and 7). Deleting is refused in `held_pages`, before the tree is touched.
"""

from typing import Any

from django.apps import apps
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import pre_page_move

from credentials.exceptions import NotApproved, NotWithdrawn
from credentials.models.offerings.offering import Offering
from credentials.record.classification import classified_fields
from credentials.record.ledger import PublishedVersion
from credentials.record.page_tree import hold_in_place, hold_move, hold_online, hold_sites


def connect() -> None:
    """Listen. Called once all models are loaded."""
    for model in apps.get_models():
        if issubclass(model, Page):
            pre_save.connect(hold_page, sender=model, dispatch_uid="credentials.page")
    pre_page_move.connect(hold_moved_page, dispatch_uid="credentials.move")
    pre_save.connect(hold_view, sender=PageViewRestriction, dispatch_uid="credentials.view")
    pre_save.connect(hold_changed_site, sender=Site, dispatch_uid="credentials.site")
    pre_delete.connect(hold_deleted_site, sender=Site, dispatch_uid="credentials.site")


def hold_page(sender: type[Page], instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Before a page's row is saved: an offering's by the base class, or one above offerings."""
    if raw or instance._state.adding:
        return
    written = set(kwargs.get("update_fields") or ()) or None
    if issubclass(instance.specific_class or Page, Offering):
        if not isinstance(instance, instance.specific_class):
            _hold_part_of_offering(instance, written)
    elif written is None or not written.isdisjoint({"live", "expire_at"}):
        goes_offline = not instance.live or instance.expire_at is not None
        if goes_offline and Page.objects.filter(pk=instance.pk, live=True).exists():
            hold_online(instance)


def _hold_part_of_offering(instance: Page, written: set[str] | None) -> None:
    """What a base class saves of an offering is not what the ledger was asked about."""
    content = {field.name for field in classified_fields(Offering)} | {"live"}
    names = {
        field.attname
        for field in type(instance)._meta.concrete_fields
        if field.name in content and (written is None or field.name in written)
    } - instance.get_deferred_fields()
    if not names:
        return
    saved = type(instance)._base_manager.filter(pk=instance.pk).values(*names).first() or {}
    changed = {name for name, value in saved.items() if getattr(instance, name) != value}
    head = PublishedVersion.objects.head_of(instance.pk)
    if not changed or (not instance.live and not (head and head.is_public)):
        return
    if not instance.live:
        raise NotWithdrawn(instance.title)
    raise NotApproved(instance.title, _("Change it in a draft, and submit that."))


def hold_moved_page(
    sender: type[Page],
    instance: Page,
    parent_page_before: Page,
    parent_page_after: Page,
    **kwargs: Any,
) -> None:
    """Before a page is moved, with all that stands below it."""
    hold_move(instance, parent_page_before, parent_page_after)


def hold_view(
    sender: type[PageViewRestriction],
    instance: PageViewRestriction,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Before a page asks who is there."""
    if not raw and instance.restriction_type != PageViewRestriction.NONE:
        hold_in_place(instance.page)


def hold_changed_site(sender: type[Site], instance: Site, raw: bool = False, **kwargs: Any) -> None:
    """Before a site begins at another page."""
    if not raw and instance.pk is not None:
        _hold_sites(instance, [instance.root_page])


def hold_deleted_site(sender: type[Site], instance: Site, **kwargs: Any) -> None:
    """Before a site is deleted."""
    _hold_sites(instance, [])


def _hold_sites(site: Site, begins: list[Page]) -> None:
    pages = dict(Site.objects.values_list("pk", "root_page"))
    others = [page for key, page in pages.items() if key != site.pk]
    before = Page.objects.filter(pk__in=pages.values())
    hold_sites(before, [*before.filter(pk__in=others), *begins], site)
