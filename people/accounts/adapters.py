"""Our side of django-allauth: who a user is, what throttling says, what is written to the outbox, and no signup."""

import time
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mentoring_site import ciphers
from mentoring_site.mail import send_template
from people.accounts import acts, throttling
from people.accounts.models import User

WRONG = "Имя или пароль не подходят. Проверьте раскладку клавиатуры и Caps Lock"
WRONG_CODE = "Код не подошёл. Возьмите новый код из приложения: он меняется каждые 30\u00a0секунд"
FRESH_LOGIN = 300  # seconds during which a password is not asked again for a change of the second factor
LONGEST_SESSION = timedelta(hours=12)
NOTICES = {
    "account/email/password_changed": "пароль изменён",
    "account/email/password_reset": "пароль задан заново по ссылке из письма",
    "mfa/email/totp_activated": "вход с кодом из приложения включён",
    "mfa/email/totp_deactivated": "вход с кодом из приложения выключен",
    "mfa/email/recovery_codes_generated": "выданы новые запасные коды",
}


class PersonBackend(AuthenticationBackend):
    """Finds the user by e-mail or user name, looks at one password exactly once, brings the person with the user."""

    def get_user(self, user_id):
        """Return the user of a session together with the person; None when the account is closed."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(self, request, **credentials):
        """One lookup and one hash for a known name; ``authenticate`` spends the same hash on an unknown one."""
        user = acts.find_user(credentials.get("username") or credentials.get("email") or "")
        found = self._check_password(user, credentials["password"])
        self._stash_user(None)  # or allauth would tell whoever knows the password that the account is closed
        return found


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and sessions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": WRONG,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Нынешний пароль не подошёл",
        "incorrect_password": "Пароль не подошёл",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Ссылка устарела или уже использована",
        "too_many_login_attempts": "Слишком много неудачных попыток. Попробуйте через 15\u00a0минут",
        "rate_limited": "Слишком много попыток подряд. Попробуйте через 15\u00a0минут",
    }

    def is_open_for_signup(self, request):
        """There is no registration: accounts come by invitation."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Take a place for this guess, or refuse with the time to wait; the words do not reveal who exists."""
        typed = acts.normalized(credentials.get("username") or credentials.get("email") or "")
        user = acts.find_user(typed)
        device = throttling.known_device(request, user)
        account = f"account:{user.pk}" if user else f"unknown:{typed}"
        names = [f"device:{device.pk}"] if device else [account, f"address:{get_ip(request)}"]
        try:
            self._attempt = throttling.login_attempt(*names)
        except throttling.Throttled as refusal:
            raise ValidationError(str(refusal), code="too_many_login_attempts") from refusal

    def _rollback_login_failed_rl_usage(self):
        self._attempt.succeeded()

    def login(self, request, user):
        """Begin a session that ends in 12 hours whatever happens."""
        super().login(request, user)
        request.session.set_expiry(timezone.now() + LONGEST_SESSION)

    def post_login(self, request, user, **kwargs):
        """After the last stage of a login: know the device again."""
        response = super().post_login(request, user, **kwargs)
        throttling.remember_device(request, response, user)
        return response

    def logout(self, request):
        """An explicit logout: the middleware asks the browser to clear what it keeps."""
        super().logout(request)
        request.has_logged_out = True

    def respond_user_inactive(self, request, user):
        """A closed account is as good as an unknown one, also when it was closed in the middle of a login."""
        messages.error(request, WRONG)
        return redirect("account_login")

    def set_password(self, user, password):
        """Set a password; open invitations of the user end with it."""
        acts.set_password(user, password)

    def get_password_change_redirect_url(self, request):
        """To the page of one's own account."""
        return reverse("people:account")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask for the password again unless it was given within five minutes, at the login or later."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < FRESH_LOGIN for record in records)

    def get_reauthentication_methods(self, user):
        """The same ways with Russian words."""
        words = {"reauthenticate": "Ввести пароль", "mfa_reauthenticate": "Ввести код из приложения"}
        return [
            m | {"description": words[m["id"]]} for m in super().get_reauthentication_methods(user) if m["id"] in words
        ]

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Notify the owner of a change that an intruder would make."""
        if user.email and template_prefix in NOTICES:
            send_template(
                "security_notice",
                user.email,
                {"person": user.person, "what": NOTICES[template_prefix]},
                person_id=user.person_id,
            )


class MFAAdapter(DefaultMFAAdapter):
    """Codes of an application."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Выключить вход с кодом нельзя",
        "cannot_generate_recovery_codes": "Запасные коды выдаются, когда включён вход с кодом из приложения",
    }

    def encrypt(self, text):
        """Secrets of applications and of recovery codes lie encrypted in the database."""
        return ciphers.encrypt(text)

    def decrypt(self, encrypted_text):
        """Read such a secret."""
        return ciphers.decrypt(encrypted_text)

    def get_totp_label(self, user):
        """The user name: the e-mail may change."""
        return user.username

    def get_totp_issuer(self):
        """The name in the list of the application."""
        return f"Наставничество ({settings.SITE.hostname})"
