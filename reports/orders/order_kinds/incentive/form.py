"""The form of an order that honors workers."""

from django import forms
from django.utils.functional import cached_property

from mentoring_site.paper_numbers import NumberFormField
from programs.catalogs.models import IncentiveMeasure
from reports.orders.drafting.typed_form import PeopleField, TypedOrderForm
from reports.orders.order_kinds.incentive.draft import IncentiveDraft, MeasureWords


def words_of(measure: IncentiveMeasure) -> MeasureWords:
    """Return a measure of the school's list as a draft keeps it."""
    return MeasureWords(measure.code, measure.name, measure.wording, measure.case, measure.is_material)


class IncentiveForm(TypedOrderForm):
    """Whom, by which measures, for what, on whose proposal (п. 3.5, 4.2)."""

    main = PeopleField("Кого поощрить")
    measure = forms.MultipleChoiceField(label="Как", widget=forms.CheckboxSelectMultiple)
    merit = forms.CharField(
        label="За что", max_length=500, help_text="Начните с «за»: за результативную работу наставником"
    )
    amount = forms.CharField(
        label="Размер премии",
        max_length=200,
        required=False,
        help_text="Словами, как войдёт в приказ: «в размере 5 000 рублей»",
    )
    minutes_number = NumberFormField(
        label="Предложение методического совета: протокол №",
        required=False,
        help_text="Наставников поощряют по предложению методического совета (п. 3.5)",
    )
    minutes_date = forms.DateField(label="Протокол от", required=False)
    proposal = forms.CharField(
        label="Или чьё это предложение",
        max_length=300,
        required=False,
        help_text="В родительном падеже, как войдёт в приказ: «предложения наставника Очировой С. Д. от 12.11.2026»",
    )
    draft_class = IncentiveDraft
    people = {"main": "main"}
    council = True
    conditional = {"amount"}

    def __init__(self, *args, proposal=None, **kwargs):
        super().__init__(*args, proposal=proposal, **kwargs)
        kept = proposal.draft.said if proposal else ()
        self.words = {one.code: one for one in kept}
        for one in IncentiveMeasure.objects.filter(is_open=True):
            self.words.setdefault(one.code, words_of(one))
        self.fields["measure"].choices = [(one.code, one.word) for one in self.words.values()]

    @classmethod
    def initial_of(cls, proposal):
        found = super().initial_of(proposal)
        return found | {"measure": [one.code for one in proposal.draft.said]}

    @cached_property
    def chosen(self) -> tuple[MeasureWords, ...]:
        """The measures of a form whose field is valid."""
        return tuple(self.words[code] for code in self.cleaned_data.get("measure") or ())

    def clean(self):
        data = super().clean()
        if any(one.is_material for one in self.chosen) and not data.get("amount"):
            self.add_error("amount", "Напишите размер премии")
        return data

    def draft(self) -> IncentiveDraft:
        said = self.cleaned_data
        return IncentiveDraft(self.chosen[0].code, said["merit"], said["amount"], self.chosen, said["proposal"].strip())
