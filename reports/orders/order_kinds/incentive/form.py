"""The form of an order that honors mentors."""

from django import forms

from mentoring_site.paper_numbers import NumberFormField
from reports.orders.drafting.typed_form import PeopleField, TypedOrderForm
from reports.orders.order_kinds.incentive.draft import MEASURES, IncentiveDraft


class IncentiveForm(TypedOrderForm):
    """Whom, by which measure, for what, on which proposal of the council (п. 3.5)."""

    main = PeopleField("Кого поощрить")
    measure = forms.ChoiceField(label="Как", choices=[(code, words[0]) for code, words in MEASURES.items()])
    merit = forms.CharField(
        label="За что", max_length=500, help_text="Начните с «за»: за результативную работу наставником"
    )
    amount = forms.CharField(
        label="Размер премии",
        max_length=200,
        required=False,
        help_text="Словами, как войдёт в приказ: «в размере 5 000 рублей»",
    )
    minutes_number = NumberFormField(label="Предложение методического совета: протокол №", required=False)
    minutes_date = forms.DateField(label="Протокол от", required=False)
    draft_class = IncentiveDraft
    people = {"main": "main"}
    council = True
    conditional = {"amount"}

    def clean(self):
        data = super().clean()
        if data.get("measure") == "bonus" and not data.get("amount"):
            self.add_error("amount", "Напишите размер премии")
        return data
