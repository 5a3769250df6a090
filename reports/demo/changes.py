"""What is being changed in the demo school today: an amendment, a suspension, a petition, the end of a pair."""

from datetime import time, timedelta

from django.utils import timezone

from mentoring_site.russian import add_months
from people.register import acts as register_acts
from people.school import workdays
from programs.catalogs.models import SheetTemplate
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause
from programs.changes.petitions import acts as petition_acts
from programs.journal import acts as journal_acts
from programs.journal.models import MeetingAttendance
from programs.journal.planning import acts as planning_acts
from programs.observations import acts as observation_acts
from programs.program.models import Program
from reports.demo.council_and_agreements import give_notice


def amend(pair):
    """The mentor proposes to prolong and to add an activity; the mentee does not agree, nor with a written meeting."""
    program = pair.program
    mentor, mentee = pair.demo.user_for(pair.mentor), pair.demo.user_for(pair.sides[0].person)
    end = add_months(program.ends_on, 1)
    made = amendment_acts.propose(program, by=mentor, reason="Отделение перенесло открытые уроки на месяц", new_end=end)
    line = {
        "title": "Открытый урок для родителей",
        "starts_on": "",
        "due_on": str(workdays.on_or_before(end - timedelta(days=5))),
        "responsible": "both",
        "expected_result": "Урок проведён и разобран",
        "evidence": "конспект, отзывы",
        "statements": [],
    }
    made = amendment_acts.set_line(made, None, line, by=mentor, version=made.version)  # with the mentor's consent
    amendment_acts.object_to(
        made,
        pair.sides[0],
        by=mentee,
        reason="В конце мая у меня отчётный концерт: открытый урок для родителей лучше поставить на начало июня.",
    )
    _object_to_meeting(program, mentee)


def _object_to_meeting(program, mentee):
    """The mentee does not agree with the latest meeting that waits for a word."""
    waiting = MeetingAttendance.objects.filter(
        meeting__in=program.meetings.all(), participation__person=mentee.person_id, confirmed_at__isnull=True
    )
    if attendance := waiting.select_related("meeting").order_by("-meeting__held_on").first():
        reason = "Занимались двадцать минут: потом меня вызвали на замену, и запись урока мы не посмотрели."
        journal_acts.object_to_meeting(attendance, by=mentee, reason=reason)


def plan_ahead(pair):
    """Weekly meetings are planned; the mentee asks to move the nearest one, another was cancelled."""
    program = pair.program
    if program is None or not Program.objects.going_on().filter(pk=program.pk).exists():
        return
    mentor, mentee = pair.demo.user_for(pair.mentor), pair.demo.user_for(pair.sides[0].person)
    made = planning_acts.plan(
        program,
        by=mentor,
        first_on=workdays.on_or_after(timezone.localdate() + timedelta(days=2)),
        starts_at=time(15, 40),
        minutes=45,
        format="together",
        about="класс 12",
        participants=[pair.mentor_side, *pair.sides],
        weeks=1,
        until=timezone.localdate() + timedelta(weeks=8),
    )
    watch_a_lesson(pair, made[1])
    answer = made[0].attendances.get(participation=pair.sides[0])
    planning_acts.does_not_suit(answer, by=mentee, reason="В это время у меня ансамбль. Могу после пяти.")
    if len(made) > 2:
        planning_acts.cancel(made[2], by=mentor, reason="Уезжаю с учениками на конкурс")


def watch_a_lesson(pair, planned):
    """The mentor has watched a lesson of the last days with a sheet; the next meeting has an agenda of its own."""
    program, mentor, side = pair.program, pair.demo.user_for(pair.mentor), pair.sides[0]
    points = "Разобрать лист наблюдения\nВыбрать пьесы для зачёта"
    planning_acts.write_agenda(planned, by=mentor, version=planned.version, agenda=points)
    sheet = observation_acts.begin(
        program,
        SheetTemplate.objects.get(name="Взаимопосещение урока"),
        by=mentor,
        teacher=side,
        lesson="специальность, 2 класс, работа над пьесой",
    )
    marks = [(("seen", "partly", "seen", "not")[n % 4], "на второй минуте" if not n else "") for n in range(8)]
    sheet = observation_acts.fill(
        sheet,
        by=mentor,
        version=sheet.version,
        marks=marks[: len(sheet.criteria)],
        strengths="Спокойный темп, ученик много играет.",
        advice="После замечания сразу попросить повторить.",
    )


def pause(pair):
    """A suspension stands ready for its order."""
    first = workdays.on_or_after(timezone.localdate() + timedelta(days=7))
    made = pause_acts.propose(
        pair.program,
        by=pair.curator,
        since=first,
        until=first + timedelta(days=20),
        reason="ежегодным отпуском",
        paper=Pause.Paper.ORDER,
        paper_number="6-лс",
        paper_on=timezone.localdate(),
        about=pair.pairing.participations.live().get(part="mentor"),
    )
    change_acts.submit_for_order(made, by=pair.curator)


def petition(pair):
    """A mentee asks for another mentor, in confidence."""
    side = pair.sides[0]
    petition_acts.file(
        side,
        by=pair.demo.user_for(side.person),
        reason="У нас не совпадает расписание: за месяц удалось встретиться один раз.",
        filed_on=timezone.localdate(),
    )


def grant(pair):
    """The director has granted a petition: the curator is to prepare the replacement."""
    side = pair.pairing.participations.live().filter(part="mentee").first()
    reason = "Наставник с этого года ведёт другой предмет."
    made = petition_acts.file(side, by=pair.curator, reason=reason, filed_on=timezone.localdate())
    petition_acts.accept(made, by=pair.demo.user("director"), answer="Замените наставника до конца месяца.")


def dissolve(pair):
    """A pair without a program is being ended, because its mentor leaves in two weeks."""
    dissolution_acts.propose(
        pair.pairing,
        by=pair.curator,
        reason="переходом на другую работу",
        on=timezone.localdate(),
        paper=Dissolution.Paper.STATEMENT,
        paper_on=timezone.localdate(),
        about=pair.pairing.participations.live().get(part="mentor"),
    )
    last = workdays.on_or_after(timezone.localdate() + timedelta(days=14))
    for job in pair.mentor.employments.filter(until=None):
        register_acts.end_employment(job, by=pair.curator, version=job.version, on=last)


CHANGES = {
    "amendment": amend,
    "pause": pause,
    "petition": petition,
    "granted": grant,
    "dissolution": dissolve,
    "notice": give_notice,
}
