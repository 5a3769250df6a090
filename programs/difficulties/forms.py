"""Forms about difficulties, made for a thumb."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.evidence.places import Offer
from mentoring_site.forms import BaseForm, Segments
from people.banks.models import Candidate, Statement
from people.promises import Promise
from people.register.models import Person
from people.school import workdays
from programs.changes.amendment.forms import LineForm
from programs.difficulties.acts import LONGEST
from programs.difficulties.models import Difficulty
from programs.difficulties.rules import MENTEE
from programs.pairings.models import Pairing, Participation
from programs.program.forms import curators
from programs.program.models import Activity, Program

AHEAD = timedelta(weeks=3)
"""When a new activity is offered for."""


def _words(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    help_text = f"{hint} {Promise.DIFFICULTY.sentence}".strip()
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class CloseForm(BaseForm):
    """Why a difficulty is gone, and what shows it; on paper whose words these are."""

    part = forms.ChoiceField(label="Чьи это слова", choices=Participation.Part.choices, widget=Segments)
    sign = _words("По чему видно, что затруднение снято", "Одно наблюдение: что теперь получается.")
    objects = forms.MultipleChoiceField(
        label="Записи системы, которые это показывают", required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = EvidenceField(label="Снимки и файлы")
    url = forms.URLField(
        label="Ссылка", max_length=500, required=False, assume_scheme="https", help_text="Запись урока, публикация"
    )

    def __init__(self, *args: Any, offers: list[Offer], on_paper: bool, has_evidence: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.has_evidence = has_evidence
        if not on_paper:
            del self.fields["part"]
        field = self.fields["objects"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(offer.key, offer.name) for offer in offers]
        if not offers:
            del self.fields["objects"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shown = data.get("objects") or data.get("evidence") or data.get("url") or self.has_evidence
        if not shown and not {"objects", "evidence", "url"} & set(self.errors):
            name = "objects" if "objects" in self.fields else "evidence"
            self.add_error(name, "Отметьте запись, приложите файл или ссылку: по ним другая сторона увидит то же")
        return data


class ReplyForm(BaseForm):
    """The answer of the other side."""

    decision = forms.ChoiceField(
        label="Затруднение снято?", choices=[("confirm", "Да, снято"), ("not_yet", "Ещё нет")], widget=Segments
    )
    word = forms.CharField(
        label="Что ещё не получается",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Нужно для ответа «ещё нет». {Promise.DIFFICULTY.sentence}",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    conditional = {"word"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "not_yet" and not (data.get("word") or "").strip():
            self.add_error("word", "Напишите, что ещё не получается: с этого начнётся следующая встреча")
        return data


class ReopenForm(BaseForm):
    """Why a difficulty is there again."""

    word = _words("Что снова трудно")


class FlagForm(BaseForm):
    """What is difficult now."""

    word = _words("Что сейчас трудно", "Куратор и наставник получат отметку и предложат, что сделать.")


def _full_name(candidate: Candidate) -> str:
    return candidate.person.full_name


class NewForm(BaseForm):
    """A difficulty that came up while the program runs."""

    mentee = forms.ModelChoiceField(
        Candidate.objects.none(), label="У кого", empty_label=None, widget=forms.RadioSelect
    )
    text = _words("Затруднение", "Коротко, как в анкете: «чтение с листа в ансамбле».", rows=2)
    word = _words("Что сейчас трудно", "Когда это видно и что уже пробовали.")

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["mentee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = candidates
        field.label_from_instance = _full_name  # type: ignore[method-assign,assignment]
        self.only = candidates[0] if len(candidates) == 1 else None
        if self.only:
            del self.fields["mentee"]

    @property
    def candidate(self) -> Candidate:
        """The mentee whose difficulty it is."""
        return self.only or self.cleaned_data["mentee"]


class ActivityForDifficultyForm(LineForm):
    """A line of an amendment, filled in for a difficulty."""

    def __init__(self, *args: Any, program: Program, row: Difficulty, **kwargs: Any):
        statement = row.statement
        kwargs["instance"] = Activity(program=program, due_on=_day(program), **_offered(row))
        kwargs["initial"] = {"statements": [statement.pk]}
        super().__init__(*args, program=program, **kwargs)


def _day(program: Program) -> date:
    """Return a working day about three weeks ahead, inside the term."""
    today = timezone.localdate()
    first, last = max(today, program.starts_on or today), program.ends_on or today + AHEAD
    if first > last:
        return last
    return workdays.inside(today + AHEAD, first, last)


def _offered(row: Difficulty) -> dict[str, str]:
    """Return the words of the activity; in a group others read the plan, and nobody's difficulty is its title."""
    pair = row.program.pairing.kind == Pairing.Kind.PAIR
    title = f"Занятие по затруднению «{row.statement.text}»" if pair else "Дополнительное занятие по затруднению"
    return {
        "title": title[:300],
        "expected_result": "Затруднение снято или сказано, что ещё нужно",
        "evidence": "Запись в журнале",
    }


class StartSituationalForm(BaseForm):
    """The draft of a situational program, filled in from the difficulty."""

    title = forms.CharField(label="Название программы", max_length=200)
    goal = forms.CharField(label="Цель", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    curator = forms.ModelChoiceField(Person.objects.none(), label="Ответственный куратор", empty_label=None)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, curator: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered = {
            "title": f"Ситуационная помощь: {statement.text}"[:200],
            "goal": f"Снять затруднение «{statement.text}» помощью тогда, когда она нужна",
            "curator": curator.pk,
            "request_key": uuid4(),
        }
        self.initial = {**self.initial, **offered}
        field = self.fields["curator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = curators()


def candidates_of(program: Program, user_part: str, person: int) -> Any:
    """Return the mentees of whose difficulties one may speak: a mentee only of oneself."""
    sides = [p for p in program.pairing.people if p.part == MENTEE and p.until is None and p.candidate_id]
    keys = [p.candidate_id or 0 for p in sides if user_part != MENTEE or p.person_id == person]
    return Candidate.objects.filter(pk__in=keys).select_related("person").order_by("person__last_name", "pk")
