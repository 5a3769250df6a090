"""Acts of programs: drafting, confirmation, agreement, approval, the first day, and every refusal."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, complaints, perform, reload
from people.accounts.models import User
from people.roles.models import RoleGrant
from people.school.models import Organisation, School
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.pairings.terms import bounds
from programs.program import content as program_content
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, Program
from tests.factories import make_pairing, make_person, make_program

pytestmark = pytest.mark.point("13")


def again(user):
    """The same user with rights read again."""
    return User.objects.get(pk=user.pk)


def mentee_of(program):
    return program.pairing.participations.get(part="mentee")


def refusal(act, *args, **values):
    with pytest.raises(Refused) as told:
        act(*args, **values)
    return str(told.value)


def missing(program, name="submit"):
    return [str(c) for c in complaints(reload(program), name)]


def letters(name):
    return {m.to for m in OutboxMail.objects.filter(template=f"program_{name}")}


@pytest.mark.clause("3.5-d2")
def test_a_draft_takes_over_what_the_mentee_stated(cast):
    program = make_program(cast, complete=False)
    assert [s.text for s in program.difficulties.all()] == ["чтение с листа"]
    assert [s.text for s in program.requests.all()] == ["помочь с открытым уроком"]
    assert [s.text for s in program.strengths.all()] == ["артистизм"]


def test_the_same_request_makes_one_draft(cast):
    pairing = make_pairing(cast, "assigned")
    key = "7b0d1c0e-0000-4000-8000-000000000001"
    values = {"by": cast.curator, "title": "Программа", "curator": cast.curator.person, "request_key": key}
    assert drafting_acts.start(pairing, **values) == drafting_acts.start(pairing, **values)
    assert Program.objects.count() == 1


def test_a_pair_has_one_live_program(cast):
    program = make_program(cast)
    with pytest.raises(Already, match="уже есть программа"):
        drafting_acts.start(program.pairing, by=cast.curator, title="Вторая", curator=cast.curator.person)


@pytest.mark.clause("1.2-f3")
def test_a_program_is_for_an_assigned_pair(cast):
    pairing = make_pairing(cast, "recommended")
    assert "закреплённой приказом" in refusal(
        drafting_acts.start, pairing, by=cast.curator, title="Т", curator=cast.curator.person
    )


@pytest.mark.parametrize("role", ["director", "clerk", "sysadmin", "stranger"])
def test_strangers_to_the_pair_draft_nothing(cast, role):
    pairing = make_pairing(cast, "assigned")
    with pytest.raises(NotAllowed):
        drafting_acts.start(pairing, by=getattr(cast, role), title="Т", curator=cast.curator.person)


@pytest.mark.clause("5.1-b")
@pytest.mark.parametrize("role", ["curator", "chair", "secretary", "council", "mentor", "mentee"])
def test_participants_curator_and_council_draft(cast, role):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    program = drafting_acts.start(pairing, by=again(getattr(cast, role)), title="Т", curator=cast.curator.person)
    assert program.state == "draft"


def test_a_template_fills_the_draft_within_the_term(cast):
    template = ProgramTemplate.objects.get(name="Открытый урок без страха")
    pairing = make_pairing(cast, "assigned")
    program = drafting_acts.start(pairing, by=cast.curator, title="Т", curator=cast.curator.person, template=template)
    assert program.goal == template.goal
    assert program.activities.count() == template.activities.count()
    assert all(program.starts_on <= a.due_on <= program.ends_on for a in program.activities.all())


def test_samples_are_six_and_fit_the_term(db):
    samples = ProgramTemplate.objects.all()
    assert len(samples) == 6
    for sample in samples:
        assert 3 <= sample.months <= 12
        assert 6 <= sample.activities.count() <= 9
        assert max(a.week for a in sample.activities.all()) <= sample.months * 4.4
        assert {a.responsible for a in sample.activities.all()} <= set(Activity.Responsible.values)


@pytest.mark.clause("2.3-c1")
def test_the_goal_comes_before_the_forms(cast):
    program = make_program(cast, complete=False)
    form = MentoringForm.objects.first()
    told = refusal(drafting_acts.edit, program, by=cast.curator, version=program.version, forms=[form])
    assert "Сначала напишите цель" in told
    drafting_acts.edit(program, by=cast.curator, version=program.version, forms=[form], goal="Читать с листа")


@pytest.mark.clause("2.3-d")
def test_several_forms_and_kinds_work_together(cast):
    program = make_program(cast)
    drafting_acts.edit(
        program,
        by=cast.curator,
        version=program.version,
        forms=MentoringForm.objects.all()[:2],
        kinds=MentoringKind.objects.filter(code__in=["virtual", "situational"]),
    )
    assert (program.forms.count(), program.kinds.count()) == (2, 2)


@pytest.mark.clause("2.3-b")
def test_a_form_serves_pairs_and_groups_alike(cast):
    form = MentoringForm.objects.get(name="педагог – педагог")
    for program in (make_program(cast), make_program(cast, mentees=2)):
        approval_acts.submit(program, by=cast.curator)
        assert (program.state, program.forms.get()) == ("submitted", form), program.pairing.kind


@pytest.mark.clause("2.3-a1", "2.3-a2", "2.3-a4")
@pytest.mark.parametrize(
    "form",
    ["педагог – педагог", "руководитель Учреждения – педагог", "педагог вуза/колледжа – молодой педагог Учреждения"],
)
def test_a_program_runs_in_each_form_for_its_pair(cast, form):
    """Each form of the regulation with the mentor and the mentee whom it is made for, from the draft to
    the first day.
    """
    mentor, mentee = make_person(), make_person()
    if form.startswith("руководитель"):
        mentor = cast.director.person
    if form.startswith("педагог вуза"):
        college = Organisation.objects.create(kind="college", name="Колледж искусств", short_name="Колледж")
        mentor.employments.update(organisation=college, department=None)
        mentee = make_person(birth_date=date(2003, 1, 1), teaching_since=timezone.localdate())
    program = make_program(cast, mentor=mentor, mentee=mentee)
    chosen = {"goal": "Роль каждого ясна", "forms": [MentoringForm.objects.get(name=form)]}
    chosen["details"] = program.details | {
        "head": dict.fromkeys(("organisation", "staff", "method", "mind"), "созданы"),
        "college": {"paper": "договор от 1 сентября 2026 г. № 4"},
    }
    drafting_acts.edit(program, by=cast.curator, version=program.version, **chosen)
    drafting_acts.confirm_draft(program, mentee_of(program), by=cast.curator)
    approval_acts.submit(program, by=cast.curator)
    approval_acts.endorse(program, by=cast.curator)
    today = timezone.localdate()
    approval_acts.agree(program, by=cast.chair, minutes_number="4", minutes_date=today)
    approval_acts.approve(program, by=cast.clerk, number="42-од", date=today, on=today)
    program = Program.objects.get(pk=program.pk)
    assert (program.state, [f.name for f in program.forms.all()]) == ("running", [form])


@pytest.mark.clause("1.2-f1")
@pytest.mark.parametrize(
    ("end", "told"),
    [
        ((2027, 2, 10), "Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 2 месяца 9 дней"),
        ((2027, 2, 28), "Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 2 месяца 27 дней"),
        ((2027, 12, 2), "Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 1 год 1 день"),
        ((2026, 12, 1), "Программа не может закончиться раньше, чем началась"),
        ((2027, 3, 1), ""),
        ((2027, 12, 1), ""),
    ],
)
def test_the_term_is_three_months_to_a_year(cast, end, told):
    program = make_program(cast, complete=False)
    values = {"starts_on": date(2026, 12, 1), "ends_on": date(*end)}
    if not told:
        assert drafting_acts.edit(program, by=cast.curator, version=program.version, **values).ends_on == date(*end)
        return
    assert (
        refusal(drafting_acts.edit, program, by=cast.curator, version=program.version, **values).replace("\u00a0", " ")
        == told
    )


@pytest.mark.clause("1.2-f1")
@pytest.mark.parametrize("days", [1, 80, 370])
def test_the_database_keeps_the_term(cast, days):
    program = make_program(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(ends_on=program.starts_on + timedelta(days=days))


@pytest.mark.clause("1.2-f1")
def test_the_model_says_the_term_too(cast):
    program = make_program(cast)
    program.ends_on = program.starts_on + timedelta(days=20)
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="от 3 месяцев до 1 года"):
        program.validate_constraints()


def test_a_recorded_decision_moves_the_term(cast):
    program = make_program(cast)
    day = program.starts_on + timedelta(days=20)
    with pytest.raises(NotAllowed):
        drafting_acts.decide_term(program, by=cast.chair, decision="так", earliest_end=day, latest_end=day)
    assert "кто и почему" in refusal(
        drafting_acts.decide_term, program, by=cast.curator, decision=" ", earliest_end=day, latest_end=day
    )
    assert "неверно" in refusal(
        drafting_acts.decide_term,
        program,
        by=cast.curator,
        decision="так",
        earliest_end=program.starts_on,
        latest_end=day,
    )
    drafting_acts.decide_term(
        program, by=cast.curator, decision="Скоростное наставничество, протокол № 5", earliest_end=day, latest_end=day
    )
    assert program.ends_on == day
    assert "По решению об особом сроке" in refusal(
        drafting_acts.edit, program, by=cast.curator, version=program.version, ends_on=day + timedelta(days=1)
    )


def test_a_recorded_decision_is_taken_back(cast):
    program = make_program(cast)
    usual = bounds(program.starts_on)
    day = program.starts_on + timedelta(days=20)
    drafting_acts.decide_term(program, by=cast.curator, decision="Решение", earliest_end=day, latest_end=day)
    with pytest.raises(NotAllowed):
        drafting_acts.undecide_term(program, by=cast.mentor)
    program = drafting_acts.undecide_term(program, by=cast.curator)
    assert (program.term_decision, program.term_decided_by, program.ends_on) == ("", None, usual[0])
    assert (program.earliest_end, program.latest_end) == usual
    assert Act.objects.about(program).last().words == "решение об особом сроке отменено"
    with pytest.raises(Already):
        drafting_acts.undecide_term(program, by=cast.curator)


def test_a_decision_of_what_is_no_draft_stays(cast):
    program = make_program(cast)
    day = program.starts_on + timedelta(days=120)
    drafting_acts.decide_term(program, by=cast.curator, decision="Решение", earliest_end=day, latest_end=day)
    type(program).objects.filter(pk=program.pk).update(state="submitted")
    assert "в черновике" in refusal(drafting_acts.undecide_term, program, by=cast.curator)


def test_the_page_of_the_term_takes_a_decision_back(cast, as_user):
    program = make_program(cast)
    day = program.starts_on + timedelta(days=20)
    drafting_acts.decide_term(program, by=cast.curator, decision="Решение", earliest_end=day, latest_end=day)
    reader = as_user(cast.curator)
    drop = f"/programs/{program.pk}/special-term/drop/"
    assert drop in reader.get(f"/programs/{program.pk}/edit/term/").content.decode()
    asked = reader.get(drop)
    assert asked.context["facts"][0].value == "Решение"
    assert reader.post(drop).url == f"/programs/{program.pk}/edit/term/"
    assert reload(program).term_decision == ""


def test_a_stale_edit_is_refused_with_the_name_and_the_time(cast):
    program = make_program(cast, complete=False)
    old = program.version
    drafting_acts.edit(program, by=cast.chair, version=old, goal="Новая цель")
    with pytest.raises(
        Stale, match=rf"{cast.chair.person.short_name} изменила программу \(\d\d:\d\d\)\. Ваш текст сохранён"
    ):
        drafting_acts.edit(program, by=cast.curator, version=old, goal="Другая цель")
    assert reload(program).goal == "Новая цель"


def test_saving_the_same_changes_nothing(cast):
    program = make_program(cast)
    before = Act.objects.count()
    same = drafting_acts.edit(
        program, by=cast.curator, version=program.version, goal=program.goal, forms=list(program.forms.all())
    )
    assert (same.version, Act.objects.count()) == (program.version, before)


@pytest.mark.parametrize("state", ["submitted", "agreed", "approved", "running"])
def test_after_the_draft_everything_is_locked(cast, state):
    program = make_program(cast, state)
    activity, version = program.activities.first(), program.version
    for act in (
        lambda: drafting_acts.edit(program, by=cast.curator, version=version, goal="иначе"),
        lambda: drafting_acts.save_activity(program, activity, [], by=cast.curator, version=version),
        lambda: drafting_acts.drop_activity(program, activity, by=cast.curator, version=version),
        lambda: drafting_acts.add_from_template(
            program, ProgramTemplate.objects.first(), by=cast.curator, version=version
        ),
    ):
        assert "закрыт" in refusal(act)
    assert "черновике" in refusal(
        drafting_acts.decide_term,
        program,
        by=cast.curator,
        decision="так",
        earliest_end=program.ends_on,
        latest_end=program.ends_on,
    )


@pytest.mark.clause("1.2-f2", "1.2-f4", "1.2-f5", "3.5-d2")
def test_an_empty_draft_says_everything_that_is_missing(cast):
    program = make_program(cast, complete=False)
    program.requests.clear()
    told = missing(program)
    assert any(
        "цель, форма наставничества, вид наставничества, обоснование форм и видов и направления" in t for t in told
    )
    assert any("Не отмечено ни одного: запрос" in t for t in told)
    assert any("нет ни одного мероприятия" in t for t in told)
    assert any("«чтение с листа» не поддержано" in t for t in told)
    assert any("не подтвердила проект" in t for t in told)
    with pytest.raises(Refused):
        approval_acts.submit(program, by=cast.curator)


@pytest.mark.clause("2.3-f")
def test_kinds_fit_pairs_and_groups(cast):
    pair, group = make_program(cast), make_program(cast, mentees=2)
    pair.kinds.set(MentoringKind.objects.filter(code="group"))
    group.kinds.set(MentoringKind.objects.filter(code="traditional"))
    assert any("от двух наставляемых" in t for t in missing(pair))
    assert any("один на один" in t for t in missing(group))


@pytest.mark.clause("1.3-8")
def test_each_mentee_of_a_group_has_own_requests_and_difficulties(cast):
    program = make_program(cast, mentees=2)
    assert missing(program) == []
    second = program.pairing.participations.filter(part="mentee").last()
    program.difficulties.set(program.difficulties.exclude(candidate=second.candidate))
    assert any(f"затруднение ({second.person.short_name})" in t for t in missing(program))


@pytest.mark.clause("1.2-f6")
def test_every_difficulty_is_supported_by_an_activity(cast):
    program = make_program(cast)
    drafting_acts.save_activity(program, program.activities.get(), [], by=cast.curator, version=program.version)
    assert any("Затруднение «чтение с листа» не поддержано" in t for t in missing(program))


def test_activities_stay_inside_the_term(cast):
    program = make_program(cast)
    late = Activity(title="Поздно", due_on=program.ends_on + timedelta(days=1), expected_result="ничего")
    assert "выходит за срок" in refusal(
        drafting_acts.save_activity, program, late, [], by=cast.curator, version=program.version
    )
    drafting_acts.edit(
        program, by=cast.curator, version=program.version, starts_on=program.starts_on + timedelta(days=31)
    )
    assert any("выходит за срок программы" in t for t in missing(program))


@pytest.mark.clause("5.1-b")
def test_an_edit_asks_the_mentee_again(cast):
    program = make_program(cast, mentee=cast.mentee)
    assert missing(program) == []
    drafting_acts.edit(program, by=cast.curator, version=program.version, goal="Другая цель")
    assert any("не подтвердила проект в нынешней редакции" in t for t in missing(program))
    drafting_acts.confirm_draft(program, mentee_of(program), by=again(cast.mentee))
    assert missing(program) == []


@pytest.mark.clause("5.1-b")
def test_a_change_of_the_plan_asks_again_too(cast):
    program = make_program(cast)
    drafting_acts.save_activity(program, program.activities.get(), [], by=cast.curator, version=program.version)
    assert any("не подтвердила" in t for t in missing(program))


@pytest.mark.clause("5.1-b")
def test_what_was_read_is_what_is_confirmed(cast):
    program = make_program(cast, mentee=cast.mentee)
    seen = program_content.content_sha256(reload(program))
    program = drafting_acts.edit(program, by=cast.curator, version=program.version, goal="Другая цель")
    with pytest.raises(Stale, match="проект изменили"):
        drafting_acts.confirm_draft(program, mentee_of(program), by=again(cast.mentee), seen=seen)


@pytest.mark.clause("5.1-b")
def test_a_confirmation_belongs_to_its_mentee(cast):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    program = drafting_acts.edit(program, by=cast.curator, version=program.version, goal="Другая цель")
    for name in ("mentor", "chair", "director", "stranger"):
        with pytest.raises(NotAllowed):
            drafting_acts.confirm_draft(program, mentee_of(program), by=again(getattr(cast, name)))
    mentor = program.pairing.participations.get(part="mentor")
    assert "только наставляемый" in refusal(drafting_acts.confirm_draft, program, mentor, by=cast.curator)
    drafting_acts.confirm_draft(program, mentee_of(program), by=cast.curator)
    assert "(записано со слов или с бумаги)" in Act.objects.about(program).filter(verb="confirm_draft").last().words
    with pytest.raises(Already):
        drafting_acts.confirm_draft(program, mentee_of(program), by=again(cast.mentee))


def test_a_mentee_is_asked_by_letter_once_a_day(cast):
    program = make_program(cast, mentee=cast.mentee)
    with pytest.raises(Already, match="уже подтвердили"):
        drafting_acts.ask_to_confirm(program, by=cast.curator)
    drafting_acts.edit(program, by=cast.curator, version=program.version, goal="Другая цель")
    with pytest.raises(NotAllowed):
        drafting_acts.ask_to_confirm(program, by=cast.stranger)
    assert drafting_acts.ask_to_confirm(program, by=cast.curator) == 1
    assert letters("to_confirm") == {cast.mentee.email}
    with pytest.raises(Already, match="Сегодня"):
        drafting_acts.ask_to_confirm(program, by=cast.curator)


@pytest.mark.clause("3.4-i")
def test_the_curator_gets_the_draft_and_passes_it_to_the_council(cast):
    program = make_program(cast, mentor=cast.mentor)
    approval_acts.submit(program, by=again(cast.mentor))
    assert letters("submitted") == {cast.curator.email}
    with pytest.raises(NotAllowed):
        approval_acts.endorse(program, by=cast.chair)
    approval_acts.endorse(program, by=cast.curator)
    assert letters("for_council") == {cast.chair.email, cast.secretary.email}
    with pytest.raises(Already):
        approval_acts.endorse(program, by=cast.curator)


@pytest.mark.clause("3.5-i2")
def test_the_council_agrees_with_minutes_only_after_the_curator(cast):
    program = make_program(cast, "submitted")
    today = timezone.localdate()
    assert "Куратор ещё не поддержал проект" in refusal(
        approval_acts.agree, program, by=cast.chair, minutes_number="4", minutes_date=today
    )
    approval_acts.endorse(program, by=cast.curator)
    assert "номер и дату протокола" in refusal(
        approval_acts.agree, program, by=cast.chair, minutes_number=" ", minutes_date=today
    )
    assert "будущим днём" in refusal(
        approval_acts.agree, program, by=cast.chair, minutes_number="4", minutes_date=today + timedelta(days=1)
    )
    approval_acts.agree(program, by=cast.secretary, minutes_number=" 4 ", minutes_date=today)
    assert (program.state, program.minutes_number, program.agreed_by) == ("agreed", "4", cast.secretary)


@pytest.mark.point("6")
def test_who_supported_a_program_does_not_agree_it(cast, as_user):
    RoleGrant.objects.create(person=cast.curator.person, role="chair", since=timezone.localdate())
    both, today = User.objects.get(pk=cast.curator.pk), timezone.localdate()
    program = make_program(cast, "submitted")
    approval_acts.endorse(program, by=both)
    minutes = {"minutes_number": "4", "minutes_date": today}
    assert "Вы сами поддержали этот проект" in refusal(approval_acts.agree, program, by=both, **minutes)
    with pytest.raises(NotAllowed, match="но не тот, кто поддержал"):
        perform(program, "agree", by=both)
    client = as_user(both)
    page = client.get(program.get_absolute_url())
    (button,) = [a for a in page.context["actions"] if a.verb == "agree"]
    assert not button.enabled and "Вы сами поддержали" in page.content.decode()
    told = client.post(f"/programs/{program.pk}/agree/", minutes)
    assert "Вы сами поддержали" in told.content.decode()
    assert "Согласовать программу" not in client.get("/home/").content.decode()
    program.refresh_from_db()
    assert program.state == "submitted"
    assert "Согласовать программу" in as_user(cast.secretary).get("/home/").content.decode()
    assert approval_acts.agree(program, by=cast.secretary, **minutes).state == "agreed"


@pytest.mark.point("6")
def test_a_chair_who_is_curator_agrees_what_another_curator_supported(cast):
    RoleGrant.objects.create(person=cast.chair.person, role="curator", since=timezone.localdate())
    program = make_program(cast, "submitted")
    approval_acts.endorse(program, by=cast.curator)
    both = User.objects.get(pk=cast.chair.pk)
    assert (
        approval_acts.agree(program, by=both, minutes_number="4", minutes_date=timezone.localdate()).state == "agreed"
    )


@pytest.mark.clause("3.5-i2")
def test_remarks_are_bound_and_stop_the_agreement_until_resolved(cast):
    program = make_program(cast, "submitted")
    activity = program.activities.get()
    first = approval_acts.remark(program, by=cast.council, text="Уточните цель", field="goal")
    second = approval_acts.remark(program, by=cast.chair, text="Мало уроков", activity=activity)
    assert (first.about, second.about) == ("Цель", "мероприятие «Взаимопосещение уроков»")
    assert "неучтённые замечания" in refusal(approval_acts.endorse, program, by=cast.curator)
    with pytest.raises(NotAllowed):
        approval_acts.resolve(first, by=cast.stranger)
    for one in (first, second):
        approval_acts.resolve(one, by=cast.curator)
    with pytest.raises(Already):
        approval_acts.resolve(first, by=cast.curator)
    approval_acts.endorse(program, by=cast.curator)


def test_remarks_have_their_writers_words_and_time(cast):
    program, other = make_program(cast), make_program(cast)
    with pytest.raises(NotAllowed):
        approval_acts.remark(program, by=cast.director, text="Так")
    assert "Напишите замечание" in refusal(approval_acts.remark, program, by=cast.chair, text=" ")
    assert "одному из полей" in refusal(approval_acts.remark, program, by=cast.chair, text="Так", field="version")
    assert "другой программы" in refusal(
        approval_acts.remark, program, by=cast.chair, text="Так", activity=other.activities.get()
    )
    running = make_program(cast, "running")
    assert "уже утверждена" in refusal(approval_acts.remark, running, by=cast.chair, text="Так")


@pytest.mark.parametrize(("state", "role"), [("submitted", "curator"), ("submitted", "chair"), ("agreed", "director")])
def test_a_return_undoes_the_agreement_and_becomes_a_remark(cast, state, role):
    program = make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    assert "что нужно доработать" in refusal(approval_acts.send_back, program, by=getattr(cast, role), reason=" ")
    approval_acts.send_back(program, by=getattr(cast, role), reason="Добавьте открытый урок")
    assert (program.state, program.endorsed_at, program.agreed_at, program.minutes_number) == ("draft", None, None, "")
    assert letters("returned") == {cast.mentor.email, cast.mentee.email}
    assert any("Не учтено замечание: возврат на доработку" in t for t in missing(program))


@pytest.mark.clause("3.1-a")
def test_no_program_is_approved_or_begins_without_the_regulation(cast):
    program = make_program(cast, "agreed")
    School.objects.update(regulation_number="", regulation_date=None)
    today = timezone.localdate()
    assert "утверждении Положения" in refusal(
        approval_acts.approve, program, by=cast.clerk, number="42-од", date=today, on=today
    )
    School.objects.update(regulation_number="38-од", regulation_date=today)
    approval_acts.approve(program, by=cast.clerk, number="42-од", date=today, on=today)
    assert Program.objects.get(pk=program.pk).state == "running"


def test_the_order_is_not_older_than_the_minutes(cast):
    program = make_program(cast, "agreed")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "раньше протокола" in refusal(
        approval_acts.approve, program, by=cast.clerk, number="42-од", date=yesterday, on=yesterday
    )


def test_the_approved_version_is_frozen_in_words(cast):
    program = make_program(cast, "approved")
    assert program.approved_text["goal"] == "Свободно читать с листа"
    assert program.approved_text["activities"][0]["why"] == ["чтение с листа"]
    assert len(program.approved_text["people"]) == 2


def test_an_approved_program_begins_on_its_first_day_by_the_clock(cast):
    program = make_program(cast, "approved")
    assert program.state == "approved"
    assert approval_acts.begin_due() == 0
    assert "ещё не наступил" in refusal(approval_acts.begin, program, by=cast.clerk)
    day = timezone.make_aware(timezone.datetime.combine(program.starts_on, timezone.datetime.min.time()))
    with time_machine.travel(day + timedelta(hours=1)):
        assert approval_acts.begin_due() == 1
        assert approval_acts.begin_due() == 0
    program.refresh_from_db()
    assert (program.state, program.started_on) == ("running", program.starts_on)
    assert Act.objects.about(program).last().actor is None


def test_the_history_tells_the_whole_way(cast):
    program = make_program(cast, "running")
    verbs = list(Act.objects.about(program).values_list("verb", flat=True))
    assert verbs[-5:] == ["submit", "endorse", "agree", "approve", "begin"]
    assert "изменено: цель" in " ".join(Act.objects.about(program).values_list("words", flat=True))
