"""Addresses of the policy in the admin, and its menu item."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from credentials.admin.policy import adoption, clauses, what_if
from credentials.admin.policy import draft_pages as editing
from credentials.admin.policy.pages import NAMESPACE, READ, IndexView, VersionView

VERSION = "versions/<key:pk>/"
CLAUSE = f"{VERSION}clauses/<key:clause_pk>/"
TRIAL = "what-if/<key:pk>/"

_ADDRESSES = [
    path("", IndexView.as_view(), name="index"),
    path("clauses/<str:number>/", clauses.ClauseView.as_view(), name="clause"),
    path("clauses/<str:number>/<str:extension>", clauses.clause_export, name="clause_export"),
    path(VERSION, VersionView.as_view(), name="version"),
    path(f"{VERSION}changes/", adoption.ChangesView.as_view(), name="changes"),
    path(f"{VERSION}draft/", editing.NewDraftView.as_view(), name="new_draft"),
    path(f"{VERSION}facts/", editing.FactsView.as_view(), name="facts"),
    path(f"{VERSION}delete/", editing.DeleteDraftView.as_view(), name="delete_draft"),
    path(f"{VERSION}clauses/add/", editing.AddClauseView.as_view(), name="add_clause"),
    path(CLAUSE, editing.EditClauseView.as_view(), name="edit_clause"),
    path(f"{CLAUSE}delete/", editing.DeleteClauseView.as_view(), name="delete_clause"),
    path(f"{VERSION}adopt/", adoption.AdoptView.as_view(), name="adopt"),
    path(f"{VERSION}what-if/", what_if.BeginWhatIfView.as_view(), name="begin_what_if"),
    path(TRIAL, what_if.WhatIfView.as_view(), name="what_if"),
    path(f"{TRIAL}progress/", what_if.progress, name="what_if_progress"),
    re_path(
        r"^what-if/(?P<pk>\d+)/effects\.(?P<extension>csv|xlsx)$",
        what_if.what_if_export,
        name="what_if_export",
    ),
    *(
        path(f"{TRIAL}{step}/", what_if.WhatIfStepView.as_view(step=step), name=f"what_if_{step}")
        for step in ("start", "cancel", "delete")
    ),
]


class PolicyMenuItem(MenuItem):
    """Shown to everyone who works in the admin."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READ)


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("policy/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def menu_item() -> MenuItem:
    """“Policy”, in the main menu."""
    return PolicyMenuItem(
        _("Policy"),
        reverse_lazy(f"{NAMESPACE}:index"),
        name="policy",
        icon_name="clipboard-list",
        order=330,
    )
