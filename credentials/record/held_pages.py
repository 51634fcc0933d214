"""Querysets of pages that ask the record before they write, where Wagtail's own do not."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from credentials.exceptions import NotApproved, NotWithdrawn
from credentials.record.classification import classified_fields
from credentials.record.page_tree import hold_in_place, hold_online, public_heads


class HeldPageQuerySet(PageQuerySet):
    """Refuses for many pages what is refused for one (laws 1, 3 and 7)."""

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, with all that stands below. Raises PageStillNeeded; then the tree is whole."""
        with transaction.atomic():
            for page in self.only("path", "title").iterator():
                hold_in_place(page)
            return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:
        """Update rows. Raises PageStillNeeded when a page above published ones would go offline."""
        if kwargs.get("live", True) is not True or kwargs.get("expire_at") is not None:
            for page in self.filter(live=True).only("path", "title"):
                hold_online(page)
        return int(super().update(**kwargs))

    update.alters_data = True  # type: ignore[attr-defined]


class OfferingQuerySet(HeldPageQuerySet):
    """Of offerings: content and publication change by saving the page, which asks the ledger."""

    def update(self, **kwargs: Any) -> int:
        """Update rows. Raises NotApproved or NotWithdrawn for what is, or would be, published."""
        content = {field.name for field in classified_fields(self.model)}
        names = {self.model._meta.get_field(name).name for name in kwargs}
        if not names.isdisjoint(content | {"live"}):
            self._hold(goes_offline=kwargs.get("live") is False)
        if kwargs.get("live", False) is not False and (page := self.first()):
            raise NotApproved(page.title)
        return int(super().update(**kwargs))

    update.alters_data = True  # type: ignore[attr-defined]

    def _hold(self, *, goes_offline: bool) -> None:
        heads = public_heads().filter(offering__in=self.order_by().values("pk"))
        if head := heads.first():
            title = head.offering.title
            if goes_offline:
                raise NotWithdrawn(title)
            raise NotApproved(title, _("Change it in a draft, and submit that."))


OfferingManager = PageManager.from_queryset(OfferingQuerySet)
HeldPageManager = PageManager.from_queryset(HeldPageQuerySet)
