"""Accounts: a user is the login of a person; invitations; devices that may still get in when guesses are throttled."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from mentoring_site.emails import EmailField, normalize
from people.register.models import Person
from people.rights import PRIVILEGED, Right, rights_of
from people.roles.holders import roles_of

FIRST_DAY = timedelta(hours=24)


class UserManager(BaseUserManager["User"]):
    """Creates logins; there is no open registration and no superuser."""

    def create_user(self, username: str, person: Person, *, email: str = "", password: str | None = None) -> "User":
        """Create a login for ``person``; without a password it cannot log in until an invitation is used."""
        user = self.model(username=username.strip().lower(), email=normalize(email), person=person)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """The login of a person. Rights come from dated roles and from relations, never from flags here."""

    username = models.CharField("имя для входа", max_length=60, unique=True)
    email = EmailField("e-mail", blank=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user", verbose_name="человек")
    is_active = models.BooleanField("может входить", default=True)
    date_joined = models.DateTimeField("заведён", default=timezone.now)
    last_seen_at = models.DateTimeField("последний вход", null=True, blank=True)
    session_epoch = models.PositiveIntegerField("поколение сессий", default=0, editable=False)
    # no link to a password goes to this address until its owner, logged in, has confirmed it
    email_held = models.BooleanField("e-mail ждёт владельца", default=False, editable=False)
    access_changed_at = models.DateTimeField("доступ сменился", null=True, blank=True, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~models.Q(email=""),
                name="user_email_once",
                violation_error_message="Этот e-mail уже занят другой учётной записью",
            )
        ]

    def __str__(self) -> str:
        return self.username

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles in force today, read once per request: never kept in the session."""
        return roles_of(self)

    @cached_property
    def rights(self) -> frozenset[Right]:
        """Rights that the roles give (people/rights.py)."""
        return rights_of(self.roles)

    def can(self, right: str) -> bool:
        """Whether one of the user's roles gives the right."""
        return right in self.rights

    @property
    def is_privileged(self) -> bool:
        """Whether the user approves or administers: a second factor and short idle sessions
        (people/accounts/middleware.py).
        """
        return bool(self.roles & PRIVILEGED)

    @property
    def has_fresh_access(self) -> bool:
        """Whether the access was changed by others within a day: the log marks what the account does meanwhile."""
        return self.access_changed_at is not None and timezone.now() - self.access_changed_at < FIRST_DAY

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether codes of an application are switched on."""
        return Authenticator.objects.filter(user=self.pk, type=Authenticator.Type.TOTP).exists()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions die with the password and with ``session_epoch``, which disabling an account raises."""
        return salted_hmac(
            "people.User.session", f"{self.session_epoch}:{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Invitation(models.Model):
    """A one-time way to the first password: a link by e-mail or a printed slip."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations", verbose_name="учётная запись")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("выдано", default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="кто выдал")
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("использовано", null=True, blank=True)
    on_paper = models.BooleanField("на бумаге", default=False)
    # the second half of the way, which the one who released it tells the owner (people/access)
    part_hash = models.CharField(max_length=64, blank=True)
    rights_mark = models.CharField("роли в день выдачи", max_length=120, blank=True)  # people/accounts/tokens.py

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"

    def __str__(self) -> str:
        return f"приглашение для {self.user}"


class KnownDevice(models.Model):
    """A device from which the owner has logged in before: it gets in although others' guesses are throttled."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices", verbose_name="учётная запись")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("впервые", default=timezone.now)
    seen_at = models.DateTimeField("последний вход", default=timezone.now)

    class Meta:
        verbose_name = "знакомое устройство"
        verbose_name_plural = "знакомые устройства"

    def __str__(self) -> str:
        return f"устройство {self.user}"


class FailedLogin(models.Model):
    """How often a password was guessed wrong for one account, from one address or one device
    (people/accounts/throttling.py).
    """

    key = models.CharField(max_length=64, unique=True)  # a keyed hash: neither names nor addresses are kept
    moments = models.JSONField("неудачи последних минут", default=list)
    trips = models.PositiveSmallIntegerField("пауз подряд", default=0)
    until = models.DateTimeField("пауза до", null=True, blank=True)
    updated_at = models.DateTimeField("изменено", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "неудачные входы"
        verbose_name_plural = "неудачные входы"

    def __str__(self) -> str:
        return f"{len(self.moments)} неудач, пауза до {self.until or '—'}"


class FirstSetup(models.Model):
    """The one-time address of the first start, who opened the system by it and what is still to be entered."""

    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField("действует до")
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="first_setup", verbose_name="кто начал"
    )
    post = models.CharField("должность первого администратора", max_length=200, blank=True)
    open_until = models.DateTimeField("шаги открыты до", null=True, blank=True)
    done = models.JSONField("пройденные шаги", default=list)
    finished_at = models.DateTimeField("закончено", null=True, blank=True)

    class Meta:
        verbose_name = "первая настройка"
        verbose_name_plural = "первая настройка"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_first_setup")]

    def __str__(self) -> str:
        return f"первая настройка, шагов пройдено: {len(self.done)}"
