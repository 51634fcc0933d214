"""Addresses in the admin."""

from django.urls import URLPattern, path

from workflows.admin.proposal import ProposalView

app_name = "governance"

urlpatterns: list[URLPattern] = [
    path("proposals/<int:page_id>/", ProposalView.as_view(), name="proposal"),
]
