"""Forms of partners: an organisation, a contact, an agreement, a network, a talk, a joint event."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, OnceMixin, Segments, VersionedMixin
from people.promises import Promise
from people.register.fields import offer_people
from people.register.models import Person
from people.school.forms import inn_is_right, ogrn_is_right
from people.school.models import Organisation
from roadmap.partners.agreement_acts import FIELDS as AGREEMENT_FIELDS
from roadmap.partners.models import Contact, JointEvent, Network, NetworkMember, Partner, PartnerAgreement, Talk

KINDS = [choice for choice in Organisation.Kind.choices if choice[0] != Organisation.Kind.OWN]
PARTNER_FIELDS = ["about", "site", "phone", "email", "address", "inn", "ogrn", "is_training_site", "is_base_school"]


class PartnerForm(BaseModelForm):
    """What is known of an organisation that works with the school."""

    name = forms.CharField(label="Полное название", max_length=300, help_text="Как в уставе: оно стоит в договоре")
    short_name = forms.CharField(label="Краткое название", max_length=120)
    kind = forms.ChoiceField(label="Вид", choices=KINDS)
    city = forms.CharField(label="Город или село", max_length=80, required=False)
    site = forms.URLField(label="Сайт", max_length=300, required=False, assume_scheme="https")
    field_order = ["name", "short_name", "kind", "city", *PARTNER_FIELDS]

    class Meta:
        model = Partner
        fields = PARTNER_FIELDS
        labels = {
            "phone": "Телефон организации",
            "email": "E-mail организации",
            "is_training_site": "Здесь есть стажировочная площадка",
            "is_base_school": "Это базовая школа",
        }
        help_texts = {
            "about": "Чем организация помогает наставничеству",
            "email": "Общий адрес. Людей записывают отдельно, в контактах",
            "address": "Адрес, ИНН и ОГРН стоят в договоре",
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def clean_inn(self) -> str:
        """Ten digits with the right checksum."""
        inn = self.cleaned_data["inn"]
        if inn and not inn_is_right(inn):
            raise forms.ValidationError("В ИНН опечатка: контрольная цифра не сходится")
        return inn

    def clean_ogrn(self) -> str:
        """Thirteen digits with the right checksum."""
        ogrn = self.cleaned_data["ogrn"]
        if ogrn and not ogrn_is_right(ogrn):
            raise forms.ValidationError("В ОГРН опечатка: контрольная цифра не сходится")
        return ogrn

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "request_key")}


class NewPartnerForm(OnceMixin, PartnerForm):
    """A partner: an organisation of the list, or a new one by its names."""

    conditional = {"organisation", "name", "short_name", "kind"}
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Организация из списка",
        required=False,
        empty_label="новая: заполните название ниже",
    )
    field_order = ["organisation", *PartnerForm.field_order]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.exclude(kind=Organisation.Kind.OWN)
        for name in ("name", "short_name", "kind"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """A new organisation has its names."""
        data = super().clean() or self.cleaned_data
        if not data.get("organisation"):
            for name, words in (("name", "Напишите полное название"), ("kind", "Выберите вид организации")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data

    def values(self) -> dict[str, Any]:
        """Return what the act takes: names only of a new organisation."""
        found = super().values()
        if found.get("organisation"):
            for name in ("name", "short_name", "kind", "city"):
                found.pop(name)
        return found


class EditPartnerForm(VersionedMixin, PartnerForm):
    """The same of a partner that is there."""

    def __init__(self, *args: Any, instance: Partner, **kwargs: Any):
        own = {name: getattr(instance.organisation, name) for name in ("name", "short_name", "kind", "city")}
        super().__init__(*args, instance=instance, initial=own, **kwargs)
        self.fields["version"].initial = instance.version


class ContactForm(BaseModelForm):
    """Somebody outside: as little as the talk needs."""

    conditional = {"partner"}

    class Meta:
        model = Contact
        fields = ["part", "partner", "name", "post", "phone", "email", "ground"]
        help_texts = {
            "name": f"Фамилия и инициалы. {Promise.PARTNER.sentence}; на сайте контакты не показываются",
            "phone": "Только рабочий",
            "ground": "Почему сведения можно хранить",
        }
        widgets = {"part": forms.RadioSelect}


class NewContactForm(OnceMixin, ContactForm):
    """A new contact."""


class EditContactForm(VersionedMixin, ContactForm):
    """The same of one that is there."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class AgreementForm(BaseModelForm):
    """The text of an agreement."""

    conditional = {"ends_on"}

    class Meta:
        model = PartnerAgreement
        fields = AGREEMENT_FIELDS
        labels = {
            "subject": "Предмет: о чём договор",
            "their_signer": "Кто подписывает за партнёра",
            "their_basis": "На основании чего",
            "prolongs": "Продлевается сам, если никто не возражает",
            "prolong_months": "На сколько месяцев продлевается",
        }
        help_texts = {
            "subject": "Например: обмен опытом наставничества, стажировки, открытые уроки",
            "ours": "Каждое обязательство с новой строки",
            "theirs": "Каждое обязательство с новой строки",
            "their_signer": "В родительном падеже: директора Ивановой Анны Петровны",
            "their_basis": "В родительном падеже: Устава",
            "ends_on": "Бессрочный — оставьте пустым",
        }
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "ours": forms.Textarea(attrs={"rows": 4}),
            "theirs": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first; what prolongs itself has one."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Последний день раньше первого")
        if data.get("prolongs") and not last:
            self.add_error("ends_on", "Укажите, по какой день договор действует сначала")
        return data

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        return {name: self.cleaned_data.get(name) for name in AGREEMENT_FIELDS}


class NewAgreementForm(OnceMixin, AgreementForm):
    """A new draft."""


class EditAgreementForm(VersionedMixin, AgreementForm):
    """The same of a draft that is there."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class SignForm(BaseForm):
    """What stands on the signed paper."""

    number = forms.CharField(label="Номер", max_length=40, required=False, help_text="Если договору дали номер")
    signed_on = forms.DateField(label="День подписания")
    starts_on = forms.DateField(label="Действует с")
    ends_on = forms.DateField(label="Действует по", required=False, help_text="Бессрочный — оставьте пустым")

    def __init__(self, *args: Any, agreement: PartnerAgreement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["signed_on"].initial = today
        self.fields["signed_on"].widget.attrs |= {"max": today.isoformat()}
        self.fields["starts_on"].initial = agreement.starts_on or today
        self.fields["ends_on"].initial = agreement.ends_on


class EndForm(BaseForm):
    """When and why an agreement has ended."""

    ended_on = forms.DateField(label="Последний день")
    reason = forms.CharField(label="Почему", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = timezone.localdate
        self.fields["ended_on"].widget.attrs |= {"max": timezone.localdate().isoformat()}


class NetworkForm(BaseModelForm):
    """A network or a community."""

    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Network
        fields = ["kind", "name", "level", "url", "about", "partners"]
        error_messages = {"name": {"unique": "Сеть или сообщество с этим названием уже есть в списке"}}
        widgets = {
            "kind": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 3}),
            "partners": forms.CheckboxSelectMultiple,
        }


class NewNetworkForm(OnceMixin, NetworkForm):
    """A new one."""


class EditNetworkForm(VersionedMixin, NetworkForm):
    """The same of one that is there."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class MemberForm(BaseModelForm):
    """A person of the school in a network."""

    class Meta:
        model = NetworkMember
        fields = ["person", "part", "since", "until"]
        labels = {"person": "Кто", "until": "По"}
        help_texts = {"part": "Например: ведёт раздел о концертмейстерстве"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        form: Any = self
        offer_people(form, "person", Person.objects.at_work())
        self.fields["since"].initial = timezone.localdate
        self.fields["until"].required = False


class LeaveForm(BaseForm):
    """The last day of a person in a network."""

    until = forms.DateField(label="Последний день")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate


class TalkForm(OnceMixin, BaseModelForm):
    """A talk and what comes next."""

    conditional = {"partner", "contact", "network", "next_on", "responsible"}

    class Meta:
        model = Talk
        fields = [
            "partner", "contact", "network", "held_on", "how", "about", "agreed", "next_step", "next_on", "responsible",
        ]  # fmt: skip
        labels = {"next_step": "Что дальше", "next_on": "До какого дня", "responsible": "Кто это делает"}
        help_texts = {
            "about": Promise.PARTNER.sentence,
            "next_step": "Одно дело: оно встанет в «Мои задачи» тому, кто его делает",
            "responsible": "Если не выбрать — Вы",
        }
        widgets = {"how": Segments, "agreed": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = timezone.localdate
        self.fields["held_on"].widget.attrs |= {"max": timezone.localdate().isoformat()}
        form: Any = self
        offer_people(form, "responsible", Person.objects.at_work())

    def clean(self) -> dict[str, Any]:
        """A talk is with somebody; a next step has a day."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("partner", "contact", "network")):
            self.add_error("partner", "Выберите партнёра, контакт или сеть")
        if data.get("next_step") and not data.get("next_on"):
            self.add_error("next_on", "Укажите, до какого дня это сделать")
        if data.get("held_on") and data["held_on"] > timezone.localdate():
            self.add_error("held_on", "Разговор ещё не состоялся")
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """Whoever is not named as responsible is the writer: the act says so, not the form."""
        return {*super()._get_validation_exclusions(), "responsible"}  # type: ignore[misc]


class EventForm(OnceMixin, BaseModelForm):
    """Something done together."""

    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = JointEvent
        fields = ["title", "held_on", "url"]
        labels = {"title": "Что делали или сделаете вместе"}
