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
def remind_all(paper: Paper, *, by: User) -> int:
    """Remind everybody who has not read a paper; returns how many letters were written.

    Raises ``NotAllowed``; ``Refused`` when all have read it, ``Already`` when everybody was reminded today.
    """
    require(by, Right.ORDERS_DRAFT, act="напомнить")
    paper = _locked(paper)
    lines = list(paper.sheet_lines.filter(read_at__isnull=True).select_related("person__user"))
    if not lines:
        raise Refused("Напоминать уже не о чем: все ознакомлены")
    spared = {*_reminded(paper), by.person_id}
    lines = [line for line in lines if line.person_id not in spared]
    if not lines:
        raise Already("Сегодня об этом уже напоминали. Следующий раз — завтра")
    for line in lines:
        _send(line, paper, by)
    return len(lines)


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
