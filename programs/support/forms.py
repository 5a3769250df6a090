"""Forms of tasks of support and of marks."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, Segments
from people.promises import Promise
from people.register.fields import offer_people
from people.register.models import Person
from programs.journal.forms import CheckForm
from programs.program.models import Program
from programs.support.acts import LONGEST_TASK
from programs.support.marks import LONGEST
from programs.support.models import CouncilMark, SupportTask
from programs.support.presenters import LABELS


class GiveForm(BaseForm):
    """Whom, what, till when."""

    assignee = forms.ModelChoiceField(Person.objects.none(), label="Кому поручить", empty_label="—")
    category = forms.ChoiceField(label="Какая поддержка", choices=SupportTask.Category, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Что сделать",
        max_length=LONGEST_TASK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: «Подобрать три этюда на мелкую технику и показать наставнику». "
        f"{Promise.SUPPORT.sentence}",
    )
    due_on = forms.DateField(label="До какого дня")
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, program: Program, council: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = SupportTask.Category.METHOD
        self.fields["request_key"].initial = uuid4
        self.fields["due_on"].widget.attrs |= {"min": timezone.localdate().isoformat()}
        people = Person.objects.at_work().order_by("last_name", "first_name", "pk")
        offer_people(self, "assignee", people)
        if council:
            names = ", ".join(person.short_name for person in council)
            self.fields["assignee"].help_text = f"Член совета или другой сотрудник. В совете: {names}"


class DoForm(BaseForm):
    """What was done, with materials."""

    result = forms.CharField(
        label="Что сделано",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=Promise.SUPPORT.sentence,
    )
    evidence = EvidenceField(label="Материалы")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class AnswerForm(CheckForm):
    """The council's word about a done task."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = "Слово совета"


def _criterion(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=LABELS[name], choices=CouncilMark.SCALE, coerce=int, widget=Segments)


class MarkForm(BaseForm):
    """Four criteria on one scale and a conclusion in words."""

    plan = _criterion("plan")
    needs = _criterion("needs")
    method = _criterion("method")
    bond = _criterion("bond")
    conclusion = forms.CharField(
        label="Заключение",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Что получается и что поправить. {Promise.COUNCIL_MARK.sentence}",
    )
