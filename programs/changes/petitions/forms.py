"""Forms of a petition and of its decision (п. 4.1, 5.1)."""

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin
from mentoring_site.paper_numbers import NumberFormField
from people.promises import Promise
from programs.changes.forms import allow_no_future
from programs.pairings.models import Participation
from programs.program.forms import area


class PetitionForm(OnceMixin, BaseForm):
    """A petition in confidence; the curator says whose paper it is and its date."""

    participation = forms.ModelChoiceField(
        Participation.objects.none(), label="Кто просит", empty_label=None, widget=forms.RadioSelect
    )
    filed_on = forms.DateField(label="Дата на бумаге")
    reason = forms.CharField(label="Почему", max_length=2000, widget=area(5))

    def __init__(self, *args, sides=None, **kwargs):
        """``sides`` are the participations that the curator may record for; None for one's own petition."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"{Promise.PETITION.sentence}. Другой стороне этого не показывают"
        if sides is None:
            del self.fields["participation"], self.fields["filed_on"]
        else:
            self.fields["participation"].queryset = sides
            self.fields["participation"].label_from_instance = lambda p: f"{p.person.full_name}, {p.part_word}"
            allow_no_future(self.fields["filed_on"])


class AnswerForm(BaseForm):
    """What was decided about a petition."""

    answer = forms.CharField(label="Решение", max_length=2000, widget=area(3), help_text=Promise.PETITION.sentence)
    founder_number = NumberFormField(
        label="Письмо учредителя №",
        help_text="В паре участвует директор: о нём решает учредитель, Вы записываете его письмо",
    )
    founder_date = forms.DateField(label="Письмо учредителя от")

    def __init__(self, *args, about_director: bool, **kwargs):
        """``about_director`` asks for the paper of the founder."""
        super().__init__(*args, **kwargs)
        if about_director:
            allow_no_future(self.fields["founder_date"])
        else:
            del self.fields["founder_number"], self.fields["founder_date"]
