"""Actions that other systems reach through Wagtail's authoring API, held by law 1."""

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.registry import ActionRegistry
from wagtail.models import Page

from credentials.exceptions import NotApproved
from credentials.models import Offering


class PublishOrRefuse(PublishPageRevisionAction):
    """Publishes other pages as Wagtail does; tells an offering's author what to do instead."""

    def check(self, skip_permission_checks: bool = False) -> None:
        if isinstance(self.object, Offering) and not skip_permission_checks:
            raise NotApproved(self.object.title)
        super().check(skip_permission_checks)


def register_actions(registry: ActionRegistry) -> None:
    """Replace the action that the API looks up."""
    registry.register(Page, PublishOrRefuse)
