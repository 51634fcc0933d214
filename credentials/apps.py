"""App configuration: history is kept append-only from the first migrate on."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.urls import register_converter
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from credentials.append_only.triggers import (
    install_triggers_after_migrate,
    remove_triggers_before_migrate,
)
from credentials.checks import (
    check_addresses,
    check_apps,
    check_door,
    check_engines,
    check_settings,
    check_site_role,
    check_triggers,
)
from credentials.keys import KeyConverter


class CredentialsConfig(AppConfig):
    """The ground floor of the plugin set."""

    name = "credentials"
    verbose_name = _("Credentials")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_converter(KeyConverter, "key")
        # Our models can be imported only now.
        import_string("credentials.authoring.api_fields.declare_api_fields")()
        import_string("credentials.people.identity.follow_accounts")()
        import_string("credentials.published.page_guard.connect")()
        import_string("credentials.admin.wagtail_exports.make_exports_inert")()
        import_string("credentials.admin.page_chooser.limit_chosen_pages")()
        import_module("credentials.published.schedule")
        import_module("credentials.compliance.refresh")
        import_module("credentials.osap.after_publication")
        import_module("credentials.files.guard")
        pre_migrate.connect(remove_triggers_before_migrate, dispatch_uid="credentials.remake")
        post_migrate.connect(install_triggers_after_migrate, dispatch_uid="credentials.append_only")
        queueing = import_module("credentials.record.log.queue")
        log_checks = import_module("credentials.record.log.sealing_checks")
        waking = import_module("credentials.record.log.thread")
        pre_migrate.connect(queueing.remove_queue_before_migrate, sender=self)
        post_migrate.connect(queueing.install_queue_after_migrate, sender=self)
        post_save.connect(waking.seal_after_commit, dispatch_uid="credentials.sealing")
        register(check_apps, "credentials")
        register(check_settings, "credentials")
        register(check_door, "credentials")
        register(check_engines, "credentials")
        register(check_addresses, "credentials")
        register(check_triggers, Tags.database)
        register(check_site_role, Tags.database, deploy=True)
        register(log_checks.check_sealed, "credentials")
        register(log_checks.check_queue, Tags.database)
