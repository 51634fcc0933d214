"""The registers under one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from workflows.admin.registers.governance import (
    ApprovalRegister,
    BundleRegister,
    DecisionRegister,
    LetterRegister,
    MotionRegister,
    PublishedVersionRegister,
    RetirementRegister,
)
from workflows.admin.registers.reviews import ReviewRegister


class RegistersGroup(ModelAdminGroup):
    """One menu entry for the record."""

    menu_label = _("Registers")
    menu_icon = "folder-open-inverse"
    menu_order = 340
    items = (
        DecisionRegister,
        MotionRegister,
        BundleRegister,
        LetterRegister,
        ApprovalRegister,
        PublishedVersionRegister,
        RetirementRegister,
        ReviewRegister,
    )
