"""Reminders about an open proposal: to its people and to the council, at most once a day (п. 3.5, 6.1)."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import joined, rutime
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import address_of
from programs.pairings.acts import pairing_title
from programs.pairings.letters import COUNCIL_DECIDES, holders, write
from programs.pairings.models import Pairing, Participation

REMINDERS = {
    "answer": "Ждём Вашего ответа: хотите ли Вы работать в этой паре или группе. Ответ доверительный.",
    "processing": "Нужно Ваше согласие на обработку персональных данных. Как его дать, подскажет куратор.",
    "duties": (
        "Нужно Ваше письменное согласие на дополнительные обязанности (п. 3.3 Положения). Как его дать, подскажет"
        " куратор."
    ),
}
REMINDED_BY = joined([*Right.BANKS_APPROVE.holders, *Right.PAIRINGS_PROPOSE.holders], "или")


def may_remind(user: User) -> bool:
    """Whether the user may write reminders: whoever proposes pairs, and the director."""
    return user.can(Right.PAIRINGS_PROPOSE) or user.can(Right.BANKS_APPROVE)


def _check_may_remind(by: User) -> None:
    if not may_remind(by):
        raise NotAllowed(f"Напомнить может {REMINDED_BY}")


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time()))


@transaction.atomic
def remind(participation: Participation, *, by: User, about: str) -> Participation:
    """Write a reminder to a participant about one of ``REMINDERS``, at most once a day.

    Raises ``NotAllowed``; ``Already`` when reminded today; ``Refused`` when the person has no e-mail.
    """
    _check_may_remind(by)
    person, pairing = participation.person, reload(participation.pairing)
    if pairing.state not in Pairing.OPEN_STATES:
        raise Already("Напоминать уже не о чем: предложение закрыто")
    if not address_of(person):
        raise Refused(f"{person.short_name}: не записан e-mail. Напомните лично")
    due = Q(reminded_at__isnull=True) | Q(reminded_at__lt=_midnight())
    if not Participation.objects.filter(due, pk=participation.pk).update(reminded_at=timezone.now()):
        participation.refresh_from_db()
        raise Already(
            f"{person.short_name}: сегодня уже напоминали, в {rutime(participation.reminded_at)}. Следующий раз —"
            " завтра"
        )
    key = f"{participation.pk}:{about}"
    write("reminder", [person], pairing, pairing_title(pairing), asks=key, about=REMINDERS[about])
    record(pairing, "remind", by=by, words="написано напоминание", participation=participation.pk)
    participation.refresh_from_db()
    return participation


def awaits_council(pairing: Pairing) -> bool:
    """Whether everybody has said yes and the council's word is next (п. 3.5)."""
    return pairing.state == Pairing.State.PROPOSED and all(p.wish == Participation.Wish.YES for p in pairing.people)


@transaction.atomic
def remind_council(pairing: Pairing, *, by: User) -> Pairing:
    """Write to the chair and the secretary of the council that a proposal waits for them, at most once a day (п. 3.5).

    Raises ``NotAllowed``; ``Already`` when reminded today or the council's word is not next; ``Refused`` when none of
    them has an e-mail.
    """
    _check_may_remind(by)
    pairing = reload(Pairing.objects.select_for_update().get(pk=pairing.pk))
    if not awaits_council(pairing):
        raise Already("Напоминать совету не о чем: сейчас ход не за ним")
    if Act.objects.about(pairing).filter(verb="remind_council", at__gte=_midnight()).exists():
        raise Already("Совету сегодня уже напоминали. Следующий раз — завтра")
    if not write("agreed", holders(*COUNCIL_DECIDES), pairing, pairing_title(pairing), asks=str(pairing.pk)):
        raise Refused("Ни у председателя, ни у секретаря совета не записан e-mail. Напомните лично")
    record(pairing, "remind_council", by=by, words="написано напоминание методическому совету")
    return pairing


def _is_lacking(key: str, person: int | None) -> bool:
    """Whether a participant still owes what a reminder is about; nothing is owed to a proposal that is closed."""
    number, _, about = key.partition(":")
    found = Participation.objects.filter(pk=number, pairing__state__in=Pairing.OPEN_STATES).first()
    mine = found and next((p for p in reload(found.pairing).people if p.pk == found.pk), None)
    if mine is None:
        return False
    return {"answer": not mine.wish, "processing": not mine.has_processing, "duties": not mine.has_duties}[about]


def _awaits_council(key: str, person: int | None) -> bool:
    pairing = Pairing.objects.filter(pk=key).first()
    return pairing is not None and awaits_council(reload(pairing))


NEEDED = {"pairing_reminder": _is_lacking, "pairing_agreed": _awaits_council}
