"""Addresses for monitoring. Any prefix will do; without them nothing else is missing."""

from django.urls import URLPattern, path

from workflows.jobs.health import jobs_health

urlpatterns: list[URLPattern] = [path("jobs", jobs_health, name="jobs_health")]
