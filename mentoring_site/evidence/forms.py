"""Forms of evidence: more of it, and a revision."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.evidence.places import Offer
from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm


class ContentForm(BaseForm):
    """What both forms ask besides the file."""

    url = forms.URLField(
        label="Ссылка",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Запись урока, публикация, страница этой системы",
    )
    remark = forms.CharField(
        label="Пояснение", max_length=500, required=False, help_text="Что здесь видно и что это подтверждает"
    )
    valid_until = forms.DateField(
        label="Действует до", required=False, help_text="Если у подтверждения есть срок: удостоверение, справка"
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].widget.attrs |= {"min": timezone.localdate().isoformat()}


class AddForm(ContentForm):
    """Files, a link, records of the product."""

    evidence = EvidenceField(label="Снимки и файлы")
    objects = forms.MultipleChoiceField(label="Записи системы", required=False, widget=forms.CheckboxSelectMultiple)

    field_order = ("evidence", "url", "objects", "remark", "valid_until")

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["objects"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(offer.key, offer.name) for offer in offers]
        if not offers:
            del self.fields["objects"]


class RenewForm(ContentForm):
    """Another file or link in place of what is there."""

    file = UploadFormField(label="Файл", required=False)

    field_order = ("file", "url", "remark", "valid_until")


class DayForm(BaseForm):
    """On which day it is looked at."""

    day = forms.DateField(label="На какой день")

    def clean_day(self) -> date:
        """Refuse a day to come: nobody knows yet what will stand there."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил")
        return day
