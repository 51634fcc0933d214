"""App configuration."""

import pkgutil
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

    def import_models(self) -> None:
        """Stages are models too, and stand above what they decide with: each file is a kind."""
        super().import_models()
        stages = import_module("workflows.stages")
        for kind in pkgutil.iter_modules(stages.__path__, "workflows.stages."):
            import_module(kind.name)

    def ready(self) -> None:
        import_module("workflows.proposals.gates")  # its receivers; models can be imported only now
        import_module("workflows.listeners.notices")
        import_module("workflows.listeners.committee_notices")
        import_module("workflows.listeners.review_notices")
        import_module("workflows.listeners.osap")
        import_string("workflows.notices.wagtail_mail.replace_notifiers")()
        register(check_finish_action, "workflows")
