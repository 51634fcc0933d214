"""What a person may do with an offering in the admin and the authoring API."""

from wagtail.models import PagePermissionTester


class OfferingPermissionTester(PagePermissionTester):
    """Nobody publishes or unpublishes an offering by hand, superusers included (law 1).

    The route publishes when it ends; retirement and withdrawal are decisions of their own.
    """

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        """What is approved is public; a page that asked for a password would hide only itself."""
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only a draft that never came to a decision may be deleted (law 3)."""
        if self.page.live or not super().can_delete(ignore_bulk):
            return False
        return not self.page.specific_deferred.has_record()

    def can_move(self) -> bool:
        """Moving changes the address, not the content, so a published offering may move."""
        return bool(super().can_delete(ignore_bulk=True))
