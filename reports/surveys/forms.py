"""Forms of surveys: the answers to a questionnaire, a survey, a questionnaire with its questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Many, OnceMixin, Segments, VersionedMixin
from mentoring_site.formsets import formset
from people.register.models import Person
from reports.surveys.models import Edition, Question, Questionnaire, Role, Survey

Kind = Question.Kind
MOST = 60
"""Questions of one questionnaire."""
LONGEST = 20
"""Points of a scale and options of a list."""


class Scale(Segments):
    """The points of a scale as a row of big numbers."""

    scale = True


@dataclass(frozen=True)
class Part:
    """A section of a questionnaire as a page shows it: its heading and its fields."""

    heading: str
    fields: list[Any]


class AnswerForm(BaseForm):
    """The questions for one role; the answers come as ``answers()``."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[question.key] = field = _field(question)
            self.prepare(question.key, field)

    def parts(self) -> list[Part]:
        """Return the fields by sections, in their order."""
        found: list[Part] = []
        for question in self.questions:
            if not found or found[-1].heading != question.section:
                found.append(Part(question.section, []))
            found[-1].fields.append(self[question.key])
        return found

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by the keys of the questions."""
        return {question.key: self.cleaned_data[question.key] for question in self.questions}


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.text, "required": question.is_needed}
    options = [(option, option) for option in question.options]
    if question.kind == Kind.SCALE:
        points = [(str(value), label) for value, label in question.points()]
        widget = Scale if all(len(label) < 3 for _, label in points) else Segments
        return forms.TypedChoiceField(
            choices=points, coerce=int, empty_value=None, widget=widget, help_text=question.ends(), **common
        )
    if question.kind == Kind.ONE:
        short = len(options) <= 3 and all(len(label) <= 24 for _, label in options)
        return forms.ChoiceField(choices=options, widget=Segments if short else forms.RadioSelect, **common)
    if question.kind == Kind.MANY:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind == Kind.NUMBER:
        return forms.IntegerField(
            min_value=question.low if question.low is not None else 0,
            max_value=question.high if question.high is not None else 10_000,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **common,
        )
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **common)


class WhoForm(BaseForm):
    """Whose printed form is entered: the person, or the role of a form without a name."""

    who = forms.ChoiceField(label="Чья анкета")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], anonymous: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        field.label = "В каком качестве отвечал человек" if anonymous else "Чья анкета"
        field.choices = [("", "выберите"), *choices]


class SurveyForm(OnceMixin, BaseForm):
    """A survey: with what, whom, when, with names or without."""

    title = forms.CharField(label="Название", max_length=200, help_text="Его увидят все, кого спрашивают")
    edition = forms.ModelChoiceField(Edition.objects.none(), label="Анкета")
    is_anonymous = forms.TypedChoiceField(
        label="Ответы",
        choices=[("", "под именем"), ("yes", "без имён")],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type]
        widget=Segments,
        help_text="Без имён никто не узнает, кто ответил и что; итоги видны с трёх ответов, когда опрос закончен."
        " Анкеты в начале, в середине и после программы заполняют под именем",
    )
    audience = forms.ChoiceField(label="Кого спросить", choices=Survey.Audience)
    picked = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="Кого именно",
        required=False,
        widget=Many,
        help_text="Только для «те, кого выберу»",
    )
    opens_on = forms.DateField(label="Начало")
    opens_itself = forms.BooleanField(
        label="Начать в этот день без меня",
        required=False,
        help_text="Иначе опрос ждёт, пока Вы нажмёте «Начать опрос»",
    )
    closes_on = forms.DateField(
        label="Последний день",
        help_text="Анкету, связанную с программой, получают те, чья программа дошла до нужного дня за это время",
    )
    remind_before = forms.IntegerField(
        label="За сколько дней до конца напомнить", min_value=0, max_value=60, initial=3, help_text="0 — не напоминать"
    )
    field_order = ["title", "edition", "audience", "picked", "is_anonymous", "opens_on", "opens_itself", "closes_on"]

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any):
        if survey is not None:
            names = ("title", "edition", "audience", "opens_on", "opens_itself", "closes_on", "remind_before")
            initial = {name: getattr(survey, name) for name in names}
            initial |= {"is_anonymous": "yes" if survey.is_anonymous else "", "picked": survey.picked.all()}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.survey = survey
        edition, picked = self.fields["edition"], self.fields["picked"]
        assert isinstance(edition, forms.ModelChoiceField)
        assert isinstance(picked, forms.ModelMultipleChoiceField)
        edition.queryset = offered(survey)
        edition.label_from_instance = _edition_words  # type: ignore[method-assign, assignment]
        picked.queryset = Person.objects.at_work().order_by("last_name", "first_name", "pk")
        if survey is not None and survey.state != Survey.State.DRAFT:
            for name in ("title", "edition", "audience", "picked", "is_anonymous", "opens_on", "opens_itself"):
                self.fields[name].disabled = True
        if survey is None:
            self.initial.setdefault("opens_on", timezone.localdate())

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        data = self.cleaned_data
        names = ("title", "edition", "audience", "opens_on", "opens_itself", "closes_on", "remind_before", "picked")
        return {name: data[name] for name in names} | {"is_anonymous": bool(data["is_anonymous"])}


class SurveyEditForm(VersionedMixin, SurveyForm):
    """A survey that is being prepared or runs."""


def offered(survey: Survey | None = None) -> Any:
    """Return the last published edition of every questionnaire in use, and the one that a survey has already."""
    rows = Edition.objects.filter(published_on__isnull=False, questionnaire__is_archived=False).order_by("number", "pk")
    newest = dict(rows.values_list("questionnaire", "pk"))
    keys = [*newest.values(), *([survey.edition_id] if survey else [])]
    found = Edition.objects.filter(pk__in=keys).select_related("questionnaire")
    return found.order_by("questionnaire__title", "number", "pk")


def _edition_words(edition: Any) -> str:
    return f"{edition.questionnaire.title}, редакция {edition.number}"


class NewQuestionnaireForm(OnceMixin, BaseForm):
    """A new questionnaire."""

    title = forms.CharField(label="Название", max_length=200)
    moment = forms.ChoiceField(
        label="Когда спрашивают",
        choices=Questionnaire.Moment,
        required=False,
        help_text="Анкеты в начале, в середине и после программы заполняют под именем: ответы сравнивают",
    )


class EditionForm(VersionedMixin, BaseForm):
    """The words of an edition; its questions are a set of ``QuestionForm``."""

    title = forms.CharField(label="Название", max_length=200)
    intro = forms.CharField(
        label="Вступление", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class QuestionForm(BaseForm):
    """One question in the editor. An empty text takes it out."""

    position = forms.IntegerField(label="Порядок", min_value=1, max_value=999)
    text = forms.CharField(label="Вопрос", max_length=500, required=False, help_text="Пустой вопрос уберётся из анкеты")
    kind = forms.ChoiceField(label="Вид ответа", choices=Kind)
    section = forms.CharField(label="Раздел", max_length=200, required=False)
    low = forms.IntegerField(label="Шкала или число от", required=False, min_value=-100, max_value=1000)
    high = forms.IntegerField(label="до", required=False, min_value=-100, max_value=10_000)
    options = forms.CharField(
        label="Варианты, каждый с новой строки",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Для шкалы — подписи: каждого деления или только двух концов",
    )
    roles = forms.MultipleChoiceField(
        label="Только для этих ролей", choices=Role, required=False, widget=forms.CheckboxSelectMultiple
    )
    goal = forms.CharField(
        label="Общая цель",
        max_length=60,
        required=False,
        help_text="Одинаковые слова в анкетах «до» и «после»: ответы сравнят",
    )
    is_needed = forms.BooleanField(label="Ответ обязателен", required=False)

    def clean(self) -> dict[str, Any]:
        """Scales have two ends, lists at least two options."""
        data = super().clean() or self.cleaned_data
        if not (data.get("text") or "").strip():
            return data
        data["options"] = [line.strip() for line in (data.get("options") or "").splitlines() if line.strip()]
        kind, low, high = data.get("kind"), data.get("low"), data.get("high")
        if kind in (Kind.ONE, Kind.MANY) and not 2 <= len(data["options"]) <= LONGEST:
            self.add_error("options", f"Нужно от двух до {LONGEST} вариантов")
        if kind == Kind.SCALE and (low is None or high is None or not 1 <= high - low < LONGEST):
            self.add_error("low", "Укажите, от какого до какого числа идёт шкала, например от 1 до 10")
        elif kind == Kind.SCALE and len(data["options"]) not in (0, 2, (high or 0) - (low or 0) + 1):
            self.add_error("options", "Подпишите два конца шкалы или каждое деление")
        if kind == Kind.NUMBER and low is not None and high is not None and low > high:
            self.add_error("low", "Начало больше конца")
        if len(set(data["options"])) != len(data["options"]):
            self.add_error("options", "Два варианта одинаковы")
        return data


QuestionSet = formset(QuestionForm, rows=MOST, extra=0)


def rows_of(edition: Edition, *, more: int) -> list[dict[str, Any]]:
    """Return the questions of an edition for the editor, and empty rows after them."""
    rows = [
        {
            "position": question.position * 10,
            "text": question.text,
            "kind": question.kind,
            "section": question.section,
            "low": question.low,
            "high": question.high,
            "options": "\n".join(str(option) for option in question.options),
            "roles": question.roles,
            "goal": question.goal,
            "is_needed": question.is_needed,
        }
        for question in edition.questions.all()
    ]
    last = rows[-1]["position"] if rows else 0
    empty = [{"position": last + 10 * (n + 1), "kind": Kind.SCALE, "is_needed": True} for n in range(more)]
    return (rows + empty)[:MOST]


def questions_of(rows: Any) -> list[dict[str, Any]]:
    """Return the questions of a valid set as the act takes them."""
    kept = [form.cleaned_data for form in rows if (form.cleaned_data.get("text") or "").strip()]
    return [dict(data, text=data["text"].strip(), section=data["section"].strip()) for data in kept]
