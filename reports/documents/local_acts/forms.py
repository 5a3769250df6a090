"""Forms of local acts."""

from django import forms

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, Many
from mentoring_site.paper_numbers import NumberFormField
from people.register.fields import offer_people
from people.register.models import Person
from reports.documents.local_acts.acts import AUDIENCE
from reports.documents.local_acts.models import LocalAct


class LocalActForm(BaseForm):
    """A local act of the school, its file, and whom it concerns."""

    kind = forms.ChoiceField(label="Вид акта", choices=LocalAct.Kind.choices)
    about = forms.CharField(
        label="О чём",
        max_length=300,
        help_text="Продолжение названия: «о системе наставничества педагогических работников»",
    )
    number = NumberFormField(label="Номер приказа об утверждении")
    date = forms.DateField(label="Дата этого приказа")
    file = UploadFormField(label="Файл акта")
    audience = forms.MultipleChoiceField(
        label="Кого касается", required=False, choices=list(AUDIENCE.items()), widget=forms.CheckboxSelectMultiple
    )
    persons = forms.ModelMultipleChoiceField(
        label="И ещё поимённо",
        required=False,
        queryset=Person.objects.none(),
        widget=Many,
    )
    conditional = {"audience", "persons"}

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "persons", persons)

    def clean(self):
        data = super().clean()
        if not data.get("audience") and not data.get("persons"):
            self.add_error("audience", "Выберите, кому знакомиться: по роли или поимённо")
        return data


class ReadersForm(BaseForm):
    """Who else has to read a local act."""

    persons = forms.ModelMultipleChoiceField(label="Кого добавить", queryset=Person.objects.none(), widget=Many)

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "persons", persons)
