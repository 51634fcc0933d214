"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from workflows.checks import check_finish_action


class WorkflowsConfig(AppConfig):
    """Governance: who decides, on what, and what follows."""

    name = "workflows"
    verbose_name = _("Governance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_finish_action, "workflows")
