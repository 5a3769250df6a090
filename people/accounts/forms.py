"""Forms of login and accounts: those of django-allauth in our words, and our own."""

from allauth.account import forms as allauth
from allauth.account.internal import flows
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.contrib.auth.password_validation import validate_password

from mentoring_site import ciphers
from mentoring_site.emails import EmailFormField
from mentoring_site.forms import BaseForm, BaseModelForm, Many, PlainMixin
from people.accounts import acts
from people.accounts.models import User
from people.register.fields import offer_people
from people.register.models import Person

PASSWORD_HELP = "Не меньше 10\u00a0знаков. Хорошо запоминаются три-четыре случайных слова подряд"
NEW = {"autocomplete": "new-password"}


def _word(form, name: str, label: str, help_text: str = "") -> None:
    """Give a field of django-allauth our label and no placeholder."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainMixin, allauth.LoginForm):
    """E-mail or user name, and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "login", "E-mail или имя для входа")
        _word(self, "password", "Пароль")
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }

    def user_credentials(self):
        """One name, whatever it is: the backend finds the user and looks at one password once."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def _login_with_password(self, request, redirect_url, credentials):
        """As in allauth, but the life of the session stays as the adapter has set it."""
        self._login.redirect_url = redirect_url
        return flows.login.perform_password_login(request, credentials, self._login)


class CodeForm(PlainMixin, mfa.AuthenticateForm):
    """The code of the application or a recovery code, at login."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(
            self, "code", "Код из приложения", "Шесть цифр. Если телефона нет под рукой, введите один из запасных кодов"
        )
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class ReauthenticateCodeForm(PlainMixin, mfa.ReauthenticateForm):
    """The same code again, before a change of the second factor."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "code", "Код из приложения")
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}


class ActivateForm(PlainMixin, totp.ActivateTOTPForm):
    """The first code of the application. The key stays the same until it is in use: whoever reloads the page or opens
    it once more after the picture was taken can still finish. In the session it lies encrypted.
    """

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super(totp.ActivateTOTPForm, self).__init__(*args, **kwargs)  # that of allauth makes a new key at each look
        self.secret = key_in_setup(context.request.session)
        _word(self, "code", "Код, который показывает приложение", "Шесть цифр")
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}


def key_in_setup(session) -> str:
    """Return the key of the application that is being set up in this session; made at the first look."""
    stored = session.get(SECRET_SESSION_KEY, "")
    try:
        return ciphers.decrypt(stored)
    except ciphers.Unreadable:  # none yet
        key = generate_totp_secret()
        session[SECRET_SESSION_KEY] = ciphers.encrypt(key)
        return key


class ReauthenticateForm(PlainMixin, allauth.ReauthenticateForm):
    """The password again, before a change of the second factor."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "password", "Пароль")


class NewPasswordMixin(PlainMixin):
    """Two equal new passwords."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "password1", "Новый пароль", PASSWORD_HELP)
        _word(self, "password2", "Новый пароль ещё раз")


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", "Нынешний пароль")


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    """A new password by the link of a letter."""


class ResetPasswordForm(PlainMixin, allauth.ResetPasswordForm):
    """Where to send the link. Whether the address is known shows neither in the words nor in the time of the answer."""

    email = EmailFormField(label="E-mail, по которому Вы входите")

    def clean_email(self):
        """Look the account up by one query; refuse nothing."""
        self.users = list(User.objects.filter(email=acts.normalized(self.cleaned_data["email"]), is_active=True))
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        """Leave the letter to the worker: this request writes the same row for a known and an unknown address."""
        acts.send_password_reset.enqueue(self.users[0].pk if self.users else None)
        return self.cleaned_data["email"]


class FirstPasswordForm(BaseForm):
    """The first password, by an invitation."""

    password1 = forms.CharField(
        label="Придумайте пароль",
        strip=False,
        max_length=128,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs=NEW),
    )
    password2 = forms.CharField(
        label="Пароль ещё раз", strip=False, max_length=128, widget=forms.PasswordInput(attrs=NEW)
    )

    part = forms.CharField(
        label="Код, который Вам сказали",
        max_length=20,
        help_text="Восемь цифр. Их говорит тот, кто подтвердил Ваш доступ: директор или председатель совета",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["part", "password1", "password2"]

    def __init__(self, *args, user=None, needs_part=False, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        if not needs_part:
            del self.fields["part"]

    def clean_password1(self):
        """The rules of all passwords."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self):
        """Both must be equal."""
        data = super().clean()
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Пароли не совпали")
        return data


class CodeOfSlipForm(BaseForm):
    """The code of a printed slip."""

    code = forms.CharField(
        label="Код с листка",
        max_length=60,
        help_text="Двенадцать цифр; пробелы не важны",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class NewAccountsForm(BaseForm):
    """Whom to give accounts, many at once."""

    persons = forms.ModelMultipleChoiceField(
        label="Кому завести учётные записи", queryset=Person.objects.none(), widget=Many
    )

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].label_from_instance = lambda p: (
            p.full_name + (f", {p.email}" if p.email else ", без e-mail")
        )
        offer_people(self, "persons", persons)


class AccountForm(BaseModelForm):
    """User name and e-mail of an account."""

    class Meta:
        model = User
        fields = ["username", "email"]
        help_texts = {"email": "По нему входят и получают письма. Можно оставить пустым"}
        error_messages = {"username": {"unique": "Такое имя для входа уже занято"}}

    def keep_email(self):
        """The e-mail of a privileged account is changed by a request that another person releases."""
        self.fields["email"].disabled = True
        self.fields["email"].help_text = "E-mail этой учётной записи меняют двое: попросите об этом на её странице"

    def clean_username(self):
        """Stored in lower case, without blanks."""
        name = acts.normalized(self.cleaned_data["username"])
        if any(c.isspace() for c in name) or "@" in name:
            raise forms.ValidationError("Имя для входа пишется без пробелов и без знака @")
        return name

    def clean_email(self):
        """Stored in lower case."""
        return acts.normalized(self.cleaned_data["email"])
