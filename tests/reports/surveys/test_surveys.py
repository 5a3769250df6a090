"""Surveys with their forms, people, terms, reminders and paper (п. 3.4, этапы 3 и 6)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mentoring_site.mail import is_needed
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from programs.program.models import Program
from reports.surveys import acts, answering, questionnaire_acts
from reports.surveys.audience import at_moment
from reports.surveys.inbox import items
from reports.surveys.models import Edition, Questionnaire, Response, Survey
from reports.surveys.results import compared, of_survey
from tests.factories import make_program
from tests.reports.surveys.kit import SCALE, TEXT, a_form, a_survey, answer, answers_of, content, day, fresh, teachers

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.1")]


def test_ready_forms_are_planted_once_and_stay_as_the_school_has_changed_them(cast):
    from importlib import import_module

    from django.apps import apps

    codes = set(Questionnaire.objects.exclude(code=None).values_list("code", flat=True))
    parts = {f"{part}_{when}" for part in ("mentor", "mentee") for when in ("before", "middle", "after")}
    assert codes == parts | {"teacher_requests", "possible_mentors", "curator_criteria", "council_criteria"}
    form = Questionnaire.objects.get(code="mentee_before")
    edition = questionnaire_acts.begin_edition(form, by=cast.curator)
    rows = [SCALE | {"text": "Свой вопрос", "position": 1}]
    questionnaire_acts.write(edition, by=cast.curator, version=1, title="Своя", intro="", questions=rows)
    import_module("reports.migrations.0017_ready_questionnaires").plant(apps, None)
    form.refresh_from_db()
    assert form.title == "Своя" and form.editions.count() == 2
    goals = [
        list(acts.published(f"mentee_{when}").questions.exclude(goal="").values_list("goal", "low", "high"))
        for when in ("before", "after")
    ]
    assert goals[0] == goals[1] and len(goals[0]) > 5


def test_a_published_edition_is_frozen_and_an_edit_makes_a_new_one(cast):
    edition = a_form(cast)
    survey = a_survey(cast, edition, people=[cast.mentor.person])
    with pytest.raises(Refused):
        questionnaire_acts.write(edition, by=cast.curator, version=edition.version, title="x", intro="", questions=[])
    new = questionnaire_acts.begin_edition(edition.questionnaire, by=cast.curator)
    assert new.number == 2 and questionnaire_acts.begin_edition(edition.questionnaire, by=cast.curator) == new
    assert [q.text for q in new.questions.all()] == [q.text for q in edition.questions.all()]
    rows = [SCALE | {"text": "Другой вопрос", "position": 1}]
    questionnaire_acts.write(new, by=cast.curator, version=1, title="Другая", intro="", questions=rows)
    questionnaire_acts.publish(new, by=cast.curator)
    assert [q.text for q in fresh(survey).edition.questions.all()] == ["Насколько Вы довольны?", "Что изменить?"]
    with pytest.raises(Already):
        questionnaire_acts.publish(new, by=cast.curator)


def test_questions_branch_by_role(cast):
    form = a_form(
        cast,
        SCALE | {"text": "Всем"},
        SCALE | {"text": "Наставнику", "roles": ["mentor"]},
        SCALE | {"text": "Наставляемому", "roles": ["mentee"]},
    )
    make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    survey = a_survey(cast, form, audience="pairs")
    asked = {row.role: row for row in survey.invitations.all()}
    texts = {role: [q.text for q in answering.questions_for(survey, role)] for role in asked}
    assert texts == {"mentor": ["Всем", "Наставнику"], "mentee": ["Всем", "Наставляемому"]}
    made = answer(survey, cast.mentor, 5, 4, 1)
    assert list(made.answers.values()) == [5, 4]  # what was not asked is not kept


def test_people_are_asked_by_letter_and_inbox_and_answer_once(cast, as_user):
    one, two = teachers(2)
    survey = a_survey(cast, people=[one.person, two.person])
    assert OutboxMail.objects.filter(template="survey_invited").count() == 2
    assert [item.until for item in items(one)] == [survey.closes_on]
    page = as_user(one).get(reverse("reports:survey_answer", args=[survey.pk]))
    assert "Это анкета под Вашим именем, не анонимная" in page.text
    assert page.text.index("не анонимная") < page.text.index("Насколько Вы довольны?")
    answer(survey, one, 4, "Больше встреч")
    assert not list(items(one)) and list(items(two))
    with pytest.raises(Already):
        answer(survey, one, 5)
    letters = OutboxMail.objects.filter(template="survey_invited").order_by("pk")
    assert {letter.person_id: is_needed(letter) for letter in letters} == {one.person_id: False, two.person_id: True}
    survey.refresh_from_db()
    assert (survey.invited, survey.answered) == (2, 1)


def test_a_page_of_a_phone_keeps_what_was_typed_and_thanks(cast, as_user):
    (one,) = teachers(1)
    survey = a_survey(cast, people=[one.person])
    url = reverse("reports:survey_answer", args=[survey.pk])
    client = as_user(one)
    scale, text = survey.edition.questions.all()
    refused = client.post(url, {text.key: "Всё хорошо"})
    assert refused.status_code == 422 or "Проверьте" in refused.text
    assert "Всё хорошо" in refused.text and not Response.objects.exists()
    done = client.post(url, {scale.key: "4", text.key: "Всё хорошо"}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("reports:survey_thanks", args=[survey.pk])
    assert Response.objects.get().answers == {scale.key: 4, text.key: "Всё хорошо"}
    assert client.get(url).url == reverse("reports:survey_thanks", args=[survey.pk])


def test_reminders_go_to_those_who_have_not_answered_once(cast):
    one, two = teachers(2)
    survey = a_survey(cast, people=[one.person, two.person])
    answer(survey, one, 4)
    assert acts.remind_due() == 0
    with pytest.raises(Already):
        acts.remind(survey, by=cast.curator)  # invited today
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        assert acts.remind_due() == 1 and acts.remind_due() == 0
        letter = OutboxMail.objects.get(template="survey_reminder")
        assert letter.person_id == two.person_id and "Ваших ответов пока нет" in letter.text
        with pytest.raises(Already):
            acts.remind(survey, by=cast.curator)


def test_a_survey_opens_and_closes_by_its_days(cast):
    (one,) = teachers(1)
    survey = a_survey(cast, people=[one.person], started=False, opens_on=day(2), opens_itself=True)
    own = a_survey(cast, people=[one.person], started=False, opens_on=day(2))
    call_command("tick", verbosity=0)
    assert fresh(survey).state == "draft"
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert acts.open_due() == 1 and fresh(survey).state == "open" and fresh(own).state == "draft"
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        with pytest.raises(Refused):
            answer(survey, one, 3)
        assert acts.close_due() == 1
        assert fresh(survey).state == "closed"
    assert Act.objects.about(survey).filter(verb="close", actor=None).exists()


@pytest.mark.clause("П.6-a")
def test_before_and_after_are_asked_at_the_moments_of_a_program_and_compared_by_goal(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    goal = SCALE | {"text": "Комфорт", "goal": "Комфорт"}
    before = a_survey(cast, a_form(cast, goal, moment="before"), audience="mentees", opens_on=program.started_on)
    after = a_survey(cast, a_form(cast, goal, moment="after"), audience="mentees", closes_on=day(300))
    assert [(row.person, row.program) for row in before.invitations.all()] == [(cast.mentee.person, program)]
    assert not after.invitations.exists() and acts.invite_due() == 0
    answer(before, cast.mentee, 2)
    Program.objects.filter(pk=program.pk).update(state="completed", ended_on=day())
    assert acts.invite_due() == 1 and acts.invite_due() == 0
    answer(after, cast.mentee, 5)
    (change,) = compared(fresh(after))
    assert (change.goal, change.number, change.before, change.after, change.by) == ("Комфорт", 1, 2, 5, 3)
    assert compared(fresh(before)) == ()


def test_the_middle_of_a_program_is_between_its_days(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    middle = program.started_on + (program.ends_on - program.started_on) / 2
    assert at_moment("mentors", "middle", middle, middle)[0].person == cast.mentor.person
    assert at_moment("mentors", "middle", middle + timedelta(days=1), middle + timedelta(days=9)) == []


def test_before_and_after_have_names(cast):
    with pytest.raises(Refused, match="не бывает без имён"):
        a_survey(cast, a_form(cast, moment="before"), audience="mentees", anonymous=True)
    with pytest.raises(Refused, match="наставники или наставляемые"):
        a_survey(cast, a_form(cast, moment="after"), audience="teachers")


def test_paper_is_entered_by_the_curator(cast, as_user):
    one, two = teachers(2)
    survey = a_survey(cast, people=[one.person, two.person])
    client = as_user(cast.curator)
    url = reverse("reports:survey_enter", args=[survey.pk])
    assert "Чья анкета" in client.get(url).text
    scale, text = survey.edition.questions.all()
    row = survey.invitations.get(person=one.person)
    assert client.post(f"{url}?who={row.pk}", {scale.key: "2", text.key: "С бумаги"}).status_code == 302
    assert Response.objects.get().invitation == row
    assert client.get(f"{url}?who={row.pk}").status_code in (200, 422)  # already answered: asked again whose form
    survey.refresh_from_db()
    assert (survey.answered, survey.on_paper) == (1, 1)
    with pytest.raises(NotAllowed):
        answering.answer_named(row, by=two, answers=answers_of(survey, 1))
    with pytest.raises(Already, match="уже есть"):
        answering.answer_named(row, by=cast.curator, answers=answers_of(survey, 1))
    pdf = client.get(reverse("reports:survey_blank", args=[survey.pk]))
    assert content(pdf)[:4] == b"%PDF"


@pytest.mark.clause("П.3-a")
def test_possible_mentors_are_asked(cast):
    from tests.factories import make_candidate

    make_candidate(cast.mentor.person, "mentor", by=cast.director, state="approved")
    survey = a_survey(cast, acts.published("possible_mentors"), audience="candidates")
    row = survey.invitations.get()
    assert (row.person, row.role) == (cast.mentor.person, "candidate")
    answer(survey, cast.mentor, "да", ["методика преподавания"], 8, 9, 3, "с одним коллегой")
    assert of_survey(fresh(survey)).questions[1].shares[0].number == 1


def test_criteria_have_a_level_by_the_sum(cast):
    survey = a_survey(cast, acts.published("council_criteria"), audience="council")
    answer(survey, cast.chair, *[2] * 9, "Продолжать")
    answer(survey, cast.secretary, *[1] * 9)
    result = of_survey(fresh(survey))
    assert result.mean_sum == 13.5
    assert [(one.label.split()[0], one.number, one.percent) for one in result.levels] == [
        ("оптимальный", 1, 50.0),
        ("допустимый", 1, 50.0),
        ("недопустимый", 0, 0.0),
    ]


@pytest.mark.clause("3.5-h")
def test_the_council_reads_results_and_assesses(cast, as_user):
    survey = a_survey(cast, acts.published("council_criteria"), audience="council")
    answer(survey, cast.chair, *[2] * 9, "Больше открытых уроков")
    for user in (cast.council, cast.director, cast.curator):
        page = as_user(user).get(survey.get_absolute_url())
        assert page.context["result"].answered == 1 and "Больше открытых уроков" in page.text
    assert as_user(cast.council).get(reverse("reports:survey_answer", args=[survey.pk])).status_code == 200
    assert as_user(cast.council).get(reverse("reports:survey_edit", args=[survey.pk])).status_code == 403
    assert as_user(cast.stranger).get(survey.get_absolute_url()).status_code == 404


def test_results_have_numbers_pictures_workbook_and_paper(cast, as_user):
    users = teachers(3)
    form = a_form(
        cast,
        SCALE | {"text": "Довольны?"},
        TEXT | {"text": "Темы", "kind": "many", "options": ["ансамбль", "гаммы", "чтение"]},
        TEXT | {"text": "Часы", "kind": "number"},
        TEXT | {"text": "Своими словами"},
    )
    survey = a_survey(cast, form, people=[user.person for user in users])
    answer(survey, users[0], 5, ["ансамбль", "гаммы"], 4, "=HYPERLINK()")
    answer(survey, users[1], 4, ["гаммы"], 2, "")
    scale, many, number, text = of_survey(fresh(survey)).questions
    assert (scale.number, scale.mean) == (2, 4.5)
    assert [(one.label, one.number, one.percent) for one in many.shares] == [
        ("ансамбль", 1, 50.0),
        ("гаммы", 2, 100.0),
        ("чтение", 0, 0.0),
    ]
    assert (number.mean, text.quotes) == (3, ("=HYPERLINK()",))
    client = as_user(cast.director)
    paper = client.get(reverse("reports:survey_results_pdf", args=[survey.pk]))
    assert content(paper)[:4] == b"%PDF"
    book = client.get(reverse("reports:survey_results_xlsx", args=[survey.pk]))
    assert b"HYPERLINK" in content(book)


def test_the_editor_writes_orders_and_refuses(cast, as_user):
    client = as_user(cast.curator)
    made = questionnaire_acts.make(by=cast.curator, title="Новая")
    url = reverse("reports:questionnaire_edit", args=[made.pk])
    row = {"position": "20", "text": "Второй", "kind": "scale", "low": "1", "high": "5", "is_needed": "on"}
    rows = [row, row | {"position": "10", "text": "Первый", "kind": "one", "options": "да\nнет", "low": "", "high": ""}]
    data = {"title": "Новая", "intro": "", "version": "1", "questions-TOTAL_FORMS": "2", "questions-INITIAL_FORMS": "2"}
    for n, values in enumerate(rows):
        data |= {f"questions-{n}-{name}": value for name, value in values.items()}
    assert client.post(url, data | {"questions-0-high": "1"}).status_code in (200, 422)
    assert not made.editions.get().questions.exists()
    assert client.post(url, data).status_code == 302
    assert [q.text for q in made.editions.get().questions.all()] == ["Первый", "Второй"]
    stale = client.post(url, data)
    assert "кто-то изменил" in stale.text
    shown = client.get(made.get_absolute_url())
    assert "Первый" in shown.text and "Второй" in shown.text


def test_a_running_survey_changes_only_its_end_and_a_draft_may_go(cast):
    survey = a_survey(cast, people=[cast.mentor.person])
    acts.edit(survey, by=cast.curator, version=survey.version, title="x", closes_on=day(20), remind_before=1)
    survey.refresh_from_db()
    assert (survey.title, survey.closes_on) == ("Довольны ли Вы?", day(20))
    with pytest.raises(Refused):
        acts.discard(survey, by=cast.curator)
    draft = a_survey(cast, people=[cast.mentor.person], started=False)
    acts.discard(draft, by=cast.curator)
    assert not Survey.objects.filter(pk=draft.pk).exists()
    assert Edition.objects.filter(pk=draft.edition_id).exists()


def test_words_of_a_person_go_when_data_are_destroyed(cast):
    from reports.surveys.retention import DATA

    survey = a_survey(cast, people=[cast.mentor.person])
    answer(survey, cast.mentor, 5, "Мои слова")
    assert DATA.found(cast.mentor.person) == ["1\u00a0анкета"]
    assert DATA.erase(cast.mentor.person) == 1
    assert list(Response.objects.get().answers.values()) == [5]
