"""Registers of what offerings are sorted by, kept by the Department."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from credentials.models import AcademicUnit, Skill


class AcademicUnitViewSet(SnippetViewSet):
    """Teaching units (DEF-1)."""

    model = AcademicUnit
    icon = "group"
    list_display = ("name", "code")
    search_fields = ("name", "code")
    list_export = ("code", "name")


class SkillViewSet(SnippetViewSet):
    """Skills with their alignments to outside frameworks."""

    model = Skill
    icon = "tag"
    list_display = ("name",)
    search_fields = ("name",)
    list_export = ("uuid", "name")


class TaxonomyGroup(SnippetViewSetGroup):
    """One menu entry for both."""

    items = (AcademicUnitViewSet, SkillViewSet)
    menu_label = _("Taxonomy")
    menu_icon = "tag"
    menu_order = 350
