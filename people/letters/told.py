"""What stands under the message of success: who gets a letter, who cannot be told by one, and what to do instead."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mentoring_site import told
from mentoring_site.russian import joined
from people.rights import Right

NAMES_AT_MOST = 5


@dataclass(frozen=True)
class Told:
    """Sentences for ``components/told.html`` and the ways to reach the others: ``(address, words)``."""

    queued: str
    missed: str
    hint: str
    ways: tuple[tuple[str, str], ...]


def told_of(request: HttpRequest) -> SimpleLazyObject:
    """Return whom the act before this page told, read when a template asks, once; empty when there was none."""
    return SimpleLazyObject(lambda: _told(request))


def _told(request: HttpRequest) -> Told | None:
    people = told.take(request)
    if not people:
        return None
    queued = [one.name for one in people if not one.why]
    missed = [one for one in people if one.why]
    off = any(one.why == told.MAIL_IS_OFF for one in missed)
    without = any(one.why == told.NO_ACCOUNT for one in missed)
    return Told(
        queued=f"Письма поставлены в очередь: {len(queued)} ({_names(queued)})." if queued else "",
        missed=f"Не получат письма: {_names([_with_reason(one) for one in missed])}." if missed else "",
        hint=_hint(without=without) if missed else "",
        ways=tuple(_ways(request, off=off, without=without)),
    )


def _with_reason(one: told.Addressee) -> str:
    return f"{one.name} ({one.why})"


def _names(names: list[str]) -> str:
    shown, rest = names[:NAMES_AT_MOST], len(names) - NAMES_AT_MOST
    return f"{', '.join(shown)} и ещё {rest}" if rest > 0 else joined(shown)


def _hint(*, without: bool) -> str:
    """What becomes of those whom no letter reaches."""
    if without:
        return "Скажите им сами или напечатайте бумагу."
    return "Они увидят это на своей первой странице, когда войдут."


def _ways(request: HttpRequest, *, off: bool, without: bool) -> list[tuple[str, str]]:
    user, ways = request.user, []
    if without and user.can(Right.ACCOUNTS_INVITE):  # type: ignore[union-attr]
        ways.append((reverse("people:accounts_new"), "Завести учётную запись и напечатать листок"))
    if off and user.can(Right.HEALTH_SEE):  # type: ignore[union-attr]
        ways.append((reverse("people:mail"), "Настройки почты"))
    return ways
