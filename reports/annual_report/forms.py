"""Forms of a report: the year, a section, a number stated with its reason, risks, why it is returned."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, VersionedMixin
from mentoring_site.formsets import formset
from mentoring_site.russian import school_year
from mentoring_site.ui.list_filters import year_now
from reports.annual_report.models import AnnualReport

MOST_RISKS = 15
YEARS = 4


class YearForm(BaseForm):
    """For which school year; years with a report are not offered."""

    school_year = forms.TypedChoiceField(label="За какой учебный год", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        taken = set(AnnualReport.objects.values_list("school_year", flat=True))
        this = year_now()
        years = [year for year in range(this, this - YEARS, -1) if year not in taken]
        self.fields["school_year"].choices = [(year, school_year(year, full=True)) for year in years]


class SectionForm(VersionedMixin, BaseForm):
    """The text of a section."""

    text = forms.CharField(
        label="Текст раздела",
        required=False,
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Каждая строка станет абзацем. Имён здесь не пишите: отчёт читают вне школы",
    )


class FigureForm(VersionedMixin, BaseForm):
    """Another number than the counted one, and why."""

    stated = forms.DecimalField(
        label="Число в отчёте",
        required=False,
        max_digits=8,
        decimal_places=1,
        min_value=0,
        localize=True,
        help_text="Пусто — то число, которое посчитано",
    )
    why = forms.CharField(
        label="Почему другое число",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Печатается примечанием под таблицей",
    )

    def clean(self) -> dict[str, Any]:
        """A stated number has a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("stated") is not None and not (data.get("why") or "").strip():
            self.add_error("why", "Напишите, почему в отчёте другое число")
        return data


class RiskForm(BaseForm):
    """One risk; without its first words the row is taken out."""

    risk = forms.CharField(label="Риск", required=False, max_length=300)
    sign = forms.CharField(label="По какому признаку виден", required=False, max_length=300)
    action = forms.CharField(
        label="Что делать", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """A risk has a sign and an action."""
        data = super().clean() or self.cleaned_data
        if (data.get("risk") or "").strip():
            for name in ("sign", "action"):
                if not (data.get(name) or "").strip():
                    self.add_error(name, "Заполните: у каждого риска есть признак и действие")
        return data


RiskSet = formset(RiskForm, rows=MOST_RISKS, extra=0)


class RisksForm(VersionedMixin, BaseForm):
    """The version of the report whose risks are written."""


class ReturnForm(BaseForm):
    """Why a report is returned."""

    reason = forms.CharField(label="Что доработать", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
