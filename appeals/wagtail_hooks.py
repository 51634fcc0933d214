"""Registration only; the work is done in the modules named here."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from appeals.admin import urls
from appeals.admin.cases.register import CaseRegister
from appeals.admin.menu import MENU_HOOK, appeals_menu
from appeals.admin.office import home_panel
from appeals.admin.office.certificates import CertificateRegister
from appeals.admin.procedures import urls as procedure_urls
from appeals.jobs import scheduled_jobs
from appeals.timeline import timeline_sources
from appeals.verification import record_checks
from credentials.jobs import HOOK as JOBS_HOOK
from credentials.timeline import HOOK as TIMELINE_HOOK
from credentials.verification.checks import HOOK as RECORD_HOOK

modeladmin_register(CaseRegister)
modeladmin_register(CertificateRegister)
hooks.register("register_admin_urls", urls.register_urls)
hooks.register("register_admin_menu_item", appeals_menu)
hooks.register(MENU_HOOK, urls.board_item)
hooks.register(MENU_HOOK, urls.register_item)
hooks.register(MENU_HOOK, urls.statistics_item)
hooks.register(MENU_HOOK, urls.log_item)
hooks.register(MENU_HOOK, urls.certificates_item)
hooks.register("register_admin_urls", procedure_urls.register_urls)
hooks.register(MENU_HOOK, procedure_urls.procedure_item)
hooks.register(MENU_HOOK, procedure_urls.closures_item)
hooks.register("construct_homepage_panels", home_panel.add_panel)
hooks.register(JOBS_HOOK, scheduled_jobs)
hooks.register(TIMELINE_HOOK, timeline_sources)
hooks.register(RECORD_HOOK, record_checks)
