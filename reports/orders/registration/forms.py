"""Forms of the journal of registration."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.paper_numbers import LARGEST, NumberFormField
from reports.orders.models import Order
from reports.orders.registration.models import SetAside


class NumberForm(BaseForm):
    """A number that no order will bear, or numbers of the school's other orders."""

    kind = forms.ChoiceField(
        label="Что с номером", choices=SetAside.Kind.choices, initial="cancelled", widget=forms.RadioSelect
    )
    series = forms.ChoiceField(label="Серия", choices=Order.Series.choices)
    year = forms.IntegerField(label="Год", min_value=2000)
    number = NumberFormField(label="Номер")
    last = forms.IntegerField(
        label="По номер",
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text="Только для номеров других приказов, если их несколько подряд",
    )
    reason = forms.CharField(
        label="Причина", max_length=300, help_text="Останется в журнале, например: испорчен бланк; приказы об отпусках"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError("Этот год ещё не наступил")
        return year
