"""Forms of the editable lists of programs."""

from django import forms

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, BaseModelForm
from mentoring_site.formsets import inline_formset
from people.school.models import Department
from programs.catalogs.models import (
    IncentiveMeasure,
    MentoringForm,
    MentoringKind,
    ProgramTemplate,
    Responsible,
    SheetCriterion,
    SheetTemplate,
    StepSample,
    TemplateActivity,
)
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
        fields = ["name", "for_whom", "department", "need", "goal", "directions", "months", "is_open"]
        widgets = {"goal": _area(4), "directions": _area(2)}
        labels = {"is_open": "Предлагать для новых программ"}
        help_texts = {
            "months": f"От {SHORTEST_MONTHS} до {LONGEST_MONTHS} (п. 1.2 Положения)",
            "department": "Образец первым предложат наставляемым этого отделения",
            "need": "Образец первым предложат парам, которые работают над этой темой",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(organisation__kind="own")
        self.fields["department"].empty_label = "любое"
        self.fields["need"].empty_label = "любая"

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
        fields = ["title", "week", "responsible", "expected_result", "evidence", "category"]


class StepSampleForm(BaseModelForm):
    """A step of the library."""

    class Meta:
        model = StepSample
        fields = ["text", "subject", "post", "is_open"]
        labels = {"is_open": "Предлагать в записи встречи"}
        help_texts = {
            "text": "Одно небольшое действие, которое видно или слышно: «На каждом уроке дать ученику сыграть первым»",
            "subject": "Слово из названия отделения или должности: фортепиано, домра, хор. Пусто — для всех",
            "post": "Преподаватель, концертмейстер. Пусто — для всех",
        }


class SheetForm(BaseModelForm):
    """A sheet of observation."""

    class Meta:
        model = SheetTemplate
        fields = ["name", "for_whom", "is_open"]
        labels = {"is_open": "Предлагать для новых листов"}


class CriterionForm(BaseModelForm):
    """A line of a sheet."""

    class Meta:
        model = SheetCriterion
        fields = ["position", "text"]


class MeasureForm(BaseModelForm):
    """A measure of encouragement."""

    class Meta:
        model = IncentiveMeasure
        fields = ["name", "wording", "case", "is_material", "is_open"]
        labels = {"is_open": "Предлагать в новых предложениях и приказах"}
        help_texts = {
            "wording": "Глаголом, до «за что»: «объявить благодарность», «наградить ценным подарком»",
            "is_material": "Размер указывают в приказе",
            "name": "То, чего нет в статье 191 ТК РФ, должно быть в правилах внутреннего распорядка или в коллективном"
            " договоре школы",
        }


TemplateActivities = inline_formset(ProgramTemplate, TemplateActivity, TemplateActivityForm, rows=40, extra=2)
Criteria = inline_formset(SheetTemplate, SheetCriterion, CriterionForm, rows=20, extra=3)
LINES = {"templates": TemplateActivities, "sheets": Criteria}
FORMS = {
    "forms": MentoringFormForm,
    "kinds": MentoringKindForm,
    "templates": TemplateForm,
    "steps": StepSampleForm,
    "sheets": SheetForm,
    "measures": MeasureForm,
}


class MaterialForm(BaseForm):
    """A file that helps with an activity of a sample."""

    file = UploadFormField(label="Файл")
