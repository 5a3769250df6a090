"""What makes an installation unsafe though it starts: shown by ``manage.py check`` and on the health page."""

from django.conf import settings
from django.core import checks

OWNER_ONLY = 0o077


def unsafe_settings() -> list[str]:
    """Return a Russian sentence for each unsafe thing about this installation; an empty list is the goal."""
    found = []
    if settings.DEMO and settings.HTTPS:
        found.append("Включён показ с выдуманной школой (DEMO=1): пароли известны всем. Не вводите настоящих людей")
    if len(set(settings.SECRET_KEY)) < 10:
        found.append("SECRET_KEY слишком прост. Удалите его из DATA_DIR/env: script/server создаст новый")
    env_file = settings.DATA_DIR / "env"
    if env_file.is_file() and env_file.stat().st_mode & OWNER_ONLY:
        found.append("Файл DATA_DIR/env могут прочесть другие пользователи сервера. Выполните chmod 600")
    if settings.BIND not in settings.LOOPBACK and settings.SECURE_PROXY_SSL_HEADER:
        found.append("BIND открыт наружу, а BEHIND_PROXY доверяет заголовкам: пусть программу видит только веб-сервер")
    if settings.DATA_DIR == settings.BASE_DIR or settings.STATIC_ROOT in (settings.MEDIA_ROOT, settings.DATA_DIR):
        found.append("Файлы людей лежат вместе с открытыми файлами сайта. Разведите DATA_DIR и STATIC_ROOT")
    return found


def unsafe(app_configs, **kwargs) -> list[checks.Warning]:
    """Report unsafe settings by ``manage.py check --deploy``."""
    return [checks.Warning(sentence, id=f"mentoring.W{n:03}") for n, sentence in enumerate(unsafe_settings(), 1)]


def register() -> None:
    """Make Django ask ``unsafe``; called once when the app is ready."""
    checks.register(unsafe, checks.Tags.security, deploy=True)
