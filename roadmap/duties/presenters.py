"""What pages of duties show: badges, terms, who answers, rows of lists."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import Shown, shown, with_evidence
from mentoring_site.russian import MONTHS, joined, lower_first, rudate, ruday, rushort, upper_first
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.models import User
from people.rights import Right
from roadmap.duties import dates
from roadmap.duties.acts import is_owner, owner_words, require_doing
from roadmap.duties.models import Occurrence, RegularDuty
from roadmap.proofs import kinds

LIST_TITLE = "Постоянные обязанности"
WORKBOOK_COLUMNS = ("Обязанность", "Как часто", "Кто отвечает", "Срок", "Состояние", "Сделано", "Чем подтверждено")


@dataclass(frozen=True)
class OccurrenceRow:
    """An occurrence in the list, or on the page of its duty; ``mine`` marks the reader's own."""

    name: str
    url: str
    who: str
    cadence: str
    due: str
    badge: Badge
    note: str
    mine: bool


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of duties."""
    return [
        Crumb("Дорожная карта", reverse("roadmap:roadmaps")),
        Crumb(LIST_TITLE, reverse("roadmap:duties")),
        *more,
    ]


def badge(occurrence: Occurrence) -> Badge:
    """Return how an occurrence stands by word and shape."""
    today = timezone.localdate()
    if occurrence.done_on:
        return Badge("сделано", "done")
    if occurrence.due_on < today:
        return Badge("просрочено", "late")
    return Badge("пора", "you") if occurrence.opens_on <= today else Badge("впереди", "ahead")


def cadence_words(duty: RegularDuty) -> str:
    """«раз в год, до 20 сентября», «раз в месяц, до последнего дня», «по названным дням: 20.05.2027»."""
    said = duty.get_cadence_display()
    if duty.cadence == dates.ON_DATES:
        return f"{said}: {', '.join(rushort(day) for day in duty.dates)}"
    last = duty.day is None or duty.day >= dates.LAST
    if duty.cadence == dates.YEARLY and duty.month:
        month = MONTHS[duty.month - 1]
        return f"{said}, до {'конца' if last else duty.day}\u00a0{month}"
    return f"{said}, до {'последнего дня' if last else f'{duty.day}-го числа'}{_of_quarter(duty)}"


def _of_quarter(duty: RegularDuty) -> str:
    return " квартала" if duty.cadence == dates.QUARTERLY else ""


def row(occurrence: Occurrence, user: User) -> OccurrenceRow:
    """Return the row of an occurrence read with its duty and its person."""
    duty = occurrence.duty
    return OccurrenceRow(
        name=duty.name,
        url=occurrence.get_absolute_url(),
        who=owner_words(duty),
        cadence=cadence_words(duty),
        due=ruday(occurrence.due_on),
        badge=badge(occurrence),
        note=occurrence.done_note,
        mine=is_owner(duty, user),
    )


def cells(occurrence: Occurrence, user: User) -> tuple:
    """Return the cells of an occurrence under ``WORKBOOK_COLUMNS``."""
    duty = occurrence.duty
    return (
        duty.name,
        cadence_words(duty),
        owner_words(duty),
        occurrence.due_on,
        badge(occurrence).word,
        occurrence.done_on,
        occurrence.done_note,
    )


def facts(duty: RegularDuty) -> list[Fact]:
    """Return what stands on the page of a duty."""
    return Fact.known(
        [
            ("Как часто", cadence_words(duty)),
            ("Кто отвечает", owner_words(duty)),
            ("Что подтверждает выполнение", duty.expected),
            ("Закроется, когда приложены", kinds.words(duty.proof_kinds)),
            ("Основание", duty.ground),
            ("Больше не нужна с", rudate(duty.ended_on) if duty.ended_on else ""),
        ]
    )


def occurrence_facts(occurrence: Occurrence) -> list[Fact]:
    """Return what stands on the page of an occurrence (its evidence is read)."""
    standing = kinds.standing(occurrence.evidence.all())
    lacking = kinds.missing(occurrence.duty.proof_kinds, standing) if not occurrence.done_on and standing else []
    return [
        Fact("Срок", rudate(occurrence.due_on)),
        *facts(occurrence.duty),
        *Fact.known(
            [
                ("Ещё не приложено", kinds.words(lacking)),
                ("Сделано", rudate(occurrence.done_on) if occurrence.done_on else ""),
                ("Чем подтверждено", occurrence.done_note),
            ]
        ),
    ]


def may_do(occurrence: Occurrence, user: User) -> bool:
    """Whether the user may prove the occurrence."""
    try:
        require_doing(occurrence, user)
    except NotAllowed:
        return False
    return True


def evidence(occurrence: Occurrence, user: User) -> Shown:
    """Return what proves an occurrence; before its days come nothing is put to it."""
    begun = occurrence.opens_on <= timezone.localdate()
    prefetch_related_objects([occurrence], with_evidence())
    return shown(occurrence, changes=begun and may_do(occurrence, user), expected=begun)


def actions(duty: RegularDuty, user: User) -> list[Action]:
    """Return the buttons on the page of a duty."""
    if duty.ended_on or not user.can(Right.ROADMAP_WRITE):
        return []
    return [
        Action("edit", "Изменить обязанность", reverse("roadmap:duty_edit", args=[duty.pk])),
        Action("end", "Больше не нужна", reverse("roadmap:duty_end", args=[duty.pk]), danger=True),
    ]


def names_of(samples: Any) -> str:
    """Return the offered duties in words."""
    return joined([lower_first(sample["name"]) for sample in samples])


def title(duty: RegularDuty) -> str:
    """Return the name of a duty as a heading."""
    return upper_first(duty.name)
