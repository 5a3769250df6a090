"""Forms of drafting: a new draft, its steps, activities, a special term."""

from datetime import date
from uuid import uuid4

from django import forms
from django.db.models import BooleanField, Case, Q, Value, When

from mentoring_site.forms import BaseForm, BaseModelForm, Segments, VersionedMixin
from mentoring_site.russian import joined, rudate, upper_first
from mentoring_site.ui.elements import Fact
from people.banks.models import Statement
from people.promises import Promise
from people.register.models import Person
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.pairings.terms import PLAIN_LIMITS, bounds
from programs.program.forms import area, curators
from programs.program.kinds import declaration
from programs.program.kinds.registry import EVENTS, answers, asking
from programs.program.kinds.speed import SPEED
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
    origin = forms.CharField(
        label=SPEED.asks[0].label,
        required=False,
        max_length=300,
        help_text="Когда и о чём встретились, если так и было. Сама встреча — не программа (п. 1.2, 2.3 Положения)",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_key", uuid4())
        self.fields["template"].queryset = _suitable_first(pairing)
        self.fields["template"].label_from_instance = lambda t: (
            f"{'Подходит: ' if t.suits else ''}{t.name}. {t.for_whom}"
        )
        self.fields["curator"].queryset = curators()


def _suitable_first(pairing):
    """Return the offered samples, before others those of the department or of the topics of the pair or group."""
    departments = [p.employment.department_id for p in pairing.people if p.part == "mentee" and p.employment]
    suits = Q(department__in=[pk for pk in departments if pk]) | Q(department=None, need__in=pairing.topics.all())
    rank = Case(When(suits, then=Value(True)), default=Value(False), output_field=BooleanField())
    return ProgramTemplate.objects.filter(is_open=True).annotate(suits=rank).order_by("-suits", "name", "pk")


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
        self.fields["kinds"].queryset = self.fields["kinds"].queryset.exclude(
            Q(code__in=EVENTS) & ~Q(pk__in=self.initial["kinds"])
        )
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


LONGEST_LINE, LONGEST_TEXT = 300, 2000


def field_of(ask: declaration.Ask) -> forms.Field:
    """Return the field of a form for what a kind asks."""
    words: dict = {"label": ask.label, "help_text": ask.hint, "required": False}  # a draft may be saved half written
    if ask.type == declaration.CHOICE:
        return forms.ChoiceField(choices=ask.choices, widget=Segments, **words)
    if ask.type == declaration.DAY:
        return forms.DateField(**words)
    if ask.type == declaration.LINK:
        return forms.URLField(max_length=LONGEST_LINE, assume_scheme="https", **words)
    if ask.type == declaration.LINE:
        return forms.CharField(max_length=LONGEST_LINE, **words)
    return forms.CharField(max_length=LONGEST_TEXT, widget=area(4 if ask.type == declaration.LINES else 3), **words)


class DetailsForm(StepForm):
    """Step 3: what the chosen forms and kinds ask, each for itself (п. 2.3); absent where they ask for nothing."""

    def __init__(self, *args, program, **kwargs):
        self.asks = {
            f"{one.code}-{ask.name}": (one, ask) for _, one in asking(program) for ask in one.asks if one.is_program
        }
        super().__init__(*args, program=program, **kwargs)
        for name, (_, ask) in self.asks.items():
            self.fields[name] = field_of(ask)
            self.prepare(name, self.fields[name])
            self.fields[name].quiet = ask.required

    def shown(self, program) -> dict:
        suggested = {one.code: one.suggest(program) for _, one in asking(program) if not answers(program, one)}
        found = {}
        for name, (one, ask) in self.asks.items():
            value = (answers(program, one) or suggested.get(one.code, {})).get(ask.name, "")
            found[name] = date.fromisoformat(value) if value and ask.type == declaration.DAY else value
        return found

    def groups(self) -> list[dict]:
        """Return the fields by the form or kind that asks for them, with its words."""
        return [
            {
                "title": title,
                "about": one.about,
                "fields": [self[f"{one.code}-{ask.name}"] for ask in one.asks],
            }
            for title, one in asking(self.program)
            if one.is_program
        ]

    def values(self) -> dict:
        found: dict[str, dict] = {}
        for name, (one, ask) in self.asks.items():
            value = self.cleaned_data.get(name)
            found.setdefault(one.code, {})[ask.name] = str(value) if value else ""
        kept = {code: {k: v for k, v in values.items() if v} for code, values in found.items()}
        return {"details": self.program.details | kept}

    def _in_words(self, name) -> str:
        one, ask = self.asks[name]
        return ask.words(answers(self.program, one).get(ask.name)) or "пусто"


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


CATEGORY_HELP = "Если мероприятие выполняет ещё одну обязанность наставника (п. 4.2): школа считает их за год"
PARTNER_HELP = "Для взаимодействия со структурами: отделение, методический или педагогический совет"


def category_complaint(data: dict) -> str:
    """Say what is missing of the category of an activity: with which structure one works (п. 4.2)."""
    named = data.get("category") != Activity.Category.STRUCTURES or data.get("partner", "").strip()
    return "" if named else "Назовите отделение или совет, с которым взаимодействуете"


class ActivityForm(VersionedMixin, BaseModelForm):
    """A line of the plan (п. 1.2): what, when, who, expected result, evidence, and what it is for."""

    class Meta:
        model = Activity
        fields = [
            "title",
            "starts_on",
            "due_on",
            "responsible",
            "expected_result",
            "evidence",
            "statements",
            "category",
            "partner",
        ]
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
            "category": CATEGORY_HELP,
            "partner": PARTNER_HELP,
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
        self.fields["partner"].quiet = True

    def clean(self):
        data = super().clean()
        start, due = data.get("starts_on"), data.get("due_on")
        program = self.program
        if wrong := category_complaint(data or {}):
            self.add_error("partner", wrong)
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
    """A recorded decision on a special term (п. 7.2)."""

    terms = {"decision": "special-term"}
    decision = forms.CharField(label="Кто и почему решил", max_length=1000, widget=area(3))
    earliest_end = forms.DateField(label="Закончить не раньше")
    latest_end = forms.DateField(label="Закончить не позже")
