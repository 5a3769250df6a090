"""What pages of the answers show."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action, Badge, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from programs.relationship.models import RelationshipAnswer
from programs.relationship.rules import is_author
from programs.requests import registry

State, Level = RelationshipAnswer.State, RelationshipAnswer.Level
TONES: dict[str, Tone] = {
    State.ASKED: "others",
    State.ANSWERED: "done",
    State.SETTLED: "done",
    State.LAPSED: "stopped",
}
COUNCIL_TALKS = {
    "consultation": "Посоветоваться с методическим советом",
    "mediation": "Договориться при посреднике из совета",
}
"""Kinds of request by which the council helps two people to talk."""


@dataclass(frozen=True)
class Row:
    """A question in the list."""

    name: str
    url: str
    part: str
    program: str
    asked: str
    badge: Badge


@dataclass(frozen=True)
class Way:
    """Something that can be done when it is hard to work together."""

    title: str
    words: str
    url: str = ""
    link: str = ""


def badge(found: RelationshipAnswer, user: User) -> Badge:
    """Return how a question stands; what was answered is said to those who read it."""
    if found.state == State.ASKED:
        return Badge(found.get_state_display(), "you" if is_author(found, user) else "others")
    if found.is_low and found.state == State.ANSWERED:
        return Badge(found.get_level_display(), "late")
    if found.level:
        return Badge(found.get_level_display(), "done")
    return Badge(found.get_state_display(), TONES[found.state])


def row(found: RelationshipAnswer, user: User) -> Row:
    """Return a question read ``with_people``."""
    side = found.participation
    return Row(
        side.person.short_name,
        found.get_absolute_url(),
        side.part_word,
        found.program.title,
        ruday(found.asked_on),
        badge(found, user),
    )


def cells(found: RelationshipAnswer, user: User) -> tuple:
    """Return the cells of a workbook."""
    side = found.participation
    answered = timezone.localdate(found.answered_at) if found.answered_at else None
    return (
        side.person.full_name,
        side.part_word,
        found.program.title,
        found.asked_on,
        found.get_state_display(),
        found.get_level_display() if found.level else "",
        found.word,
        answered,
    )


def facts(found: RelationshipAnswer) -> list[Fact]:
    """Return what the page of an answer shows."""
    by = found.answered_by
    recorded = by.person.short_name if by and by.person_id != found.participation.person_id else ""
    settled = f"{found.settled_by.person.short_name}, {ruday(found.settled_at)}" if found.settled_by else ""
    return Fact.known(
        [
            ("Кого спросили", f"{found.participation.person.full_name}, {found.participation.part_word}"),
            ("Когда", ruday(found.asked_on)),
            ("Ответ", found.get_level_display() if found.level else ""),
            ("Словами", found.word),
            ("Отвечено", ruday(found.answered_at) if found.answered_at else ""),
            ("Записано с бумаги", recorded),
            ("Поговорили", settled),
        ]
    )


def actions(found: RelationshipAnswer, user: User) -> list[Action]:
    """Return the buttons of an answer."""
    at, own = found.get_absolute_url(), is_author(found, user)
    offered = [
        action(found, "answer", user, f"{at}answer/", primary=own),
        action(found, "change", user, f"{at}answer/"),
        action(found, "settle", user, f"{at}settle/", primary=True) if found.is_low else None,
    ]
    return [one for one in offered if one and one.enabled]


def ways(found: RelationshipAnswer, readers: list) -> list[Way]:
    """Return what the author of a low answer can do; nothing is sent before the person sends it."""
    who = ", ".join(person.short_name for person in readers)
    told = f"Ответ уже у того, кто Вас выслушает: {who}. Можно и не ждать — подойти или позвонить." if who else ""
    offered = [Way("Поговорить с куратором", told or "Подойдите к куратору школы: он выслушает без протокола.")]
    part, pairing = found.participation.part, found.program.pairing_id
    for code, title in COUNCIL_TALKS.items():
        kind = registry.kinds().get(code)
        if kind and part in kind.filers:
            url = reverse("programs:request_new", args=[code, pairing if kind.about == "pairing" else found.program_id])
            offered.append(Way(title, kind.lead, url, kind.offer))
    mentee = part == found.participation.Part.MENTEE
    offered.append(
        Way(
            "Попросить о замене наставника" if mentee else "Сложить обязанности наставника",
            "Откроется готовое ходатайство. Оно никуда не уйдёт, пока Вы сами его не подадите.",
            f"{found.get_absolute_url()}petition/",
            "Подготовить ходатайство" if mentee else "Подготовить заявление",
        )
    )
    return offered
