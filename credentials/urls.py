"""Addresses of public pages that belong to no page of the tree. Any prefix will do."""

from django.urls import URLPattern, path

from credentials.agreements.pages import SigningPage

app_name = "credentials"

urlpatterns: list[URLPattern] = [
    path("agreements/<str:token>/", SigningPage.as_view(), name="sign_agreement"),
]
