"""Forms of a contest: what is recommended, who prepares, how, the result (п. 3.5, 4.2)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, DateInput, VersionedMixin
from people.promises import Promise
from people.register.models import Person
from programs.pairings.models import Participation
from programs.program.forms import area
from programs.requests import filing
from programs.requests.forms import DecisionForm, RequestForm
from programs.requests.kinds.contest.acts import members
from programs.requests.kinds.contest.models import Contest


class ContestForm(RequestForm):
    """Who takes part in what, of which level, when and where, and why."""

    title = forms.CharField(label="Конкурс, конференция, фестиваль", max_length=300)
    level = forms.ChoiceField(label="Уровень", choices=Contest.Level.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="Когда", widget=DateInput)
    ends_on = forms.DateField(
        label="По какой день", widget=DateInput, required=False, help_text="Если дольше одного дня"
    )
    place = forms.CharField(
        label="Где и кто проводит", max_length=300, help_text="Элиста, колледж искусств; или «дистанционно»"
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        sides = [p for p in filing.people_of(self.subject) if p.part == Participation.Part.MENTEE]
        own = [p for p in sides if p.person_id == self.user.person_id]
        self.sides = {p.pk: p for p in own or sides}
        if len(self.sides) > 1:
            choices = [(p.pk, p.person.full_name) for p in self.sides.values()]
            field = forms.TypedChoiceField(label="Кто участвует", choices=choices, coerce=int, widget=forms.RadioSelect)
            self._add("mentee", field)
        self.order_fields(["author", "mentee", "title", "level", "starts_on", "ends_on", "place", "text"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Последний день не может быть раньше первого")
        if first and (last or first) < timezone.localdate():
            self.add_error("starts_on", "Рекомендуют то, что ещё впереди")
        return said

    def _side(self) -> Participation:
        named = self.cleaned_data.get("mentee")
        author = self.cleaned_data.get("author")
        of_author = next((p for p in self.sides.values() if p.person_id == author), None)
        return of_author or (self.sides[named] if named else next(iter(self.sides.values())))

    def whom(self) -> Person | None:
        """Whom it is about, unless the mentee asks for oneself."""
        person = self._side().person
        return None if person.pk == (self.cleaned_data.get("author") or self.user.person_id) else person

    def columns(self) -> dict[str, Any]:
        return {"about": f"{self._side().person.short_name}: «{self.cleaned_data['title']}»"[:300]}

    def extra(self) -> dict[str, Any]:
        said = self.cleaned_data
        plain = {name: said[name] for name in ("title", "level", "starts_on", "place")}
        return plain | {"ends_on": said["ends_on"] or said["starts_on"], "mentee": self._side()}


class OwnerField(forms.ModelChoiceField):
    """A member of the methodical council."""

    def label_from_instance(self, person: Any) -> str:
        return person.full_name


def owner_field(but: int) -> OwnerField:
    """Return the choice among the members of the council, without the mentee."""
    found = members(but)
    missing = "" if found.exists() else "В методическом совете пока никого нет: роли даёт раздел «Роли»"
    return OwnerField(found, label="Кто из методического совета готовит", empty_label="выберите", help_text=missing)


class ContestDecisionForm(DecisionForm):
    """Acceptance names who of the council prepares it (п. 3.5)."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.verb == "accept":
            self.fields["owner"] = owner_field(self.asked.contest.mentee.person_id)
            self.prepare("owner", self.fields["owner"])

    def extra(self) -> dict[str, Any]:
        return {"owner": self.cleaned_data["owner"]} if "owner" in self.fields else {}


class OwnerForm(BaseForm):
    """Another member of the council."""

    def __init__(self, *args: Any, but: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"] = owner_field(but)
        self.prepare("owner", self.fields["owner"])


class PlanForm(VersionedMixin, BaseForm):
    """How it is prepared."""

    never_printed = {"plan"}
    plan = forms.CharField(label="Как готовитесь", max_length=4000, widget=area(5), help_text=Promise.CONTEST.sentence)


class ResultForm(BaseForm):
    """What came of it, with the diploma."""

    result = forms.ChoiceField(label="Результат", choices=Contest.Result.choices, widget=forms.RadioSelect)
    award = forms.CharField(
        label="За что или в чём", max_length=300, required=False, help_text="Номинация, возрастная группа, тема доклада"
    )
    evidence = EvidenceField(label="Диплом, грамота, сертификат", required=False)
