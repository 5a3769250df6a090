"""Forms for what already exists on paper: a pair or group, and its program."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Segments
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.russian import rudate
from people.banks.models import Topic
from people.register.models import Person
from programs.pairings.terms import PLAIN_LIMITS
from programs.paper_entry.acts import Paper, PaperProgram
from programs.program.forms import area, curators

AT_MOST = 6  # namesakes shown in an error


class PersonField(forms.CharField):
    """A person by the words of the name; namesakes are distinguished by the number that the error shows."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        return find_person(text) if text else None


def find_person(text: str) -> Person:
    """Return the one person whom the words mean: «мельник о л», «Мельник Ольга», «Мельник № 12».

    Raises ``ValidationError`` with the persons who match when there are several, and with advice when there is none.
    """
    words, _, number = text.partition("№")
    found = Person.objects.found_by(words)
    if number.strip().isdecimal() and len(number.strip()) < 16:
        found = found.filter(pk=int(number.strip()))
    matches = list(found[: AT_MOST + 1])
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise forms.ValidationError(f"«{text}»: такого человека в списке нет. Сначала внесите его в раздел «Люди»")
    names = "; ".join(_distinct(p) for p in matches[:AT_MOST])
    raise forms.ValidationError(f"«{text}»: таких несколько. Допишите имя и отчество или номер: {names}")


def _distinct(person) -> str:
    born = f", {rudate(person.birth_date)}" if person.birth_date else ""
    return f"{person.full_name}{born} — № {person.pk}"


class PaperForm(BaseForm):
    """A pair or group as it stands in the order of assignment, and the program if there is one."""

    mentor = PersonField(
        label="Наставник", help_text="Фамилия, имя, отчество — как в разделе «Люди»; можно начало слов"
    )
    mentees = forms.CharField(
        label="Наставляемые",
        max_length=4000,
        widget=area(3),
        help_text="Каждый с новой строки; двое и больше — это группа",
    )
    since = forms.DateField(label="Работают вместе с")
    order_number = NumberFormField(label="Приказ о закреплении №")
    order_date = forms.DateField(label="Приказ о закреплении от")
    minutes_number = NumberFormField(label="Протокол совета о паре №", required=False, help_text="Если протокол есть")
    minutes_date = forms.DateField(label="Протокол совета о паре от", required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label="Темы", required=False, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.ChoiceField(
        label="Что с программой",
        choices=[("none", "Программы нет"), ("running", "Идёт"), ("finished", "Завершена")],
        widget=Segments,
        initial="running",
    )
    title = forms.CharField(label="Название программы", max_length=200, required=False)
    goal = forms.CharField(label="Цель", max_length=4000, required=False, widget=area(3))
    curator = forms.ModelChoiceField(
        Person.objects.none(), label="Ответственный куратор", required=False, empty_label=None
    )
    starts_on = forms.DateField(label="Первый день программы", required=False)
    ends_on = forms.DateField(label="Последний день по плану", required=False)
    program_number = NumberFormField(label="Приказ об утверждении программы №", required=False)
    program_date = forms.DateField(label="Приказ об утверждении программы от", required=False)
    program_minutes = NumberFormField(label="Протокол совета о программе №", required=False)
    program_minutes_date = forms.DateField(label="Протокол совета о программе от", required=False)
    ended_on = forms.DateField(label="Завершена", required=False, help_text="Для завершённой программы")
    term_decision = forms.CharField(
        label="Решение об особом сроке",
        max_length=1000,
        required=False,
        widget=area(2),
        help_text=f"Если срок не {PLAIN_LIMITS}: кто и почему так решил",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    PAIR = ("mentor", "mentees", "since", "order_number", "order_date", "minutes_number", "minutes_date", "topics")
    PROGRAM = (
        "stage",
        "title",
        "goal",
        "curator",
        "starts_on",
        "ends_on",
        "program_number",
        "program_date",
        "program_minutes",
        "program_minutes_date",
        "ended_on",
        "term_decision",
    )
    conditional = {
        "title",
        "curator",
        "starts_on",
        "ends_on",
        "program_number",
        "program_date",
        "ended_on",
        "term_decision",
    }
    NEEDED = {
        "title": "Назовите программу",
        "curator": "Выберите куратора",
        "starts_on": "Укажите первый день",
        "ends_on": "Укажите последний день по плану",
        "program_number": "Укажите номер приказа",
        "program_date": "Укажите дату приказа",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_key", uuid4())
        self.fields["topics"].queryset = Topic.objects.filter(is_open=True)
        self.fields["curator"].queryset = curators()
        for name in ("since", "curator"):  # so that each number stands beside its date
            self.fields[name].room = "line"

    def clean_mentees(self):
        found, errors = [], []
        for line in self.cleaned_data["mentees"].splitlines():
            if line.strip():
                try:
                    found.append(find_person(line.strip()))
                except forms.ValidationError as error:
                    errors.append(error)
        if errors:
            raise forms.ValidationError(errors)
        return found

    def clean(self):
        data = super().clean()
        if data.get("stage") in ("running", "finished"):
            for name, sentence in self.NEEDED.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if data.get("stage") == "finished" and not data.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", "Укажите, когда программа завершена")
        for name in ("since", "order_date", "program_date", "ended_on"):
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, "Этот день ещё не наступил")
        return data

    def pair_fields(self):
        """Bound fields of the pair, for a fieldset."""
        return [self[name] for name in self.PAIR]

    def program_fields(self):
        """Bound fields of the program, for a fieldset."""
        return [self[name] for name in self.PROGRAM]

    def values(self) -> dict:
        """Return what ``paper.enter`` takes."""
        data = self.cleaned_data
        return {
            "mentor": data["mentor"],
            "mentees": data["mentees"],
            "order": Paper(data["order_number"].strip(), data["order_date"]),
            "since": data["since"],
            "topics": data["topics"],
            "minutes": Paper(data["minutes_number"].strip(), data["minutes_date"]),
            "program": self._program(data) if data["stage"] != "none" else None,
            "request_key": data["request_key"],
        }

    def _program(self, data) -> PaperProgram:
        return PaperProgram(
            title=data["title"],
            curator=data["curator"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            order=Paper(data["program_number"].strip(), data["program_date"]),
            goal=data["goal"],
            minutes=Paper(data["program_minutes"].strip(), data["program_minutes_date"]),
            ended_on=data["ended_on"] if data["stage"] == "finished" else None,
            term_decision=data["term_decision"],
        )
