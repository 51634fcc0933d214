"""Drawing up a letter from the procedures' text, and issuing it."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from appeals.acts.act import acts_for
from appeals.acts.letters import issue
from appeals.admin.pages import NAMESPACE, TEMPLATES, CasePage
from appeals.choices import Act, Looked
from appeals.exceptions import CaseRefused
from appeals.letters.composition import draw_up
from appeals.letters.kinds import possible_kinds
from appeals.models import CaseEvent
from appeals.rules.letter_text import LetterKind


class LetterForm(forms.Form):
    """The words of a letter."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=255)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=gettext_lazy("Read it through: a letter is kept as it is issued."),
    )


class IssueLetterView(CasePage):
    """Choose the letter, read it through, issue it."""

    template_name = f"{TEMPLATES}/letter_issue.html"
    page_title = gettext_lazy("Issue a letter")
    header_icon = "mail"
    what = Looked.ACT

    def detail(self) -> str:
        return str(Act.LETTER_ISSUED)

    @cached_property
    def events(self) -> list[CaseEvent]:
        """All that happened, in order."""
        return list(self.case.events.order_by("number"))

    @cached_property
    def kinds(self) -> list[LetterKind]:
        """The letters that fit now."""
        return possible_kinds(self.events)

    @cached_property
    def kind(self) -> LetterKind:
        """The letter that was asked for, or the most fitting one."""
        asked = self.request.GET.get("kind", "")
        return LetterKind(asked) if asked in self.kinds else self.kinds[0]

    def dispatch_allowed(self) -> bool:
        """Whether the person may issue letters of the case now."""
        return Act.LETTER_ISSUED in acts_for(self.request.user, self.case)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The letter as the procedures have it."""
        if not self.dispatch_allowed():
            messages.error(request, _("A letter cannot be issued now, or not by you."))
            return redirect(f"{NAMESPACE}:case", self.case.number)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue it, or show what is wrong."""
        form = LetterForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                issue(request.user, self.case, self.kind, given["subject"], given["body"])
            except CaseRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The letter is issued."))
                return redirect(f"{NAMESPACE}:case", self.case.number)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self._drawn_up()
        return {**super().get_context_data(**kwargs), "kinds": self.kinds, "kind": self.kind}

    def _drawn_up(self) -> LetterForm:
        try:
            draft = draw_up(self.case, self.kind, self.events)
        except ObjectDoesNotExist:
            return LetterForm()
        return LetterForm(initial={"subject": draft.subject, "body": draft.body})
