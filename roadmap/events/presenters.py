"""What pages of events show: badges, rows, particulars, buttons, participants, what it gave."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from mentoring_site.evidence.presenters import NOTHING, Shown, shown, with_evidence
from mentoring_site.russian import number_text, period, plural, rudate, ruday, rutime, school_year
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from roadmap.events import beside, inviting
from roadmap.events.audience import OF_AUDIENCE
from roadmap.events.models import Event, Participant
from roadmap.events.outcomes import STEPS, may_write
from roadmap.events.rules import is_host, keeps
from roadmap.plan.models import Roadmap

State, Answer, Part = Event.State, Participant.Answer, Participant.Part
LIST_TITLE = "События"
TONES: dict[str, Tone] = {
    State.DRAFT: "draft",
    State.ANNOUNCED: "ahead",
    State.HELD: "done",
    State.CANCELLED: "stopped",
}
ANSWERS: dict[str, Badge] = {
    Answer.NONE: Badge("нет ответа", "others"),
    Answer.YES: Badge("будет", "ahead"),
    Answer.WAITING: Badge("ждёт места", "others"),
    Answer.NO: Badge("не сможет", "stopped"),
}
PEOPLE = "человек,человека,человек"
MINUTES_KINDS = (Event.Kind.COORDINATION, Event.Kind.ROUND_TABLE, Event.Kind.CONFERENCE, Event.Kind.SESSION)
"""Kinds whose decisions are usually written down; other kinds may have them too."""


@dataclass(frozen=True)
class EventRow:
    """A line of the list of events."""

    title: str
    url: str
    kind: str
    when: str
    badge: Badge
    people: str
    key: int


@dataclass(frozen=True)
class Person:
    """A participant as the page of an event shows one."""

    row: Participant
    name: str
    under: str
    badge: Badge
    url: str = ""
    strike_url: str = ""
    evidence: Shown = field(default=NOTHING)


@dataclass(frozen=True)
class Outcome:
    """What a speed meeting gave one mentee."""

    name: str
    outcome: str
    next_step: str
    next_words: str
    edit_url: str = ""
    settle_url: str = ""
    settled: bool = False
    step: Crumb | None = None


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of events."""
    return [Crumb(LIST_TITLE, reverse("roadmap:events")), *more]


def crumbs_of(event: Event, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below an event's page."""
    return crumbs(Crumb(event.title, event.get_absolute_url()), Crumb(last))


def badge(event: Event) -> Badge:
    """Return the state of an event by word and shape; an announced one whose day has passed is late."""
    if event.state == State.ANNOUNCED and has_passed(event):
        return Badge("прошло, не записано", "late")
    return Badge(event.get_state_display(), TONES[event.state])


def has_passed(event: Event) -> bool:
    """Whether the last day of an event is over."""
    return event.has_begun and not event.is_today


def days_of(event: Event) -> str:
    """Return «22 ноября в 15:00» or «с 22 по 24 ноября»."""
    if event.ends_on != event.starts_on:
        return period(event.starts_on, event.ends_on)
    at = f" в\u00a0{rutime(event.starts_at)}" if event.starts_at else ""
    return f"{ruday(event.starts_on)}{at}"


def people_words(event: Event) -> str:
    """Say of an event read ``with_counts`` how many were there, come or are invited."""
    if event.state == State.HELD:
        return f"были {plural(event.came or 0, PEOPLE)}"
    if event.state == State.ANNOUNCED and (event.going or event.asked):
        return f"придут {event.going or 0} из {event.asked or 0}"
    return plural(event.asked, PEOPLE) if event.asked else ""


def list_row(event: Event, user: User) -> EventRow:
    """Return the line of an event read ``with_counts``."""
    level = f"{event.get_level_display()} уровень" if event.outside else ""
    place = event.place or ("дистанционно" if event.link else "")
    return EventRow(
        title=event.title,
        url=event.get_absolute_url(),
        kind=", ".join(filter(None, [event.get_kind_display(), level, place])),
        when=days_of(event),
        badge=badge(event),
        people=people_words(event),
        key=event.pk,
    )


WORKBOOK_COLUMNS = (
    "Вид",
    "Название",
    "Кто проводит",
    "Уровень",
    "Учебный год",
    "Первый день",
    "Последний день",
    "Начало",
    "Где",
    "Ответственный",
    "Состояние",
    "Приглашены",
    "Были",
    "Часов",
    "Партнёры",
    "Итоги",
)


def workbook_cells(event: Event, user: User) -> tuple[Any, ...]:
    """Return the cells of an event under ``WORKBOOK_COLUMNS``."""
    return (
        event.get_kind_display(),
        event.title,
        event.organizer if event.outside else "школа",
        event.get_level_display(),
        school_year(event.school_year, full=True),
        event.starts_on,
        event.ends_on,
        rutime(event.starts_at) if event.starts_at else "",
        event.place,
        event.host.full_name if event.host else "",
        event.get_state_display(),
        event.asked,
        event.came,
        event.hours,
        event.partners_words,
        event.results,
    )


def sees_people(event: Event, user: User) -> bool:
    """Whether the user reads the list of participants."""
    return user.can(Right.EVENTS_SEE) or is_host(event, user)


def facts(event: Event, user: User) -> list[Fact]:
    """Return the particulars of an event."""
    times = (
        f"{rutime(event.starts_at)}{f'–{rutime(event.ends_at)}' if event.ends_at else ''}" if event.starts_at else ""
    )
    days = rudate(event.starts_on) if event.ends_on == event.starts_on else period(event.starts_on, event.ends_on)
    found = [
        Fact("Вид", event.get_kind_display()),
        Fact("Когда", f"{days}{f', {times}' if times else ''}"),
        *Fact.known([("Где", event.place)]),
        *([Fact("Подключиться", "открыть ссылку", url=event.link)] if event.link else []),
        *Fact.known(
            [
                ("Кто проводит", event.organizer),
                ("Уровень", event.get_level_display() if event.outside else ""),
                ("Записал" if event.outside else "Ответственный", event.host.short_name if event.host else ""),
                ("Для кого", "" if event.outside else event.get_audience_display()),
                ("Партнёры", event.partners_words),
                ("Мест", _seats(event)),
                ("Часов", number_text(event.hours) if event.hours else ""),
                ("Почему отменено", event.cancel_reason),
            ]
        ),
    ]
    if event.task and Roadmap.objects.visible_to(user).filter(stages__tasks=event.task_id).exists():
        found.append(Fact("Дорожная карта", event.task, url=event.task.get_absolute_url()))
    return found


def _seats(event: Event) -> str:
    left = inviting.seats_left(event)
    if left is None:
        return ""
    return f"{event.capacity}, свободно {left}" if event.state == State.ANNOUNCED else str(event.capacity)


def invites_later(event: Event) -> str:
    """Say of a draft that those for whom it is are invited once it is announced."""
    if event.state != State.DRAFT or Event.Audience(event.audience) not in OF_AUDIENCE:
        return ""
    return f"Когда Вы объявите событие, приглашены будут {event.get_audience_display()}."


def checks(event: Event, user: User) -> list[Check]:
    """Return what the next step of an event needs, for whoever takes it."""
    if not keeps(event, user):
        return []
    if event.state == State.DRAFT and not event.has_begun:
        return readiness(event, "announce")
    return readiness(event, "hold") if event.state in Event.OPEN_STATES and event.has_begun else []


def actions(event: Event, user: User) -> list[Action]:
    """Return the buttons of an event that are the user's."""
    if not keeps(event, user):
        return [*_own_actions(event, user), *beside.offers(event, user)]
    at = lambda name: reverse(f"roadmap:{name}", args=[event.pk])  # noqa: E731
    is_open, begun = event.state in Event.OPEN_STATES, event.has_begun
    ours = is_open and not event.outside
    found = [
        action(event, "announce", user, at("event_announce"), primary=not begun) if not has_passed(event) else None,
        Action("attend", "Отметить, кто был", at("event_attendance"), primary=begun and is_open)
        if begun and event.state != State.CANCELLED
        else None,
        action(event, "hold", user, at("event_hold")) if begun else None,
        Action("invite", "Пригласить ещё", at("event_invite")) if ours else None,
        Action("answers", "Записать ответы", at("event_attendance"))
        if event.state == State.ANNOUNCED and not begun and not event.outside
        else None,
        Action("edit", "Изменить", at("event_edit")) if is_open else None,
        Action("door", "Код у входа", at("event_door"))
        if event.state == State.ANNOUNCED and not event.outside
        else None,
        Action("notes", "Записать решения и итоги", at("event_notes"))
        if begun and event.state != State.CANCELLED
        else None,
        Action("repeat", "Повторять", at("event_repeat")) if ours and not event.series else None,
        *_own_actions(event, user),
        *beside.offers(event, user),
        action(event, "reopen", user, at("event_reopen")),
        action(event, "cancel", user, at("event_cancel")),
        Action("discard", "Удалить черновик", at("event_discard"), danger=True) if event.state == State.DRAFT else None,
    ]
    return [one for one in found if one]


def _own_actions(event: Event, user: User) -> list[Action]:
    """Return what a participant does about the own part of an event."""
    row = event.participants.present().filter(person=user.person_id).first()
    if row is None:
        return []
    found = []
    if event.outside:
        url = reverse("roadmap:participant", args=[event.pk, row.pk])
        found.append(Action("own", "Рассказать, что привезли", url, primary=not row.brought_home))
    if event.is_speed and row.part != Part.MENTOR:
        url = reverse("roadmap:event_outcome", args=[event.pk, row.pk])
        found.append(Action("outcome", "Записать, что дала встреча", url, primary=not row.outcome))
    return found


@dataclass(frozen=True)
class Asked:
    """The question to a reader who may answer whether to come."""

    said: Badge | None
    seats: str
    comes: bool
    declined: bool
    url: str


def asked(event: Event, user: User) -> Asked | None:
    """Return the question «придёте ли Вы» for whoever is invited, or for everybody where all are welcome."""
    if event.outside or event.state != State.ANNOUNCED or has_passed(event) or is_host(event, user):
        return None
    row = event.participants.filter(person=user.person_id).first()
    if row is None and event.audience != Event.Audience.ALL:
        return None
    left = inviting.seats_left(event)
    full = left == 0 and (row is None or row.answer != Answer.YES)
    said = ANSWERS[row.answer] if row and row.answer != Answer.NONE else None
    return Asked(
        said=said,
        seats="Мест уже нет: Вы встанете в лист ожидания и узнаете, когда место освободится." if full else "",
        comes=bool(row and row.answer in (Answer.YES, Answer.WAITING)),
        declined=bool(row and row.answer == Answer.NO),
        url=reverse("roadmap:event_answer", args=[event.pk]),
    )


def people(event: Event, user: User) -> list[Person]:
    """Return the participants: all for those who see them, else the reader alone."""
    rows = event.participants.visible_to(user).select_related("person").prefetch_related(with_evidence())
    strike = keeps(event, user) and event.state in Event.OPEN_STATES
    found = []
    for row in rows:
        own = row.person_id == user.person_id
        writes = bool(row.is_present) and (own or keeps(event, user))
        found.append(
            Person(
                row,
                row.person.short_name,
                _under(row),
                _mark(row),
                reverse("roadmap:participant", args=[event.pk, row.pk]) if writes else "",
                reverse("roadmap:event_strike", args=[event.pk, row.pk]) if strike and not row.is_present else "",
                shown(row, changes=False),
            )
        )
    return found


def _mark(row: Participant) -> Badge:
    if row.is_present is None:
        return ANSWERS[row.answer]
    was = agree(row.person.gender, "был")
    return Badge(was, "done") if row.is_present else Badge(f"не {was}", "stopped")


def _under(row: Participant) -> str:
    """Return «наставник встречи, 2 часа, сертификат № 18»."""
    said = [
        row.get_part_display() if row.part != Part.LISTENER else "",
        f"{number_text(row.hours)}\u00a0ч" if row.hours else "",
        row.document,
    ]
    return ", ".join(filter(None, said))


def outcomes(event: Event, user: User) -> list[Outcome]:
    """Return what a speed meeting gave the mentees, as far as the reader may know."""
    if not event.is_speed:
        return []
    rows = event.participants.outcomes_visible_to(user).present().exclude(part=Part.MENTOR).select_related("person")
    writes = None
    found = []
    for row in rows:
        row.event = event
        if writes is None:
            writes = may_write(row, user)
        own = row.person_id == user.person_id
        settles = user.can(Right.EVENTS_WRITE) and row.next_step in STEPS and row.next_done_at is None
        found.append(
            Outcome(
                row.person.short_name,
                row.outcome,
                row.get_next_step_display() if row.next_step else "",
                row.next_words,
                reverse("roadmap:event_outcome", args=[event.pk, row.pk]) if own or writes else "",
                reverse("roadmap:event_settle", args=[event.pk, row.pk]) if settles else "",
                row.next_done_at is not None,
                _step(row, user) if settles else None,
            )
        )
    return found


def _step(row: Participant, user: User) -> Crumb | None:
    """Return where the next step of a mentee is taken: a mentor is chosen, or help is arranged without a pair."""
    if row.next_step == Participant.Next.PAIR:
        return Crumb("Подобрать наставника", reverse("programs:pairing_new"))
    helps = user.can(Right.REQUESTS_DECIDE)
    return Crumb("Договориться о помощи без пары", reverse("programs:supports")) if helps else None


def counts(rows: Iterable[Participant]) -> str:
    """Say how many answered what: «придут 5, не смогут 2, ждут места 1, не ответили 3»; who was there once marked."""
    rows = list(rows)
    came = sum(row.is_present is True for row in rows)
    if came:
        return f"Отмечены {plural(came, PEOPLE)} из {len(rows)}"
    words = (
        ("придут", Answer.YES),
        ("не смогут", Answer.NO),
        ("ждут места", Answer.WAITING),
        ("не ответили", Answer.NONE),
    )
    said = [f"{word} {n}" for word, answer in words if (n := sum(row.answer == answer for row in rows))]
    return ", ".join(said).capitalize()


def materials(event: Event, user: User) -> Shown:
    """Return the materials of an event."""
    prefetch_related_objects([event], with_evidence())
    return shown(event, changes=keeps(event, user) and event.state != State.CANCELLED)
