"""Kinds and forms that behave: each asks its own, refuses whom it does not suit, and stands in the paper (п. 2.3)."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Refused, complaints, reload
from people.accounts.models import User
from people.roles.models import RoleGrant
from people.school.models import DayOff, Organisation
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.journal import inbox as journal_inbox
from programs.journal.silence import QUIET_DAYS, silences
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.kinds.registry import FORMS, KINDS, asking
from programs.program.kinds.situational import response_hours
from programs.program.kinds.speed import NO_PROGRAM
from programs.program.models import Program
from programs.program.sections import sections
from programs.program.version_comparison import compare
from programs.program.versions import text_of
from tests.factories import make_pairing, make_person, make_program

pytestmark = pytest.mark.point("11.6")


def step(program, name="details"):
    return reverse("programs:program_step", args=[program.pk, name])


def missing(program, name="submit"):
    return " ".join(str(c) for c in complaints(reload(program), name)).replace("\u00a0", " ")


def of_kind(program, *codes, **details):
    """Give a draft other kinds and their answers; returns it read anew."""
    row = Program.objects.get(pk=program.pk)
    row.kinds.set(MentoringKind.objects.filter(code__in=codes))
    row.details = details
    row.save()
    return reload(row)


def of_form(program, code, **details):
    row = Program.objects.get(pk=program.pk)
    row.forms.set(MentoringForm.objects.filter(code=code))
    row.details = row.details | {code: details}
    row.save()
    return reload(row)


def printed(program):
    """All words of the section of forms and kinds."""
    return json.dumps(sections(text_of(reload(program)))[2], ensure_ascii=False)


def fields(client, program):
    return set(client.get(step(program)).context["form"].fields) - {"version"}


def test_every_planted_kind_and_form_is_declared(db):
    assert set(MentoringKind.objects.values_list("code", flat=True)) == set(KINDS)
    assert set(MentoringForm.objects.values_list("code", flat=True)) == set(FORMS)


def test_fields_stand_in_the_form_of_their_kind_only(cast, as_user):
    program, client = make_program(cast), as_user(cast.curator)
    assert all(name.startswith("traditional-") for name in fields(client, program))
    of_kind(program, "short", "virtual")
    assert {name.partition("-")[0] for name in fields(client, program)} == {"short", "virtual"}
    own = MentoringKind.objects.create(code="own-1", name="Парное", description="вдвоём")
    program = of_kind(program, own.code)
    assert asking(program) == []
    assert client.get(step(program)).url == step(program, "term")
    assert "Как идёт работа" not in client.get(step(program, "term")).content.decode()


@pytest.mark.clause("2.3-g1")
def test_short_term_needs_goals_and_a_schedule_before_the_start(cast, as_user):
    program = of_kind(make_program(cast), "short")
    told = missing(program)
    for word in ("Конкретные цели", "Первая встреча", "Как часто", "между встречами"):
        assert word in told
    with pytest.raises(Refused):
        approval_acts.submit(program, by=cast.curator)
    first = program.starts_on + timedelta(days=7)
    data = {
        "version": program.version,
        "short-goals": "Провести урок без конспекта\nПодобрать три пьесы",
        "short-first_on": (program.starts_on - timedelta(days=1)).isoformat(),
        "short-pace": "week",
        "short-between": "Запись своего урока",
    }
    assert as_user(cast.curator).post(step(program), data).status_code == 302
    assert "вне срока программы" in missing(program)
    data |= {"version": reload(program).version, "short-first_on": first.isoformat()}
    as_user(cast.curator).post(step(program), data)
    drafting_acts.confirm_draft(program, program.pairing.participations.get(part="mentee"), by=cast.curator)
    assert missing(program) == ""
    paper = printed(program)
    assert "Провести урок без конспекта; Подобрать три пьесы" in paper
    assert f"{first:%d.%m.%Y}" in paper
    approval_acts.submit(program, by=cast.curator)


@pytest.mark.clause("2.3-g1")
def test_the_schedule_passes_over_days_off(cast):
    program = of_kind(make_program(cast), "short")
    monday = program.starts_on + timedelta(days=7 - program.starts_on.weekday())
    DayOff.objects.update_or_create(date=monday + timedelta(weeks=1), defaults={"name": "Праздник", "kind": "federal"})
    days = KINDS["short"].more(program, {"first_on": monday.isoformat(), "pace": "week"})[0][1]
    assert f"{monday:%d.%m.%Y}, {monday + timedelta(weeks=1, days=1):%d.%m.%Y}" in days


@pytest.mark.clause("2.3-h1", "2.3-h2")
def test_reverse_exchanges_the_parts_of_two_assigned_pairs(cast):
    younger, older = make_person(birth_date=date(2001, 1, 1)), make_person(birth_date=date(1970, 1, 1))
    program = make_program(cast, mentor=older, mentee=younger)
    answers = {"younger": "mentor", "modern": "Запись и монтаж", "method": "Сольфеджио в младших классах"}
    told = missing(of_kind(program, "reverse", reverse=answers))
    assert "встречной пары" in told
    assert "старше: младшим по возрасту назовите другого" in told
    make_pairing(cast, "assigned", mentor=younger, mentee=older)
    program = of_kind(program, "reverse", reverse=answers | {"younger": "mentee"})
    drafting_acts.confirm_draft(program, program.pairing.participations.get(part="mentee"), by=cast.curator)
    assert missing(program) == ""
    paper = printed(program)
    assert f"{younger.short_name} — наставник" in paper
    assert f"{older.short_name} — наставник" in paper
    assert "Запись и монтаж" in paper
    parts = lambda person: set(person.participations.values_list("part", flat=True))  # noqa: E731
    assert parts(younger) == parts(older) == {"mentor", "mentee"}
    assert "а здесь группа" in missing(of_kind(make_program(cast, mentees=2), "reverse", reverse=answers))


def test_situational_says_how_soon_the_mentor_answers(cast):
    program = of_kind(make_program(cast), "situational")
    assert "За какое время наставник откликается" in missing(program)
    program = of_kind(program, "situational", situational={"hours": "4", "how": "По телефону"})
    assert "Ситуационное" not in missing(program)
    assert response_hours(program) == 4
    assert "в течение четырёх часов" in printed(program)


def test_speed_is_an_event_of_which_a_program_may_grow(cast, as_user):
    program, client = make_program(cast), as_user(cast.curator)
    page = client.get(step(program, "forms")).content.decode()
    speed = MentoringKind.objects.get(code="speed")
    assert f'value="{speed.pk}"' not in page
    assert NO_PROGRAM in page
    with pytest.raises(Refused, match="мероприятие школы, а не программа"):
        drafting_acts.edit(program, by=cast.curator, version=program.version, kinds=[speed])
    assert NO_PROGRAM.replace("\u00a0", " ") in missing(of_kind(program, "speed"))
    page = as_user(cast.stranger).get(reverse("programs:kinds")).content.decode()
    assert NO_PROGRAM in page
    grown = drafting_acts.start(
        make_pairing(cast, "assigned"),
        by=cast.curator,
        title="Т",
        curator=cast.curator.person,
        origin="14 ноября, о пьесах для ансамбля",
    )
    assert "14 ноября, о пьесах для ансамбля" in printed(grown)


def test_virtual_names_tool_and_platform_and_prints_no_link(cast, as_user):
    program = of_kind(make_program(cast), "virtual")
    data = {
        "version": program.version,
        "virtual-tool": "Видеозвонок",
        "virtual-platform": "outside",
        "virtual-link": "https://call.example/42",
    }
    as_user(cast.curator).post(step(program), data)
    assert "чья внешняя платформа" in missing(program)
    as_user(cast.curator).post(
        step(program), data | {"version": reload(program).version, "virtual-agreed": "Российский сервис"}
    )
    assert "Виртуальное" not in missing(program)
    assert "call.example" in as_user(cast.curator).get(program.get_absolute_url()).content.decode()
    assert "Российский сервис" in printed(program)
    assert "call.example" not in printed(program)


@pytest.mark.clause("2.3-k2")
def test_the_traditional_form_keeps_a_mark_for_each_criterion(cast):
    program = of_kind(make_program(cast), "traditional")
    told = missing(program)
    for word in ("«опыт»", "«навыки»", "«личностные характеристики»"):
        assert word in told
    assert "Традиционная" not in missing(of_kind(program, "traditional", traditional={"without": "вторая программа"}))
    marks = {"experience_mark": "yes", "skills_mark": "partly", "person_mark": "yes", "person": "оба спокойны"}
    program = of_kind(program, "traditional", traditional=marks)
    assert "Традиционная" not in missing(program)
    paper = printed(program)
    assert "подходит частично" in paper
    assert "оба спокойны" in paper


def test_a_group_says_what_is_common_and_what_is_ones_own(cast):
    program = of_kind(make_program(cast, mentees=2), "group")
    assert "Что группа делает вместе" in missing(program)
    assert "Что у каждого своё" in missing(program)


@pytest.mark.clause("2.3-a2", "2.3-m2")
def test_the_head_mentors_and_names_four_kinds_of_conditions(cast):
    told = missing(of_form(make_program(cast), "head"))
    assert "им не является" in told
    for word in ("Организационно-педагогические", "Кадровые", "Методические", "Психолого-педагогические"):
        assert f"{word} условия" in told
    program = make_program(cast, mentor=cast.director)
    program = of_form(program, "head", **dict.fromkeys(("organisation", "staff", "method", "mind"), "часы и кабинет"))
    assert "руководитель Учреждения – педагог" not in missing(program)
    assert "Кадровые условия" in printed(program)
    RoleGrant.objects.filter(person=cast.director.person).update(until=timezone.localdate() - timedelta(days=1))
    assert "им не является" in missing(program, "approve")


@pytest.mark.clause("2.3-a3")
def test_an_employer_mentors_a_student_by_papers_of_practice(cast):
    college = Organisation.objects.create(kind="college", name="Колледж искусств", short_name="Колледж")
    told = missing(of_form(make_program(cast), "employer"))
    assert "педагогический работник школы" in told
    assert "Договор о практической подготовке" in told
    student = make_person()
    student.employments.update(organisation=college, is_teaching=False, post="студент")
    papers = {"contract": "№ 4", "referral": "№ 8", "tutor": "Иванова И. И."}
    program = of_form(make_program(cast, mentee=student), "employer", **papers)
    drafting_acts.confirm_draft(program, program.pairing.participations.get(part="mentee"), by=cast.curator)
    assert missing(program) == ""
    approval_acts.submit(program, by=cast.curator)
    assert "Иванова И. И." in printed(program)


@pytest.mark.clause("2.3-a4")
def test_a_college_teacher_mentors_a_young_teacher_only(cast):
    told = missing(of_form(make_program(cast), "college"))
    assert "не работает в колледже или вузе" in told
    assert "не молодой специалист" in told
    assert "По какой бумаге участвует наставник" in told


def test_an_edit_of_an_answer_asks_for_a_new_confirmation_and_is_compared(cast):
    program = make_program(cast)
    assert missing(program) == ""
    before = text_of(reload(program))
    details = {"traditional": program.details["traditional"] | {"other": "рядом живут"}}
    drafting_acts.edit(program, by=cast.curator, version=program.version, details=details)
    assert "не подтвердила проект" in missing(program)
    assert [row.label for row in compare(before, text_of(reload(program))).rows] == ["Как идёт работа"]


def test_nobody_is_told_to_meet_where_meetings_follow_the_need(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    Program.objects.filter(pk=program.pk).update(started_on=timezone.localdate() - timedelta(days=60))
    mentor = User.objects.get(pk=cast.mentor.pk)

    def told():
        return [item.title for item in journal_inbox.items(mentor) if item.title.startswith("Встретиться")]

    assert told() and silences(Program.objects.all(), QUIET_DAYS)
    program.kinds.set(MentoringKind.objects.filter(code="situational"))
    assert not told() and not silences(Program.objects.all(), QUIET_DAYS)
    program.kinds.add(MentoringKind.objects.get(code="traditional"))
    assert told()
