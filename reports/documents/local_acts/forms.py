"""Forms of acts that people read."""

from django import forms

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, Many
from mentoring_site.paper_numbers import NumberFormField
from people.register.fields import offer_people
from people.register.models import Person
from reports.documents.local_acts.acts import AUDIENCE, known_posts
from reports.documents.local_acts.models import LocalAct
from roadmap.legal_base.models import LegalAct

OF_SCHOOL = [choice for choice in LocalAct.Kind.choices if choice[0] != LocalAct.Kind.LAW]


class AudienceForm(BaseForm):
    """Whom something concerns: by role, by post, by name; somebody at least."""

    audience = forms.MultipleChoiceField(
        label="Кого касается", required=False, choices=list(AUDIENCE.items()), widget=forms.CheckboxSelectMultiple
    )
    posts = forms.MultipleChoiceField(
        label="По должности",
        required=False,
        widget=Many,
        help_text="Кто примет эту должность позже, попадёт в лист сам",
    )
    persons = forms.ModelMultipleChoiceField(
        label="И ещё поимённо",
        required=False,
        queryset=Person.objects.none(),
        widget=Many,
    )
    conditional = {"audience", "posts", "persons"}

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(post, post) for post in known_posts()]
        offer_people(self, "persons", persons)

    def clean(self):
        data = super().clean()
        if not (data.get("audience") or data.get("posts") or data.get("persons")):
            self.add_error("audience", "Выберите, кому знакомиться: по роли, по должности или поимённо")
        return data


class LocalActForm(AudienceForm):
    """A local act of the school, its file, and whom it concerns."""

    kind = forms.ChoiceField(label="Вид акта", choices=OF_SCHOOL)
    about = forms.CharField(
        label="О чём",
        max_length=300,
        help_text="Продолжение названия: «о системе наставничества педагогических работников»; у должностной"
        " инструкции — «преподавателя»",
    )
    number = NumberFormField(label="Номер приказа об утверждении")
    date = forms.DateField(label="Дата этого приказа")
    file = UploadFormField(label="Файл акта")
    field_order = ("kind", "about", "number", "date", "file", "audience", "posts", "persons")


class LawsForm(AudienceForm):
    """Acts of the legal base that people study, and who."""

    laws = forms.ModelMultipleChoiceField(
        label="Какие акты",
        queryset=LegalAct.objects.none(),
        widget=Many,
        help_text="Отмечены те, что названы в пункте 1.1 Положения. Читают действующую редакцию",
    )
    field_order = ("laws", "audience", "posts", "persons")

    def __init__(self, *args, laws, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["laws"].queryset = laws


class ReadersForm(BaseForm):
    """Who else has to read a local act."""

    persons = forms.ModelMultipleChoiceField(label="Кого добавить", queryset=Person.objects.none(), widget=Many)

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "persons", persons)
