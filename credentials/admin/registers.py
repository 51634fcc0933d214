"""What every register is: a list to read, filter and export, with nothing to write (law 3)."""

from typing import Any, ClassVar

from django.db import models
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from credentials.admin.register_index import RegisterIndexView
from credentials.people.actors import Person


class ReadOnlyPermissions(PermissionHelper):
    """Nobody adds, edits or deletes a row of the record by hand, superusers included."""

    def user_can_list(self, user: Person) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_create(self, user: Person) -> bool:
        return False

    def user_can_inspect_obj(self, user: Person, obj: models.Model) -> bool:
        return self.user_can_list(user)

    def user_can_edit_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_copy_obj(self, user: Person, obj: models.Model) -> bool:
        return False


class Register(ModelAdmin):
    """Only the views named here have an address, and each asks for its permission.

    Modeladmin gives every model a page of its history that asks for none, beside pages to add, edit
    and delete; a register needs none of them.
    """

    served: ClassVar[tuple[str, ...]] = ("index", "inspect")
    permission_helper_class = ReadOnlyPermissions
    index_view_class = RegisterIndexView
    history_view_enabled = False
    list_per_page = 50

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """Those of the views in `served`."""
        names = {self.url_helper.get_action_url_name(action) for action in self.served}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in names)
