"""One act on one case: what comes of it, its form, and a button that does it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from appeals.acts.act import acts_for
from appeals.admin.cases.act_forms import ActForm
from appeals.admin.cases.acts import DOINGS, Doing
from appeals.admin.pages import NAMESPACE, TEMPLATES, CasePage
from appeals.choices import Act, Looked
from appeals.exceptions import CaseRefused


class ActView(CasePage):
    """Asks, then acts. Whoever may not act goes back to the case with the reason."""

    template_name = f"{TEMPLATES}/act.html"
    what = Looked.ACT

    def detail(self) -> str:
        return str(self.kwargs["act"])

    @cached_property
    def act(self) -> Act:
        """The act that the address names, or 404."""
        try:
            act = Act(self.kwargs["act"])
        except ValueError as unknown:
            raise Http404 from unknown
        if act not in DOINGS:
            raise Http404
        return act

    @property
    def doing(self) -> Doing:
        """Its form, and what it does."""
        return DOINGS[self.act]

    @property
    def page_title(self) -> Any:
        """What is done."""
        return self.doing.title

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, if it can be done now."""
        if self.act not in acts_for(request.user, self.case):
            messages.error(
                request, _("“%(act)s” cannot be done now, or not by you.") % {"act": self.act.label}
            )
            return self.to_case()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, or show what is wrong."""
        form = self.make_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                self.doing.carry_out(request.user, self.case, form.cleaned_data)
            except (CaseRefused, ValidationError) as refused:
                form.add_error(
                    None, refused if isinstance(refused, ValidationError) else str(refused)
                )
            else:
                messages.success(request, _("Done: %(act)s.") % {"act": self.act.label})
                return self.to_case()
        return self.render_to_response(self.get_context_data(form=form))

    def make_form(self, *data: Any) -> ActForm:
        """The act's form, bound to what was sent if anything was."""
        return self.doing.form(*data, case=self.case, person=self.request.user)

    def to_case(self) -> HttpResponse:
        """Back to its page, if it is still theirs to see."""
        return redirect(f"{NAMESPACE}:case", self.case.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self.make_form()
        return {
            **super().get_context_data(**kwargs),
            "consequence": self.doing.consequence,
            "stage": self.case.stage,
        }
