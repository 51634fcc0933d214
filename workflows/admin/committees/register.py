"""All committees; each leads to its page."""

from django.utils.translation import gettext_lazy as _

from credentials.admin.registers import Column, Register
from workflows.models import Committee


class CommitteeRegister(Register):
    """Its entry stands under “Committee work” in the menu."""

    model = Committee
    menu_label = _("Committees")
    menu_icon = "group"
    add_to_admin_menu = False
    columns = (Column("name", page="governance:committee"), "office")
    list_filter = ("office",)
    search_fields = ("name",)
    export_filename = "committees"
