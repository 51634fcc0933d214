"""Addresses in the admin."""

from django.urls import URLPattern, path

from workflows.admin import (
    annual_report_urls,
    committee_urls,
    meeting_urls,
    notice_urls,
    record_urls,
    reports_urls,
    review_urls,
)
from workflows.admin.approval import ApprovalView
from workflows.admin.proposal import ProposalView
from workflows.admin.proposal_actions import ActView
from workflows.admin.retirement import DecideRetirementView, RequestRetirementView

app_name = "governance"

urlpatterns: list[URLPattern] = [
    *annual_report_urls.urlpatterns,
    *committee_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *notice_urls.urlpatterns,
    *record_urls.urlpatterns,
    *reports_urls.urlpatterns,
    *review_urls.urlpatterns,
    path("proposals/<key:page_id>/", ProposalView.as_view(), name="proposal"),
    path("proposals/<key:page_id>/<slug:act>/act/", ActView.as_view(), name="act"),
    path("approvals/<key:pk>/", ApprovalView.as_view(), name="approval"),
    path("retire/<key:page_id>/", RequestRetirementView.as_view(), name="request_retirement"),
    path("retirements/<key:pk>/", DecideRetirementView.as_view(), name="retirement"),
]
