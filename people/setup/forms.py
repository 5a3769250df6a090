"""Forms of the first start, one per step."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from mentoring_site.emails import EmailFormField
from mentoring_site.forms import BaseForm, BaseModelForm, Segments
from mentoring_site.paper_numbers import NumberFormField
from people.accounts import acts as account_acts
from people.accounts.forms import NEW, PASSWORD_HELP
from people.accounts.models import User
from people.register.models import Person
from people.school.forms import order_complaint
from people.setup.acts import Order

NAMES = ["last_name", "first_name", "middle_name", "gender"]


class FirstAdministratorForm(BaseModelForm):
    """Who sets the system up: name, post, login and password."""

    post = forms.CharField(label="Должность", max_length=200, help_text="Например: системный администратор")
    username = forms.CharField(
        label="Имя для входа",
        max_length=60,
        required=False,
        help_text="Латиницей. Пустое составим из фамилии и инициалов",
    )
    email = EmailFormField(label="E-mail", required=False, help_text="По нему тоже можно входить и восстановить пароль")
    password1 = forms.CharField(
        label="Пароль", strip=False, max_length=128, help_text=PASSWORD_HELP, widget=forms.PasswordInput(attrs=NEW)
    )
    password2 = forms.CharField(
        label="Пароль ещё раз", strip=False, max_length=128, widget=forms.PasswordInput(attrs=NEW)
    )
    autocomplete = {
        "last_name": "family-name",
        "first_name": "given-name",
        "middle_name": "additional-name",
        "username": "username",
        "email": "email",
    }

    class Meta:
        model = Person
        fields = NAMES
        widgets = {"gender": Segments}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = Person.Gender.choices

    def clean_username(self):
        """Lower case, no blanks, no @."""
        name = account_acts.normalized(self.cleaned_data["username"])
        if any(c.isspace() for c in name) or "@" in name:
            raise forms.ValidationError("Имя для входа пишется без пробелов и без знака @")
        return name

    def clean(self):
        """The password obeys the rules of all passwords, and both are equal."""
        data = super().clean()
        first, second = data.get("password1"), data.get("password2")
        if first:
            try:
                validate_password(first, User(username=data.get("username") or "", email=data.get("email") or ""))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        if first and second and first != second:
            self.add_error("password2", "Пароли не совпали")
        return data


class RoleHolderForm(BaseModelForm):
    """Somebody who holds a role by an order: oneself, somebody else, or later."""

    who = forms.ChoiceField(
        label="Кто это", widget=Segments, help_text="Имя, пол и должность ниже нужны, только если это другой человек"
    )
    post = forms.CharField(label="Должность", max_length=200, required=False)
    order_number = NumberFormField(label="Номер приказа о назначении", required=False)
    order_date = forms.DateField(label="Дата приказа", required=False)
    since = forms.DateField(label="С какого числа", required=False, help_text="Пустое — с даты приказа")
    anyway = forms.BooleanField(label="Да, так сказано в приказе", required=False, widget=forms.HiddenInput)
    field_order = ["who", *NAMES]
    conditional = frozenset({*NAMES, "post", "order_number", "order_date"})

    class Meta:
        model = Person
        fields = NAMES
        widgets = {"gender": Segments}

    def __init__(self, *args, choices, own_post, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_post = own_post
        self.fields["who"].choices = choices
        self.fields["gender"].choices = Person.Gender.choices
        for name in NAMES:
            self.fields[name].required = False

    def clean(self):
        """Names and post are needed for somebody else, the order for everybody who is not left for later."""
        data = super().clean()
        who = data.get("who")
        if who == "other":
            for name in ("last_name", "first_name", "gender", "post"):
                if not data.get(name):
                    self.add_error(name, "Заполните это поле")
        if who != "later":
            if not (data.get("order_number") and data.get("order_date")):
                self.add_error("order_date", "Укажите номер и дату приказа о назначении")
            elif complaint := order_complaint(data["order_number"], data["order_date"], "о назначении"):
                self.add_error("order_date", complaint)
        return data

    def _post_clean(self):
        """The person is checked as a whole only when it is somebody else."""
        if self.cleaned_data.get("who") == "other":
            super()._post_clean()

    @property
    def order(self) -> Order:
        """The order of appointment."""
        return Order(self.cleaned_data["order_number"].strip(), self.cleaned_data["order_date"])

    @property
    def first_day(self):
        """From when the role holds."""
        return self.cleaned_data["since"] or self.cleaned_data["order_date"]

    def warn(self, sentences: list[str]) -> bool:
        """Say a warning at the mark that lets it pass; return whether the form may go on."""
        if not sentences:
            return True
        self.fields["anyway"].widget = forms.CheckboxInput()
        if self.cleaned_data.get("anyway"):
            return True
        for sentence in sentences:
            self.add_error("anyway", sentence)
        return False


class ActingForm(BaseModelForm):
    """Who stands in for the director now, if anybody."""

    title, is_open = "", False
    order_number = NumberFormField(label="Номер приказа", required=False)
    order_date = forms.DateField(label="Дата приказа", required=False)
    since = forms.DateField(label="С какого числа", required=False)
    until = forms.DateField(label="По какое число", required=False)
    conditional = frozenset({*NAMES, "order_number", "order_date", "since", "until"})

    class Meta:
        model = Person
        fields = NAMES
        widgets = {"gender": Segments}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = Person.Gender.choices
        for name in NAMES:
            self.fields[name].required = False

    @property
    def is_filled(self) -> bool:
        """Whether anything was entered."""
        return any(self.cleaned_data.get(n) for n in self.fields)

    def clean(self):
        """All or nothing."""
        data = super().clean()
        if any(data.get(n) for n in self.fields):
            for name in ("last_name", "first_name", "gender", "order_number", "order_date", "since", "until"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Заполните это поле или очистите остальные")
        return data

    def _post_clean(self):
        """The person is checked as a whole only when one was entered."""
        if self.is_filled:
            super()._post_clean()


class OrdersForm(BaseForm):
    """The signed orders without which nothing begins."""

    regulation_number = NumberFormField(
        label="Номер приказа об утверждении Положения",
        required=False,
        help_text="Если приказа ещё нет, оставьте пустым: его можно записать позже",
    )
    regulation_date = forms.DateField(label="Дата этого приказа", required=False)
    e_consents_number = NumberFormField(
        label="Номер приказа о кадровом электронном документообороте",
        required=False,
        help_text="Только если школа его ввела. Иначе согласия берутся на бумаге",
    )
    e_consents_date = forms.DateField(label="Дата приказа об электронном документообороте", required=False)

    def clean(self):
        """Both number and date, and not in the future."""
        data = super().clean()
        for name, what in (
            ("regulation", "об утверждении Положения"),
            ("e_consents", "об электронном документообороте"),
        ):
            if complaint := order_complaint(data.get(f"{name}_number"), data.get(f"{name}_date"), what):
                self.add_error(f"{name}_date", complaint)
        return data

    def order(self, name: str) -> Order:
        """One of the two orders."""
        return Order(self.cleaned_data[f"{name}_number"].strip(), self.cleaned_data[f"{name}_date"])
