"""Forms of requests of access: why, to which e-mail, the fresh second factor, why not."""

from typing import Any

from django import forms

from mentoring_site.emails import EmailFormField
from mentoring_site.forms import BaseForm
from mentoring_site.russian import upper_first
from people.register.fields import offer_people
from people.register.models import Person
from people.rights import label
from people.roles.forms import ActingForm, GiveRoleForm

WHY = "Коротко: потерян телефон, новый сотрудник, забыт пароль. Это прочтёт тот, кто подтверждает"


class AskForm(BaseForm):
    """Why the access is asked for."""

    why = forms.CharField(label="Зачем", max_length=300, help_text=WHY)


class AskEmailForm(AskForm):
    """The new e-mail of an account."""

    email = EmailFormField(label="Новый e-mail")
    field_order = ["email", "why"]


class ReleaseForm(BaseForm):
    """The second factor, entered again just now; the password where there is none (the demo school)."""

    code = forms.CharField(
        label="Код из приложения",
        max_length=128,
        strip=False,
        help_text="Шесть цифр, новый код: он показывает, что подтверждаете именно Вы и именно сейчас",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, has_second_factor: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not has_second_factor:
            self.fields["code"].label, self.fields["code"].help_text = "Ваш пароль", "Введите его ещё раз"
            self.fields["code"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class RefuseForm(BaseForm):
    """Why not."""

    why = forms.CharField(label="Почему", max_length=300, required=False)


class AskRoleForm(GiveRoleForm):
    """A role; one that approves, signs or administers is asked for, with a reason."""

    why = forms.CharField(
        label="Зачем",
        max_length=300,
        required=False,
        help_text="Нужно для всех ролей, кроме члена совета: роль начнёт действовать, когда её подтвердит другой",
    )


class AskActingForm(ActingForm):
    """Who acts for the director, asked for."""


class OfficesForm(BaseForm):
    """Who holds the offices that nobody holds yet: one person each, from today."""

    def __init__(self, *args: Any, offices: list[str], persons: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for role in offices:
            field = forms.ModelChoiceField(
                Person.objects.none(), label=upper_first(label(role)), required=False, empty_label="назову позже"
            )
            self.fields[role] = field
            self.prepare(role, field)
            offer_people(self, role, persons)

    def clean(self):
        """At least one office gets its holder."""
        super().clean()
        data = self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError("Выберите хотя бы одного человека")
        return data

    def chosen(self) -> dict[str, Person]:
        """Return the holders by role."""
        return {role: person for role, person in self.cleaned_data.items() if person}
