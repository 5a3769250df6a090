"""Answers without a name: from the database after the end and from the logs nobody is found again."""

import json
import logging

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, Refused, complaints
from people.accounts.models import User
from people.register.models import Person
from reports.surveys import acts, anonymity, answering
from reports.surveys.inbox import items
from reports.surveys.models import Response, SpentToken, Survey
from reports.surveys.results import NOT_YET, TOO_FEW, of_survey, shown_groups
from tests.factories import make_program
from tests.reports.surveys.kit import SCALE, a_form, a_survey, answer, answers_of, content, fresh, teachers

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.1")]


def references(user) -> dict[str, int]:
    """Return how many rows of each table point to a person or to the account of the person."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model in (User, Person):
                key = user.pk if field.remote_field.model is User else user.person_id
                found[f"{model.__name__}.{field.name}"] = model._base_manager.filter(**{field.attname: key}).count()
    return found


def everything() -> bytes:
    """Return the whole database: every page of SQLite, deleted rows too; elsewhere every row of every table."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    rows = [list(model._base_manager.values_list()) for model in apps.get_models()]
    return json.dumps(rows, default=str).encode()


def press(client, survey, *values):
    url = reverse("reports:survey_answer", args=[survey.pk])
    sent = {key: str(value) for key, value in answers_of(survey, *values).items()}
    assert client.get(url).status_code == 200
    return client.post(url, sent)


@pytest.fixture
def over(cast, as_user, caplog):
    """A survey that ten answered and two only looked at, with what was logged and what stood there before the end."""
    caplog.set_level(logging.DEBUG)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")  # as other builds of SQLite have it: the acts switch it on
    users = teachers(12)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    keys = []
    for n, user in enumerate(users[:10]):
        posted = press(as_user(user), survey, n % 5 + 1, f"Слова {n}")
        assert posted.status_code == 302
        keys.append(set(Response.objects.values_list("pk", flat=True)))
    for user in users[10:]:
        content(as_user(user).get(reverse("reports:survey_answer", args=[survey.pk])))
    survey.refresh_from_db()
    known = [survey.salt, *SpentToken.objects.values_list("digest", flat=True)]
    assert all(one.encode() in everything() for one in known)  # the switch: while it runs they are found
    acts.close(fresh(survey), by=cast.curator)
    survey.refresh_from_db()
    return survey, users, known, keys, caplog


def test_nobody_is_found_again_in_the_database_after_the_end(over):
    survey, users, known, _, _ = over
    assert survey.answered == Response.objects.count() == 10
    assert survey.salt == "" and not SpentToken.objects.exists()
    traces = [references(user) for user in users]
    assert all(trace == traces[0] for trace in traces)  # who answered left what those left who only looked
    assert not Response.objects.exclude(invitation=None, answered_on=None).exists()
    file = everything()
    assert len(known) == 11 and all(len(one) == 64 for one in known)
    assert [one for one in known if one.encode() in file] == []
    guesses = [anonymity.digest(survey, user.person_id) for user in users]  # with the secret of the server
    assert not any(guess in known or guess.encode() in file for guess in guesses)


def test_the_rows_tell_no_order_and_no_time(over):
    keys = over[3]
    assert all(not keys[n] & keys[n + 1] for n in range(9))  # every answer gave all others new keys
    with connection.cursor() as cursor:
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT answers FROM reports_response ORDER BY {place}")
        rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
    order = [next(v for v in row.values() if isinstance(v, str)) for row in rows]
    assert sorted(order) == [f"Слова {n}" for n in range(10)]
    assert order != [f"Слова {n}" for n in range(10)]
    assert {f.name for f in Response._meta.concrete_fields} == {
        *("id", "survey", "role", "invitation", "answered_on", "answers"),
    }
    assert {key.version for key in Response.objects.values_list("pk", flat=True)} == {4}


def test_neither_the_audit_nor_the_logs_name_who_answered(over):
    survey, users, _, _, caplog = over
    about = Act.objects.about(survey)
    assert set(about.values_list("verb", flat=True)) == {"prepare", "open", "invite", "close"}
    assert not Act.objects.filter(actor__in=users).exists()
    ours = [record for record in caplog.records if record.name != "django.db.backends"]
    said = "\n".join(f"{record.getMessage()} {record.__dict__.get('args')}" for record in ours)
    for n, user in enumerate(users):
        assert user.username not in said.split() and user.person.last_name not in said and f"Слова {n}" not in said
    texts = {letter.text.split("\n", 1)[-1] for letter in OutboxMail.objects.filter(template="survey_invited")}
    assert len({text.partition("здравствуйте")[2] for text in texts}) == 1  # the same letter for all


def test_an_attack_finds_what_is_kept_with_a_name(cast):
    """The switch: the same look finds who answered when the survey has names."""
    users = teachers(3)
    survey = a_survey(cast, people=[user.person for user in users])
    answer(survey, users[0], 5, "Слова")
    assert references(users[0]) != references(users[1])
    assert Act.objects.filter(actor=users[0], verb="answer").exists()


def test_one_person_answers_once_while_it_runs(cast, as_user):
    users = teachers(3)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    answer(survey, users[0], 5)
    with pytest.raises(Already):
        answer(survey, users[0], 1)
    assert as_user(users[0]).get(reverse("reports:survey_answer", args=[survey.pk])).status_code == 302
    with pytest.raises(Refused, match="Вас нет"):
        answer(survey, cast.mentor, 1)
    assert Response.objects.count() == 1 and not list(items(users[1]))


def test_results_come_after_the_end_and_from_three_answers(cast, as_user):
    users = teachers(4)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    for user in users[:2]:
        answer(survey, user, 4, f"Тайна {user.username}")
    assert of_survey(fresh(survey)).hidden == NOT_YET
    page = as_user(cast.curator).get(survey.get_absolute_url())
    assert "меньше 3 из 4" in page.text and "Тайна" not in page.text
    acts.close(fresh(survey), by=cast.curator)
    assert of_survey(fresh(survey)).hidden == TOO_FEW
    for name in ("survey", "survey_results_xlsx", "survey_results_pdf"):
        shown = as_user(cast.curator).get(reverse(f"reports:{name}", args=[survey.pk]))
        assert "Тайна".encode() not in content(shown)


def test_a_question_that_fewer_than_three_answered_is_hidden(cast):
    users = teachers(4)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    for n, user in enumerate(users):
        answer(survey, user, 4, *(["Мои слова"] if n < 2 else []))
    acts.close(fresh(survey), by=cast.curator)
    scale, text = of_survey(fresh(survey)).questions
    assert (scale.number, scale.mean) == (4, 4.0)
    assert (text.number, text.quotes, text.hidden) == (0, (), TOO_FEW)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 4}, {"a", "b"}),
        ({"a": 5, "b": 2}, set()),  # the two would be the rest of all
        ({"a": 5, "b": 4, "c": 1}, {"a"}),
        ({"a": 5, "b": 2, "c": 1}, {"a"}),  # three are left together
        ({"a": 5, "b": 0}, {"a"}),
        ({"a": 2, "b": 2}, set()),
        ({}, set()),
    ],
)
def test_a_group_is_hidden_also_when_the_rest_would_be_too_small(counts, shown):
    assert shown_groups(counts) == shown
    left = sum(number for group, number in counts.items() if group not in shown)
    assert left == 0 or left >= 3


def test_small_roles_are_not_written_down_and_get_no_questions_of_their_own(cast):
    form = a_form(cast, SCALE | {"text": "Всем"}, SCALE | {"text": "Наставнику", "roles": ["mentor"]})
    for _ in range(2):
        make_program(cast, "running")
    survey = a_survey(cast, form, audience="pairs", anonymous=True)
    assert survey.invited == 4  # two of each part
    role = anonymity.role_of(survey, "mentor")
    assert role == "" and [q.text for q in answering.questions_for(survey, role)] == ["Всем"]
    make_program(cast, "running")
    wide = a_survey(cast, form, audience="pairs", anonymous=True)
    assert wide.invited == 6 and anonymity.role_of(wide, "mentor") == "mentor"


def test_fewer_than_three_are_not_asked_without_names(cast):
    survey = a_survey(cast, people=[cast.mentor.person, cast.mentee.person], anonymous=True, started=False)
    assert [c.text for c in complaints(fresh(survey), "open")] == ["Без имён спрашивают не меньше трёх человек"]


def test_paper_without_a_name_is_only_counted(cast, as_user):
    users = teachers(3)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    url = reverse("reports:survey_enter", args=[survey.pk])
    scale, text = survey.edition.questions.all()
    for n in range(3):
        sent = {scale.key: str(n + 1), text.key: "С бумаги"}
        assert as_user(cast.curator).post(f"{url}?who=teacher", sent).status_code == 302
    survey.refresh_from_db()
    assert (survey.answered, survey.on_paper) == (3, 3)
    with pytest.raises(Refused, match="столько"):
        answering.enter_unnamed(survey, by=cast.curator, role="teacher", answers={})
    assert not Act.objects.about(survey).filter(verb="answer").exists()


def test_a_reminder_without_names_goes_to_all_alike(cast):
    users = teachers(3)
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True)
    Survey.objects.get(pk=survey.pk).invitations.update(invited_on="2026-01-01")
    answer(survey, users[0], 5)
    assert acts.remind(survey, by=cast.curator) == 3
    letters = OutboxMail.objects.filter(template="survey_reminder")
    assert {letter.person_id for letter in letters} == {user.person_id for user in users}
    assert all("письмо получают все" in letter.text for letter in letters)
