"""Forms of the editable lists of programs."""

from django import forms

from mentoring_site.forms import BaseModelForm
from mentoring_site.formsets import inline_formset
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate, Responsible, TemplateActivity
from programs.pairings.terms import LIMITS, LONGEST_MONTHS, SHORTEST_MONTHS


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MentoringFormForm(BaseModelForm):
    """A form of mentoring: who helps whom (п. 2.3)."""

    class Meta:
        model = MentoringForm
        fields = ["name", "other_name", "mentor_role", "mentee_role", "with_student", "is_open"]
        labels = {"is_open": "Предлагать в новых программах"}
        help_texts = {"with_student": "Тогда соглашение по статье 351.8 ТК РФ не заключают"}


class MentoringKindForm(BaseModelForm):
    """A kind of mentoring: how the work goes (п. 2.3)."""

    class Meta:
        model = MentoringKind
        fields = ["name", "description", "is_open"]
        widgets = {"description": _area(4)}
        labels = {"is_open": "Предлагать в новых программах"}


class TemplateForm(BaseModelForm):
    """A sample of a program."""

    class Meta:
        model = ProgramTemplate
        fields = ["name", "for_whom", "goal", "directions", "months", "is_open"]
        widgets = {"goal": _area(4), "directions": _area(2)}
        labels = {"is_open": "Предлагать для новых программ"}
        help_texts = {"months": f"От {SHORTEST_MONTHS} до {LONGEST_MONTHS} (п. 1.2 Положения)"}

    def clean_months(self) -> int:
        months = self.cleaned_data["months"]
        if not SHORTEST_MONTHS <= months <= LONGEST_MONTHS:
            raise forms.ValidationError(f"Срок программы — {LIMITS}. Указано: {months}")
        return months


class TemplateActivityForm(BaseModelForm):
    """A line of a sample."""

    responsible = forms.ChoiceField(label="Кто", choices=Responsible.choices, initial=Responsible.BOTH)

    class Meta:
        model = TemplateActivity
        fields = ["title", "week", "responsible", "expected_result", "evidence"]


TemplateActivities = inline_formset(ProgramTemplate, TemplateActivity, TemplateActivityForm, rows=40, extra=2)
FORMS = {"forms": MentoringFormForm, "kinds": MentoringKindForm, "templates": TemplateForm}
