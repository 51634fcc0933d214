"""The register of certificates of purges: what went, by which rule; it names nobody (AP-2)."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from appeals.models import PurgeCertificate
from appeals.office import is_in_office
from credentials.admin.register_index import RegisterIndexView
from credentials.people import Person
from workflows.admin.registers import ReadOnlyPermissions


class CertificatePermissions(ReadOnlyPermissions):
    """For the office."""

    def user_can_list(self, user: Person) -> bool:
        return is_in_office(user)


class CertificateAdmin(ModelAdmin):
    """All certificates, newest first."""

    model = PurgeCertificate
    menu_label = _("Certificates of purges")
    menu_icon = "bin"
    add_to_admin_menu = False
    permission_helper_class = CertificatePermissions
    index_view_class = RegisterIndexView
    history_view_enabled = False
    list_display = ("number", "closed_on", "retained_until", "rule", "purged_at")
    list_filter = ("purged_at",)
    search_fields = ("number",)
    list_per_page = 50
    export_filename = "purged-appeals"
    list_export = (
        "number",
        "procedure",
        "closed_on",
        "retained_until",
        "rule",
        "rows",
        "files",
        "purged_at",
    )

    def get_admin_urls_for_registration(self) -> tuple[object, ...]:
        """The list alone."""
        return tuple(super().get_admin_urls_for_registration()[:1])
