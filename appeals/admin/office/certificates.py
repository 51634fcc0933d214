"""The register of certificates of purges: what went, by which rule; it names nobody (AP-2)."""

from django.utils.translation import gettext_lazy as _

from appeals.access.office import is_in_office
from appeals.models import PurgeCertificate
from credentials.admin.registers import Register, exported
from credentials.people.actors import Person


class CertificateRegister(Register):
    """All certificates, newest first."""

    model = PurgeCertificate
    menu_label = _("Certificates of purges")
    menu_icon = "bin"
    add_to_admin_menu = False
    columns = (
        "number",
        exported("procedure"),
        "closed_on",
        "retained_until",
        "rule",
        exported("rows"),
        exported("files"),
        "purged_at",
    )
    list_filter = ("purged_at",)
    search_fields = ("number",)
    export_filename = "purged-appeals"

    def may_read(self, user: Person) -> bool:
        return is_in_office(user)
