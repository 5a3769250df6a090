"""Forms of requests about personal data and of leaks (152-ФЗ, ст. 14, 20, 21); nothing is ticked beforehand."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, DateTimeInput, OnceMixin, VersionedMixin
from people.consents.requests.models import DataRequest, Incident
from people.register.models import Person
from people.rights import CLERK, CURATOR, DIRECTOR
from people.roles.holders import holders

Kind = DataRequest.Kind
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.LEAK]
INCIDENT = ("categories", "people", "cause", "harm", "measures", "contact")


def _text(label: str, rows: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ResponsibleForm(OnceMixin, BaseForm):
    """Who answers: director, curator or clerk of today."""

    responsible = forms.ModelChoiceField(
        label="Кто отвечает",
        queryset=Person.objects.none(),
        empty_label="выберите",
        help_text="Дело встанет среди задач этого человека, с днём, до которого его нужно сделать",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keys = {person.pk for person in holders(CLERK, CURATOR, DIRECTOR).values()}
        field = self.fields["responsible"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=keys).order_by("last_name", "first_name")


class RequestForm(ResponsibleForm):
    """What a person asks about the data, or what the school has found about them itself."""

    field_order = ("person", "kind", "channel", "number", "received_on", "words", "responsible")

    person = forms.ModelChoiceField(label="Чьи данные", queryset=Person.objects.none(), empty_label="выберите")
    kind = forms.ChoiceField(
        label="О чём",
        choices=[("", "выберите"), *KINDS],
        help_text="Отзыв согласия записывают на странице согласия, утечку — отдельной формой",
    )
    channel = forms.ChoiceField(label="Как поступило", choices=[("", "выберите"), *DataRequest.Channel.choices])
    number = forms.CharField(label="Входящий номер", max_length=30, required=False)
    received_on = forms.DateField(
        label="Когда поступило или выявлено",
        widget=DateInput,
        initial=timezone.localdate,
        help_text="От этого дня считаются сроки; для исправления — день, когда представлены верные сведения",
    )
    words = _text("О чём именно", 4, max_length=3000, help_text="Своими словами или как в заявлении")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.order_by("last_name", "first_name", "pk")


class IncidentForm(ResponsibleForm):
    """A leak: what is known now goes into the first notice, within 24 hours."""

    field_order = ("noticed_at", "words", *INCIDENT, "responsible")

    noticed_at = forms.DateTimeField(
        label="Когда выявлен",
        widget=DateTimeInput,
        help_text="От этой минуты идут 24 и 72 часа, выходные тоже считаются",
    )
    words = _text("Что произошло", 4, max_length=3000)
    categories = forms.CharField(
        label="Какие данные", max_length=500, help_text="Например: фамилии, телефоны, даты рождения"
    )
    people = forms.CharField(
        label="Чьи данные и сколько человек", max_length=300, help_text="Например: работники школы, 24 человека"
    )
    cause = _text("Предполагаемые причины", max_length=2000)
    harm = _text("Предполагаемый вред", max_length=2000)
    measures = _text("Что уже принято", max_length=2000)
    contact = forms.CharField(
        label="Кто представляет школу перед Роскомнадзором",
        max_length=300,
        help_text="Фамилия, имя, отчество, должность, телефон, e-mail",
    )


class IncidentDetailsForm(VersionedMixin, BaseModelForm):
    """What is known of a leak by now: the findings of the inquiry go into the second notice."""

    class Meta:
        model = Incident
        fields = (*INCIDENT, "findings", "culprits")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("cause", "harm", "measures", "findings")}
        help_texts = {
            "findings": "Это попадёт в дополнительное уведомление, до истечения 72 часов",
            "culprits": "Если установлено",
        }


class CloseForm(BaseForm):
    """What was done or why it was refused: the words of the answer."""

    outcome = forms.ChoiceField(label="Чем закончилось", choices=[("", "выберите"), *DataRequest.Outcome.choices])
    answer = _text(
        "Что сделано или почему отказано",
        5,
        max_length=3000,
        help_text="Эти слова печатаются в ответе человеку после слов «сообщает следующее»",
    )
    answered_on = forms.DateField(label="Дата ответа", widget=DateInput, initial=timezone.localdate)
    answer_number = forms.CharField(label="Номер ответа", max_length=30, required=False)
