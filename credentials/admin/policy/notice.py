"""The policy's review on the admin's home page, for those who own the policy or watch over it."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from credentials.admin.policy.pages import OWN, WATCH
from credentials.compliance.policy_review import ReviewNotice, review_notice


class ReviewNoticePanel(Component):
    """That the policy's review is due or overdue (PO-1)."""

    name = "policy_review"
    template_name = "credentials/policy/home_notice.html"
    order = 50

    def __init__(self, notice: ReviewNotice) -> None:
        self.notice = notice

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The notice."""
        return {"notice": self.notice}


def add_notice(request: HttpRequest, panels: list[Any]) -> None:
    """Put the notice first, when there is one, for those whom it concerns."""
    if not any(request.user.has_perm(permission) for permission in (OWN, WATCH)):
        return
    if notice := review_notice():
        panels.insert(0, ReviewNoticePanel(notice))
