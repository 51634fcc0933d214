"""A page below which offerings stand, such as a catalogue: it may not vanish over them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, PagePermissionTester

from credentials.exceptions import PageStillNeeded
from credentials.models.offerings.editor_form import BranchCopyForm
from credentials.record.held_pages import HeldPageManager
from credentials.record.page_tree import below, heads, hold_in_place, hold_online


class BranchPermissionTester(PagePermissionTester):
    """Offers no privacy to anybody where offerings on record stand below."""

    def can_set_view_restrictions(self) -> bool:
        on_record = heads().filter(below(self.page))
        return bool(super().can_set_view_restrictions()) and not on_record.exists()


class Branch(Page):
    """Refuses, while something published stands below, what would take that away.

    Pages of other types are held too, by `credentials.published.page_guard`; this one says so in
    its forms, and in code before anything is written.
    """

    objects: ClassVar[Any] = HeldPageManager()
    copy_form_class = BranchCopyForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        """What a person may do with the page itself."""
        return BranchPermissionTester(user, self)

    def clean(self) -> None:
        """Validate the page. Raises ValidationError naming field and remedy."""
        super().clean()
        starts_later = (
            self.go_live_at and self.go_live_at > timezone.now() and not self.live_revision_id
        )
        hidden = {"expire_at": self.expire_at, "go_live_at": starts_later}
        if not self.live or self._state.adding or not any(hidden.values()):
            return
        try:
            hold_online(self)
        except PageStillNeeded as refusal:
            said = {name: str(refusal) for name, value in hidden.items() if value}
            raise ValidationError(said) from refusal

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete it, with all that stands below. Raises PageStillNeeded."""
        hold_in_place(self)
        return super().delete(*args, **kwargs)
