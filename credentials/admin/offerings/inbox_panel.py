"""What waits for a person beside the routes, on the admin's home page."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from credentials.compliance.inbox import ToSign, admissions_to_settle, agreements_to_sign
from credentials.models import Offering


class AwaitingPanel(Component):
    """Agreements to sign (MC-6) and admission requirements to settle (AD-1 to AD-4)."""

    name = "awaiting_you"
    template_name = "credentials/admin/awaiting.html"
    order = 60

    def __init__(self, to_sign: list[ToSign], to_settle: list[Offering]) -> None:
        self.to_sign, self.to_settle = to_sign, to_settle

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Both lists."""
        return {"to_sign": self.to_sign, "to_settle": self.to_settle}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel when something waits."""
    to_sign, to_settle = agreements_to_sign(request.user), admissions_to_settle(request.user)
    if to_sign or to_settle:
        panels.append(AwaitingPanel(to_sign, to_settle))
