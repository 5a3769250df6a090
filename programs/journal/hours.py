"""Hours of mentoring by month and mentor, from confirmed meetings; pay by hours rests on them (п. 4.2; ТК 351.8)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.db.models.functions import TruncMonth
from django.utils import timezone

from mentoring_site.russian import add_months, joined, number_text
from people.accounts.models import User
from people.language.names import agree
from people.register.models import Person
from people.rights import Right
from programs.journal.models import Meeting, MeetingAttendance, MeetingQuerySet
from programs.pairings.models import Participation

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


def sees_all(user: User) -> bool:
    """Whether the user sees the hours of all mentors: those who see all papers."""
    return user.can(Right.PAPERS_SEE_ALL)


def visible(user: User) -> MeetingQuerySet:
    """Return the meetings whose hours the user may count: one's own as their mentor, or all.

    Only dates, lengths and names are read from them, never what was talked about.
    """
    if sees_all(user):
        return Meeting.objects.all()
    led = MeetingAttendance.objects.filter(
        participation__person=user.person_id, participation__part=Participation.Part.MENTOR
    )
    return Meeting.objects.filter(pk__in=led.values("meeting"))


def month_words(first: date) -> str:
    """«сентябрь 2026 г.»."""
    return f"{MONTHS[first.month - 1]} {first.year}\u00a0г."


def months(user: User) -> list[date]:
    """Return the first days of months in which there were meetings, the latest first, and this month."""
    found = visible(user).order_by().annotate(first=TruncMonth("held_on")).values_list("first", flat=True).distinct()
    return sorted({*found, timezone.localdate().replace(day=1)}, reverse=True)


@dataclass(frozen=True)
class CountedMeeting:
    """A confirmed meeting that counts."""

    on: date
    minutes: int
    mentees: str
    how: str


@dataclass(frozen=True)
class UnconfirmedMeeting:
    """A meeting that does not count yet; ``silent`` are those who have not confirmed it."""

    on: date
    minutes: int
    mentor: str
    mentees: str
    silent: str


@dataclass
class MentorHours:
    """The confirmed meetings of one mentor in a month, and the posts and orders that the memo names."""

    person: Person
    posts: dict[str, None] = field(default_factory=dict)
    orders: dict[tuple[date, str], None] = field(default_factory=dict)
    meetings: list[CountedMeeting] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How many minutes all meetings have lasted."""
        return sum(m.minutes for m in self.meetings)

    @property
    def words(self) -> str:
        """«4 ч 30 мин»."""
        return hours_words(self.minutes)

    def add(self, meeting: Meeting, participation: Participation, confirmed: list[MeetingAttendance]) -> None:
        """Count a meeting that ``confirmed`` mentees have confirmed."""
        if participation.employment:
            self.posts[participation.employment.post] = None
        pairing = meeting.program.pairing
        if pairing.order_number and pairing.order_date:
            self.orders[pairing.order_date, pairing.order_number] = None
        how = meeting.get_format_display()
        self.meetings.append(CountedMeeting(meeting.held_on, meeting.minutes, _names(confirmed), how))


@dataclass(frozen=True)
class OtherHours:
    """Confirmed hours of somebody who helped and is no mentor: the name, when, how long, with what."""

    name: str
    on: date
    minutes: int
    about: str


Others = Callable[[User, date, date], list[OtherHours]]
_OTHERS: list[Others] = []


def count_others(provider: Others) -> None:
    """Add a source of hours of a higher feature: user, first day, day after the last; called when the app is ready."""
    if provider not in _OTHERS:
        _OTHERS.append(provider)


@dataclass(frozen=True)
class MonthHours:
    """Hours of a month: by mentor, what is not confirmed, and who else helped."""

    first: date
    mentors: list[MentorHours]
    unconfirmed: list[UnconfirmedMeeting]
    others: list[OtherHours] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How many minutes all confirmed meetings have lasted."""
        return sum(m.minutes for m in self.mentors)

    @property
    def words(self) -> str:
        """«4 ч 30 мин»."""
        return hours_words(self.minutes)


def of_month(user: User, first: date) -> MonthHours:
    """Return the hours of the month that begins on ``first``.

    A meeting counts when its mentor and at least one mentee have confirmed it; only mentees who have are named.
    """
    sides = MeetingAttendance.objects.select_related("participation__person", "participation__employment")
    rows = visible(user).filter(held_on__gte=first, held_on__lt=add_months(first, 1))
    rows = rows.select_related("program__pairing").prefetch_related(Prefetch("attendances", sides.order_by("pk")))
    mentors: dict[int, MentorHours] = {}
    unconfirmed = []
    for meeting in rows.order_by("held_on", "pk"):
        mentor, mentees = _sides(meeting)
        if mentor is None or not (sees_all(user) or mentor.participation.person_id == user.person_id):
            continue
        confirmed = [m for m in mentees if m.confirmed_at]
        if mentor.confirmed_at and confirmed:
            person = mentor.participation.person
            mentors.setdefault(person.pk, MentorHours(person)).add(meeting, mentor.participation, confirmed)
        else:
            unconfirmed.append(_unconfirmed(meeting, mentor, mentees))
    ordered = sorted(mentors.values(), key=lambda m: (m.person.full_name, m.person.pk))
    others = [row for provider in _OTHERS for row in provider(user, first, add_months(first, 1))]
    return MonthHours(first, ordered, unconfirmed, others)


def _sides(meeting: Meeting) -> tuple[MeetingAttendance | None, list[MeetingAttendance]]:
    found = list(meeting.attendances.all())
    mentor = next((a for a in found if a.participation.part == Participation.Part.MENTOR), None)
    return mentor, [a for a in found if a.participation.part == Participation.Part.MENTEE]


def _unconfirmed(meeting: Meeting, mentor: MeetingAttendance, mentees: list[MeetingAttendance]) -> UnconfirmedMeeting:
    silent = [a for a in [mentor, *mentees] if not a.confirmed_at]
    name = mentor.participation.person.short_name
    words = joined([_silent_words(a) for a in silent])
    return UnconfirmedMeeting(meeting.held_on, meeting.minutes, name, _names(mentees), words)


def _silent_words(attendance: MeetingAttendance) -> str:
    """Return who has not confirmed a meeting, and whether by an objection: «Очирова С. Д. (не согласна)»."""
    person = attendance.participation.person
    said = f" ({agree(person.gender, 'не согласен', 'не согласна')})" if attendance.objected_at else ""
    return person.short_name + said


def _names(attendances: list[MeetingAttendance]) -> str:
    return joined([a.participation.person.short_name for a in attendances])


def hours_words(minutes: int) -> str:
    """«4 ч 30 мин»."""
    hours, rest = divmod(minutes, 60)
    return (
        "\u00a0".join(filter(None, [f"{hours}\u00a0ч" if hours else "", f"{rest}\u00a0мин" if rest else ""]))
        or "0\u00a0ч"
    )


def in_hours(minutes: int) -> str:
    """«4,5»: hours as a bookkeeper writes them, to two decimals."""
    return number_text(round(minutes / 60, 2))
