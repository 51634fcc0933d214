"""Addresses in the admin."""

from django.urls import URLPattern, path

from workflows.admin.approval import ApprovalView
from workflows.admin.proposal import ProposalView
from workflows.admin.retirement import DecideRetirementView, RequestRetirementView

app_name = "governance"

urlpatterns: list[URLPattern] = [
    path("proposals/<int:page_id>/", ProposalView.as_view(), name="proposal"),
    path("approvals/<int:pk>/", ApprovalView.as_view(), name="approval"),
    path("retire/<int:page_id>/", RequestRetirementView.as_view(), name="request_retirement"),
    path("retirements/<int:pk>/", DecideRetirementView.as_view(), name="retirement"),
]
