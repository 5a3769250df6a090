"""Acts of a running program: activities, meetings, the thread (п. 2.3, 4.1, 4.2, 5.1, 5.2)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring_site.files import store_upload
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Person
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting, Message
from programs.program.models import Activity, ActivityResult
from tests.factories import make_program
from tests.paper import pdf
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("16")]


def scan(by, n=0):
    return store_upload(SimpleUploadedFile(f"отчёт{n}.pdf", pdf(n)), by=by)


@pytest.mark.clause("5.2-b")
def test_the_mentee_does_an_activity_and_the_mentor_learns_of_it(cast):
    Person.objects.filter(pk=cast.mentor.person_id).update(email="mentor@school.example")
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result=" провёл урок ", files=[scan(cast.mentee)])
    assert (row.state, row.result, row.done_by, row.evidence.count()) == ("done", "провёл урок", cast.mentee, 1)
    letter = OutboxMail.objects.filter(template="activity_done").get()
    assert letter.person_id == cast.mentor.person_id and "провёл урок" not in letter.text
    assert Act.objects.about(program).last().words == "«Взаимопосещение уроков»: отмечено выполненным"


@pytest.mark.parametrize("name", ["mentor", "director", "chair", "clerk", "sysadmin", "stranger"])
def test_nobody_else_marks_for_the_mentee(cast, name):
    program, activity = make_running(cast)
    with pytest.raises(NotAllowed):
        journal_acts.do(activity, side(program), by=getattr(cast, name), result="сделано")


def test_the_curator_records_from_paper(cast):
    program, activity = make_running(cast)
    journal_acts.do(activity, side(program), by=cast.curator, result="по листу наблюдения")
    assert "(записано с бумаги)" in Act.objects.about(program).last().words


@pytest.mark.parametrize(("result", "words"), [("  ", "Напишите, что сделано"), ("ы" * 4001, "Слишком длинно")])
def test_a_result_has_a_text_of_a_decent_length(cast, result, words):
    program, activity = make_running(cast)
    with pytest.raises(Refused, match=words):
        journal_acts.do(activity, side(program), by=cast.mentee, result=result)


def test_a_result_carries_at_most_ten_files(cast):
    program, activity = make_running(cast)
    files = [scan(cast.mentee, n) for n in range(11)]
    with pytest.raises(Refused, match="не больше 10\xa0файлов"):
        journal_acts.do(activity, side(program), by=cast.mentee, result="сделано", files=files)


@pytest.mark.parametrize("state", ["draft", "submitted", "agreed", "approved"])
def test_nothing_is_marked_before_the_program_runs(cast, state):
    program = make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    with pytest.raises(Refused, match="пока программа реализуется"):
        journal_acts.do(program.activities.get(), side(program), by=cast.mentee, result="сделано")
    with pytest.raises(Refused, match="пока программа реализуется"):
        meet(program, cast.mentor)


def test_a_stale_program_does_not_let_marks_in(cast):
    program, activity = make_running(cast)
    type(program).objects.filter(pk=program.pk).update(state="terminated", ended_on=timezone.localdate())
    with pytest.raises(Refused, match="пока программа реализуется"):
        journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")


def test_only_a_mentee_of_this_program_does_it(cast):
    program, activity = make_running(cast)
    with pytest.raises(Refused, match="наставляемый этой программы"):
        journal_acts.do(activity, side(program, "mentor"), by=cast.mentor, result="сделано")


@pytest.mark.clause("4.1-d", "5.2-e")
def test_the_mentor_returns_and_then_checks(cast):
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="раз")
    with pytest.raises(Refused, match="что исправить"):
        journal_acts.send_back(row, by=cast.mentor, comment=" ")
    journal_acts.send_back(row, by=cast.mentor, comment="добавьте запись урока")
    assert (row.state, row.comment) == ("returned", "добавьте запись урока")
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="два", version=row.version)
    journal_acts.check(row, by=cast.mentor, comment="хорошо")
    assert (row.state, row.checked_by) == ("checked", cast.mentor)
    with pytest.raises(Already):
        journal_acts.check(row, by=cast.mentor)
    with pytest.raises(Already):
        journal_acts.do(activity, side(program), by=cast.mentee, result="три")


@pytest.mark.parametrize("name", ["mentee", "director", "chair", "council", "clerk", "stranger"])
def test_only_the_mentor_or_the_curator_checks(cast, name):
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    with pytest.raises(NotAllowed):
        journal_acts.check(row, by=getattr(cast, name))


def test_a_mentor_does_not_check_what_was_rewritten_meanwhile(cast):
    program, activity = make_running(cast)
    seen = journal_acts.do(activity, side(program), by=cast.mentee, result="прочитано наставником")
    journal_acts.do(activity, side(program), by=cast.mentee, result="переписано")
    with pytest.raises(Already, match="Прочитайте его ещё раз"):
        journal_acts.check(ActivityResult.objects.get(), by=cast.mentor, version=seen.version)


def test_a_second_press_changes_nothing(cast):
    program, activity = make_running(cast)
    journal_acts.do(activity, side(program), by=cast.mentee, result="раз", version=0)
    with pytest.raises(Already):
        journal_acts.do(activity, side(program), by=cast.mentee, result="раз", version=0)
    assert ActivityResult.objects.get().version == 1


def test_what_the_plan_asks_of_the_mentor_the_mentor_marks(cast):
    program, activity = make_running(cast)
    Activity.objects.update(responsible="mentor")
    activity.refresh_from_db()
    row = journal_acts.do(activity, side(program), by=cast.mentor, result="провёл открытый урок")
    assert (row.state, row.checked_by) == ("checked", cast.mentor)


def test_a_meeting_is_confirmed_by_whoever_logs_it_and_waits_for_the_other_side(cast):
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    program, activity = make_running(cast)
    meeting = meet(program, cast.mentor, activity=activity, next_step="три вступления")
    sides = {a.participation.person_id: a for a in meeting.attendances.all()}
    assert sides[cast.mentor.person_id].confirmed_by == cast.mentor
    assert sides[cast.mentee.person_id].confirmed_at is None
    assert OutboxMail.objects.filter(template="meeting_logged").get().person_id == cast.mentee.person_id
    journal_acts.confirm_meeting(sides[cast.mentee.person_id], by=cast.mentee)
    with pytest.raises(Already, match="уже подтверждена"):
        journal_acts.confirm_meeting(sides[cast.mentee.person_id], by=cast.mentee)


def test_the_curator_logs_and_confirms_for_both(cast):
    program, _ = make_running(cast)
    meeting = meet(program, cast.curator)
    assert meeting.attendances.filter(confirmed_at__isnull=True).count() == 2
    journal_acts.confirm_meeting(meeting.attendances.first(), by=cast.curator)
    assert "(со слов участника)" in Act.objects.about(program).last().words


@pytest.mark.parametrize("name", ["director", "chair", "council", "clerk", "sysadmin", "stranger"])
def test_others_neither_log_nor_confirm(cast, name):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    with pytest.raises(NotAllowed):
        meet(program, getattr(cast, name), minutes=60)
    with pytest.raises(NotAllowed):
        journal_acts.confirm_meeting(meeting.attendances.get(confirmed_at=None), by=getattr(cast, name))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"held_on": lambda today: today + timedelta(days=1)}, "дата ещё не наступила"),
        ({"held_on": lambda today: today - timedelta(days=61)}, "не может быть раньше"),
        ({"minutes": 4}, "от 5 минут до 10 часов"),
        ({"minutes": 601}, "от 5 минут до 10 часов"),
        ({"format": "telepathy"}, "личная и дистанционная"),
        ({"about": "  "}, "о чём говорили"),
        ({"about": "ы" * 4001}, "Слишком длинно"),
        ({"participants": []}, "наставник и хотя бы один наставляемый"),
    ],
)
def test_a_meeting_is_refused(cast, values, words):
    program, _ = make_running(cast)
    held = values.get("held_on")
    values = values | ({"held_on": held(timezone.localdate())} if held else {})
    with pytest.raises(Refused, match=words):
        meet(program, cast.mentor, **values)
    assert not Meeting.objects.exists()


def test_an_activity_of_another_program_is_refused(cast):
    program, _ = make_running(cast)
    other = make_program(cast, "running").activities.get()
    with pytest.raises(Refused, match="в плане этой программы нет"):
        meet(program, cast.mentor, activity=other)


def test_the_same_meeting_is_not_logged_twice_and_a_second_press_shows_the_first(cast):
    program, _ = make_running(cast)
    key = uuid4()
    first = meet(program, cast.mentor, request_key=key)
    assert meet(program, cast.mentor, request_key=key) == first
    with pytest.raises(Refused, match="уже записана"):
        meet(program, cast.mentee, request_key=uuid4())
    assert meet(program, cast.mentee, minutes=90).pk != first.pk


def test_a_meeting_written_by_mistake_is_taken_back_until_confirmed(cast):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    with pytest.raises(NotAllowed):
        journal_acts.drop_meeting(meeting, by=cast.mentee)
    journal_acts.confirm_meeting(meeting.attendances.get(confirmed_at=None), by=cast.mentee)
    with pytest.raises(Refused, match="уже подтвердила"):
        journal_acts.drop_meeting(meeting, by=cast.mentor)
    other = meet(program, cast.mentor, minutes=60)
    journal_acts.drop_meeting(other, by=cast.mentor)
    assert list(Meeting.objects.all()) == [meeting]


@pytest.mark.clause("2.3-e2", "4.2-f1", "5.1-c")
@pytest.mark.parametrize("name", ["mentor", "mentee", "curator", "chair", "council", "director"])
def test_who_takes_part_in_the_talk(cast, name):
    program, _ = make_running(cast)
    journal_acts.post(program, by=getattr(cast, name), text=" Как начать урок? ")
    assert Message.objects.get().text == "Как начать урок?"


@pytest.mark.parametrize("name", ["clerk", "sysadmin", "stranger"])
def test_strangers_do_not(cast, name):
    program, _ = make_running(cast)
    with pytest.raises(NotAllowed):
        journal_acts.post(program, by=getattr(cast, name), text="здравствуйте")


def test_a_mentor_who_was_replaced_does_not_write_any_more(cast):
    program, _ = make_running(cast)
    program.pairing.participations.filter(part="mentor").update(until=timezone.localdate())
    with pytest.raises(NotAllowed):
        journal_acts.post(program, by=cast.mentor, text="здравствуйте")


def test_a_message_is_posted_once_and_the_letter_does_not_carry_it(cast):
    Person.objects.filter(pk=cast.mentor.person_id).update(email="mentor@school.example")
    program, _ = make_running(cast)
    key = uuid4()
    first = journal_acts.post(program, by=cast.mentee, text="тайна-канарейка", request_key=key)
    assert journal_acts.post(program, by=cast.mentee, text="тайна-канарейка", request_key=key) == first
    assert Message.objects.count() == 1
    assert "канарейка" not in OutboxMail.objects.get(template="message_posted").text
    with pytest.raises(Refused, match="уже отправлена"):
        journal_acts.post(program, by=cast.mentor, text="чужой ключ", request_key=key)
    with pytest.raises(Refused, match="Напишите сообщение"):
        journal_acts.post(program, by=cast.mentee, text=" ")
