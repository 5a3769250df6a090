"""Pages of activities and of the journal, as each role: what stands there, what a group keeps apart,
how many queries.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.attention.inbox import items as to_help
from programs.journal import acts as journal_acts
from programs.journal.inbox import items as meetings
from programs.journal.models import Meeting, Message
from programs.program.models import Activity, ActivityResult
from tests.factories import make_user
from tests.paper import pdf
from tests.programs.journal.kit import make_running, meet, others, side

PDF = pdf()

pytestmark = [pytest.mark.django_db, pytest.mark.point("16", "20")]
SEES = {
    "director": 200,
    "curator": 200,
    "chair": 200,
    "secretary": 200,
    "council": 200,
    "mentor": 200,
    "mentee": 200,
    "clerk": 404,
    "sysadmin": 404,
    "stranger": 404,
}


def test_who_opens_the_journal_and_an_activity(cast, as_user):
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    for name, status in SEES.items():
        client = as_user(getattr(cast, name))
        assert client.get(f"/programs/{program.pk}/journal/").status_code == status, name
        assert client.get(f"/activities/{activity.pk}/").status_code == status, name
        may = {"mentor": 200, "curator": 200}.get(name, status if status == 404 else 403)
        assert client.get(f"/results-of-activities/{row.pk}/check/").status_code == may, name
        may = {"mentor": 200, "mentee": 200, "curator": 200}.get(name, status if status == 404 else 403)
        assert client.get(f"/programs/{program.pk}/meetings/new/").status_code == may, name
        may = {"mentee": 200, "curator": 200}.get(name, status if status == 404 else 403)
        assert client.get(f"/activities/{activity.pk}/do/{row.participation_id}/").status_code == may, name


@pytest.mark.parametrize(
    "url",
    ["/activities/999/", "/programs/999/journal/", "/programs/999/meetings/new/", "/results-of-activities/9/check/"],
)
def test_what_is_absent_is_not_found(cast, as_user, url):
    assert as_user(cast.curator).get(url).status_code == 404


@pytest.mark.clause("4.1-d", "5.2-b")
def test_an_activity_is_done_with_a_file_and_checked(cast, as_user):
    program, activity = make_running(cast)
    url = f"/activities/{activity.pk}/do/{side(program).pk}/"
    data = {"result": "провёл урок", "version": 0, "evidence": SimpleUploadedFile("отчёт.pdf", PDF)}
    page = as_user(cast.mentee).post(url, data, follow=True)
    assert "Отмечено: «Взаимопосещение уроков»" in page.content.decode()
    row = ActivityResult.objects.get()
    url_of_file = f"/evidence/files/{row.evidence.get().latest.pk}/"
    download = as_user(cast.mentor).get(url_of_file)
    assert b"".join(download.streaming_content) == PDF and "attachment" in download["Content-Disposition"]
    assert as_user(cast.stranger).get(url_of_file).status_code == 404
    again = as_user(cast.mentee).post(url, data | {"evidence": SimpleUploadedFile("отчёт.pdf", PDF)}, follow=True)
    assert "Результат уже записан" in again.content.decode() and row.evidence.count() == 1
    check = f"/results-of-activities/{row.pk}/check/"
    page = as_user(cast.mentor).post(check, {"decision": "return", "comment": "", "version": 1})
    assert "Напишите, что исправить" in page.content.decode()
    page = as_user(cast.mentor).post(check, {"decision": "check", "comment": "хорошо", "version": 1}, follow=True)
    assert "принято" in page.content.decode()
    page = as_user(cast.mentor).post(check, {"decision": "check", "comment": "", "version": 1}, follow=True)
    assert "Прочитайте его ещё раз" in page.content.decode()
    assert "Проверять нечего" in as_user(cast.mentor).get(check, follow=True).content.decode()


@pytest.mark.parametrize("bad", ["x" * 4001, "", "   "])
def test_a_bad_result_keeps_the_text(cast, as_user, bad):
    program, activity = make_running(cast)
    page = as_user(cast.mentee).post(f"/activities/{activity.pk}/do/{side(program).pk}/", {"result": bad, "version": 0})
    assert page.status_code == 200 and "Проверьте, пожалуйста" in page.content.decode()
    assert not ActivityResult.objects.exists()


@pytest.mark.clause("4.2-g2")
def test_a_meeting_in_a_pair_is_a_few_taps(cast, as_user):
    program, activity = make_running(cast)
    Activity.objects.update(due_on=timezone.localdate() + timedelta(days=2))
    client = as_user(cast.mentor)
    page = client.get(f"/programs/{program.pk}/meetings/new/")
    form = page.context["form"]
    assert "participants" not in form.fields
    assert form.fields["activity"].initial == activity
    assert "По плану в эти дни: Взаимопосещение уроков" in page.content.decode()
    data = {
        "held_on": timezone.localdate(),
        "minutes": 45,
        "format": "together",
        "about": "темп",
        "activity": activity.pk,
        "next_step": "",
        "request_key": uuid4(),
    }
    page = client.post(f"/programs/{program.pk}/meetings/new/", data, follow=True)
    assert "подтвердит её одним нажатием" in page.content.decode()
    client.post(f"/programs/{program.pk}/meetings/new/", data)
    assert Meeting.objects.get().activity == activity


@pytest.mark.parametrize(
    "bad",
    [{"held_on": "9999-99-99"}, {"minutes": "7"}, {"activity": "9" * 30}, {"format": "<b>"}, {"request_key": "x"}],
)
def test_hostile_input_is_an_error_of_the_form(cast, as_user, bad):
    program, _ = make_running(cast)
    data = {
        "held_on": timezone.localdate(),
        "minutes": 45,
        "format": "together",
        "about": "темп",
        "request_key": uuid4(),
    }
    page = as_user(cast.mentor).post(f"/programs/{program.pk}/meetings/new/", data | bad)
    assert page.status_code == 200 and page.context["form"].errors


def test_a_meeting_is_confirmed_by_one_tap_from_home(cast, as_user):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    attendance = meeting.attendances.get(confirmed_at=None)
    url = f"/meetings/{attendance.pk}/confirm/"
    client = as_user(cast.mentee)
    assert client.get(url).status_code == 405
    home = client.get("/home/").content.decode()
    assert f'action="{url}"' in home and 'name="next" value="/home/"' in home
    assert client.post(url, {"next": "/home/"}).url == "/home/"
    assert client.post(url, {"next": "//evil.example/"}).url == f"/programs/{program.pk}/journal/"
    attendance.refresh_from_db()
    assert attendance.confirmed_by == cast.mentee
    assert as_user(cast.stranger).post(url).status_code == 404
    assert as_user(cast.director).post(url).status_code == 403


def test_a_record_is_taken_back_after_a_question(cast, as_user):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    url = f"/meetings/{meeting.pk}/drop/"
    assert as_user(cast.stranger).get(url).status_code == 404
    assert as_user(cast.mentee).get(url).status_code == 403
    client = as_user(cast.mentor)
    assert url in client.get(f"/programs/{program.pk}/journal/").content.decode()
    assert "Убрать запись о встрече" in client.get(url).content.decode()
    client.post(url)
    assert not Meeting.objects.exists()


@pytest.mark.clause("1.3-4")
def test_in_a_group_one_mentee_reads_nothing_of_another(cast, as_user):
    program, activity = make_running(cast, mentees=2)
    first, second = side(program), side(program, n=1)
    other = make_user(second.person, username="other")
    mine = first if first.person_id == cast.mentee.person_id else second
    theirs = second if mine == first else first
    if mine == second:
        other = make_user(theirs.person, username="other2")
    upload = SimpleUploadedFile("чужое.pdf", PDF)
    as_user(other).post(
        f"/activities/{activity.pk}/do/{theirs.pk}/", {"result": "чужое-канарейка", "version": 0, "evidence": upload}
    )
    row = ActivityResult.objects.get()
    meet(program, cast.mentor, participants=[side(program, "mentor"), theirs], about="чужой разговор-канарейка")
    client = as_user(cast.mentee)
    pages = [
        f"/activities/{activity.pk}/",
        f"/programs/{program.pk}/journal/",
        f"/programs/{program.pk}/talk/",
        f"/programs/{program.pk}/",
        f"/programs/{program.pk}/history/",
    ]
    for url in pages:
        assert "канарейка" not in client.get(url).content.decode(), url
    assert client.get(f"/evidence/files/{row.evidence.get().latest.pk}/").status_code == 404
    assert client.get(f"/results-of-activities/{row.pk}/check/").status_code == 404
    assert (
        client.post(f"/activities/{activity.pk}/do/{theirs.pk}/", {"result": "за другого", "version": 1}).status_code
        == 403
    )
    for name in ("mentor", "curator", "chair", "director"):
        assert "чужое-канарейка" in as_user(getattr(cast, name)).get(pages[0]).content.decode(), name
        told = "чужой разговор-канарейка" in as_user(getattr(cast, name)).get(pages[1]).content.decode()
        assert told == (name == "mentor"), name  # what was talked about is read by those who were there


def test_a_replaced_mentor_reads_no_results_of_later_days(cast, as_user):
    program, activity = make_running(cast)
    journal_acts.do(activity, side(program), by=cast.mentee, result="канарейка")
    lead = program.pairing.participations.filter(part="mentor")
    lead.update(since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1))
    page = as_user(cast.mentor).get(f"/activities/{activity.pk}/")
    assert page.status_code == 200 and "канарейка" not in page.content.decode()


def test_the_talk_goes_through_the_page_and_is_cut(cast, as_user):
    program, _ = make_running(cast)
    client = as_user(cast.mentee)
    data = {"text": "<script>alert(1)</script>", "request_key": uuid4()}
    page = client.post(f"/programs/{program.pk}/messages/", data, follow=True).content.decode()
    assert "Сообщение отправлено" in page and "&lt;script&gt;alert(1)" in page
    long = client.post(f"/programs/{program.pk}/messages/", data | {"text": "слово " * 700}).content.decode()
    assert "Слишком длинно" in long and "слово слово" in long and Message.objects.count() == 1
    assert as_user(cast.stranger).post(f"/programs/{program.pk}/messages/", data).status_code == 404
    Message.objects.bulk_create(Message(program=program, author=cast.mentor, text=f"м{n}") for n in range(31))
    page = client.get(f"/programs/{program.pk}/talk/").content.decode()
    assert "Более ранние" in page and "Более поздние" not in page and "alert(1)" not in page
    earlier = client.get(f"/programs/{program.pk}/journal/?thread=2", follow=True).content.decode()
    assert "Более поздние" in earlier and "Более ранние" not in earlier and "alert(1)" in earlier
    for nonsense in ("0", "-1", "x", "99999", "²"):
        assert client.get(f"/programs/{program.pk}/talk/", {"page": nonsense}).status_code == 200


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["curator", "mentor", "mentee"])
def test_pages_ask_the_same_for_one_row_and_for_three(cast, as_user, name):
    program, activity = make_running(cast, mentees=2)
    client = as_user(getattr(cast, name))
    journal_acts.do(activity, side(program), by=cast.curator, result="сделано")
    meet(program, cast.mentor)
    urls = [
        f"/programs/{program.pk}/journal/",
        f"/programs/{program.pk}/talk/",
        f"/activities/{activity.pk}/",
    ]
    client.get("/home/")
    before = [queries(client, url) for url in urls]
    journal_acts.do(activity, side(program, n=1), by=cast.curator, result="сделано")
    for minutes in (30, 60):
        meet(program, cast.mentor, minutes=minutes)
        journal_acts.post(program, by=cast.mentor, text="слово")
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 30, before


@pytest.mark.clause("1.2-c2", "3.4-i", "5.2-b")
def test_what_waits_in_a_running_program(cast):
    program, activity = make_running(cast)
    Activity.objects.update(due_on=timezone.localdate() - timedelta(days=2))

    def waiting(user):
        user = type(user).objects.get(pk=user.pk)
        return [*meetings(user), *to_help(user)]

    def titles(user):
        return [w.title for w in waiting(user)]

    assert titles(cast.mentee) == ["Взаимопосещение уроков", "Встретиться: «Импровизация в младших классах»"]
    assert titles(cast.curator) == ["Помочь паре: «Импровизация в младших классах»"]
    why = waiting(cast.curator)[0].why
    late = "просрочено 1\xa0мероприятие, самое давнее — на 2\xa0дня"
    assert re.fullmatch(rf"Первой встречи ещё не было, прошло \d\d\xa0д\w+; {late}", why)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    meet(program, cast.mentor)
    assert titles(cast.mentor) == ["Проверить: Взаимопосещение уроков"]
    assert titles(cast.curator) == []
    journal_acts.send_back(row, by=cast.mentor, comment="ещё раз")
    assert [t.split(" ")[0] for t in titles(cast.mentee)] == ["Исправить:", "Подтвердить"]
    assert titles(cast.stranger) == titles(cast.director) == []


@pytest.mark.parametrize("came_from", ["0", "=1+1", "reports:home", "//evil.example", "https://evil.example/"])
def test_a_confirmation_returns_only_into_the_site(cast, as_user, came_from):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    attendance = meeting.attendances.get(confirmed_at__isnull=True)
    answer = as_user(cast.mentee).post(f"/meetings/{attendance.pk}/confirm/", {"next": came_from})
    assert (answer.status_code, answer.url) == (302, f"/programs/{program.pk}/journal/")


def test_a_refused_message_is_not_lost(cast, as_user):
    program, other = make_running(cast)[0], make_running(others(cast))[0]
    key = str(uuid4())
    sent = {"text": "первое", "request_key": key}
    assert as_user(cast.curator).post(f"/programs/{other.pk}/messages/", sent).status_code == 302
    page = as_user(cast.mentor).post(
        f"/programs/{program.pk}/messages/", {"text": "набранное не пропало", "request_key": key}
    )
    assert page.status_code == 200
    assert "уже отправлена" in page.content.decode() and "набранное не пропало" in page.content.decode()
