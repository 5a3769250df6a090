"""Acts of a running programme: activities done and checked, meetings, the thread (п. 2.3, 4.1, 4.2, 5.1, 5.2)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.mail import send_template
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from programs.models import ActivityResult, Meeting, MeetingAttendance, Message, Participation, Program

MINUTES = (30, 45, 60, 90)  # lengths offered on the phone


def _running(program):
    if program.state != "running":
        raise Refused("Отметки ставят, пока программа реализуется")


def is_mentor(program, user) -> bool:
    """Whether the user is the mentor of the programme now."""
    return program.pairing.participations.live().filter(person=user.person_id, part="mentor").exists()


@transaction.atomic
def do(activity, participation, *, by, result: str, files=()) -> ActivityResult:
    """A mentee did an activity: result and files (п. 5.2); again after a return. The curator may record it from paper.

    Raises ``NotAllowed``; ``Refused`` without a result or outside a running programme; ``Already`` when checked.
    """
    _running(activity.program)
    own = by.person_id == participation.person_id
    if not own and not by.can("programs.act_for_others"):
        raise NotAllowed("Отмечает сам наставляемый, с бумаги — куратор")
    if participation.part != "mentee" or participation.pairing_id != activity.program.pairing_id or participation.until:
        raise Refused("Мероприятие выполняет наставляемый этой программы")
    if not result.strip():
        raise Refused("Напишите, что сделано")
    row, created = ActivityResult.objects.get_or_create(
        activity=activity, participation=participation, defaults={"result": result, "done_by": by}
    )
    if not created:
        moved = (
            ActivityResult.objects.filter(pk=row.pk, version=row.version)
            .exclude(state="checked")
            .update(
                state="done",
                result=result,
                done_at=timezone.now(),
                done_by=by,
                checked_at=None,
                checked_by=None,
                version=row.version + 1,
            )
        )
        if not moved:
            raise Already("Мероприятие уже проверено наставником")
        row.refresh_from_db()
    row.files.add(*files)
    record(
        activity.program,
        "do",
        by=by,
        words="мероприятие отмечено выполненным" + ("" if own else " (записано с бумаги)"),
        activity=activity.pk,
    )
    for mentor in activity.program.pairing.participations.live().filter(part="mentor").select_related("person"):
        _write(mentor.person, "activity_done", program=activity.program, activity=activity)
    return row


def check(result: ActivityResult, *, by, comment: str = "") -> ActivityResult:
    """The mentor checks a done activity in person (п. 4.1). Raises ``NotAllowed``, ``Already``."""
    return _judge(result, "checked", "мероприятие проверено", by=by, comment=comment)


def send_back(result: ActivityResult, *, by, comment: str) -> ActivityResult:
    """The mentor returns a done activity with a comment (п. 4.1). Raises ``NotAllowed``, ``Already``, ``Refused`` without a comment."""
    if not comment.strip():
        raise Refused("Напишите, что исправить")
    return _judge(result, "returned", "мероприятие возвращено", by=by, comment=comment)


@transaction.atomic
def _judge(result, state, words, *, by, comment):
    program = result.activity.program
    _running(program)
    if not is_mentor(program, by) and not by.can("programs.act_for_others"):
        raise NotAllowed("Проверяет наставник, с бумаги — куратор")
    moved = ActivityResult.objects.filter(pk=result.pk, state="done", version=result.version).update(
        state=state, comment=comment, checked_at=timezone.now(), checked_by=by, version=result.version + 1
    )
    if not moved:
        raise Already("Это мероприятие уже проверено или изменено")
    result.refresh_from_db()
    record(program, state, by=by, words=words, activity=result.activity_id)
    _write(result.participation.person, f"activity_{state}", program=program, activity=result.activity, comment=comment)
    return result


@transaction.atomic
def log_meeting(
    program,
    *,
    by,
    held_on: date,
    minutes: int,
    format: str,
    about: str,
    participants,
    next_step="",
    activity=None,
    request_key=None,
) -> Meeting:
    """Log a past meeting with its participants; whoever logs it has confirmed it. The curator may log for the pair.

    Returns the meeting, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` for a future
    date, a date before the start, no other side, or a meeting of the same people on the same day and of the same length.
    """
    if request_key and (made := Meeting.objects.filter(request_key=request_key).first()):
        return made
    program = Program.objects.select_for_update().get(pk=program.pk)
    _running(program)
    everybody = {p.pk: p for p in program.pairing.participations.live().select_related("person")}
    mine = next((p for p in everybody.values() if p.person_id == by.person_id), None)
    if mine is None and not by.can("programs.act_for_others"):
        raise NotAllowed("Встречу записывают её участники, за них — куратор")
    present = {p.pk: everybody[p.pk] for p in participants if p.pk in everybody} | ({mine.pk: mine} if mine else {})
    _check_meeting(program, held_on, minutes, present)
    meeting = Meeting.objects.create(
        program=program,
        held_on=held_on,
        minutes=minutes,
        format=format,
        about=about,
        next_step=next_step,
        activity=activity,
        logged_by=by,
        request_key=request_key,
    )
    now = timezone.now()
    for participation in present.values():
        own = participation.person_id == by.person_id
        MeetingAttendance.objects.create(
            meeting=meeting,
            participation=participation,
            confirmed_at=now if own else None,
            confirmed_by=by if own else None,
        )
        if not own:
            _write(participation.person, "meeting_logged", program=program, meeting=meeting)
    record(program, "meeting", by=by, words="записана встреча", meeting=meeting.pk)
    return meeting


def _check_meeting(program, held_on, minutes, present):
    if held_on > timezone.localdate():
        raise Refused("Встречу записывают, когда она прошла: дата ещё не наступила")
    if held_on < program.started_on:
        raise Refused(f"Программа началась {program.started_on:%d.%m.%Y}: встреча не может быть раньше")
    if {p.part for p in present.values()} != {Participation.Part.MENTOR, Participation.Part.MENTEE}:
        raise Refused("Во встрече участвуют наставник и хотя бы один наставляемый")
    same = Meeting.objects.filter(program=program, held_on=held_on, minutes=minutes)
    if any(set(m.attendances.values_list("participation", flat=True)) == set(present) for m in same):
        raise Refused("Такая встреча в этот день уже записана")


@transaction.atomic
def confirm_meeting(attendance: MeetingAttendance, *, by) -> MeetingAttendance:
    """The other side confirms a meeting by one tap; the curator may record it. Raises ``NotAllowed``, ``Already``."""
    if by.person_id != attendance.participation.person_id and not by.can("programs.act_for_others"):
        raise NotAllowed("Встречу подтверждает её участник, за него — куратор")
    if not MeetingAttendance.objects.filter(pk=attendance.pk, confirmed_at__isnull=True).update(
        confirmed_at=timezone.now(), confirmed_by=by
    ):
        raise Already("Встреча уже подтверждена")
    record(
        attendance.meeting.program,
        "confirm_meeting",
        by=by,
        words="встреча подтверждена",
        meeting=attendance.meeting_id,
    )
    attendance.refresh_from_db()
    return attendance


def post(program, *, by, text: str, request_key=None) -> Message:
    """Post to the thread of a programme: participants, curator, council, director. Raises ``NotAllowed``, ``Refused`` without a text."""
    if not text.strip():
        raise Refused("Напишите сообщение")
    if not Program.objects.visible_to(by).filter(pk=program.pk).exists():
        raise NotAllowed("Писать могут участники программы, куратор и совет")
    try:
        with transaction.atomic():
            message, created = (
                Message.objects.create(program=program, author=by, text=text, request_key=request_key),
                True,
            )
    except IntegrityError:
        message, created = Message.objects.get(request_key=request_key), False
    if created:
        for participation in (
            program.pairing.participations.live().exclude(person=by.person_id).select_related("person")
        ):
            _write(participation.person, "message_posted", program=program, message=message)
    return message


def _write(person, name: str, **context):
    if person.email:
        send_template(name, to=person.email, context={"person": person, **context}, person_id=person.pk)
