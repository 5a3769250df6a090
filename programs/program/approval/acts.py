"""The way of a program from its people to the order: submit, endorse, remark, agree, return, approve,
begin (п. 3.3–3.5).
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mentoring_site.holds import refuse_held
from mentoring_site.joint import FollowUp
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, rudate
from mentoring_site.workflow import Already, Refused, perform, record, reload
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.instead import decides, require_impartial
from people.school.models import School
from programs.pairings.letters import COUNCIL_DECIDES, holders
from programs.program.content import FIELD_WORDS, describe
from programs.program.letters import write
from programs.program.models import Activity, AgreedVersion, Program, Remark
from programs.program.order_facts import refusal_to_approve
from programs.program.rules import ENDORSER_AGREES, may_endorse, parties, require_drafting
from programs.program.states import BEFORE_APPROVAL, State
from programs.program.versions import freeze

UNDONE = {
    "endorsed_at": None,
    "endorsed_by": None,
    "agreed_at": None,
    "agreed_by": None,
    "minutes_number": "",
    "minutes_date": None,
}


@transaction.atomic
def submit(program: Program, *, by: User | None) -> Program:
    """Hand the draft over to the curator. Raises what ``perform`` raises."""
    columns = {"submitted_at": timezone.now(), "endorsed_at": None, "endorsed_by": None}
    program = perform(program, "submit", by=by, columns=columns)
    freeze(program, AgreedVersion.Stage.SUBMITTED, by=by)
    if by is None or by.person_id != program.curator_id:
        write("submitted", [program.curator], program)
    return program


@transaction.atomic
def endorse(program: Program, *, by: User) -> Program:
    """The curator supports the submitted draft (п. 3.4) and passes it to the council.

    Raises ``NotAllowed``; ``Refused`` when the draft is not submitted or a remark is open; ``Already`` when supported.
    """
    require_impartial(by, Right.PROGRAMS_ENDORSE, parties(program))
    if program.state == State.DRAFT:
        raise Refused("Поддержать можно проект, переданный куратору")
    if program.remarks.filter(resolved_at__isnull=True).exists():
        raise Refused("Есть неучтённые замечания: отметьте их учтёнными или верните проект на доработку")
    moved = Program.objects.filter(
        pk=program.pk, state=State.SUBMITTED, endorsed_at__isnull=True, version=program.version
    ).update(endorsed_at=timezone.now(), endorsed_by=by, version=F("version") + 1)
    if not moved:
        raise Already("Проект уже поддержан, возвращён или изменён. Обновите страницу")
    record(program, "endorse", by=by, words="поддержана куратором и передана совету")
    program.refresh_from_db()
    write("for_council", [p for p in council() if p.pk != by.person_id], program)
    return program


ENDORSED_AT_ONCE = FollowUp(
    label="Поддержать и передать совету",
    success="Проект поддержан и передан методическому совету",
    allows=may_endorse,
    act=endorse,
)
"""A curator who hands a draft over has read it: both steps in one press (``mentoring_site/joint.py``)."""


def council() -> list[Person]:
    """Return the persons who chair the council or keep its minutes today."""
    return holders(*COUNCIL_DECIDES)


@transaction.atomic
def remark(program: Program, *, by: User, text: str, field: str = "", activity: Activity | None = None) -> Remark:
    """Write a remark bound to a field or to an activity (п. 3.5). Raises ``NotAllowed``, ``Refused`` without a text."""
    require(by, Right.PROGRAMS_REMARK)
    program = locked(program)
    if program.state not in BEFORE_APPROVAL:
        raise Refused("Программа уже утверждена приказом: замечания к ней не пишут")
    if not text.strip():
        raise Refused("Напишите замечание")
    if field and field not in FIELD_WORDS:
        raise Refused("Замечание пишут к одному из полей программы")
    if activity is not None and activity.program_id != program.pk:
        raise Refused("Это мероприятие другой программы")
    about = f"мероприятие «{activity.title}»" if activity else FIELD_WORDS.get(field, "программа в целом")
    first = not program.remarks.filter(resolved_at__isnull=True).exists()
    made = Remark.objects.create(
        program=program, by=by, text=text.strip(), field=field, activity=activity, about=about[:300]
    )
    act = record(program, "remark", by=by, words=f"написано замечание: {about}"[:300], remark=made.pk)
    if first:  # one letter, however many remarks follow it
        with letters_of(act):
            write("remark", [p for p in _answerers(program) if p.pk != by.person_id], program)
    return made


def _answerers(program: Program) -> list[Person]:
    """Who answers a remark: the mentor, and the curator when the draft was submitted."""
    mentors = program.pairing.participations.live().filter(part="mentor").select_related("person__user")
    people = {p.person_id: p.person for p in mentors}
    return list((people if program.state == State.DRAFT else people | {program.curator_id: program.curator}).values())


@transaction.atomic
def resolve(remark: Remark, *, by: User) -> Remark:
    """Mark a remark as taken into account. Raises ``NotAllowed``, ``Already``."""
    program = reload(remark.program)
    require_drafting(program, by)
    if not Remark.objects.filter(pk=remark.pk, resolved_at__isnull=True).update(
        resolved_at=timezone.now(), resolved_by=by
    ):
        raise Already("Замечание уже отмечено как учтённое")
    record(program, "resolve", by=by, words=f"замечание учтено: {remark.about}"[:300], remark=remark.pk)
    remark.refresh_from_db()
    return remark


@transaction.atomic
def agree(program: Program, *, by: User, minutes_number: str, minutes_date: dt.date) -> Program:
    """Record that the council agreed, with the number and date of its minutes (п. 3.5) and freeze the agreed words.

    Raises what ``perform`` raises; ``Refused`` for who supported the draft as a curator.
    """
    if (
        decides(by, Right.PROGRAMS_AGREE, parties(program))
        and Program.objects.filter(pk=program.pk, endorsed_by=by).exists()
    ):
        raise Refused(ENDORSER_AGREES)
    if not minutes_number.strip() or not minutes_date:
        raise Refused("Укажите номер и дату протокола методического совета")
    if minutes_date > timezone.localdate():
        raise Refused(f"Протокол не может быть датирован будущим днём: {rudate(minutes_date)}")
    columns = {
        "minutes_number": minutes_number.strip(),
        "minutes_date": minutes_date,
        "agreed_at": timezone.now(),
        "agreed_by": by,
    }
    program = perform(program, "agree", by=by, columns=columns, number=minutes_number.strip())
    freeze(program, AgreedVersion.Stage.AGREED, by=by)
    if by.person_id != program.curator_id:
        write("agreed", [program.curator], program)
    return program


@transaction.atomic
def send_back(program: Program, *, by: User, reason: str) -> Program:
    """Return a program to drafting with a remark; the council has to agree again. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, что нужно доработать")
    refuse_held(
        program, "Программа стоит в приказе, который уже на подписи. Сначала верните приказ в проекты", firm=True
    )
    program = perform(program, "send_back", by=by, columns=UNDONE)
    Remark.objects.create(program=program, by=by, text=reason.strip(), about="возврат на доработку")
    people = program.pairing.participations.live().select_related("person__user")
    write("returned", [p.person for p in people if p.person_id != by.person_id], program)
    return program


@transaction.atomic
def approve(program: Program, *, by: User, number: str, date: dt.date, on: dt.date | None = None) -> Program:
    """Enact the director's order of approval and lock the version (п. 3.3). Called by the registration of an order.

    Raises what ``perform`` raises; ``Refused`` when the order is older than the minutes that it rests on.
    """
    program = reload(program)
    _after_minutes(program, date, "Приказ", "приказ")
    _check_orders_ahead(program)
    starts_on = _first_day(program)
    if on and on > max(starts_on, timezone.localdate()):
        raise Refused(
            f"Приказ действует с {rudate(on)}, а программа «{program.title}» начинается {full_stop(rudate(starts_on))} "
            "Укажите более раннюю дату действия или верните программу, чтобы перенести её начало"
        )
    columns = {"order_number": number, "order_date": date, "approved_text": describe(program)}
    program = perform(program, "approve", by=by, columns=columns, number=number)
    if max(starts_on, on or date) <= timezone.localdate():
        begin(program, by=by)
    return program


@transaction.atomic
def approve_by_grif(program: Program, *, by: User, date: dt.date, scan: StoredFile | None = None) -> Program:
    """Record the director's «УТВЕРЖДАЮ» on the title page and lock the version, where the school approves so (п. 3.3).

    ``scan`` is a ``StoredFile`` of the signed title page or None. Raises what ``perform`` raises; ``Refused`` where
    programs are approved by order, while the program stands in an unsigned order, and for a wrong day.
    """
    school = School.get()
    if school is None or not school.programs_by_grif:
        raise Refused("В этой школе программы утверждает приказ. Изменить это можно в сведениях о школе")
    program = reload(program)
    if date > timezone.localdate():
        raise Refused("Гриф не ставят будущим числом")
    refuse_held(program, "Программа стоит в проекте приказа. Сначала уберите её оттуда")
    _after_minutes(program, date, "Гриф", "гриф")
    _check_orders_ahead(program)
    columns = {"by_grif": True, "grif_scan": scan, "order_date": date, "approved_text": describe(program)}
    program = perform(program, "approve", by=by, columns=columns, grif=True)
    if max(_first_day(program), date) <= timezone.localdate():
        begin(program, by=by)
    return program


def _first_day(program: Program) -> dt.date:
    if program.starts_on is None:
        raise Refused("Не указан срок программы")
    return program.starts_on


def _check_orders_ahead(program: Program) -> None:
    if refusal := refusal_to_approve(program):
        raise Refused(refusal)


def _after_minutes(program: Program, date: dt.date, word: str, what: str) -> None:
    if program.minutes_date and program.minutes_date > date:
        raise Refused(
            f"{word} не может быть раньше протокола совета: «{program.title}», протокол от "
            f"{rudate(program.minutes_date)}, {what} от {rudate(date)}"
        )


def begin(program: Program, *, by: User | None) -> Program:
    """Begin an approved program on or after its first day; ``by`` is None for the clock.

    Raises what ``perform`` raises.

    A program approved after its first day begins with the day of the order: nothing runs before it is approved.
    """
    starts_on = _first_day(program)
    if starts_on > timezone.localdate():
        raise Refused("Первый день программы ещё не наступил")
    started_on = min(max(starts_on, program.order_date or starts_on), timezone.localdate())
    return perform(program, "begin", by=by, columns={"started_on": started_on})


def begin_due(today: dt.date | None = None) -> int:
    """Begin every approved program whose first day has come; returns how many."""
    due = Program.objects.filter(state=State.APPROVED, starts_on__lte=today or timezone.localdate())
    begun = 0
    for program in due:
        try:
            begin(program, by=None)
        except Refused:
            continue
        begun += 1
    return begun
