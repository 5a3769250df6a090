"""Forms of drafting: a new draft, its steps, activities, a special term."""

from uuid import uuid4

from django import forms

from mentoring_site.forms import BaseForm, BaseModelForm, Segments, VersionedMixin
from mentoring_site.russian import joined, rudate, upper_first
from mentoring_site.ui.elements import Fact
from people.banks.models import Statement
from people.promises import Promise
from people.register.models import Person
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.pairings.terms import PLAIN_LIMITS, bounds
from programs.program.forms import area, curators
from programs.program.models import Activity
from programs.program.terms import complaint


class StartForm(BaseForm):
    """A new draft: what it is about, from which sample, who is responsible."""

    title = forms.CharField(
        label="Название программы",
        max_length=200,
        help_text="О чём программа, одной строкой: «Импровизация в младших классах фортепиано»",
    )
    template = forms.ModelChoiceField(
        ProgramTemplate.objects.none(),
        label="Образец",
        required=False,
        empty_label="без образца, с чистого листа",
        widget=forms.RadioSelect,
        help_text="Цель, направления и мероприятия образца станут черновиком, их можно менять",
    )
    curator = forms.ModelChoiceField(Person.objects.none(), label="Ответственный куратор", empty_label=None)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_key", uuid4())
        self.fields["template"].queryset = ProgramTemplate.objects.filter(is_open=True)
        self.fields["template"].label_from_instance = lambda t: f"{t.name}. {t.for_whom}"
        self.fields["curator"].queryset = curators()


class StepForm(VersionedMixin, BaseForm):
    """A step of drafting: what was shown is in ``initial``; the hidden version detects a stale page."""

    def __init__(self, *args, program, **kwargs):
        self.program = program
        kwargs.setdefault("initial", self.shown(program) | {"version": program.version})
        super().__init__(*args, **kwargs)

    def shown(self, program) -> dict:
        """Return the values of the program for the fields of this step."""
        return {
            name: [x.pk for x in value.all()] if hasattr(value, "all") else value
            for name in self.base_fields
            if name != "version"
            for value in [getattr(program, name)]
        }

    def values(self) -> dict:
        """Return what ``drafting.edit`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def now(self) -> list[Fact]:
        """Return what is written now where it differs from what is typed, for the notice of a stale page."""
        found = []
        for name, value in self.shown(self.program).items():
            field = self.fields[name]
            typed = self.cleaned_data.get(name)
            typed = (
                [x.pk for x in typed]
                if hasattr(typed, "model") and hasattr(typed, "all")
                else getattr(typed, "pk", typed)
            )
            if sorted(typed) != sorted(value) if isinstance(value, list) else typed != getattr(value, "pk", value):
                found.append(Fact(field.label, self._in_words(name)))
        return found

    def _in_words(self, name) -> str:
        value = getattr(self.program, name)
        if hasattr(value, "all"):
            return "; ".join(str(x) for x in value.all()) or "ничего не отмечено"
        return rudate(value) if hasattr(value, "year") else str(value or "пусто")


def said_by(program, kind, chosen):
    """Statements of the program's mentees that may be chosen: present ones and those chosen before."""
    candidates = [p.candidate_id for p in program.pairing.people if p.part == "mentee" and p.candidate_id]
    stated = Statement.objects.filter(candidate__in=candidates, kind=kind, resolved_on__isnull=True)
    return (stated | Statement.objects.filter(pk__in=[s.pk for s in chosen])).order_by("candidate", "pk")


class GoalForm(StepForm):
    """Step 1: the goal and what it answers (п. 2.3: the goal comes before the forms)."""

    terms = {"requests": "request", "difficulties": "difficulty"}
    title = forms.CharField(label="Название", max_length=200)
    goal = forms.CharField(
        label="Цель",
        max_length=4000,
        widget=area(5),
        help_text="Что изменится в работе наставляемого к концу программы",
    )
    requests = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="На какие запросы отвечает программа",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Запросы из анкеты (п. 3.5 Положения)",
    )
    difficulties = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Какие затруднения снимает",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Promise.PROGRAM.sentence,
    )
    strengths = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Какие сильные стороны поддерживает",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    conditional = {"requests", "difficulties", "strengths"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {p.candidate_id: p.person.short_name for p in self.program.pairing.people}
        several = self.program.pairing.kind == "group"
        for name, kind in (("requests", "request"), ("difficulties", "difficulty"), ("strengths", "strength")):
            field = self.fields[name]
            field.queryset = said_by(self.program, kind, getattr(self.program, name).all())
            field.label_from_instance = lambda s: f"{names.get(s.candidate_id, '')}: {s.text}" if several else s.text


TEACHER = "преподаватель-профессионал"  # who mentors in the planted form «педагог – педагог»


class FormsForm(StepForm):
    """Step 2: forms and kinds, justified by the goal, the difficulties and the request (п. 2.3)."""

    terms = {"forms": "form", "kinds": "kind"}
    field_order = ["forms", "kinds", "justification", "directions"]
    kinds = forms.ModelMultipleChoiceField(
        MentoringKind.objects.none(),
        label="Виды наставничества",
        widget=forms.CheckboxSelectMultiple,
        help_text="Как идёт работа. Можно несколько",
    )
    justification = forms.CharField(
        label="Почему именно они",
        max_length=4000,
        widget=area(5),
        help_text="Как формы и виды следуют из цели, затруднений и запроса",
    )
    directions = forms.CharField(
        label="Направления работы",
        max_length=4000,
        widget=area(3),
        help_text="Через точку с запятой или с новой строки",
    )
    forms = forms.ModelMultipleChoiceField(
        MentoringForm.objects.none(),
        label="Формы наставничества",
        widget=forms.CheckboxSelectMultiple,
        help_text="Кто кому помогает. Можно несколько (п. 2.3 Положения)",
    )
    # the field stands last: its name hides the module inside the class

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in (("forms", MentoringForm), ("kinds", MentoringKind)):
            chosen = [x.pk for x in getattr(self.program, name).all()]
            self.fields[name].queryset = model.objects.filter(is_open=True) | model.objects.filter(pk__in=chosen)
        self._suggest()
        self.fields["forms"].label_from_instance = lambda f: f"{f.name} ({f.other_name})" if f.other_name else f.name

    def _suggest(self):
        """Offer what the pair itself says while nothing is chosen: two teachers one to one, or a group."""
        people = self.program.pairing.people
        if not all(p.employment and p.employment.is_teaching for p in people):
            return
        if not self.program.forms.all():
            between_teachers = self.fields["forms"].queryset.filter(mentor_role=TEACHER)
            self.initial["forms"] = list(between_teachers.order_by("pk").values_list("pk", flat=True)[:1])
        if not self.program.kinds.all():
            code = "traditional" if self.program.pairing.kind == "pair" else "group"
            self.initial["kinds"] = list(self.fields["kinds"].queryset.filter(code=code).values_list("pk", flat=True))
        if not self.program.justification:
            self.initial["justification"] = _why(self.program)


def _why(program) -> str:
    """Say how the usual form follows from what the mentees stated; empty when they stated nothing."""
    parts = [
        ("Затруднения", program.difficulties.all()),
        ("запросы", program.requests.all()),
    ]
    said = "; ".join(f"{words}: {joined([s.text for s in found])}" for words, found in parts if found)
    alone = "один на один с опытным коллегой" if program.pairing.kind == "pair" else "в группе с опытным коллегой"
    return f"{said}. Для этого нужна регулярная работа {alone}: взаимные посещения и разбор уроков" if said else ""


class TermForm(StepForm):
    """Step 3: the term of 3 months to 1 year (п. 1.2), or as a recorded decision allows."""

    terms = {"ends_on": "program"}
    starts_on = forms.DateField(label="Первый день")
    ends_on = forms.DateField(
        label="Последний день", help_text=f"{upper_first(PLAIN_LIMITS)} со дня начала (п. 1.2 Положения)"
    )
    curator = forms.ModelChoiceField(Person.objects.none(), label="Ответственный куратор", empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        program = self.program
        self.fields["curator"].queryset = curators() | Person.objects.filter(pk=program.curator_id)
        self.initial["curator"] = program.curator_id
        if program.term_decision:
            self.fields[
                "ends_on"
            ].help_text = (
                f"По решению об особом сроке: с {rudate(program.earliest_end)} по {rudate(program.latest_end)}"
            )

    def clean(self):
        data = super().clean()
        start, end = data.get("starts_on"), data.get("ends_on")
        decided = {"earliest": self.program.earliest_end, "latest": self.program.latest_end}
        if wrong := complaint(start, end, **(decided if self.program.term_decision else {})):
            if not self.program.term_decision and end > start:
                earliest, latest = bounds(start)
                wrong += f". Годится любой день с {rudate(earliest)} по {rudate(latest)}"
            self.add_error("ends_on", wrong)
        return data


class ActivityForm(VersionedMixin, BaseModelForm):
    """A line of the plan (п. 1.2): what, when, who, expected result, evidence, and what it is for."""

    class Meta:
        model = Activity
        fields = ["title", "starts_on", "due_on", "responsible", "expected_result", "evidence", "statements"]
        widgets = {
            "responsible": Segments,
            "statements": forms.CheckboxSelectMultiple,
            "title": area(2),
            "expected_result": area(2),
        }
        labels = {"starts_on": "С какого дня", "due_on": "До какого дня", "statements": "Зачем", "title": "Мероприятие"}
        help_texts = {
            "starts_on": "Если это один день, оставьте пустым",
            "evidence": "Лист наблюдения, конспект, запись, отзыв",
            "statements": "Какое затруднение снимает, какой запрос выполняет или какую сильную сторону поддерживает",
        }

    def __init__(self, *args, program, **kwargs):
        self.program = program
        super().__init__(*args, **kwargs)
        self.initial["version"] = program.version
        names = {p.candidate_id: p.person.short_name for p in program.pairing.people}
        several = program.pairing.kind == "group"
        kept = [s.pk for name in ("difficulties", "requests", "strengths") for s in getattr(program, name).all()]
        field = self.fields["statements"]
        field.queryset = Statement.objects.filter(pk__in=kept)
        field.label_from_instance = lambda s: (
            f"{s.get_kind_display()}{' (' + names.get(s.candidate_id, '') + ')' if several else ''}: {s.text}"
        )
        self.fields["responsible"].choices = Activity.Responsible.choices

    def clean(self):
        data = super().clean()
        start, due = data.get("starts_on"), data.get("due_on")
        program = self.program
        if start and due and start > due:
            self.add_error("due_on", "Мероприятие не может закончиться раньше, чем началось")
        elif due and program.ends_on and not program.starts_on <= (start or due) <= due <= program.ends_on:
            whole = f"с {rudate(program.starts_on)} по {rudate(program.ends_on)}"
            self.add_error("due_on", f"Программа идёт {whole}: выберите день внутри этого срока")
        return data


class TemplateChoice(VersionedMixin, BaseForm):
    """Add the activities of a sample to the plan."""

    template = forms.ModelChoiceField(ProgramTemplate.objects.none(), label="Образец", empty_label="выберите образец")

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = program.version
        self.fields["template"].queryset = ProgramTemplate.objects.filter(is_open=True)


class SpecialTermForm(BaseForm):
    """A recorded decision on a special term (п. 7.2; speed mentoring, п. 2.3)."""

    terms = {"decision": "special-term"}
    decision = forms.CharField(label="Кто и почему решил", max_length=1000, widget=area(3))
    earliest_end = forms.DateField(label="Закончить не раньше")
    latest_end = forms.DateField(label="Закончить не позже")
