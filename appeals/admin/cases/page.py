"""One case: facts, deadline, what can be done now, timeline, documents, letters (AP-1, AP-2)."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from appeals.access.door import has_conflict
from appeals.acts.act import acts_for
from appeals.acts.endings import action_open, lacking_to_close
from appeals.admin.cases.acts import DOINGS
from appeals.admin.pages import NAMESPACE, TEMPLATES, CasePage
from appeals.choices import Act, Stage
from appeals.deadlines.deadline import stage_deadline
from appeals.letters.kinds import outcome_of
from appeals.models import CaseEvent
from appeals.private_access.contact import contact_of
from appeals.rules.life import DECISIONS

# What takes the case on its way; all else is for its file.
ON_ITS_WAY = (
    Act.EXTENSION_GRANTED,
    Act.EXTENSION_REFUSED,
    Act.FOUND_COMPLETE,
    Act.INFORMATION_REQUESTED,
    Act.INFORMATION_RECEIVED,
    Act.RESPONSE_REQUESTED,
    Act.RESPONSE_RECEIVED,
    Act.RESPONSE_WAIVED,
    Act.SUBMITTED,
    Act.RETURNED,
    Act.DECIDED,
    Act.RESUMED,
    Act.ACTION_COMPLETED,
    Act.LETTER_ISSUED,
    Act.CLOSED,
)


class CaseView(CasePage):
    """Everything about one case."""

    template_name = f"{TEMPLATES}/case.html"

    @property
    def page_title(self) -> str:
        """The number and nothing else."""
        return _("Appeal %(number)s") % {"number": self.case.number}

    def get_page_subtitle(self) -> str:
        return ""

    @cached_property
    def events(self) -> list[CaseEvent]:
        """All that happened, in order."""
        return list(self.case.events.select_related("delegation").order_by("number"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, events = self.case, self.events
        stage = Stage(events[-1].stage_after)
        lacking = lacking_to_close(events) if stage == Stage.CONCLUDED else []
        vain = {Act.CLOSED: bool(lacking), Act.ACTION_COMPLETED: not action_open(events)}
        possible = [act for act in acts_for(self.request.user, case) if not vain.get(act)]
        first = [act for act in possible if act in ON_ITS_WAY]
        if stage != Stage.CONCLUDED:
            first = [act for act in first if act != Act.LETTER_ISSUED]
        assigned = next((e for e in reversed(events) if e.act == Act.ASSIGNED), None)
        return {
            **super().get_context_data(**kwargs),
            "stage": stage,
            "outcome": outcome_of(events),
            "decided": next((e for e in reversed(events) if e.act in DECISIONS), None),
            "deadline": stage_deadline(case, events),
            "limit": next((e.data.get("limit") for e in events if e.act == Act.FILED), ""),
            "assignee": assigned.to_name if assigned else "",
            "contact": contact_of(case, events),
            "grounds": self._grounds(),
            "to_do": self._buttons(first),
            "to_keep": self._buttons([act for act in possible if act not in first]),
            "action_open": action_open(events),
            "lacking": lacking,
            "events": list(reversed(events)),
            "documents": case.documents.all(),
            "letters": case.letters.all(),
            "first_deciders": case.first_deciders.all(),
            "delegations": case.delegations.all(),
            "retention": case.retentions.order_by("retain_until").last(),
            "linked": sorted({e.data["number"] for e in events if e.act == Act.LINKED}),
            "has_conflict": has_conflict(self.request.user, case),
        }

    def _grounds(self) -> list[str]:
        names = {ground.key: ground.name for ground in self.case.procedure.grounds.all()}
        return [names.get(key, key) for key in self.case.grounds]

    def _buttons(self, acts: list[Act]) -> list[dict[str, Any]]:
        return [self._button(act) for act in acts]

    def _button(self, act: Act) -> dict[str, Any]:
        number = self.case.number
        if act == Act.LETTER_ISSUED:
            address = reverse(f"{NAMESPACE}:issue_letter", args=[number])
            return {"url": address, "label": _("Issue a letter")}
        address = reverse(f"{NAMESPACE}:act", args=[number, act])
        return {"url": address, "label": DOINGS[act].title}
