"""Curriculum, as blocks that an editor can reorder (PA-5)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class ModuleBlock(blocks.StructBlock):
    """One module: what it is called, how long it takes, what it covers."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    hours = blocks.DecimalBlock(
        min_value=0, max_digits=6, decimal_places=1, required=False, label=_("Hours")
    )
    description = blocks.RichTextBlock(
        features=TEXT_FEATURES, required=False, label=_("Description")
    )
    topics = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Topic")), default=[], label=_("Topics")
    )

    class Meta:
        icon = "list-ul"
        label = _("Module")


class CurriculumBlock(blocks.StreamBlock):
    """The curriculum of an offering: modules with text between them."""

    module = ModuleBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES, icon="pilcrow", label=_("Text"))

    class Meta:
        required = False
