"""Forms: what goes into a folder, to whom it is handed over, how a дело is called."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, VersionedMixin
from mentoring_site.russian import school_year
from mentoring_site.ui.list_filters import year_now
from reports.inspection.contents import SECTIONS
from reports.inspection.models import Case, FolderAct

YEARS = 6  # school years offered


class FolderForm(BaseForm):
    """A school year, or days of one's own; which дела."""

    year = forms.TypedChoiceField(
        label="Учебный год", coerce=int, required=False, empty_value=None, help_text="Или укажите даты ниже"
    )
    since = forms.DateField(label="С", required=False, widget=DateInput)
    until = forms.DateField(label="По", required=False, widget=DateInput)
    scope = forms.MultipleChoiceField(
        label="Что входит",
        choices=[(one.code, one.label) for one in SECTIONS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно дело"},
        help_text="В папку попадёт только то, что открывают Ваши права",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = year_now()
        self.fields["year"].choices = [("", "по датам"), *((n, school_year(n)) for n in range(now, now - YEARS, -1))]
        self.initial = {
            "year": now,
            "scope": [one.code for one in SECTIONS],
            "request_key": uuid4(),
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        """Turn the school year into days; a year and days together are a question."""
        data = super().clean() or self.cleaned_data
        year, since, until = data.get("year"), data.get("since"), data.get("until")
        if year is not None and (since or until):
            self.add_error("year", "Выберите что-то одно: учебный год или даты")
        elif year is not None:
            data["since"], data["until"] = date(year, 8, 1), date(year + 1, 7, 31)
        elif not self.errors and (since is None or until is None):
            self.add_error("until" if since else "since", "Укажите учебный год или обе даты")
        elif since and until and since > until:
            self.add_error("until", "Первый день позже последнего: поменяйте даты местами")
        return data


class ActForm(BaseModelForm):
    """To whom a folder is handed over."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = FolderAct
        fields = ["date", "organisation", "receiver", "receiver_post", "basis"]
        widgets = {"date": DateInput}
        labels = {"receiver": "Кому передано", "receiver_post": "Должность", "date": "День передачи"}
        help_texts = {
            "organisation": "Например: Министерство образования и науки Республики Калмыкия",
            "receiver": "Фамилия, имя, отчество",
            "basis": "Приказ о проверке или запрос, его номер и дата",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"date": timezone.localdate(), "request_key": uuid4(), **self.initial}


class CaseForm(VersionedMixin, BaseModelForm):
    """The number and title of a дело."""

    class Meta:
        model = Case
        fields = ["number", "title"]
        help_texts = {
            "number": "Как в номенклатуре дел школы, например 05-12",
            "title": "Так называется папка внутри архива",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
