"""A form sent after its session had ended: stored for an hour, for the same person and browser, to be sent again.

The fields lie in the session of the browser, which outlives the login. Whose they are is known by a signed cookie
that outlives a session: without it nothing is stored, so strangers cannot fill the database. Files, passwords and codes
are never stored.
"""

import re
import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

SESSION_KEY = "resubmission"
LIFE = timedelta(hours=1)
MAX_BYTES = 200 * 1024  # bytes of names and values
OWNER_COOKIE = "__Host-owner" if settings.HTTPS else "owner"
OWNER_LIFE = timedelta(days=7)  # longer than a form stays open
SALT = "people.resubmission"
SECRET = re.compile(r"password|secret|token|^code$|^otp$", re.IGNORECASE)
NEVER_STORED = re.compile(r"^(account_|mfa_|people:setup|people:resubmission)")
SECTIONS = {
    "acquaintance": "Ознакомление",
    "activities": "Мероприятие программы",
    "agreements": "Соглашения с наставниками",
    "banks": "Банки",
    "completions": "Завершение программы",
    "consents": "Согласия",
    "council": "Методический совет",
    "documents": "Документы",
    "exports": "Файл со списком",
    "meetings": "Встреча",
    "news": "Новости",
    "notices": "Уведомления",
    "orders": "Приказы",
    "packages": "Пакеты документов",
    "pairings": "Пары и группы",
    "people": "Люди",
    "programs": "Программы",
    "results-of-activities": "Результат мероприятия",
    "roadmap": "Дорожная карта",
    "settings": "Настройки",
    "site": "Сайт",
}
RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
TEXTS_SHOWN, TEXT_LENGTH = 12, 400  # texts shown again before they are sent, and characters of each


def sign_owner(request, response) -> None:
    """Remember in the browser whose session this is, for the day when it has ended."""
    if owner(request) != request.user.pk:
        response.set_signed_cookie(
            OWNER_COOKIE,
            str(request.user.pk),
            salt=SALT,
            max_age=OWNER_LIFE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
            path="/",
        )


def owner(request) -> int | None:
    """Return the user who was the last to work in this browser, or None."""
    pk = request.get_signed_cookie(OWNER_COOKIE, default="", salt=SALT, max_age=OWNER_LIFE)
    return int(pk) if pk.isdecimal() else None


def forget_owner(response) -> None:
    """The owner has left this browser: forms that come later are nobody's."""
    response.delete_cookie(OWNER_COOKIE, path="/", samesite="Lax")


def may_be_stored(request) -> bool:
    """Whether the address takes words, not passwords and codes."""
    return not NEVER_STORED.match(request.resolver_match.view_name)


def store(request) -> bool:
    """Store the fields of an anonymous POST for the owner of the browser; False when too long or nobody's."""
    whose = owner(request)
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not SECRET.search(name)
        for value in values
    ]
    if whose is None or sum(len(text.encode()) for field in fields for text in field) > MAX_BYTES:
        return False
    request.session[SESSION_KEY] = {
        "user": whose,
        "at": int(time.time()),
        "path": request.get_full_path(),
        "page": _page_of(request),
        "fields": fields,
        "files": bool(request.FILES),
    }
    request.session.set_expiry(LIFE)  # of a visitor; the login sets its own
    return True


def _page_of(request) -> str:
    """Where it was typed: a form may be sent to another address than that of its page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    inside = came_from.netloc == request.get_host() and came_from.path.startswith("/")
    return f"{came_from.path}?{came_from.query}".rstrip("?") if inside else request.get_full_path()


def stored_for(request) -> dict | None:
    """Return what is stored for the user of the request; another's and what is older than an hour is deleted."""
    found = request.session.get(SESSION_KEY)
    if found and (found["user"] != request.user.pk or time.time() - found["at"] > LIFE.total_seconds()):
        forget(request)
        return None
    return found


def forget(request) -> None:
    """Delete what is stored."""
    request.session.pop(SESSION_KEY, None)


def section_of(path: str) -> str:
    """Return the name of the part of the site to which an address belongs."""
    return SECTIONS.get(path.strip("/").partition("/")[0], "Страница кабинета")


def texts_of(stored: dict) -> list[str]:
    """Return the Russian texts among the stored fields, so that their author knows them again."""
    texts = [value.strip() for _, value in stored["fields"] if RUSSIAN.search(value)]
    return [text if len(text) <= TEXT_LENGTH else f"{text[:TEXT_LENGTH]}…" for text in texts[:TEXTS_SHOWN]]
