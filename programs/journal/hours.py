"""Hours of mentoring by month and mentor, from confirmed meetings: what is paid by hours rests on them
(п. 4.2; ТК 351.8).
"""

from datetime import date

from django.db.models import Prefetch
from django.db.models.functions import TruncMonth
from django.utils import timezone

from mentoring_site.russian import add_months, joined, number_text
from people.rights import Right
from programs.journal.models import Meeting, MeetingAttendance

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


def sees_all(user) -> bool:
    """Whether the hours of all mentors are the user's business: the curator's, the clerk's, the director's."""
    return user.can(Right.PAPERS_SEE_ALL)


def visible(user):
    """Return the meetings whose hours the user may count: one's own as their mentor, or all.

    Only dates, lengths and names are read from them, never what was talked about.
    """
    if sees_all(user):
        return Meeting.objects.all()
    led = MeetingAttendance.objects.filter(participation__person=user.person_id, participation__part="mentor")
    return Meeting.objects.filter(pk__in=led.values("meeting"))


def month_words(first: date) -> str:
    """«сентябрь 2026 г.»."""
    return f"{MONTHS[first.month - 1]} {first.year}\u00a0г."


def months(user) -> list[date]:
    """Return the first days of months in which there were meetings, the latest first, and this month."""
    found = visible(user).order_by().annotate(first=TruncMonth("held_on")).values_list("first", flat=True).distinct()
    return sorted({*found, timezone.localdate().replace(day=1)}, reverse=True)


def of_month(user, first: date) -> dict:
    """Return the hours of a month: ``mentors`` with their confirmed meetings and totals, ``waiting``
    what is not confirmed.

    A meeting counts when its mentor and at least one mentee have confirmed it; only mentees who have are named. Four
    queries, whatever the number of rows.
    """
    sides = MeetingAttendance.objects.select_related("participation__person", "participation__employment").order_by(
        "pk"
    )
    rows = (
        visible(user)
        .filter(held_on__gte=first, held_on__lt=add_months(first, 1))
        .select_related("program__pairing")
        .prefetch_related(Prefetch("attendances", sides))
        .order_by("held_on", "pk")
    )
    mentors: dict = {}
    waiting = []
    for meeting in rows:
        mentor, mentees = _sides(meeting)
        if mentor is None or not (sees_all(user) or mentor.participation.person_id == user.person_id):
            continue
        confirmed = [m for m in mentees if m.confirmed_at]
        if mentor.confirmed_at and confirmed:
            person = mentor.participation.person
            found = mentors.setdefault(person.pk, {"person": person, "posts": {}, "orders": {}, "rows": []})
            _add(found, meeting, mentor.participation, confirmed)
        else:
            waiting.append(_waiting(meeting, mentor, mentees))
    ordered = sorted(mentors.values(), key=lambda m: (m["person"].full_name, m["person"].pk))
    for mentor in ordered:
        mentor["minutes"] = sum(row["minutes"] for row in mentor["rows"])
    return {
        "first": first,
        "mentors": ordered,
        "waiting": waiting,
        "minutes": sum(m["minutes"] for m in ordered),
    }


def _sides(meeting):
    found = list(meeting.attendances.all())
    mentor = next((a for a in found if a.participation.part == "mentor"), None)
    return mentor, [a for a in found if a.participation.part == "mentee"]


def _add(found, meeting, participation, confirmed) -> None:
    post = participation.employment
    if post:
        found["posts"][post.post] = None
    pairing = meeting.program.pairing
    if pairing.order_number:
        found["orders"][pairing.order_date, pairing.order_number] = None
    names = joined([a.participation.person.short_name for a in confirmed])
    found["rows"].append(
        {"on": meeting.held_on, "minutes": meeting.minutes, "mentees": names, "how": meeting.get_format_display()}
    )


def _waiting(meeting, mentor, mentees) -> dict:
    silent = [a for a in [mentor, *mentees] if not a.confirmed_at]
    return {
        "on": meeting.held_on,
        "minutes": meeting.minutes,
        "mentor": mentor.participation.person.short_name,
        "mentees": joined([a.participation.person.short_name for a in mentees]),
        "silent": joined([a.participation.person.short_name for a in silent]),
    }


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
