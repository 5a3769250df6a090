"""The form of a withdrawal; nothing is ticked beforehand (152-ФЗ, ст. 9, 10.1, 21)."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput
from people.consents.models import DISSEMINATION, PROCESSING, PUBLIC_FIELDS


class WithdrawalForm(BaseForm):
    """A withdrawal: which data for a dissemination, a demand for the processing.

    ``asks_day`` adds the day when the paper came, for those who record papers.
    """

    on = forms.DateField(
        label="Когда поступило заявление",
        widget=DateInput,
        initial=timezone.localdate,
        help_text="От этого дня считаются сроки",
    )
    fields_stopped = forms.MultipleChoiceField(
        label="Какие сведения больше не распространять",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — отзывается всё согласие. Отмечено — прекращается только отмеченное",
    )
    demand = forms.BooleanField(
        label="Есть требование прекратить обработку (152-ФЗ, ст. 21, ч. 5.1)",
        required=False,
        help_text="Тогда прекратить обработку нужно за 10 рабочих дней",
    )

    def __init__(self, *args, consent, asks_day: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["on"]
        if consent.purpose == DISSEMINATION:
            self.fields["fields_stopped"].choices = [
                (c, PUBLIC_FIELDS[c]) for c in consent.fields if c in PUBLIC_FIELDS
            ]
        else:
            del self.fields["fields_stopped"]
        if consent.purpose != PROCESSING:
            del self.fields["demand"]

    def clean_on(self):
        """A withdrawal is not given in the future."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("Заявление не может быть подано будущим числом")
        return self.cleaned_data["on"]
