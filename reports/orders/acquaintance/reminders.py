"""Reminders by letter about visas and about reading, at most once a day for each person and paper."""

from datetime import timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from people.roles import letters as role_letters
from reports.orders.acquaintance.acts import Paper


class Awaited(Protocol):
    """Something that a person still owes to a paper: a visa, or a line of its sheet of acquaintance."""

    pk: Any
    person: Any
    person_id: int

    @property
    def paper(self) -> Any: ...

    @property
    def is_awaited(self) -> bool: ...

    @property
    def reminder(self) -> tuple[str, str, dict]: ...  # words of the history, template and context of the letter


@transaction.atomic
def remind(awaited: Awaited, *, by: User) -> None:
    """Remind somebody of a visa or of reading. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.ORDERS_DRAFT, act="напомнить")
    paper = _locked(awaited.paper)
    fresh = type(awaited).objects.select_related("person__user").get(pk=awaited.pk)  # type: ignore[attr-defined]
    if not fresh.is_awaited:
        raise Refused("Напоминать уже не о чем")
    if fresh.person_id in _reminded(paper):
        raise Already("Сегодня об этом уже напоминали")
    _send(fresh, paper, by)


@transaction.atomic
def remind_visas(order: Any, *, by: User) -> int:
    """Remind everybody whose visa a draft awaits; returns how many letters were written.

    Raises ``NotAllowed``; ``Refused`` when no visa is awaited, ``Already`` when everybody was reminded today.
    """
    require(by, Right.ORDERS_DRAFT, act="напомнить")
    order = _locked(order)
    visas = list(order.visas.filter(given_at__isnull=True).select_related("person__user", "order"))
    return _remind_each([visa for visa in visas if visa.is_awaited], order, by, "Виз этот приказ уже не ждёт")


@transaction.atomic
def remind_all(paper: Paper, *, by: User) -> int:
    """Remind everybody who has not read a paper; returns how many letters were written.

    Raises ``NotAllowed``; ``Refused`` when all have read it, ``Already`` when everybody was reminded today.
    """
    require(by, Right.ORDERS_DRAFT, act="напомнить")
    paper = _locked(paper)
    lines = list(paper.sheet_lines.filter(read_at__isnull=True).select_related("person__user"))
    return _remind_each(lines, paper, by, "Напоминать уже не о чем: все ознакомлены")


def _remind_each(awaited: list, paper: Any, by: User, nobody: str) -> int:
    """Remind everybody but oneself and those who were reminded within a day."""
    if not awaited:
        raise Refused(nobody)
    spared = {*_reminded(paper), by.person_id}
    left = [one for one in awaited if one.person_id not in spared]
    if not left:
        raise Already("Сегодня об этом уже напоминали. Следующий раз — завтра")
    for one in left:
        _send(one, paper, by)
    return len(left)


def divided(awaited: list, reminded: set[int], by: User) -> tuple[list, str]:
    """Return whom a letter would reach now, and why nobody else; takes what is awaited with ``person__user``."""
    why, written = "", []
    for one in awaited:
        if one.person_id == by.person_id:
            why = why or "очередь за Вами"
        elif one.person_id in reminded:
            why = why or "сегодня уже напоминали"
        elif unreached := role_letters.unreachable(one.person, "напомните лично"):
            why = why or unreached
        else:
            written.append(one)
    return written, why


def reminded_about(papers: list) -> dict[int, set[int]]:
    """Return paper -> keys of the persons who were reminded about it within a day; papers of one model, one query."""
    acts = Act.objects.about_all(papers).filter(verb="remind", at__gte=timezone.now() - timedelta(days=1))
    found: dict[int, set[int]] = {}
    for pk, person in acts.values_list("object_id", "facts__person"):
        found.setdefault(pk, set()).add(person)
    return found


def _locked(paper):
    return type(paper).objects.select_for_update().get(pk=paper.pk)


def _reminded(paper) -> set[int]:
    """Return the keys of the persons who were reminded about a paper within a day."""
    day_ago = timezone.now() - timedelta(days=1)
    acts = Act.objects.about(paper).filter(verb="remind", at__gte=day_ago)
    return set(acts.values_list("facts__person", flat=True))


def _send(awaited: Awaited, paper, by: User) -> None:
    about, template, context = awaited.reminder
    role_letters.mail_person(awaited.person, template, asks=str(paper.pk), **context)
    record(paper, "remind", by=by, words=f"написано напоминание: {about}", person=awaited.person_id)
