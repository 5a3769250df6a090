"""Letters: an outbox row inside the transaction, sent apart by the clock, with a delivery journal.

A page only writes a row, so a silent mail server slows no page. Delivery is at least once: a letter whose
sender died in the middle is sent again under the same Message-ID, and mail servers know it as the same letter.

A letter with a one-time link is rendered when it is sent (``send_late``): the link stands nowhere in the database, so
a copy opens nothing. The text of a letter is deleted once it has left; that of one that was given up is kept a week,
so that it can be sent again to a mended address. A letter that asks for something is dropped when the thing is done
before it leaves (``register_needed``); every other kind is declared as plain news (``register_news``).
"""

import logging
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Model, Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from mentoring_site.emails import for_sending
from mentoring_site.models import Act, OutboxMail

logger = logging.getLogger(__name__)

RETRY_MINUTES = (1, 5, 15, 60, 60, 120, 240, 480, 720)  # after the 1st, 2nd, … failure; then the letter is given up
CLAIM = timedelta(minutes=2)
SERVER_PAUSE = timedelta(minutes=1)
UNDONE = "Действие отменено раньше, чем письмо ушло"
NOT_NEEDED = "Письмо уже не нужно: ссылка использована, заменена или устарела"
DONE_MEANWHILE = "Письмо уже не нужно: то, о чём оно просило, сделано"
TEXT_KEPT = timedelta(days=7)


LateContext = Callable[[int], dict | None]
_LATE: dict[str, LateContext] = {}
_ACT: ContextVar[int | None] = ContextVar("act of the letters", default=None)
Needed = Callable[[str, int | None], bool]
_NEEDED: dict[str, Needed] = {}
_NEWS: set[str] = {"undone"}


def register_needed(*rules: Mapping[str, Needed]) -> None:
    """Say of letters that ask for something whether they still do: name -> rule of what was given as ``asks`` and
    of the number of the person.

    Called by each app when it is ready.
    """
    for one in rules:
        _NEEDED.update(one)


def register_news(*names: Iterable[str]) -> None:
    """Say which letters only tell of something and leave in any case; called by each app when it is ready.

    A letter that is news to one and a request to another has a rule too, and asks where ``asks`` is given.
    """
    for some in names:
        _NEWS.update(some)


def while_there(model: type[Model], **conditions: Any) -> Needed:
    """Return the usual rule: the row whose key was given as ``asks`` still meets the conditions."""
    return lambda key, person: model._default_manager.filter(pk=key, **conditions).exists()


def is_needed(letter: OutboxMail) -> bool:
    """Whether what a letter asks for has not been done meanwhile."""
    return not letter.asks or letter.template not in _NEEDED or _NEEDED[letter.template](letter.asks, letter.person_id)


def register_late(name: str, context: LateContext) -> None:
    """Say what the letter ``mail/<name>.txt`` needs when it is sent; called once by an app when it is ready.

    ``context`` gets the number given to ``send_late``; it makes the link and returns the variables of the template, or
    None when the letter is not needed any more.
    """
    _LATE[name] = context


def send_late(name: str, to: str, about: int, *, person_id: int | None = None) -> OutboxMail:
    """Write a letter with a one-time link into the outbox: only about what it is, the text comes when it is sent."""
    if name not in _LATE:
        raise LookupError(f"nobody renders the letter {name}")
    return OutboxMail.objects.create(template=name, to=to, about=about, person_id=person_id)


def render(name: str, context: dict) -> tuple[str, str]:
    """Return subject and text of the letter ``mail/<name>.txt``: its first line and the rest, as plain text."""
    context = {"site_url": settings.SITE_URL, **context}
    rendered = get_template(f"mail/{name}.txt").template.render(Context(context, autoescape=False))
    subject, _, text = rendered.strip().partition("\n")
    return " ".join(subject.split())[:300], text.strip() + "\n"


def send_template(name: str, to: str, context: dict, *, person_id: int | None = None, asks: str = "") -> OutboxMail:
    """Write a letter into the outbox, inside the caller's transaction.

    ``name`` is a template ``mail/<name>.txt`` whose first line is the subject. The text is plain, so nothing is
    escaped. ``asks`` is the key of what it asks for. Returns the row; it leaves within seconds after the commit. Raises
    ``LookupError`` for a letter of which nobody has said when it is no longer needed.
    """
    if name not in _NEWS and not (name in _NEEDED and asks):
        raise LookupError(f"the letter {name} neither asks for something nor is it declared as news")
    subject, text = render(name, context)
    return OutboxMail.objects.create(
        template=name, to=to, person_id=person_id, subject=subject, text=text, asks=asks, act_id=_ACT.get()
    )


@contextmanager
def letters_of(act: Act) -> Iterator[None]:
    """Letters written inside are of this act: they are taken back when it is undone (``mentoring_site/undo.py``)."""
    token = _ACT.set(act.pk)
    try:
        yield
    finally:
        _ACT.reset(token)


def take_back(act: Act, *, who: str) -> None:
    """Keep letters of an undone act that have not left from leaving; write «отменено» to whom one has left.

    ``who`` has undone it, empty where that is said in confidence. A letter that is leaving at this moment counts as one
    that has left.
    """
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    waiting = OutboxMail.objects.filter(free, act=act, sent_at=None, failed_at=None)
    waiting.update(failed_at=now, text="", last_error=UNDONE)
    left = OutboxMail.objects.filter(Q(sent_at__isnull=False) | Q(failed_at=None), act=act)
    for letter in {(row.to, row.subject): row for row in left}.values():
        context = {"subject": letter.subject, "who": who}
        send_template("undone", letter.to, context, person_id=letter.person_id)


def due(now=None):
    """Return the queryset of letters that should leave now and that nobody is sending."""
    now = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return OutboxMail.objects.filter(free, sent_at=None, failed_at=None, next_try_at__lte=now)


def is_configured() -> bool:
    """Return whether there is a mail server (``EMAIL_URL``) at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def deliver_outbox(limit: int = 50) -> int:
    """Send what is due, at most ``limit`` letters; return how many left.

    Safe with another sender at work: a letter is claimed by compare-and-swap before it is sent. A mail server that does
    not answer costs one timeout (``EMAIL_TIMEOUT``) and all letters wait for a minute. Without a mail server the
    letters are given up at once: nobody wants last year's reminders on the day when one is set.
    """
    waiting = list(due().order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])
    if not waiting:
        return 0
    if not is_configured():
        due().update(failed_at=timezone.now(), text="", last_error="Почтовый сервер не указан")
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        logger.warning("mail server does not answer: %s", type(error).__name__)
        now = timezone.now()
        due(now).update(next_try_at=now + SERVER_PAUSE, last_error=error_words(error))
        return 0
    try:
        return sum(_deliver(pk, connection) for pk in waiting)
    finally:
        _close(connection)


def _deliver(pk: int, connection) -> bool:
    """Claim one letter and send it; return whether it left."""
    now = timezone.now()
    if not due(now).filter(pk=pk).update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
        return False  # somebody else was first
    row = OutboxMail.objects.get(pk=pk)
    if not is_needed(row):
        OutboxMail.objects.filter(pk=pk).update(
            failed_at=now, claimed_until=None, last_error=DONE_MEANWHILE, subject=row.subject, text=""
        )
        return False
    if row.about is not None:
        context = _LATE[row.template](row.about)
        if context is None:
            OutboxMail.objects.filter(pk=pk).update(failed_at=now, claimed_until=None, last_error=NOT_NEEDED)
            return False
        row.subject, row.text = render(row.template, context)
    try:
        _send(row, connection)
    except (OSError, ValueError) as error:  # smtplib's errors are OSError; ValueError: not an address
        _postpone(row, error)
        return False
    OutboxMail.objects.filter(pk=pk).update(
        sent_at=timezone.now(), claimed_until=None, last_error="", subject=row.subject, text=""
    )
    return True


def _send(row: OutboxMail, connection: Any) -> None:
    headers = {"Message-ID": f"<letter-{row.pk}@{settings.SITE_HOST}>", "Auto-Submitted": "auto-generated"}
    to = for_sending(row.to)
    EmailMessage(row.subject, row.text, None, [to], connection=connection, headers=headers).send()


def send_now(row: OutboxMail) -> str:
    """Send one letter while somebody waits, once; return why it did not leave, or an empty string.

    Costs at most the timeouts of a silent server. The row is the letter's line of the journal either way.
    """
    now = timezone.now()
    why = "" if is_configured() else "Почтовый сервер не указан"
    if not why:
        connection = get_connection()
        try:
            _send(row, connection)
        except (OSError, ValueError) as error:
            why = error_words(error)
        finally:
            _close(connection)
    columns: dict[str, Any] = {"failed_at": now, "last_error": why} if why else {"sent_at": timezone.now()}
    still = OutboxMail.objects.filter(pk=row.pk, sent_at=None, failed_at=None)
    still.update(attempts=F("attempts") + 1, text="", **columns)
    return why


def forget_texts() -> int:
    """Delete the texts of letters that were given up a week ago; returns how many. Called by the clock."""
    old = OutboxMail.objects.filter(failed_at__lt=timezone.now() - TEXT_KEPT).exclude(text="")
    return old.update(text="")


def _postpone(row: OutboxMail, error: Exception) -> None:
    """Plan the next attempt, or give the letter up when the address is refused or all attempts are used."""
    now = timezone.now()
    columns: dict[str, Any] = {"claimed_until": None, "last_error": error_words(error)}
    if _is_final(error) or row.attempts > len(RETRY_MINUTES):
        columns |= {"failed_at": now} | ({"text": ""} if row.about is not None else {})
    else:
        columns["next_try_at"] = now + timedelta(minutes=RETRY_MINUTES[row.attempts - 1])
    OutboxMail.objects.filter(pk=row.pk).update(**columns)
    logger.warning("letter %s not sent at attempt %s: %s", row.pk, row.attempts, type(error).__name__)


def _is_final(error: Exception) -> bool:
    """Return whether no later attempt can help: the server refused this address for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)


def error_words(error: Exception) -> str:
    """Say in plain words what became of a letter; no address, no password, no words of the server."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return f"Сервер получателя не принял адрес (код {code})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "Почтовый сервер не пишет на адреса с русскими буквами перед @"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "Почтовый сервер не принял имя или пароль (EMAIL_URL)"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"Почтовый сервер не принимает письма с этого адреса отправителя (код {error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Почтовый сервер отказал (код {error.smtp_code})"
    if isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
        return "Почтовый сервер не отвечает"
    if isinstance(error, socket.gaierror):
        return "Почтового сервера с таким именем нет (EMAIL_URL)"
    if isinstance(error, ConnectionRefusedError):
        return "По этому адресу почтового сервера нет: проверьте имя и порт (EMAIL_URL)"
    if isinstance(error, ssl.SSLError):
        return "Почтовый сервер не договорился о защищённой связи: проверьте вид адреса и порт (EMAIL_URL)"
    if isinstance(error, ValueError):
        return "Адрес записан с ошибкой"
    return "Связь с почтовым сервером прервалась"


def _close(connection) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("mail server hung up")
