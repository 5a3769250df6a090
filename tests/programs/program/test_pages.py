"""Pages of programs: who sees what, drafting by steps, decisions, the list, constant queries."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import reload
from people.accounts.models import User
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.inbox import items as waiting
from programs.program.models import Activity, Program
from tests.factories import make_pairing, make_program

pytestmark = pytest.mark.point("13")
PARTS = ("program", "program_people", "program_papers", "history")
DRAFTING = ("program_edit", "program_plan", "activity_new")
DECISIONS = (
    "program_submit",
    "program_endorse",
    "program_agree",
    "program_send_back",
    "program_remark",
    "program_term",
)
LIMIT = 32


def url(name, *args):
    return reverse(f"programs:{name}", args=args)


def body(response):
    return response.content.decode().replace("\u00a0", " ")


def main(response):
    return body(response).split("<main")[1]


def again(user):
    return User.objects.get(pk=user.pk)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("state", ["draft", "submitted", "agreed", "approved", "running"])
def test_every_part_opens_for_those_who_may_see(cast, as_user, state):
    program = make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    for role in ("director", "curator", "chair", "secretary", "council", "mentor", "mentee"):
        client = as_user(getattr(cast, role))
        for part in PARTS:
            page = client.get(url(part, program.pk))
            assert page.status_code == 200, (role, part)
            assert program.title in body(page)


def test_a_foreign_program_looks_absent(cast, as_user):
    program = make_program(cast)
    for role in ("clerk", "sysadmin", "stranger", "mentor", "mentee"):
        client = as_user(getattr(cast, role))
        for name in (*PARTS, *DRAFTING, *DECISIONS, "program_confirm"):
            assert client.get(url(name, program.pk)).status_code == 404, (role, name)
        assert client.post(url("program_ask", program.pk)).status_code == 404, role
        assert program.title not in main(client.get(url("programs"))), role


def test_participants_see_only_their_own(cast, as_user):
    mine = make_program(cast, mentee=cast.mentee)
    other = make_program(cast)
    page = main(as_user(cast.mentee).get(url("programs")))
    assert mine.get_absolute_url() in page
    assert other.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("role", "closed"),
    [
        (
            "director",
            (
                "program_edit",
                "program_plan",
                "activity_new",
                "program_submit",
                "program_endorse",
                "program_agree",
                "program_remark",
                "program_term",
            ),
        ),
        ("council", ("program_endorse", "program_agree", "program_send_back", "program_term")),
        ("chair", ("program_endorse", "program_term")),
        ("mentor", ("program_endorse", "program_agree", "program_send_back", "program_remark", "program_term")),
        ("mentee", ("program_endorse", "program_agree", "program_send_back", "program_remark", "program_term")),
        ("curator", ("program_agree",)),
    ],
)
def test_known_but_not_allowed_is_said(cast, as_user, role, closed):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(getattr(cast, role))
    for name in (*DRAFTING, *DECISIONS):
        expected = 403 if name in closed else {200, 302}
        status = client.get(url(name, program.pk)).status_code
        assert status == expected if name in closed else status in expected, name


@pytest.mark.clause("2.3-c1", "2.3-c2", "2.3-c3")
def test_a_program_is_drafted_step_by_step(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(cast.mentor)
    page = client.get(url("program_new", pairing.pk))
    assert "Открытый урок без страха" in body(page)
    data = {"title": "Импровизация", "template": "", "curator": cast.curator.person_id, "request_key": str(uuid4())}
    assert "goal" in client.post(url("program_new", pairing.pk), data).url
    program = Program.objects.get()
    assert client.get(url("program_step", program.pk, "forms"), follow=True).redirect_chain[-1][0].endswith("/goal/")
    step = {
        "version": program.version,
        "title": "Импровизация",
        "goal": "Играть по цифровке",
        "requests": [s.pk for s in program.requests.all()],
        "difficulties": [s.pk for s in program.difficulties.all()],
    }
    assert client.post(url("program_step", program.pk, "goal"), step).url.endswith("/forms/")
    page = body(client.get(url("program_step", program.pk, "forms")))
    assert "чтение с листа" in page
    assert "помочь с открытым уроком" in page
    program.refresh_from_db()
    step = {
        "version": program.version,
        "forms": [MentoringForm.objects.first().pk],
        "kinds": [MentoringKind.objects.get(code="traditional").pk],
        "justification": "Следует из цели",
        "directions": "Методика",
    }
    assert client.post(url("program_step", program.pk, "forms"), step).url.endswith("/details/")
    program.refresh_from_db()
    step = {"version": program.version, "traditional-without": "работают вместе второй год"}
    assert client.post(url("program_step", program.pk, "details"), step).url.endswith("/term/")
    program.refresh_from_db()
    start = timezone.localdate()
    step = {
        "version": program.version,
        "starts_on": start,
        "ends_on": start + timedelta(days=40),
        "curator": cast.curator.person_id,
    }
    page = client.post(url("program_step", program.pk, "term"), step)
    assert "Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 1 месяц" in body(page)
    assert client.post(
        url("program_step", program.pk, "term"), step | {"ends_on": start + timedelta(days=150)}
    ).url.endswith("/plan/")
    program.refresh_from_db()
    row = {
        "version": program.version,
        "title": "Урок",
        "due_on": start + timedelta(days=20),
        "responsible": "both",
        "expected_result": "конспект",
        "statements": [s.pk for s in program.difficulties.all()],
    }
    assert client.post(url("activity_new", program.pk), row).url == url("program_plan", program.pk)
    assert program.activities.get().statements.count() == 1


@pytest.mark.clause("1.2-c2")
def test_a_program_names_its_responsible_curator(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor)
    client, start = as_user(cast.mentor), url("program_new", pairing.pk)
    data = {"title": "Импровизация", "template": "", "curator": "", "request_key": str(uuid4())}
    assert client.post(start, data).context["form"].errors["curator"]
    assert not Program.objects.exists()
    client.post(start, data | {"curator": cast.curator.person_id})
    assert Program.objects.get().curator == cast.curator.person


def test_a_second_press_opens_the_same_draft(cast, as_user):
    pairing = make_pairing(cast, "assigned")
    client = as_user(cast.curator)
    data = {"title": "Импровизация", "template": "", "curator": cast.curator.person_id, "request_key": str(uuid4())}
    client.post(url("program_new", pairing.pk), data)
    assert client.post(url("program_new", pairing.pk), data).url == Program.objects.get().get_absolute_url()


@pytest.mark.point("21")
def test_a_stale_step_keeps_what_was_typed_and_shows_what_changed(cast, as_user):
    program = make_program(cast, complete=False)
    old = program.version
    drafting_acts.edit(program, by=cast.chair, version=old, goal="Цель председателя")
    client = as_user(cast.curator)
    data = {"version": old, "title": program.title, "goal": "Цель куратора"}
    page = client.post(url("program_step", program.pk, "goal"), data)
    text = body(page)
    assert (
        f"{cast.chair.person.short_name} изменила программу" in text.replace("\u00a0", " ")
        or "изменила программу" in text
    )
    assert "Цель куратора</textarea>" in text
    assert "Цель председателя" in text
    newer = page.context["form"]["version"].value()
    client.post(url("program_step", program.pk, "goal"), data | {"version": newer})
    assert reload(program).goal == "Цель куратора"


def test_a_stale_activity_keeps_what_was_typed(cast, as_user):
    program = make_program(cast)
    row, old = program.activities.get(), program.version
    drafting_acts.save_activity(program, Activity.objects.get(pk=row.pk), [], by=cast.chair, version=old)
    data = {
        "version": old,
        "title": "Мой урок",
        "due_on": row.due_on,
        "responsible": "mentor",
        "expected_result": "итог",
    }
    page = body(as_user(cast.curator).post(url("activity_edit", program.pk, row.pk), data))
    assert "Ваш текст сохранён" in page
    assert "Мой урок</textarea>" in page
    assert Activity.objects.get(pk=row.pk).title == "Взаимопосещение уроков"


def test_an_activity_leaves_the_plan_after_a_question(cast, as_user):
    program = make_program(cast)
    row = program.activities.get()
    client = as_user(cast.curator)
    address = url("activity_drop", program.pk, row.pk)
    assert "Убрать мероприятие из плана?" in body(client.get(address))
    assert program.activities.exists()
    client.post(address, {"version": program.version})
    assert not program.activities.exists()
    assert client.get(address).status_code == 404


def test_the_plan_grows_from_a_sample(cast, as_user):
    program = make_program(cast)
    sample = ProgramTemplate.objects.get(name="Концертмейстер начинает работу")
    as_user(cast.curator).post(url("program_plan", program.pk), {"version": program.version, "template": sample.pk})
    assert program.activities.count() == 1 + sample.activities.count()


@pytest.mark.parametrize("state", ["submitted", "approved", "running"])
def test_a_locked_program_says_why(cast, as_user, state):
    program = make_program(cast, state)
    client = as_user(cast.curator)
    page = body(client.get(url("program_step", program.pk, "goal"), follow=True))
    assert ("закрыт для правки" if state == "submitted" else "закрыта для правки: приказ от") in page and (
        "№ 42-од" in page or state == "submitted"
    )


@pytest.mark.clause("5.1-b")
def test_the_mentee_reads_and_confirms(cast, as_user):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    program = drafting_acts.edit(program, by=cast.curator, version=program.version, goal="Играть смелее")
    assert [w.verb for w in waiting(again(cast.mentee))] == ["Прочитать и подтвердить"]
    client = as_user(cast.mentee)
    page = client.get(url("program_confirm", program.pk))
    assert "Играть смелее" in body(page)
    client.post(url("program_confirm", program.pk), {"seen": page.context["form"].initial["seen"]})
    assert program.confirmations.filter(by=cast.mentee).count() == 1
    assert waiting(again(cast.mentee)) == []
    assert [w.verb for w in waiting(again(cast.mentor))] == ["Открыть"]
    assert as_user(cast.mentor).get(url("program_confirm", program.pk)).status_code == 404


def test_the_whole_way_to_the_order(cast, as_user):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    as_user(cast.mentor).post(url("program_submit", program.pk))
    assert [w.title for w in waiting(again(cast.curator))] == [f"Решить о проекте «{program.title}»"]
    as_user(cast.curator).post(url("program_endorse", program.pk))
    assert [w.verb for w in waiting(again(cast.secretary))] == ["Открыть программу"]
    assert waiting(again(cast.council)) == []
    data = {"minutes_number": "4", "minutes_date": timezone.localdate()}
    as_user(cast.chair).post(url("program_agree", program.pk), data)
    program.refresh_from_db()
    assert program.state == "agreed"
    page = main(as_user(cast.curator).get(program.get_absolute_url()))
    assert "Подготовить приказ" in page
    assert "Подготовить приказ" not in main(as_user(cast.chair).get(program.get_absolute_url()))


@pytest.mark.clause("3.4-i")
def test_a_return_comes_back_to_the_mentor_with_its_remark(cast, as_user):
    program = make_program(cast, "submitted", mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(cast.curator)
    data = {"about": str(program.activities.get().pk), "text": "Сколько уроков?"}
    client.post(url("program_remark", program.pk), data)
    client.post(url("program_send_back", program.pk), {"reason": "Добавьте открытый урок"})
    assert [w.verb for w in waiting(again(cast.mentor))] == ["Прочитать замечания"]
    mentor = as_user(cast.mentor)
    page = main(mentor.get(program.get_absolute_url()))
    assert "Сколько уроков?" in page
    assert "есть замечание" in page
    for remark in program.remarks.all():
        assert mentor.get(url("remark_resolve", program.pk, remark.pk)).status_code == 405
        mentor.post(url("remark_resolve", program.pk, remark.pk))
    assert not program.remarks.filter(resolved_at__isnull=True).exists()


def test_a_mentee_of_a_group_does_not_read_the_others_difficulties(cast, as_user):
    program = make_program(cast, mentees=2, mentee=cast.mentee)
    other = program.pairing.participations.filter(part="mentee").exclude(person=cast.mentee.person).get()
    secret = other.candidate.statements.get(kind="difficulty")
    secret.text = "боязнь сцены, о которой просили не говорить"
    secret.save()
    assert secret.text not in main(as_user(cast.mentee).get(program.get_absolute_url()))
    assert secret.text in main(as_user(cast.curator).get(program.get_absolute_url()))


@pytest.mark.point("22")
def test_field_changes_are_for_director_and_curator(cast, as_user):
    program = make_program(cast, mentor=cast.mentor)
    client = as_user(cast.curator)
    data = {"version": program.version, "title": program.title, "goal": "Заветная новая цель"}
    client.post(url("program_step", program.pk, "goal"), data)
    assert "Заветная новая цель" in main(as_user(cast.director).get(url("history", program.pk)))
    page = main(as_user(cast.mentor).get(url("history", program.pk)))
    assert "Изменено: " in page
    assert "Заветная новая цель" not in page


@pytest.mark.clause("П.1-c", "П.5-b")
def test_those_without_a_program_wait_for_mentor_and_curator(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor)
    assert [w.verb for w in waiting(again(cast.mentor))] == ["Составить программу"]
    assert [w.verb for w in waiting(again(cast.curator))] == ["Составить программу"]
    assert waiting(again(cast.director)) == []


def rows(client, **query):
    page = client.get(url("programs"), query)
    assert page.status_code == 200
    return [row.url for row in page.context["listing"].rows]


@pytest.mark.clause("3.4-f1")
def test_the_list_is_filtered_and_searched(cast, as_user):
    draft = make_program(cast)
    late = make_program(cast, "running")
    Activity.objects.filter(program=late).update(due_on=timezone.localdate() - timedelta(days=1))
    Program.objects.filter(pk=draft.pk).update(title="Ёлка и сцена")
    Program.objects.get(pk=draft.pk).save()
    client = as_user(cast.director)
    one, two = draft.get_absolute_url(), late.get_absolute_url()
    assert set(rows(client)) == {one, two}
    assert rows(client, state="running") == [two]
    assert rows(client, overdue="yes") == [two]
    assert rows(client, q="елк сцен") == [one]
    mentor = late.pairing.participations.get(part="mentor").person
    assert rows(client, q=f"{mentor.last_name[:-1]} {mentor.first_name[:3]}") == [two]
    assert rows(client, q="импро", kind=MentoringKind.objects.get(code="traditional").pk) == [two]
    assert rows(client, q="нетакого") == []
    assert set(rows(client, curator=cast.curator.person_id, year=late.pairing.school_year)) == {one, two}
    assert set(rows(client, state="чепуха", page="999")) == {one, two}
    assert "программ нет" in body(client.get(url("programs"), {"q": "нетакого"}))


def test_the_list_is_sorted(cast, as_user):
    first, second = (make_program(cast, starts_in=days).get_absolute_url() for days in (0, 5))
    client = as_user(cast.director)
    got = {sort: rows(client, sort=sort) for sort in ("new", "old", "title", "start", "end", "state")}
    assert all(set(found) == {first, second} for found in got.values())
    assert (got["old"], got["new"], got["start"]) == ([first, second], [second, first], [first, second])


@pytest.mark.clause("3.4-f1")
def test_the_list_comes_as_a_workbook(cast, as_user):
    program = make_program(cast)
    make_program(cast, "running")
    answer = as_user(cast.director).get(url("programs"), {"state": "draft", "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    assert sheet.cell(2, 2).value == program.title


def test_empty_lists_say_what_comes_next(cast, as_user):
    assert "Открыть пары и группы" in body(as_user(cast.curator).get(url("programs")))
    assert "У Вас пока нет программы" in body(as_user(cast.stranger).get(url("programs")))


@pytest.mark.point("24")
def test_the_list_costs_the_same_for_one_and_three(cast, as_user):
    make_program(cast, "submitted", mentor=cast.mentor)
    clients = {role: as_user(getattr(cast, role)) for role in ("director", "curator", "mentor")}
    one = {role: queries(client, url("programs")) for role, client in clients.items()}
    make_program(cast, "running", mentees=2)
    make_program(cast, mentees=3)
    assert {role: queries(client, url("programs")) for role, client in clients.items()} == one
    assert max(one.values()) <= LIMIT, one


@pytest.mark.point("24")
@pytest.mark.parametrize("state", ["draft", "submitted", "running"])
def test_a_program_costs_the_same_for_a_short_and_a_long_plan(cast, as_user, state):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    drafting_acts.add_from_template(program, ProgramTemplate.objects.first(), by=cast.curator, version=program.version)
    program = reload(program)
    drafting_acts.confirm_draft(program, program.pairing.participations.get(part="mentee"), by=cast.curator)
    Program.objects.filter(pk=program.pk).update(version=1)
    if state != "draft":
        program.refresh_from_db()
        approval_acts.submit(program, by=cast.curator)
    if state == "running":
        approval_acts.endorse(program, by=cast.curator)
        approval_acts.agree(program, by=cast.chair, minutes_number="4", minutes_date=timezone.localdate())
        approval_acts.approve(
            program, by=cast.clerk, number="42-од", date=timezone.localdate(), on=timezone.localdate()
        )
    for role in ("curator", "mentor", "mentee"):
        for part in PARTS:
            assert queries(as_user(getattr(cast, role)), url(part, program.pk)) <= LIMIT, (role, part)


@pytest.mark.parametrize("role", ["mentor", "mentee", "council", "curator", "director"])
def test_no_link_of_a_page_leads_nowhere(cast, as_user, role):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(getattr(cast, role))
    pages = [main(client.get(url(part, program.pk))).split("</main>")[0] for part in PARTS]
    links = {link for page in pages for link in re.findall(r'href="(/[^"#]*)"', page)}
    if role not in (
        "curator",
        "mentee",
    ):  # the papers are drawn for two readers, who may have them is in access_table.py
        links = {link for link in links if not re.search(r"\.(pdf|docx|zip)\b", link)}
    assert {link: code for link in links if (code := client.get(link).status_code) not in {200, 302}} == {}
