"""Forms of a trial run: what is tried, what the council concludes (п. 3.5)."""

from django import forms

from mentoring_site.forms import BaseForm, Segments, VersionedMixin
from people.promises import Promise
from programs.program.forms import area
from programs.program.models import Trial


class BeginForm(VersionedMixin, BaseForm):
    """What the council wants to find out."""

    question = forms.CharField(
        label="Что проверяем",
        required=False,
        max_length=1000,
        widget=area(4),
        help_text="Например: хватает ли двух открытых уроков. Пустое поле делает программу обычной",
    )


class ConcludeForm(BaseForm):
    """What the council concludes, by its minutes."""

    verdict = forms.ChoiceField(label="Решение совета об образце", choices=Trial.Verdict.choices, widget=Segments)
    conclusion = forms.CharField(
        label="Заключение", max_length=4000, widget=area(6), help_text=Promise.PROGRAM.sentence
    )
    minutes_number = forms.CharField(label="Номер протокола", max_length=30)
    minutes_date = forms.DateField(label="Дата протокола")
