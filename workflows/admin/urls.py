"""Addresses in the admin."""

from django.urls import URLPattern, path

from workflows.admin.annual_report import urls as annual_report_urls
from workflows.admin.committees import urls as committee_urls
from workflows.admin.home import notice_urls
from workflows.admin.meetings import urls as meeting_urls
from workflows.admin.proposals.actions import ActView
from workflows.admin.proposals.page import ProposalView
from workflows.admin.proposals.retirement import DecideRetirementView, RequestRetirementView
from workflows.admin.registers import urls as register_urls
from workflows.admin.registers.approvals import ApprovalView
from workflows.admin.reports import urls as report_urls
from workflows.admin.reviews import urls as review_urls

app_name = "governance"

urlpatterns: list[URLPattern] = [
    *annual_report_urls.urlpatterns,
    *committee_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *notice_urls.urlpatterns,
    *register_urls.urlpatterns,
    *report_urls.urlpatterns,
    *review_urls.urlpatterns,
    path("proposals/<key:page_id>/", ProposalView.as_view(), name="proposal"),
    path("proposals/<key:page_id>/<slug:act>/act/", ActView.as_view(), name="act"),
    path("approvals/<key:pk>/", ApprovalView.as_view(), name="approval"),
    path("retire/<key:page_id>/", RequestRetirementView.as_view(), name="request_retirement"),
    path("retirements/<key:pk>/", DecideRetirementView.as_view(), name="retirement"),
]
