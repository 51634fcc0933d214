"""Addresses in the admin: committees and their motions."""

from django.urls import URLPattern, path

from workflows.admin.committees.motion_openings import OpenMotionView, OpenRetirementMotionView
from workflows.admin.committees.motions import CloseMotionView, ConfirmConditionView, MotionView
from workflows.admin.committees.pages import CommitteeView, RulesView, SeatsView

urlpatterns: list[URLPattern] = [
    path("committees/<key:pk>/", CommitteeView.as_view(), name="committee"),
    path("committees/<key:pk>/seats/", SeatsView.as_view(), name="committee_seats"),
    path("committees/<key:pk>/rules/", RulesView.as_view(), name="committee_rules"),
    path("proposals/<key:page_id>/motion/", OpenMotionView.as_view(), name="open_motion"),
    path(
        "retirements/<key:pk>/motion/",
        OpenRetirementMotionView.as_view(),
        name="open_retirement_motion",
    ),
    path("motions/<key:pk>/", MotionView.as_view(), name="motion"),
    path("motions/<key:pk>/close/", CloseMotionView.as_view(), name="close_motion"),
    path("conditions/<key:pk>/", ConfirmConditionView.as_view(), name="confirm_condition"),
]
