"""The builder of programs: order, reasons, samples by need, materials, trial runs, conditions (п. 1.2, 2.3, 3.5)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import NotAllowed, Refused, Stale, complaints, reload
from people.school.models import DayOff, Department
from programs.catalogs import template_acts
from programs.catalogs.models import MentoringForm, ProgramTemplate
from programs.program import inbox
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.drafting import plan_acts
from programs.program.kinds import acts as kinds_acts
from programs.program.models import Activity, Program
from programs.program.sections import sections
from programs.program.trial import acts as trial_acts
from programs.program.versions import own_only, text_of
from tests.factories import make_pairing, make_program
from tests.paper import pdf

pytestmark = pytest.mark.point("11.7")


def url(name, *keys):
    return reverse(f"programs:{name}", args=keys)


def content(client, address):
    return b"".join(client.get(address))


def titles(program):
    return [activity.title for activity in program.activities.all()]


def add(program, by, title, days):
    program.refresh_from_db()
    activity = Activity(title=title, due_on=program.starts_on + timedelta(days=days), expected_result="итог")
    drafting_acts.save_activity(program, activity, [], by=by, version=program.version)
    program.refresh_from_db()
    return activity


def test_activities_change_places_and_dates_stay(cast, as_user):
    program = make_program(cast)
    add(program, cast.curator, "Второе", 60)
    add(program, cast.curator, "Третье", 90)
    first, second, third = program.activities.all()
    days = [a.due_on for a in (first, second, third)]
    client = as_user(cast.curator)
    page = client.get(url("program_plan", program.pk)).content.decode()
    assert f'value="{second.pk},{first.pk},{third.pk}"' in page  # «выше» of the second, «ниже» of the first
    order = {"order": f"{third.pk},{first.pk},{second.pk}", "version": program.version, "moved": third.pk}
    answer = client.post(url("plan_arrange", program.pk), order)
    assert answer.url.endswith(f"#activity-{third.pk}")
    assert titles(program) == ["Третье", first.title, "Второе"]
    assert [a.due_on for a in program.activities.all()] == days
    assert complaints(reload(program), "submit"), "the mentee confirms the new plan"
    with pytest.raises(Stale):
        plan_acts.arrange(program, [first.pk, second.pk], by=cast.curator, version=reload(program).version)
    with pytest.raises(NotAllowed):
        plan_acts.arrange(program, [third.pk, first.pk, second.pk], by=cast.stranger, version=1)


@pytest.mark.clause("1.2-f6")
def test_a_difficulty_without_an_activity_needs_a_reason(cast, as_user):
    program = make_program(cast, mentees=2)
    program.activities.get().statements.clear()
    told = [str(c) for c in complaints(reload(program), "submit")]
    assert any("не поддержано ни одним мероприятием, и не сказано почему" in one for one in told)
    client = as_user(cast.curator)
    for difficulty in program.difficulties.all():
        page = client.get(url("program_plan", program.pk)).content.decode()
        assert url("left_out", program.pk, difficulty.pk) in page
        data = {"reason": f"снимет курс № {difficulty.pk}", "version": reload(program).version}
        assert client.post(url("left_out", program.pk, difficulty.pk), data).url == url("program_plan", program.pk)
    for side in program.pairing.participations.filter(part="mentee"):
        drafting_acts.confirm_draft(program, side, by=cast.curator)
    assert complaints(reload(program), "submit") == []
    one, other = program.difficulties.all()
    text = text_of(reload(program))
    assert f"снимет курс № {one.pk}" in str(sections(text)) and f"снимет курс № {other.pk}" in str(sections(text))
    own = own_only(text, {one.candidate_id})  # п. 1.3, подп. 4: in a group nobody reads the reasons of another
    assert f"курс № {one.pk}" in str(own) and f"курс № {other.pk}" not in str(own)
    client.post(url("left_out", program.pk, one.pk), {"reason": "", "version": reload(program).version})
    assert any("не сказано почему" in str(c) for c in complaints(reload(program), "submit"))


def test_a_sample_suits_by_department_and_need_and_its_dates_are_working_days(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor)
    department = Department.objects.get(name="Фортепианное отделение")
    sample = ProgramTemplate.objects.get(name="Цифровые средства на уроке сольфеджио")
    ProgramTemplate.objects.filter(pk=sample.pk).update(department=department)
    form = as_user(cast.mentor).get(url("program_new", pairing.pk)).context["form"]
    assert form.fields["template"].queryset.first() == sample
    assert "Подходит: Цифровые средства" in str(form["template"])
    start = max(pairing.planned_from, pairing.assigned_on)
    line = sample.activities.first()
    due = start + timedelta(weeks=line.week)
    DayOff.objects.update_or_create(date=due, defaults={"name": "Праздник", "kind": "federal"})
    program = drafting_acts.start(pairing, by=cast.curator, title="Т", curator=cast.curator.person, template=sample)
    made = program.activities.get(source=line)
    assert made.due_on > due and made.due_on.weekday() < 5
    assert program.template == sample


@pytest.mark.clause("3.5-d1", "3.5-g2")
def test_the_council_writes_samples_moves_their_lines_and_attaches_materials(cast, as_user):
    client = as_user(cast.council)
    sample = ProgramTemplate.objects.get(name="Открытый урок без страха")
    assert sample.name in client.get(url("templates")).content.decode()
    assert client.get(url("lists_edit", "templates", sample.pk)).status_code == 200
    assert as_user(cast.mentor).get(url("templates")).status_code == 403
    first, second = sample.activities.all()[:2]
    weeks = [a.week for a in sample.activities.all()]
    template_acts.move_line(first, by=cast.council, up=False)
    assert list(sample.activities.all())[:2] == [second, first]
    assert [a.week for a in sample.activities.all()] == weeks
    file = SimpleUploadedFile("Лист наблюдения.pdf", pdf(), content_type="application/pdf")
    here = url("template_materials", first.pk)
    assert client.post(here, {"file": file}).url == here
    material = first.materials.get()
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    program = drafting_acts.start(pairing, by=cast.curator, title="Т", curator=cast.curator.person, template=sample)
    made = program.activities.get(source=first)
    address = url("activity_material", program.pk, made.pk, material.pk)
    assert address in as_user(cast.mentee).get(program.get_absolute_url()).content.decode()
    assert content(as_user(cast.mentee), address) == pdf()
    assert as_user(cast.stranger).get(address).status_code == 404
    client.post(url("template_material_drop", first.pk, material.pk))
    assert not first.materials.exists()
    assert content(as_user(cast.mentee), address) == pdf(), "a program keeps what it was given"


@pytest.mark.clause("3.5-d1")
def test_the_council_tries_a_program_and_concludes(cast, as_user):
    sample = ProgramTemplate.objects.get(name="Открытый урок без страха")
    program = make_program(cast)
    Program.objects.filter(pk=program.pk).update(template=sample)
    client, here = as_user(cast.council), url("program_trial", program.pk)
    assert client.post(here, {"question": "хватает ли двух уроков", "version": program.version}).url
    assert any("не подтвердила" in str(c) for c in complaints(reload(program), "submit"))
    assert "Программа проводится как апробация (п. 3.5)" in str(sections(text_of(reload(program))))
    with pytest.raises(Refused, match="когда программа идёт"):
        conclude(program, cast.chair)
    for side in program.pairing.participations.filter(part="mentee"):
        drafting_acts.confirm_draft(program, side, by=cast.curator)
    approval_acts.submit(program, by=cast.curator)
    approval_acts.endorse(program, by=cast.curator)
    today = timezone.localdate()
    approval_acts.agree(program, by=cast.chair, minutes_number="4", minutes_date=today)
    approval_acts.approve(program, by=cast.clerk, number="42-од", date=today, on=today)
    with pytest.raises(NotAllowed):
        conclude(program, cast.council)
    assert not [item for item in inbox.items(cast.chair) if item.key.endswith(":trial")]
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        assert [item.url for item in inbox.items(cast.chair) if item.key.endswith(":trial")] == [here]
        day = timezone.localdate()
        data = {"verdict": "recommended", "conclusion": "Хватает", "minutes_number": "9", "minutes_date": day}
        assert as_user(cast.chair).post(here, data).url == program.get_absolute_url()
        assert "Совет решил: рекомендовать" in as_user(cast.council).get(program.get_absolute_url()).content.decode()
        assert "рекомендовать, протокол № 9" in as_user(cast.council).get(url("templates")).content.decode()
        assert not [item for item in inbox.items(cast.chair) if item.key.endswith(":trial")]


def conclude(program, by):
    words = {"verdict": "rework", "conclusion": "мало", "minutes_number": "9", "minutes_date": timezone.localdate()}
    return trial_acts.conclude(Program.objects.get(pk=program.pk).trial, by=by, **words)


@pytest.mark.clause("2.3-m2")
def test_the_head_writes_down_the_conditions_that_are_made(cast, as_user):
    program = make_program(cast, "running", mentor=cast.director, mentee=cast.mentee)
    client, here = as_user(cast.director), url("program_condition", program.pk)
    assert client.post(here, {"name": "staff", "done": "часы"}).status_code == 403, "another form has no conditions"
    program.forms.set(MentoringForm.objects.filter(code="head"))
    assert client.post(here, {"name": "staff", "done": "Концертмейстер на два часа"}).url == program.get_absolute_url()
    page = as_user(cast.mentee).get(program.get_absolute_url()).content.decode()
    assert "Создано. Кадровые условия: Концертмейстер на два часа" in page
    with pytest.raises(NotAllowed):
        kinds_acts.make_condition(program, "mind", by=cast.mentee, done="сам")
