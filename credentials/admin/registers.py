"""What every register is: a list to read, filter and export, with nothing to write (law 3).

A register says its columns, its filters and who may read it; all else is here (ADR 63).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db import models
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from credentials.admin.register_index import RegisterIndexView
from credentials.people.actors import Person


@dataclass(frozen=True)
class Column:
    """A field of the rows, or a method of the register that takes a row.

    In the list it leads to the address named `page`, which takes the row's `key`. `in_list` and
    `in_exports` say where it stands; a plain name in a register's columns stands in both.
    """

    name: str
    page: str = ""
    key: str = "pk"
    in_list: bool = True
    in_exports: bool = True


def listed(name: str) -> Column:
    """A column of the list alone."""
    return Column(name, in_exports=False)


def exported(name: str) -> Column:
    """A column of exports alone."""
    return Column(name, in_list=False)


class RegisterPermissions(PermissionHelper):
    """Nobody adds, edits or deletes a row of the record by hand, superusers included."""

    register: "Register"

    def user_can_list(self, user: Person) -> bool:
        return self.register.may_read(user)

    def user_can_create(self, user: Person) -> bool:
        return "create" in self.register.served and self.register.may_begin(user)

    def user_can_inspect_obj(self, user: Person, obj: models.Model) -> bool:
        return "inspect" in self.register.served and self.register.may_read(user)

    def user_can_edit_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_copy_obj(self, user: Person, obj: models.Model) -> bool:
        return False


class Register(ModelAdmin):
    """The base of all registers. Only the views named in `served` have an address.

    Modeladmin gives every model a page of its history that asks for no permission, beside pages to
    add, edit and delete; a register needs none of them.
    """

    columns: ClassVar[tuple[Column | str, ...]] = ()
    served: ClassVar[tuple[str, ...]] = ("index",)
    permission_helper_class = RegisterPermissions
    index_view_class = RegisterIndexView
    history_view_enabled = False
    export_filename = "spreadsheet-export"
    list_per_page = 50
    index_view_extra_css: ClassVar[list[str]] = ["credentials/register.css"]

    def __init__(self, parent: Any = None) -> None:
        self.inspect_view_enabled = "inspect" in self.served
        super().__init__(parent)
        self.permission_helper.register = self
        columns = [Column(item) if isinstance(item, str) else item for item in self.columns]
        self.list_display = tuple(self._shown(column) for column in columns if column.in_list)
        self.list_export = tuple(column.name for column in columns if column.in_exports)

    def may_read(self, user: Person) -> bool:
        """Who opens the list, its exports and the pages of its rows."""
        helper = self.permission_helper
        return helper.user_has_specific_permission(user, helper.get_perm_codename("view"))

    def may_begin(self, user: Person) -> bool:
        """Who opens the page to begin a row, of a register that has one."""
        return False

    def prepared(self, rows: "Iterable[Any]") -> "Iterable[Any]":
        """Rows as the columns read them, for a register that reads something of all at once."""
        return rows

    def heading(self, name: str) -> str:
        """A column's, in the reader's language."""
        return capfirst(str(label_for_field(name, self.model, self)))

    def value(self, name: str, row: Any) -> Any:
        """What a column says of a row."""
        _field, _attribute, value = lookup_field(name, row, self)
        return value

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """Those of the views in `served`."""
        names = {self.url_helper.get_action_url_name(action) for action in self.served}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in names)

    def _shown(self, column: Column) -> str:
        """The name by which modeladmin lists the column."""
        if not column.page:
            return column.name
        name = f"{column.name}_link"
        setattr(self, name, self._link(column))
        return name

    def _link(self, column: Column) -> Callable[[Any], str]:
        method = getattr(self, column.name, None)
        label: Any = lazy(label_for_field, str)(column.name, self.model, self)

        @admin.display(
            description=label,
            ordering=getattr(method, "admin_order_field", None) if method else column.name,
        )
        def link(row: Any) -> str:
            address = reverse(column.page, args=[getattr(row, column.key)])
            return format_html('<a href="{}">{}</a>', address, self.value(column.name, row))

        return link
