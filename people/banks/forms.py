"""Forms of the banks: proposal, questionnaires with rows, decisions, editable lists (п. 3.3–3.5)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, OnceMixin, VersionedMixin
from mentoring_site.formsets import formset
from people.banks.acts import STATEMENT_TYPES, StatementRow
from people.banks.models import Candidate, MenteeCategory, Topic
from people.banks.rules import NEEDED_STATEMENTS
from people.banks.suggestions import categories_of
from people.promises import Promise
from people.register.models import Person

QUESTIONS = {
    "difficulty": (
        "Что даётся трудно",
        f"Профессиональные затруднения: по одному в строке. {Promise.QUESTIONNAIRE.sentence}; на сайте их нет",
    ),
    "request": ("С чем нужна помощь", "Запросы к наставнику: «помочь с открытым уроком»"),
    "strength": ("Что получается хорошо", "Сильные стороны: на них программа опирается"),
    "competence": ("В чём Вы сильны и чему можете научить", "Компетенции: по одной в строке"),
    "interest": ("Что Вам самим интересно", "Чем хотелось бы заниматься вместе с коллегой"),
}
ROWS = 3
MAX_ROWS = 30
MOST_MENTEES = 20


class ProposeForm(OnceMixin, BaseForm):
    """Why this person is put forward."""

    why = forms.CharField(
        label="Почему",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Promise.QUESTIONNAIRE.sentence,
    )


class StartForm(BaseForm):
    """Whom to propose at once out of a ready list; consents on paper are recorded only when somebody says so."""

    person = forms.TypedMultipleChoiceField(coerce=int, required=False)
    all = forms.BooleanField(required=False)
    signed = forms.BooleanField(label="Согласия отмеченных подписаны и лежат у меня", required=False)
    given_on = forms.DateField(label="Дата на согласиях", required=False, initial=timezone.localdate)
    conditional = {"given_on"}

    def __init__(self, *args, people: list[Person], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["person"].choices = [(person.pk, person.full_name) for person in people]

    def clean(self):
        """Somebody is ticked; consents that are said to be signed have their day."""
        super().clean()
        data = self.cleaned_data
        if not self.errors and not self.chosen():
            raise forms.ValidationError("Отметьте хотя бы одного человека или «Все»")
        if data.get("signed") and not data.get("given_on") and "given_on" not in self.errors:
            self.add_error("given_on", "Укажите дату, которая стоит на согласиях")
        return data

    def chosen(self) -> list[Person]:
        """Return who is ticked, or everybody."""
        ticked = set(self.cleaned_data.get("person") or ())
        return [person for person in self.people if self.cleaned_data.get("all") or person.pk in ticked]


class FindForm(BaseForm):
    """Whom to propose: the search by beginnings of names."""

    q = forms.CharField(label="Фамилия, имя или отчество", max_length=100, required=False, widget=forms.SearchInput)


class StatementForm(BaseForm):
    """One row of a questionnaire; an empty text means no row."""

    text = forms.CharField(label="Текст", max_length=500, required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), label="Тема", required=False, empty_label="без темы")

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.all()
        self.fields["topic"].choices = [("", "без темы"), *topics]
        for field in self.fields.values():
            field.quiet = True


StatementRows = formset(StatementForm, rows=MAX_ROWS, extra=ROWS)


class QuestionnaireForm(VersionedMixin, BaseModelForm):
    """The fields of a questionnaire besides its rows: three of a mentor, three of a mentee."""

    class Meta:
        model = Candidate
        fields = ["topics", "categories", "capacity_hours", "capacity_persons", "wishes"]
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "categories": forms.CheckboxSelectMultiple,
            "wishes": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "topics": "Темы",
            "categories": "Категория",
            "capacity_hours": "Сколько часов в месяц можете уделить",
            "capacity_persons": "Сколько наставляемых можете взять",
            "wishes": "Пожелания",
        }
        help_texts = {"wishes": "Когда удобно встречаться, с кем хотелось бы работать"}

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        # what was closed later stays selectable for those who had chosen it
        self.fields["topics"].queryset = Topic.objects.filter(is_open=True) | Topic.objects.filter(
            candidates=self.instance
        )
        self.fields["topics"].queryset = self.fields["topics"].queryset.distinct()
        if part == "mentor":
            del self.fields["categories"]
            self.fields["capacity_persons"].required = True
            self.fields["capacity_persons"].max_value = MOST_MENTEES
        else:
            del self.fields["capacity_hours"], self.fields["capacity_persons"]
            self.fields["categories"].queryset = MenteeCategory.objects.filter(is_open=True)

    def show_newer(self, version: int) -> None:
        """Take the present version of a questionnaire that somebody has changed meanwhile, and show what it says."""
        super().show_newer(version)
        said = "; ".join(self.instance.statements.filter(resolved_on__isnull=True).values_list("text", flat=True))
        self.add_error(None, f"Сейчас записано: {said}. Если сохраните ещё раз, останется Ваш вариант")

    def clean_capacity_persons(self):
        """A mentor takes one to twenty mentees."""
        number = self.cleaned_data["capacity_persons"]
        if number is not None and not 1 <= number <= MOST_MENTEES:
            raise forms.ValidationError(f"Укажите от 1 до {MOST_MENTEES} человек")
        return number

    def clean_capacity_hours(self):
        """A month has its limits."""
        hours = self.cleaned_data["capacity_hours"]
        if hours is not None and not 1 <= hours <= 100:
            raise forms.ValidationError("Укажите от 1 до 100 часов в месяц")
        return hours

    def _post_clean(self):
        """The act writes the candidate."""


class CapacityForm(VersionedMixin, BaseForm):
    """How many mentees a mentor can take: the one number of the questionnaire that others ask for."""

    capacity_persons = forms.IntegerField(label="Сколько наставляемых", min_value=1, max_value=MOST_MENTEES)


@dataclass(frozen=True)
class QuestionGroup:
    """One question of a questionnaire: the type of its statements and the rows to write them into."""

    code: str
    title: str
    hint: str
    rows: Any
    needed: bool


class Questionnaire:
    """A questionnaire as one thing: its fields and its rows of statements, type by type.

    The button «Ещё строки» keeps what was typed and adds rows; it saves nothing and complains about nothing.
    """

    def __init__(self, candidate: Candidate, data=None, *, more: bool = False):
        self.candidate, self.part = candidate, candidate.part
        topics = [(str(pk), name) for pk, name in Topic.objects.order_by("name").values_list("pk", "name")]
        bound = None if more else data
        initial = {"version": data.get("version") if data else candidate.version}
        if data is None and candidate.filled_at is None and (known := categories_of(candidate)):
            initial["categories"] = known
        self.form = QuestionnaireForm(
            bound, instance=candidate, part=self.part, initial=initial | self._typed(data, more)
        )
        self.groups: list[QuestionGroup] = []
        for code in STATEMENT_TYPES[self.part]:
            rows = StatementRows(
                bound, prefix=code, initial=self._rows(code, data, more), form_kwargs={"topics": topics}
            )
            if not more:  # an edit offers a row or two, a blank questionnaire three
                rows.extra = max(1, ROWS - len(rows.initial))
            title, hint = QUESTIONS[code]
            self.groups.append(QuestionGroup(code, title, hint, rows, needed=code in NEEDED_STATEMENTS[self.part]))

    def _typed(self, data, more: bool) -> dict:
        if not more:
            return {}
        single = ("capacity_hours", "capacity_persons", "wishes")
        return {n: data.get(n, "") for n in single} | {n: data.getlist(n) for n in ("topics", "categories")}

    def _rows(self, code: str, data, more: bool) -> list[dict]:
        if more:
            typed_total = data.get(f"{code}-TOTAL_FORMS", "")
            total = min(int(typed_total), MAX_ROWS) if typed_total.isdecimal() and len(typed_total) < 6 else 0
            typed = [{n: data.get(f"{code}-{i}-{n}", "") for n in ("text", "topic")} for i in range(total)]
            return [row for row in typed if row["text"].strip()]
        said = self.candidate.statements.all()
        return [{"text": s.text, "topic": s.topic_id} for s in said if s.kind == code and s.resolved_on is None]

    def is_valid(self) -> bool:
        """Whether everything fits and something is said of every type that is needed."""
        fits = [self.form.is_valid(), *[group.rows.is_valid() for group in self.groups]]
        if not all(fits):
            if fits[0]:
                self.form.add_error(
                    None, "Проверьте строки анкеты: в одной из них слишком длинный текст или нет такой темы"
                )
            return False
        said = {code for code, _, _ in self.statements()}
        for group in self.groups:
            if group.needed and group.code not in said:
                self.form.add_error(None, f"«{group.title}»: напишите хотя бы одну строку")
        return not self.form.errors

    def statements(self) -> list[StatementRow]:
        """Return all filled rows."""
        return [
            (group.code, row["topic"], row["text"])
            for group in self.groups
            for row in (f.cleaned_data for f in group.rows)
            if row.get("text", "").strip()
        ]

    def given(self) -> dict:
        """Return the arguments of the act ``fill``."""
        names = ("topics", "categories", "capacity_hours", "capacity_persons", "wishes", "version")
        typed = {name: self.form.cleaned_data[name] for name in names if name in self.form.cleaned_data}
        return typed | {"statements": self.statements()}


class ReasonForm(BaseForm):
    """A reason that the person will read."""

    reason = forms.CharField(label="Причина", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(BaseForm):
    """The director's remark about a candidate."""

    text = forms.CharField(label="Замечание", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(BaseForm):
    """The yearly review of a bank."""

    on = forms.DateField(label="Дата проверки", widget=DateInput, initial=timezone.localdate)
    note = forms.CharField(label="Что изменилось", max_length=500, required=False)

    def clean_on(self):
        """A review is not written in the future."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("Проверка не может быть записана будущим числом")
        return self.cleaned_data["on"]


class TopicForm(BaseModelForm):
    """A topic of work."""

    class Meta:
        model = Topic
        fields = ["name", "is_open"]


class CategoryForm(BaseModelForm):
    """A category of mentees."""

    class Meta:
        model = MenteeCategory
        fields = ["name", "is_open"]
