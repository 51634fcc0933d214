"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Governance: who decides, on what, and what follows."""

    name = "workflows"
    verbose_name = _("Governance")
    default_auto_field = "django.db.models.BigAutoField"
