"""Addresses outside the admin."""

from django.urls import URLPattern, path

from workflows.calendar.feed import calendar_feed

app_name = "workflows"

urlpatterns: list[URLPattern] = [
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
]
