"""Everybody's API tokens, for the administrator: read, filtered, exported, revoked; never made."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from credentials.admin.registers import Register, exported, listed
from credentials.admin.tokens.pages import NAMESPACE
from credentials.admin.trails import AdminPage, Trail
from credentials.exceptions import TokenRefused
from credentials.models import PersonalToken
from credentials.people.actors import Person, name_of
from credentials.tokens.issue import revoke_token, sees_all

INDEX = "credentials_personaltoken_modeladmin_index"


class StandingFilter(admin.SimpleListFilter):
    """Where a token stands."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in_force", _("In force")), ("expired", _("Expired")), ("revoked", _("Revoked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = {
            "in_force": queryset.in_force,
            "expired": queryset.expired,
            "revoked": queryset.revoked,
        }
        return found.get(self.value() or "", queryset.all)()


class TokenRegister(Register):
    """All tokens, the newest first."""

    model = PersonalToken
    menu_label = gettext_lazy("API tokens")
    menu_icon = "key"
    menu_order = 602
    add_to_settings_menu = True
    columns = (
        "person",
        "name",
        "kind",
        "created",
        "expires_at",
        "last_used_at",
        listed("ended"),
        exported("standing"),
        exported("revoked_at"),
        exported("revoked_by_name"),
        exported("revoked_reason"),
    )
    list_filter = (StandingFilter, "kind", "created", "expires_at")
    search_fields = ("name", "user__username", "user__first_name", "user__last_name")
    list_select_related = ("user",)
    export_filename = "api-tokens"

    def may_read(self, user: Person) -> bool:
        return sees_all(user)

    @admin.display(description=gettext_lazy("person"), ordering="user")
    def person(self, token: PersonalToken) -> str:
        """Whose it is."""
        return name_of(token.user)

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, token: PersonalToken) -> str:
        """In a word."""
        return token.standing

    @admin.display(description=gettext_lazy("standing"))
    def ended(self, token: PersonalToken) -> str:
        """How it stands, and who ended it and why, or the way to end it."""
        if token.revoked_at is not None:
            facts = (token.standing, token.revoked_by_name, token.revoked_reason)
            return "; ".join(filter(None, facts))
        if not token.is_in_force:
            return token.standing
        address = reverse(f"{NAMESPACE}:revoke_any", args=[token.pk])
        label = _("Revoke “%(name)s”") % {"name": token.name}
        return format_html('{} · <a href="{}">{}</a>', token.standing, address, label)


class ReasonForm(forms.Form):
    """Why a token is ended."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=255,
        help_text=gettext_lazy("The person whose token it is reads it."),
    )


class RevokeAnyView(AdminPage, TemplateView):
    """Ends anybody's token, with a reason, of which its person is told."""

    template_name = "credentials/admin/plain_form.html"
    page_title = gettext_lazy("Revoke a token")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def token(self) -> PersonalToken:
        """The token that the address names, or 404."""
        found: PersonalToken = get_object_or_404(PersonalToken, pk=self.kwargs["pk"])
        return found

    def trail(self) -> Trail:
        return [(reverse(INDEX), _("API tokens"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ReasonForm())
        names = {"name": self.token.name, "person": name_of(self.token.user)}
        return {
            **super().get_context_data(**kwargs),
            "page_subtitle": _("Revoke “%(name)s” of %(person)s") % names,
            "introduction": _("The program that uses it is refused at once, and for good."),
            "submit_label": _("Revoke it"),
            "back_url": reverse(INDEX),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, and show the list."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            revoke_token(self.token, request.user, form.cleaned_data["reason"])
        except TokenRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("“%(name)s” is revoked.") % {"name": self.token.name})
        return redirect(INDEX)
