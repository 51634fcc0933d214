"""Addresses in the admin: bundles, timelines and jobs."""

from django.urls import URLPattern, path

from workflows.admin.proposals.bundles import BundleView, NewBundleView
from workflows.admin.proposals.new_words import NewWordsView
from workflows.admin.proposals.proposed_page import ProposedPageView
from workflows.admin.registers.jobs import HeartbeatView
from workflows.admin.registers.timeline import TimelineView
from workflows.admin.registers.versions import VersionView

urlpatterns: list[URLPattern] = [
    path("jobs/", HeartbeatView.as_view(), name="jobs"),
    path("proposals/<key:page_id>/bundle/", NewBundleView.as_view(), name="new_bundle"),
    path("proposals/<key:page_id>/page/", ProposedPageView.as_view(), name="proposed_page"),
    path("new-words/", NewWordsView.as_view(), name="new_words"),
    path("bundles/<key:pk>/", BundleView.as_view(), name="bundle"),
    path("versions/<key:pk>/", VersionView.as_view(), name="version"),
    path("timelines/<key:page_id>/", TimelineView.as_view(), name="timeline"),
]
