"""Acts over many pairs and groups: reminders to those who still owe something, and to the council (п. 3.5, 6.1)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from mentoring_site.russian import joined
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import number_of_letters
from programs.pairings import reminders
from programs.pairings.models import Pairing
from programs.pairings.rules import pairing_title

PAIRS = "пара или группа,пары и группы,пар и групп"
OWED = {"answer": "ответ", "processing": "согласие на обработку", "duties": "согласие на обязанности"}
CLOSED = "предложение закрыто, напоминать не о чем"


def _requirements(pairings: list[Pairing]) -> dict[int, Pairing]:
    """Return the pairings with what their requirements read, and who can be written to; a few queries for all."""
    found = Pairing.objects.with_requirements(topics=False).in_bulk([p.pk for p in pairings])
    prefetch_related_objects([part.person for pairing in found.values() for part in pairing.people], "user")
    return found


def _owing(pairings: list[Pairing], by: User) -> list[Chosen]:
    """Say of each pairing who would be reminded of what, or why nobody."""
    read = _requirements(pairings)
    return [_one(read[pairing.pk], by) for pairing in pairings]


def _one(pairing: Pairing, by: User) -> Chosen:
    if pairing.state not in Pairing.OPEN_STATES:
        return _chosen(pairing, "", CLOSED)
    owing = [(p, reminders.lacking(p)) for p in pairing.people if p.person_id != by.person_id]
    owing = [(p, about) for p, about in owing if about]
    why = {p.pk: reminders.why_not(p) for p, _ in owing}
    written = [(p, about) for p, about in owing if not why[p.pk]]
    if not owing:
        return _chosen(pairing, "", "от участников уже всё есть")
    if not written:
        return _chosen(pairing, "", joined(list(dict.fromkeys(why.values()))))
    note = "; ".join(f"{p.person.short_name}: {OWED[about]}" for p, about in written)
    return _chosen(pairing, note, letters=len(written))


def _chosen(pairing: Pairing, note: str, why: str = "", letters: int = 1) -> Chosen:
    reasons = (why,) if why else ()
    return Chosen(pairing, pairing_title(pairing), pairing.get_absolute_url(), note, reasons, letters=letters)


def _of_council(pairings: list[Pairing], by: User) -> list[Chosen]:
    """Say of each pairing whether the council's word is next and whom a letter would reach."""
    read, reminded = _requirements(pairings), reminders.council_reminded(pairings)
    reached = reminders.council_reached()
    found = []
    for pairing in pairings:
        whole, why = read[pairing.pk], ""
        if not reminders.awaits_council(whole):
            why = "ход сейчас не за советом"
        elif pairing.pk in reminded:
            why = "совету сегодня уже напоминали"
        elif not reached:
            why = reminders.COUNCIL_UNREACHED
        found.append(_chosen(whole, "", why, letters=reached))
    return found


def _remind(pairing: Pairing, *, by: User, key: UUID) -> int:
    return reminders.remind_lacking(pairing, by=by)


def _remind_council(pairing: Pairing, *, by: User, key: UUID) -> Pairing:
    return reminders.remind_council(pairing, by=by)


def _consequences(ready: list[Chosen], by: Any) -> list[str]:
    return [number_of_letters(sum(one.letters for one in ready)), "Об одном и том же — не чаще раза в день."]


def _reminder(label: str, url: str, done: str, look: Callable, act: Callable) -> BulkAct:
    return BulkAct(
        label,
        url,
        Right.PAIRINGS_PROPOSE,
        PAIRS,
        done,
        look,
        act,
        submit="Написать",
        may=reminders.may_remind,
        consequences=_consequences,
    )


PEOPLE, COUNCIL = BULK = (
    _reminder("Напомнить участникам", "programs:pairings_remind", "Напоминания написаны", _owing, _remind),
    _reminder("Напомнить совету", "programs:pairings_remind_council", "Совету написано", _of_council, _remind_council),
)
