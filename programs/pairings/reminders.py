"""Reminders about an open proposal: to its people and to the council, at most once a day (п. 3.5, 6.1)."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.mail import Needed, while_there
from mentoring_site.models import Act
from mentoring_site.russian import joined, rutime
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import address_of, unreachable
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
COUNCIL_UNREACHED = "Письмо не дойдёт ни до председателя, ни до секретаря совета: проверьте почту или напомните лично"
REMINDED_BY = joined([*Right.BANKS_APPROVE.holders, *Right.PAIRINGS_PROPOSE.holders], "или")


def may_remind(user: User) -> bool:
    """Whether the user may write reminders: whoever proposes pairs, and the director."""
    return user.can(Right.PAIRINGS_PROPOSE) or user.can(Right.BANKS_APPROVE)


def _check_may_remind(by: User) -> None:
    if not may_remind(by):
        raise NotAllowed(f"Напомнить может {REMINDED_BY}")


def why_not(participation: Participation) -> str:
    """Say why a letter to a participant would not be written today, with what to do instead; empty when it would."""
    if participation.reminded_at and participation.reminded_at >= _midnight():
        return f"сегодня уже напоминали, в {rutime(participation.reminded_at)}"
    return unreachable(participation.person, "напомните лично")


def lacking(participation: Participation) -> str:
    """Return what a participant of an open proposal still owes of ``REMINDERS``; reads ``with_requirements()``."""
    found = {
        "answer": participation.wish,
        "processing": participation.has_processing,
        "duties": participation.has_duties,
    }
    return next((about for about, there in found.items() if not there), "")


@transaction.atomic
def remind_lacking(pairing: Pairing, *, by: User) -> int:
    """Remind everybody who still owes something to an open proposal; returns how many letters were written.

    Raises ``NotAllowed``; ``Already`` when nobody owes anything or all were reminded today.
    """
    _check_may_remind(by)
    pairing = reload(pairing)
    owing = [(part, lacking(part)) for part in pairing.people if part.person_id != by.person_id]
    written = 0
    for part, about in owing:
        if about and not why_not(part):
            remind(part, by=by, about=about)
            written += 1
    if not written:
        raise Already("Напоминать сегодня уже некому")
    return written


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
        raise Refused(COUNCIL_UNREACHED)
    record(pairing, "remind_council", by=by, words="написано напоминание методическому совету")
    return pairing


def council_reminded(pairings: list[Pairing]) -> set[int]:
    """Return the keys of those about which the council was reminded today; one query."""
    acts = Act.objects.about_all(pairings).filter(verb="remind_council", at__gte=_midnight())
    return set(acts.values_list("object_id", flat=True))


def council_reached() -> int:
    """Return how many letters a reminder to the council would be: to its chair and secretary."""
    return sum(not unreachable(person, "") for person in holders(*COUNCIL_DECIDES))


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


def _owes(about: str) -> Needed:
    """Return the rule of a letter about a pairing: its person still owes what ``about`` names."""

    def rule(key: str, person: int | None) -> bool:
        side = Participation.objects.live().filter(pairing=int(key), person=person).first()
        return side is not None and _is_lacking(f"{side.pk}:{about}", person)

    return rule


NEEDED = {
    "pairing_reminder": _is_lacking,
    "pairing_agreed": _awaits_council,
    "pairing_proposed": _owes("answer"),
    "pairing_duties": _owes("duties"),
    "pairing_recommended": while_there(Pairing, state=Pairing.State.RECOMMENDED),
}
NEWS = {"pairing_assigned", "pairing_closed", "pairing_refused"}
