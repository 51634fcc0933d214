"""A person's own API tokens: listed, made after the password is given again, revoked (law 5)."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from credentials.exceptions import TokenRefused
from credentials.models import PersonalToken
from credentials.tokens.issue import make_token, revoke_token

NAMESPACE = "tokens"
TEMPLATES = "credentials/tokens"
LIVES = [
    (7, gettext_lazy("A week")),
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("180 days")),
    (365, gettext_lazy("A year")),
]
USUAL_LIFE = 90  # days


class MakeForm(forms.Form):
    """What the token is for, what it may do, how long; and the password, once more."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("The program that uses it. What is done with it says so for ever."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[
            (PersonalToken.Kind.READ, gettext_lazy("Read what you may read")),
            (PersonalToken.Kind.ACT, gettext_lazy("Act as you: draft, vote, decide")),
        ],
        initial=PersonalToken.Kind.READ,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it works"), choices=LIVES, coerce=int, initial=USUAL_LIFE
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Once more, so that nobody at your screen makes one in your name."),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Checked as at signing in. Raises ValidationError."""
        password: str = self.cleaned_data["password"]
        person = self.request.user
        found = authenticate(self.request, username=person.get_username(), password=password)
        if found is None or found.pk != person.pk:
            raise forms.ValidationError(_("This is not your password. Type it as at signing in."))
        return password


class TokenPage(AdminPage, TemplateView):
    """A page of a person's own tokens; nobody else's are found on it. Kept by no cache."""

    page_title: Any = gettext_lazy("Your API tokens")
    header_icon = "key"

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    @property
    def own(self) -> Any:
        """The person's tokens, the newest first."""
        return PersonalToken.objects.filter(user=self.request.user.pk)

    def trail(self) -> Trail:
        return [
            (reverse("wagtailadmin_account"), _("Account")),
            (reverse(f"{NAMESPACE}:index"), _("Your API tokens")),
        ]


class OwnTokensView(TokenPage):
    """All of them, those that ended too."""

    template_name = f"{TEMPLATES}/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "tokens": self.own}


class MakeTokenView(TokenPage):
    """The form; and, in the answer to it alone, the token."""

    template_name = f"{TEMPLATES}/make.html"
    page_title = gettext_lazy("Make a token")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", MakeForm(request=self.request))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it for whoever asks, and show it this once."""
        form = MakeForm(request.POST, request=request)
        if form.is_valid():
            facts = form.cleaned_data
            kind = PersonalToken.Kind(facts["kind"])
            try:
                token, key = make_token(request.user, facts["name"], facts["days"], kind)
            except TokenRefused as refused:
                form.add_error("name", str(refused))
            else:
                self.template_name = f"{TEMPLATES}/made.html"
                return self.render_to_response(self.get_context_data(token=token, key=key))
        return self.render_to_response(self.get_context_data(form=form))


class RevokeOwnView(TokenPage):
    """A page to confirm it, and a POST that ends the token."""

    template_name = "credentials/admin/confirm.html"
    page_title = gettext_lazy("Revoke a token")

    @cached_property
    def token(self) -> PersonalToken:
        """The person's token that the address names, or 404."""
        found: PersonalToken = get_object_or_404(self.own, pk=self.kwargs["pk"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Revoke the token “%(name)s”?") % {"name": self.token.name},
            "consequence": _(
                "The program that uses it is refused at once, and for good. What was done with it "
                "stays on record."
            ),
            "confirm_label": _("Yes, revoke it"),
            "back_url": reverse(f"{NAMESPACE}:index"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, and show the list."""
        try:
            revoke_token(self.token, request.user)
        except TokenRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("“%(name)s” is revoked.") % {"name": self.token.name})
        return redirect(f"{NAMESPACE}:index")
