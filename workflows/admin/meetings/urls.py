"""Addresses in the admin: meetings."""

from django.urls import URLPattern, path

from workflows.admin.meetings.acts import MeetingActView
from workflows.admin.meetings.minutes import MinutesView
from workflows.admin.meetings.pages import (
    EditMeetingView,
    MeetingsView,
    MeetingView,
    NewMeetingView,
)
from workflows.admin.meetings.proceedings import RunMeetingView, VoteOnConsentView

urlpatterns: list[URLPattern] = [
    path("meetings/", MeetingsView.as_view(), name="meetings"),
    path("meetings/new/", NewMeetingView.as_view(), name="new_meeting"),
    path("meetings/<key:pk>/", MeetingView.as_view(), name="meeting"),
    path("meetings/<key:pk>/edit/", EditMeetingView.as_view(), name="edit_meeting"),
    path("meetings/<key:pk>/run/", RunMeetingView.as_view(), name="run_meeting"),
    path("meetings/<key:pk>/consent/", VoteOnConsentView.as_view(), name="vote_on_consent"),
    path("meetings/<key:pk>/minutes/", MinutesView.as_view(), name="minutes"),
    path("meetings/<key:pk>/act/<slug:act>/", MeetingActView.as_view(), name="meeting_act"),
]
