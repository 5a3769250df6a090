"""Forms of consents: three papers, never one form; nothing is ticked beforehand (152-ФЗ, ст. 9, 10.1)."""

from django import forms
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, DateInput, OnceMixin
from mentoring_site.russian import add_months
from people.consents.models import DISSEMINATION, OWN_WORDS, PUBLIC_FIELDS, RULES, RULES_OF, Consent

USUAL_TERM = 36  # months: proposed for a dissemination, which must have a term (приказ Роскомнадзора № 18, п. 9)


class ConsentForm(OnceMixin, BaseForm):
    """What both ways of giving a consent ask: a term and, for a dissemination, the choice of fields."""

    conditional = {"transfer"}

    until = forms.DateField(label="Действует по", required=False, help_text="Оставьте пустым, если срок не указан")
    fields_allowed = forms.MultipleChoiceField(
        label="Какие сведения разрешено распространять",
        choices=PUBLIC_FIELDS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте то, где стоит «да». Молчание не считается согласием",
    )

    transfer = forms.ChoiceField(
        label="Как оператор может передавать эти данные",
        required=False,
        choices=[("", "выберите"), *Consent.Transfer.choices],
        help_text=(
            "Пункт 8 согласия. На сайте данные видны, только если разрешены информационно-телекоммуникационные сети"
        ),
    )

    def __init__(self, *args, purpose, **kwargs):
        super().__init__(*args, **kwargs)
        self.per_field = purpose == DISSEMINATION
        if purpose == DISSEMINATION:
            self._add_conditions()
            self.fields["until"].required = True
            self.fields["until"].help_text = "У согласия на распространение всегда есть срок"
            self.fields["until"].initial = add_months(timezone.localdate(), USUAL_TERM)
        else:
            del self.fields["fields_allowed"], self.fields["transfer"]

    def _add_conditions(self):
        """A choice of known conditions and a line for own words next to every field (приказ РКН № 18, п. 7)."""
        for code, label in PUBLIC_FIELDS.items():
            self.fields[f"rules_{code}"] = forms.MultipleChoiceField(
                label=f"Условия: {label}",
                required=False,
                choices=[(rule, RULES[rule]) for rule in RULES_OF[code]],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"words_{code}"] = forms.CharField(
                label=f"Условие своими словами: {label}",
                required=False,
                max_length=OWN_WORDS,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def rows(self) -> list[dict]:
        """Return the table of the paper: a row for each field with its tick, its conditions and own words."""
        ticks = {tick.data["value"]: tick for tick in self["fields_allowed"].subwidgets}
        return [
            {"label": label, "tick": ticks[code], "rules": self[f"rules_{code}"], "words": self[f"words_{code}"]}
            for code, label in PUBLIC_FIELDS.items()
        ]

    def others(self) -> list:
        """Return the fields that stand outside the table."""
        inside = {"fields_allowed", *(f"{prefix}_{code}" for code in PUBLIC_FIELDS for prefix in ("rules", "words"))}
        return [self[name] for name in self.fields if name not in inside]

    def clean(self):
        """A condition stands only at an allowed field; transfer is asked for once everything else is there."""
        data = super().clean()
        if not self.per_field:
            return data
        allowed = data.get("fields_allowed") or []
        for code, label in PUBLIC_FIELDS.items():
            if allowed and code not in allowed and (data.get(f"rules_{code}") or data.get(f"words_{code}")):
                self.add_error("fields_allowed", f"Условие стоит, а «да» не отмечено: {label}")
        if not self.errors and not data.get("transfer"):
            self.add_error("transfer", "Выберите одно из трёх: без этого пункта согласие неполно")
        return data

    def given(self) -> dict:
        """Return the arguments of the act ``record`` that both forms ask for."""
        data = self.cleaned_data
        found = {"until": data["until"], "fields": data.get("fields_allowed", ()), "request_key": data["request_key"]}
        if self.per_field:
            typed = {code: {"rules": data[f"rules_{code}"], "words": data[f"words_{code}"]} for code in found["fields"]}
            found["conditions"] = {code: one for code, one in typed.items() if one["rules"] or one["words"]}
            found["transfer"] = data["transfer"]
        return found


class PaperConsentForm(ConsentForm):
    """A signed paper that somebody records."""

    field_order = ["given_on", "until", "fields_allowed", "transfer", "scan", "later", "request_key"]
    conditional = {"scan", "later", "transfer"}

    given_on = forms.DateField(label="Дата на бумаге", widget=DateInput, help_text="Дата, которую поставил сам человек")
    scan = ScanFormField(label="Скан подписанной бумаги", required=False)
    later = forms.BooleanField(label="Скан приложу позже", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.per_field:
            self.fields["transfer"].initial = Consent.Transfer.NETWORK

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

    field_order = ["until", "fields_allowed", "transfer", "password", "request_key"]

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
