"""Forms of consents: three papers, never one form; nothing is ticked beforehand (152-ФЗ, ст. 9, 10.1)."""

from django import forms
from django.utils import timezone

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, DateInput
from mentoring_site.russian import add_months
from people.forms.fields import FilterForm, OnceMixin
from people.models import Consent
from people.models.consent import DISSEMINATION, PUBLIC_FIELDS

USUAL_TERM = 36  # months: proposed for a dissemination, which must have a term (приказ Роскомнадзора № 18, п. 9)


class ConsentsFilter(FilterForm):
    """Filters of the register of consents."""

    q = forms.CharField(label="Имя", max_length=100, required=False, widget=forms.SearchInput)
    purpose = forms.ChoiceField(label="Назначение", required=False, choices=[("", "любое"), *Consent.Purpose.choices])
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[
            ("", "все"),
            ("live", "действуют"),
            ("expiring", "истекают за 30 дней"),
            ("no_scan", "на бумаге без скана"),
            ("ended", "прекращены"),
        ],
    )


class ConsentForm(OnceMixin, BaseForm):
    """What both ways of giving a consent ask: a term and, for a dissemination, the choice of fields."""

    until = forms.DateField(label="Действует по", required=False, help_text="Оставьте пустым, если срок не указан")
    fields_allowed = forms.MultipleChoiceField(
        label="Какие сведения разрешено распространять",
        choices=PUBLIC_FIELDS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте то, где стоит «да». Молчание не считается согласием",
    )

    def __init__(self, *args, purpose, **kwargs):
        super().__init__(*args, **kwargs)
        if purpose == DISSEMINATION:
            self.fields["until"].required = True
            self.fields["until"].help_text = "У согласия на распространение всегда есть срок"
            self.fields["until"].initial = add_months(timezone.localdate(), USUAL_TERM)
        else:
            del self.fields["fields_allowed"]

    def facts(self) -> dict:
        """Return what the act ``record`` takes from both forms."""
        data = self.cleaned_data
        return {"until": data["until"], "fields": data.get("fields_allowed", ()), "request_key": data["request_key"]}


class PaperConsentForm(ConsentForm):
    """A signed paper that somebody records."""

    field_order = ["given_on", "until", "fields_allowed", "scan", "later", "request_key"]
    conditional = {"scan", "later"}

    given_on = forms.DateField(label="Дата на бумаге", widget=DateInput, help_text="Дата, которую поставил сам человек")
    scan = UploadFormField(label="Скан подписанной бумаги", required=False)
    later = forms.BooleanField(label="Скан приложу позже", required=False)

    def clean_given_on(self):
        """A consent is not given in the future."""
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Согласие не может быть дано будущим числом")
        return day

    def clean(self):
        """A paper has a scan, now or later; both at once is a slip."""
        data = super().clean()
        if "scan" not in self.errors and not data.get("scan") and not data.get("later"):
            self.add_error("scan", "Приложите скан или отметьте «Скан приложу позже»")
        return data


class OwnConsentForm(ConsentForm):
    """A consent in the application: the person enters the password again."""

    field_order = ["until", "fields_allowed", "password", "request_key"]

    password = forms.CharField(
        label="Ваш пароль ещё раз",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Пароль подтверждает, что согласие даёте именно Вы",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        """The password of the user who is logged in."""
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("Пароль не подошёл. Согласие пока не дано")
        return self.cleaned_data["password"]


class WithdrawalForm(BaseForm):
    """The date of a written withdrawal, recorded by those who keep the consents."""

    on = forms.DateField(label="Дата заявления об отзыве", widget=DateInput, initial=timezone.localdate)

    def clean_on(self):
        """A withdrawal is not given in the future."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("Заявление не может быть подано будущим числом")
        return self.cleaned_data["on"]


class ScanForm(BaseForm):
    """The scan of a paper that was recorded without it."""

    scan = UploadFormField(label="Скан подписанной бумаги")
