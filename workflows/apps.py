"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from workflows.checks import check_finish_action


class WorkflowsConfig(AppConfig):
    """Governance: who decides, on what, and what follows."""

    name = "workflows"
    verbose_name = _("Governance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("workflows.gates")  # its receivers; models can be imported only now
        import_module("workflows.notices.occasions")
        import_module("workflows.osap_opening")
        import_string("workflows.notices.wagtail_mail.replace_notifiers")()
        register(check_finish_action, "workflows")
