"""Who is told of an act by letter and who cannot be, gathered while a page acts and said after it.

Whoever writes a letter notes its addressee here; outside a page (the clock, a command) notes go nowhere. What was
noted by an act that is refused is forgotten with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from mentoring_site.mail import is_configured

SESSION_KEY = "told"
MAIL_IS_OFF = "почта не подключена"
NO_ADDRESS = "нет e-mail"
NO_ACCOUNT = "нет e-mail и учётной записи"
NO_LETTERS = "Почта не подключена: писем не будет. Это видно на первой странице после входа, остальным скажите сами."


@dataclass(frozen=True)
class Addressee:
    """Somebody whom an act concerns; ``why`` is empty when a letter stands in the queue, else why there is none."""

    person: int
    name: str
    why: str = ""


def by_letter(sentence: str) -> str:
    """Return a sentence that promises letters before an act, or that there will be none without a mail server."""
    return sentence if is_configured() else NO_LETTERS


_NOTED: ContextVar[list[Addressee] | None] = ContextVar("told", default=None)


def note(person: int, name: str, why: str = "") -> None:
    """Note that a letter to a person was put into the queue, or why it could not be."""
    noted = _NOTED.get()
    if noted is not None:
        noted.append(Addressee(person, name, why))


@contextmanager
def attempt() -> Iterator[None]:
    """Forget what an act has noted when it is refused."""
    noted = _NOTED.get()
    before = len(noted) if noted is not None else 0
    try:
        yield
    except BaseException:
        if noted is not None:
            del noted[before:]
        raise


@contextmanager
def gathering() -> Iterator[list[Addressee]]:
    """Gather what is noted meanwhile."""
    noted: list[Addressee] = []
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep for the next page whom the act of this request told: it is said under the message of success."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return get_response(request)
        with gathering() as noted:
            response = get_response(request)
        if noted and 300 <= response.status_code < 400 and request.user.is_authenticated:
            request.session[SESSION_KEY] = [asdict(one) for one in dict.fromkeys(noted)]
        return response

    return answer


def take(request: HttpRequest) -> list[Addressee]:
    """Return whom the act before this page told, once."""
    return [Addressee(**one) for one in request.session.pop(SESSION_KEY, ())]
