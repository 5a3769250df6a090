"""What pages show of planned meetings."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, near
from mentoring_site.ui.elements import Action, Badge, Fact
from people.accounts.models import User
from people.promises import Promise
from programs.journal.models import Meeting, MeetingAttendance, MeetingQuerySet
from programs.journal.planning.acts import when_words
from programs.program.models import Program


@dataclass(frozen=True)
class PlannedRow:
    """A planned meeting in the journal."""

    when: str
    near: str
    how: str
    about: str
    people: str
    badge: Badge
    url: str
    held_url: str
    answers: tuple[str, ...]


def with_invited(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Read those who are asked to come, with their answers."""
    sides = MeetingAttendance.objects.select_related("participation__person").order_by("-participation__part", "pk")
    return meetings.select_related("program__pairing", "logged_by__person", "activity").prefetch_related(
        Prefetch("attendances", sides)
    )


def answers(meeting: Meeting) -> tuple[str, ...]:
    """Return who has said that the time does not suit, and what."""
    said = [a for a in meeting.attendances.all() if a.objected_at]
    return tuple(f"{a.participation.person.short_name}: время не подходит. «{a.objection}»" for a in said)


def badge(meeting: Meeting, user: User) -> Badge:
    """Return how a planned meeting stands."""
    mine = meeting.logged_by_id == user.pk
    if any(a.objected_at for a in meeting.attendances.all()):
        return Badge("время не подходит", "you" if mine else "others")
    if meeting.held_on < timezone.localdate():
        return Badge("не записана", "late")
    return Badge("сегодня", "you") if meeting.held_on == timezone.localdate() else Badge("назначена", "ahead")


def row(meeting: Meeting, user: User, *, logs: bool) -> PlannedRow:
    """Return a planned meeting read ``with_invited``; ``logs`` says whether the user may write into the journal."""
    due = meeting.held_on <= timezone.localdate()
    return PlannedRow(
        when=when_words(meeting),
        near=near(meeting.held_on) if meeting.held_on >= timezone.localdate() else "",
        how=f"{meeting.minutes}\u00a0мин, {meeting.get_format_display()}",
        about=(meeting.about if meeting.is_read_by(user) else "")
        or (meeting.activity.title if meeting.activity else ""),
        people=_people(meeting),
        badge=badge(meeting, user),
        url=reverse("programs:meeting_planned", args=[meeting.pk]),
        held_url=reverse("programs:meeting_held", args=[meeting.pk]) if logs and due else "",
        answers=answers(meeting),
    )


def _people(meeting: Meeting) -> str:
    return joined([a.participation.person.short_name for a in meeting.attendances.all()])


def facts(meeting: Meeting, user: User) -> list[Fact]:
    """Return what the page of a planned meeting shows."""
    return Fact.known(
        [
            ("Когда", f"{when_words(meeting)}, {meeting.minutes}\u00a0мин, {meeting.get_format_display()}"),
            ("О чём, где", meeting.about if meeting.is_read_by(user) else Promise.ENTRY.named(meeting.readers)),
            ("По плану", meeting.activity.title if meeting.activity else ""),
            ("Кого позвали", _people(meeting)),
            ("Кто назначил", meeting.logged_by.person.short_name),
            ("Ответы", "\n".join(answers(meeting))),
        ]
    )


def actions(meeting: Meeting, user: User, *, logs: bool) -> list[Action]:
    """Return the buttons of a planned meeting: the held one first when its day has come."""
    found = []
    due = meeting.held_on <= timezone.localdate()

    def at(name: str) -> str:
        return reverse(f"programs:meeting_{name}", args=[meeting.pk])

    if logs:
        early = () if due else (f"День ещё не наступил: {when_words(meeting)}",)
        found.append(Action("held", "Встреча состоялась", at("held"), primary=due, enabled=due, reasons=early))
        found.append(Action("agenda", "Изменить повестку", at("agenda")))
        found.append(Action("move", "Перенести", at("move"), primary=bool(answers(meeting)) and not due))
    own = own_side(meeting, user)
    if own and own.objected_at is None and meeting.logged_by_id != user.pk:
        found.append(Action("unsuitable", "Время не подходит", reverse("programs:meeting_unsuitable", args=[own.pk])))
    if logs:
        found.append(Action("cancel", "Отменить встречу", at("cancel"), danger=True))
    return found


def own_side(meeting: Meeting, user: User) -> MeetingAttendance | None:
    """Return how the user takes part in a planned meeting, or None."""
    return next((a for a in meeting.attendances.all() if a.participation.person_id == user.person_id), None)


def of_program(program: Program, user: User, *, logs: bool) -> list[PlannedRow]:
    """Return the planned meetings of a program that the user may see, the nearest first."""
    found = with_invited(Meeting.every.visible_to(user).planned().filter(program=program))
    return [row(meeting, user, logs=logs) for meeting in found.order_by("held_on", "starts_at", "pk")]
