"""Forms of roles: give one, end one, record who acts for an absent director."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.paper_numbers import NumberFormField
from people.register.fields import offer_people
from people.register.models import Person
from people.rights import ROLE_CHOICES
from people.roles import acts


class GiveRoleForm(BaseForm):
    """Whom to give a role, from when and by which order."""

    role = forms.ChoiceField(label="Роль", choices=[("", "—"), *ROLE_CHOICES])
    person = forms.ModelChoiceField(label="Кому", queryset=Person.objects.none(), empty_label="—")
    since = forms.DateField(label="С какого числа")
    until = forms.DateField(
        label="По какое число",
        required=False,
        help_text="Оставьте пустым, если срок не назначен. Исполняющему обязанности укажите",
    )
    order_number = NumberFormField(
        label="Номер приказа",
        required=False,
        help_text="Обязателен для директора, исполняющего обязанности и куратора",
    )
    order_date = forms.DateField(label="Дата приказа", required=False)
    anyway = forms.BooleanField(label="Да, дать эту роль", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", persons)
        self.fields["since"].initial = timezone.localdate
        self.warnings = []

    def clean(self):
        """A warning is said once and asks for a mark; then the role may be given (п. 3.4)."""
        data = super().clean()
        if data.get("person") and data.get("role") and data.get("since"):
            self.warnings = acts.warnings(data["person"], data["role"], data["since"])
        if self.warnings:
            self.fields["anyway"].widget = forms.CheckboxInput()
            if not data.get("anyway"):
                for sentence in self.warnings:
                    self.add_error("anyway", sentence)
        return data

    def values(self) -> dict:
        """What the act of giving takes."""
        return {name: self.cleaned_data[name] for name in ("since", "until", "order_number", "order_date")}


class EndRoleForm(BaseForm):
    """The last day of a role."""

    until = forms.DateField(label="Последний день", help_text="В этот день права ещё действуют")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate


class HeadForm(BaseForm):
    """Who heads a department, from when."""

    person = forms.ModelChoiceField(label="Кто заведует", queryset=Person.objects.none(), empty_label="выберите")
    since = forms.DateField(label="С какого числа")

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", persons)
        self.fields["since"].initial = timezone.localdate


class ActingForm(BaseForm):
    """Who acts for an absent director, from when to when, by which order."""

    person = forms.ModelChoiceField(label="Кто исполняет обязанности", queryset=Person.objects.none(), empty_label="—")
    since = forms.DateField(label="С какого числа")
    until = forms.DateField(label="По какое число", help_text="Последний день, включительно")
    order_number = NumberFormField(label="Номер приказа")
    order_date = forms.DateField(label="Дата приказа")

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", persons)

    def values(self) -> dict:
        """What the act of giving takes."""
        return {name: self.cleaned_data[name] for name in ("since", "until", "order_number", "order_date")}
