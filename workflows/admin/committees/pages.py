"""Committees in the admin: their seats, who holds them, and the rules they vote by."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from workflows.admin.committees.forms import EndTermForm, RulesForm, SeatForm, TermForm
from workflows.admin.committees.motion_detail import committee_trail, may_read_motions
from workflows.committee.outcome_words import rules_in_words
from workflows.committee.rules import make_rules
from workflows.committee_seats.assignment import CHANGE, end_term, give_seat
from workflows.committee_seats.seats import presides
from workflows.models import Committee, Motion, SeatTerm

SOON = datetime.timedelta(days=60)


class _CommitteePage(AdminPage):
    """Finds the committee, for those who may read it."""

    kwargs: dict[str, Any]
    page_title: Any = gettext_lazy("Committee")
    header_icon = "group"

    def get_page_subtitle(self) -> str:
        return str(self.committee.name)

    def trail(self) -> Trail:
        return committee_trail(self.request.user, self.committee)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.committee = get_object_or_404(Committee, pk=kwargs["pk"])
        if not may_read_motions(request.user, self.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "committee": self.committee,
            "may_change": self.request.user.has_perm(CHANGE),
        }


class CommitteeView(_CommitteePage, TemplateView):
    """Who sits on it, by which rules it votes, and what it has voted on."""

    template_name = "workflows/admin/committee.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        motions = Motion.objects.filter(committee=self.committee).select_related("result")
        rules = list(self.committee.rules.order_by("-number"))
        return {
            **super().get_context_data(**kwargs),
            "seats": self._seats(),
            "rules": [(version, rules_in_words(version)) for version in rules],
            "open_motions": motions.filter(result__isnull=True),
            "closed_motions": motions.filter(result__isnull=False)[:10],
            "presides": presides(self.request.user, self.committee),
        }

    def _seats(self) -> list[dict[str, Any]]:
        terms = SeatTerm.objects.on().filter(seat__committee=self.committee)
        holders: dict[tuple[int, bool], SeatTerm] = {
            (term.seat_id, term.is_alternate): term for term in terms
        }
        soon = timezone.localdate() + SOON
        lines = []
        for seat in self.committee.seats.standing():
            holder = holders.get((seat.pk, False))
            ends_soon = bool(holder and holder.ends_on and holder.ends_on <= soon)
            lines.append(
                {
                    "seat": seat,
                    "holder": holder,
                    "alternate": holders.get((seat.pk, True)),
                    "ends_soon": ends_soon,
                }
            )
        return lines


class SeatsView(_CommitteePage, TemplateView):
    """Makes seats, gives them to people, and ends terms."""

    template_name = "workflows/admin/committee_seats.html"
    page_title = gettext_lazy("Seats")

    def forms(self, data: Any = None) -> dict[str, forms.BaseForm]:
        """The three forms by name; the one that was sent is bound."""
        sent = data.get("form") if data else None
        bound = {name: (data if sent == name else None) for name in ("seat", "term", "end")}
        return {
            "seat": SeatForm(bound["seat"], prefix="seat"),
            "term": TermForm(bound["term"], prefix="term", committee=self.committee),
            "end": EndTermForm(bound["end"], prefix="end", committee=self.committee),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the form that was sent says."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        made = self.forms(request.POST)
        form = made.get(request.POST.get("form", ""))
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                self._carry_out(request.POST["form"], form)
            except ValidationError as error:
                form.add_error(None, error.messages)
            except PermissionDenied as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Saved."))
                return redirect(reverse("governance:committee_seats", args=[self.committee.pk]))
        return self.render_to_response(self.get_context_data(made=made))

    def _carry_out(self, name: str, form: Any) -> None:
        data = form.cleaned_data
        if name == "seat":
            form.instance.committee = self.committee
            form.instance.full_clean()
            form.save()
        elif name == "term":
            give_seat(
                data["seat"],
                data["person"],
                self.request.user,
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                is_alternate=data["is_alternate"],
            )
        else:
            end_term(data["term"], self.request.user, data["ends_on"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms = SeatTerm.objects.filter(seat__committee=self.committee).select_related("seat")
        return {
            **super().get_context_data(**kwargs),
            "forms": kwargs.get("made") or self.forms(),
            "terms": terms.order_by("seat__position", "is_alternate", "-starts_on"),
        }


class RulesView(_CommitteePage, FormView):
    """Gives new rules; those before stay on record."""

    form_class = RulesForm
    template_name = "workflows/admin/committee_rules.html"
    page_title = gettext_lazy("Rules")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        rules = self.committee.rules.order_by("number").last()
        fields = [name for name in RulesForm.Meta.fields if name != "reason"]
        return {name: getattr(rules, name) for name in fields} if rules else {}

    def form_valid(self, form: RulesForm) -> HttpResponse:
        make_rules(self.committee, self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            _("The new rules are in force. Motions that are open keep the rules of before."),
        )
        return redirect(reverse("governance:committee", args=[self.committee.pk]))
