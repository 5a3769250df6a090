"""Settings: one file, from the environment only, production by default.

Every value is explained in ``.env.example``. A missing or unsafe value stops the start with a sentence
that says what to set: ``manage.py`` and ``mentoring_site.serve`` print the sentence and nothing else.
"""

import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import available_timezones

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from mentoring_site.backups.copies import Keep

BASE_DIR = Path(__file__).resolve().parent.parent


def need(condition, sentence: str):
    """Stop the start with a sentence unless the condition holds."""
    if not condition:
        raise ImproperlyConfigured(sentence)


def parsed(read, sentence: str):
    """Return what ``read()`` parses from the environment, or stop with the sentence."""
    try:
        return read()
    except (ValueError, KeyError, AttributeError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(sentence) from error


def yes_no(name: str, default: bool) -> bool:
    """Read a yes-or-no value, where a slip of the pen must not silently mean «no»."""
    value = env.str(name, default="").strip().lower()
    need(value in {"", "0", "1", "true", "false", "yes", "no", "on", "off"}, f"{name} должен быть 1 или 0")
    return value in {"1", "true", "yes", "on"} if value else default


env = environ.Env()
DATA_DIR = Path(env.str("DATA_DIR", default="") or BASE_DIR / "data").expanduser().resolve()
if (DATA_DIR / "env").is_file():
    need(
        os.access(DATA_DIR / "env", os.R_OK),
        f"Файл {DATA_DIR / 'env'} нельзя прочесть: запустите программу от имени его владельца",
    )
    env.read_env(DATA_DIR / "env", overwrite=False)

TESTING = "pytest" in sys.modules

PORT = parsed(lambda: env.int("PORT", default=8000), "PORT должен быть числом от 1 до 65535, например 8000")
need(0 < PORT < 65536, "PORT должен быть числом от 1 до 65535, например 8000")

SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
SITE = parsed(lambda: urlsplit(SITE_URL), "SITE_URL должен быть полным адресом, например https://nastavnik.school.ru")
need(
    parsed(lambda: SITE.port, "В SITE_URL порт должен быть числом от 1 до 65535") != 0,
    "В SITE_URL порт должен быть числом от 1 до 65535",
)
need(
    SITE.scheme in {"http", "https"} and SITE.hostname and not (SITE.path or SITE.query or SITE.username),
    "SITE_URL должен быть полным адресом без пути, например https://nastavnik.school.ru",
)
SITE_HOST = parsed(lambda: str(SITE.hostname).encode("idna").decode(), "SITE_URL: такого имени сайта не бывает")
HTTPS = SITE.scheme == "https"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
need(
    HTTPS or SITE.hostname in LOOPBACK,
    f"SITE_URL={SITE_URL}: по открытому http можно работать только на этом компьютере. Укажите адрес с https://",
)
BIND = env.str("BIND", default="127.0.0.1")
need(
    HTTPS or BIND in LOOPBACK,
    f"BIND={BIND}: без https программа слушает только этот компьютер. Укажите SITE_URL с https:// или уберите BIND",
)

BEHIND_PROXY = yes_no("BEHIND_PROXY", default=HTTPS)

SECRET_KEY = env.str("SECRET_KEY", default="tests-only-" + "k" * 60 if TESTING else "")
need(
    len(SECRET_KEY) >= 50,
    "SECRET_KEY не задан или короче 50 знаков. Команда script/server создаёт его сама в файле DATA_DIR/env",
)

DEBUG = False
DEMO = yes_no("DEMO", default=False)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="demo")
ALLOWED_HOSTS = [h.strip() for h in env.list("ALLOWED_HOSTS", default=[SITE_HOST]) if h.strip()]
need(ALLOWED_HOSTS, "ALLOWED_HOSTS пуст: перечислите через запятую имена, по которым открывают программу")
need(
    not any("*" in host for host in ALLOWED_HOSTS),
    "ALLOWED_HOSTS не может содержать «*»: перечислите через запятую имена, по которым открывают программу",
)
CSRF_TRUSTED_ORIGINS = [SITE_URL.replace(str(SITE.hostname), SITE_HOST)]  # browsers name a host «xn--…»

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, which FORM_RENDERER finds after ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "mentoring_site",
    "people",
    "programs",
    "roadmap",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mentoring_site.middleware.headers",
    "mentoring_site.middleware.head_as_get",
    "mentoring_site.middleware.refusals",
    "mentoring_site.heavy.learn_heavy",
    "mentoring_site.middleware.refuse_nul_bytes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentoring_site.middleware.last_seen",
    "mentoring_site.middleware.local_time",
    "people.accounts.middleware.clear_device",
    "people.accounts.middleware.resubmit_after_login",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.accounts.drafts.accepted_drafts",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "people.accounts.middleware.idle_sessions",
    "people.accounts.middleware.second_factor",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "mentoring_site.told.middleware",
]

ROOT_URLCONF = "mentoring_site.urls"
WSGI_APPLICATION = "mentoring_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.home.navigation.cabinet",
                "people.accounts.drafts.drafts",
                "mentoring_site.journeys.on_the_way",
            ],
        },
    },
]

DATABASES = {
    "default": parsed(
        lambda: env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
        "DATABASE_URL не понят: нужен вид postgres://имя:пароль@127.0.0.1:5432/база или sqlite:////путь/db.sqlite3",
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
need(
    SQLITE or DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql",
    "DATABASE_URL: поддерживаются SQLite (sqlite:////путь) и PostgreSQL (postgres://…)",
)
if SQLITE:
    # WAL can corrupt the file before SQLite 3.51.3 (back-ported to 3.50.7 and 3.44.6): there DELETE is used
    _v = sqlite3.sqlite_version_info
    SQLITE_JOURNAL = "WAL" if _v >= (3, 51, 3) or (3, 50, 7) <= _v < (3, 51) or (3, 44, 6) <= _v < (3, 45) else "DELETE"
    # In DELETE mode the commit is the unlink of the journal, and only EXTRA syncs its folder
    SQLITE_SYNC = "FULL" if SQLITE_JOURNAL == "WAL" else "EXTRA"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={SQLITE_JOURNAL}; PRAGMA synchronous={SQLITE_SYNC}; "
        "PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)  # seconds; else minutes
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["people.accounts.adapters.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"

# accounts: people/accounts/{adapters,throttling,middleware}.py, people/setup/adapters.py
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "people.setup.adapters.SetupAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]  # there is no signup; allauth checks it
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "people.accounts.tokens.AccessTokenGenerator"
# Passwords are throttled by people/accounts/throttling.py; «login_failed» remains for guesses of second-factor codes
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key", "reset_password": "20/15m/ip,5/15m/key"}
ACCOUNT_FORMS = {
    "login": "people.accounts.forms.LoginForm",
    "reset_password": "people.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "people.accounts.forms.ResetPasswordKeyForm",
    "change_password": "people.accounts.forms.ChangePasswordForm",
    "reauthenticate": "people.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "people.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the school, not from a signup
MFA_TOTP_TOLERANCE = 1  # clocks of telephones
MFA_FORMS = {
    "authenticate": "people.accounts.forms.CodeForm",
    "reauthenticate": "people.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "people.accounts.forms.ActivateForm",
}

LANGUAGE_CODE = "ru"
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Moscow")
need(TIME_ZONE in available_timezones(), f"TIME_ZONE={TIME_ZONE}: нет такого часового пояса. Пример: Europe/Moscow")
SCHOOL_MODEL = None if TESTING else "people.School"  # its time_zone wins; a test sets it when it needs it
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default="") or DATA_DIR / "static").resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING  # tests need no collected files
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "webp", "gif", "gz", "br", "woff", "woff2", "ttf", "map")
WHITENOISE_MAX_AGE = 600  # of the few files without a hash in their name

# Files of people: a folder that no web server shows, or an S3-compatible store
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of form fields; the size of files is checked in files.py
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the doubts of a long staff list are answered on one page
DATA_UPLOAD_MAX_NUMBER_FILES = 20
STORAGE_URL = env.str("STORAGE_URL", default="")
if STORAGE_URL:
    _store = parsed(
        lambda: urlsplit(STORAGE_URL), "STORAGE_URL не понят: нужен вид s3://корзина?endpoint_url=https://…"
    )
    need(
        _store.scheme == "s3" and _store.hostname,
        "STORAGE_URL не понят: нужен вид s3://корзина?endpoint_url=https://s3.example.ru&region_name=ru-1",
    )
    need(
        env.str("AWS_ACCESS_KEY_ID", default="") and env.str("AWS_SECRET_ACCESS_KEY", default=""),
        "Для STORAGE_URL нужны также AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY",
    )
    _allowed = {"endpoint_url", "region_name", "location", "addressing_style"}
    _options = {k: v[0] for k, v in parse_qs(_store.query).items()}
    FILE_STORAGE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _store.hostname,
            "access_key": env.str("AWS_ACCESS_KEY_ID"),
            "secret_key": env.str("AWS_SECRET_ACCESS_KEY"),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
            **{k: v for k, v in _options.items() if k in _allowed},
        },
    }
else:
    FILE_STORAGE = {"BACKEND": "mentoring_site.files.DurableStorage"}
STORAGES = {
    "default": FILE_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Backups: mentoring_site/backups
BACKUP_DIR = Path(env.str("BACKUP_DIR", default="") or DATA_DIR / "backups").expanduser().resolve()
BACKUP_NIGHTLY = yes_no("BACKUP_NIGHTLY", default=True)
_hour = "BACKUP_HOUR должен быть часом от 0 до 23, например 3"
BACKUP_HOUR = parsed(lambda: env.int("BACKUP_HOUR", default=3), _hour)
need(0 <= BACKUP_HOUR < 24, _hour)
BACKUP_KEEP = parsed(
    lambda: Keep.parse(env.str("BACKUP_KEEP", default="7,4,5")),
    "BACKUP_KEEP должен быть тремя числами: за сколько дней, недель и месяцев хранить копии, например 7,4,5",
)
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="").strip()
need(
    not BACKUP_RECIPIENT.startswith("-"),
    "BACKUP_RECIPIENT должен быть открытым ключом age (age1…) или именем ключа GPG, например backup@school.ru",
)

CACHES = {
    "default": parsed(
        lambda: env.cache_url("CACHE_URL", default="dbcache://cache"),
        "CACHE_URL не понят: нужен вид redis://127.0.0.1:6379/0 (без него счётчики хранит база данных)",
    )
}
need(
    CACHES["default"]["BACKEND"].rsplit(".", 1)[-1] in {"DatabaseCache", "RedisCache"},
    "CACHE_URL: годятся redis://… или dbcache://cache, потому что счётчики входов общие для всех процессов",
)

EMAIL_TIMEOUT = 5
vars().update(
    parsed(
        lambda: env.email_url("EMAIL_URL", default="dummymail://"),
        "EMAIL_URL не понят: нужен вид smtp+tls://имя:пароль@smtp.school.ru:587",
    )
)
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "mentoring_site.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Наставничество <robot@{SITE_HOST}>")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms/widgets are cheaper than Django's
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and yes_no("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = HTTPS and yes_no("HSTS_PRELOAD", default=False)
need(
    SECURE_HSTS_INCLUDE_SUBDOMAINS or not SECURE_HSTS_PRELOAD,
    "HSTS_PRELOAD=1 требует HSTS_SUBDOMAINS=1: списки браузеров берут только имя со всеми его поддоменами",
)
# Which of the two is right only the school knows: its domain may serve other things without https
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "mentoring_site.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# To stderr; no names, addresses, tokens or values of fields (mentoring_site/logs.py)
VIEWS_FLUSH_SECONDS = 5
"""How long a look at private data may wait in memory before it is written (mentoring_site/views_log.py)."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "mentoring_site.logs.PlainFormatter"}},
    "filters": {"no_addresses": {"()": "mentoring_site.logs.RouteInsteadOfPath"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_addresses"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pymorphy3": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
