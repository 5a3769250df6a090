"""Monitoring of the system: begun by an order, gathered from data, assessed, completed and frozen (п. 3.4)."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.register.models import Employment
from reports.compliance.declared import DECLARED
from reports.compliance.proofs import Year
from reports.indicators.list_page import page_of
from reports.indicators.measuring import measure
from reports.indicators.models import IndicatorGoal
from reports.indicators.passports import PASSPORTS
from reports.monitoring import acts, gathering, inbox
from reports.monitoring.models import Monitoring
from reports.surveys import acts as survey_acts
from reports.surveys.models import Survey
from roadmap.council import acts as council_acts
from tests.factories import make_person
from tests.programs.program.test_documents import text_of_pdf
from tests.reports.indicators.kit import make_counted
from tests.reports.monitoring.kit import SWOT, a_monitoring, completed, fresh, written
from tests.reports.orders.kit import make_order
from tests.reports.surveys.kit import SCALE, TEXT, a_form, a_survey, answer, teachers
from tests.reports.surveys.kit import fresh as fresh_survey

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.3")]


def asked_all(cast, number, *values, anonymous=True, questions=()):
    """Return a survey of so many teachers that is over."""
    edition = a_form(cast, *questions) if questions else None
    users = teachers(max(number, 3))
    survey = a_survey(cast, edition, people=[user.person for user in users], anonymous=anonymous, title="О помощи")
    for user in users[:number]:
        answer(survey, user, *values)
    return survey_acts.close(fresh_survey(survey), by=cast.curator)


def sheet(response) -> list[tuple]:
    raw = b"".join(response.streaming_content)
    return list(openpyxl.load_workbook(io.BytesIO(raw), read_only=True).active.iter_rows(values_only=True))


# --- begun by an order -------------------------------------------------------------------------------------------


@pytest.mark.clause("3.4-j")
def test_the_curator_begins_by_a_registered_order_and_the_group_is_told(cast):
    order = make_order(cast, "event", "registered")
    OutboxMail.objects.all().delete()
    made = acts.begin(
        by=cast.curator,
        school_year=year_now(),
        part="first",
        order=order,
        head=cast.director.person,
        members=[cast.mentor.person],
    )
    assert made.order == order and made.state == "going"
    assert [(one.person, one.is_head) for one in fresh(made).members.all()] == [
        (cast.director.person, True),
        (cast.mentor.person, False),
    ]
    letters = OutboxMail.objects.filter(template="monitoring_begun")
    assert {letter.person_id for letter in letters} == {cast.director.person_id, cast.mentor.person_id}


def test_no_monitoring_without_an_order(cast):
    values = {"by": cast.curator, "school_year": year_now(), "part": "year", "head": cast.chair.person}
    with pytest.raises(Refused, match="Укажите приказ"):
        acts.begin(**values, order_words="приказ № 1")
    with pytest.raises(Refused, match="не зарегистрирован"):
        acts.begin(**values, order=make_order(cast, "event"))
    with pytest.raises(Refused, match="не наступило"):
        acts.begin(**(values | {"school_year": year_now() + 1}), order=make_order(cast, "event", "registered"))
    for user in (cast.director, cast.chair, cast.clerk, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.begin(**(values | {"by": user}))


def test_a_period_has_one_monitoring_and_a_second_press_makes_none(cast):
    key = "12345678-1234-1234-1234-123456789012"
    made = a_monitoring(cast, request_key=key)
    assert a_monitoring(cast, request_key=key) == made
    with pytest.raises(Already):
        a_monitoring(cast)
    half = a_monitoring(cast, part="first")
    assert (half.first.month, half.last.month) == (8, 12)
    assert (made.last.month, made.last.day) == (7, 31)


# --- gathered from data ------------------------------------------------------------------------------------------


def test_indicators_are_those_of_their_page_and_lead_to_their_lists(cast, client):
    make_counted(cast)
    made = a_monitoring(cast)
    found = {one.code: one for one in gathering.indicators(made.counted)}
    assert set(found) == set(PASSPORTS) and len({one.group for one in found.values()}) > 3
    counted = measure(PASSPORTS.values(), made.counted)
    assert {code: one.value for code, one in found.items()} == {code: one.value for code, one in counted.items()}
    client.force_login(cast.curator)
    shown = client.get(made.get_absolute_url()).context["figures"]
    mentees = next(one for one in shown if one.code == "mentees")
    assert mentees.value
    listed = client.get(mentees.list_url).context["listing"]
    assert page_of("mentees").title and len(listed.rows) == mentees.value


def test_surveys_that_ended_within_the_days_are_gathered(cast, client):
    survey = asked_all(cast, 4, 5, "Больше встреч")
    going = a_survey(cast, survey.edition, people=[cast.mentor.person], title="Ещё идёт")
    made = a_monitoring(cast)
    assert [one.survey for one in gathering.asked(made)] == [survey]
    client.force_login(cast.curator)
    page = client.get(made.get_absolute_url())
    assert [(one.title, one.url) for one in page.context["surveys"]] == [("О помощи", survey.get_absolute_url())]
    assert going.title not in page.content.decode()


def test_swot_is_drafted_with_numbers_behind_every_line(cast):
    make_counted(cast)
    IndicatorGoal.objects.create(code="mentees", target=1, why_target="решение совета")
    IndicatorGoal.objects.create(code="involved", target=100, why_target="решение совета")
    options = {"kind": "one", "options": ["ансамбль", "конкурс"], "low": None, "high": None}
    asked_all(
        cast, 4, 5, "ансамбль", questions=(SCALE | {"text": "Довольны?"}, TEXT | options | {"text": "Что нужно?"})
    )
    drafts = gathering.drafts(a_monitoring(cast))
    assert any(line.startswith("Наставляемые: ") and "достигнута" in line for line in drafts.strengths)
    assert any("«Довольны?» — в среднем 5 из 5" in line and "4\u00a0ответа" in line for line in drafts.strengths)
    missed = [line for line in drafts.weaknesses if "Педагоги, участвующие" in line]
    assert missed and "%" in missed[0] and "не достигнута" in missed[0]
    assert any("«ансамбль» — 100\u00a0%" in line and "4 из 4" in line for line in drafts.opportunities)


@pytest.mark.parametrize("anonymous", [True, False])
def test_two_answers_are_never_quoted_nor_is_anybody_s_word(cast, client, anonymous):
    options = {"kind": "one", "options": ["ансамбль", "конкурс"], "low": None, "high": None}
    questions = (
        SCALE | {"text": "Довольны?"},
        TEXT | options | {"text": "Что нужно?"},
        TEXT | {"text": "Своими словами"},
    )
    survey = asked_all(cast, 2, 5, "ансамбль", "редкоеслово", anonymous=anonymous, questions=questions)
    made = a_monitoring(cast)
    drafts = gathering.drafts(made)
    lines = drafts.strengths + drafts.weaknesses + drafts.opportunities + drafts.threats
    assert not [line for line in lines if survey.title in line]
    assert gathering.asked(made)[0].answered == "меньше 3 из 3"
    client.force_login(cast.curator)
    for name in ("monitoring", "monitoring_swot"):
        text = client.get(reverse(f"reports:{name}", args=[made.pk])).content.decode()
        assert "редкоеслово" not in text and "в среднем 5" not in text


def test_three_answers_are_quoted_without_the_words_of_anybody(cast):
    questions = (SCALE | {"text": "Довольны?"}, TEXT | {"text": "Своими словами"})
    asked_all(cast, 3, 5, "редкоеслово", questions=questions)
    drafts = gathering.drafts(a_monitoring(cast))
    assert [line for line in drafts.strengths if "Довольны" in line]
    assert "редкоеслово" not in str(drafts)


def test_the_curator_begins_with_the_draft_and_keeps_own_words(cast, client):
    asked_all(cast, 4, 5, "")
    made = a_monitoring(cast)
    client.force_login(cast.curator)
    url = reverse("reports:monitoring_swot", args=[made.pk])
    assert "в среднем 5 из 5" in client.get(url).context["form"]["strengths"].value()
    client.post(url, SWOT | {"version": made.version})
    assert fresh(made).strengths == SWOT["strengths"]
    assert client.get(url).context["form"]["strengths"].value() == SWOT["strengths"]
    with pytest.raises(Stale):
        acts.weigh(made, by=cast.curator, version=made.version, **SWOT)


# --- the council, the group, the end -----------------------------------------------------------------------------


def test_the_council_assesses_with_its_meeting_and_the_curator_does_not(cast, client):
    made = written(a_monitoring(cast), cast)
    values = {"version": made.version, "verdict": "good", "assessment": "Хорошо"}
    for user in (cast.curator, cast.director, cast.clerk, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.assess(made, by=user, **values)
    meeting = council_acts.draft(by=cast.chair, body="методический совет", held_on=timezone.localdate())
    client.force_login(cast.council)
    answered = client.post(reverse("reports:monitoring_assess", args=[made.pk]), values | {"meeting": meeting.pk})
    assert answered.status_code == 302
    assert (fresh(made).verdict, fresh(made).assessed_by, fresh(made).meeting) == ("good", cast.council, meeting)
    facts = client.get(made.get_absolute_url()).context["facts"]
    assert meeting.get_absolute_url() in [fact.url for fact in facts]


def test_the_chair_finds_what_is_to_be_assessed(cast):
    made = a_monitoring(cast)
    assert not [item for item in inbox.items(cast.chair) if "monitoring-assess" in item.key]
    Monitoring.objects.filter(pk=made.pk).update(strengths="Есть", conclusions="Есть")
    assert [item.key for item in inbox.items(cast.chair)] == [f"monitoring-assess:{made.pk}"]
    Monitoring.objects.filter(pk=made.pk).update(last=timezone.localdate() - timedelta(days=1))
    assert [item.key for item in inbox.items(cast.curator)] == [f"monitoring:{made.pk}"]


def test_the_end_names_all_that_is_missing(cast, client):
    made = a_monitoring(cast)
    with pytest.raises(Refused) as refused:
        acts.complete(made, by=cast.curator)
    assert len(refused.value.sentences) == 4
    client.force_login(cast.curator)
    checks = client.get(made.get_absolute_url()).context["checks"]
    assert [one.met for one in checks] == [True, False, False, False, False]
    assert [bool(one.url) for one in checks] == [False, True, True, False, True]  # the council's word is not theirs


@pytest.mark.clause("3.4-j")
def test_completed_it_is_frozen_and_proves_the_clause(cast, client):
    declared = next(one for one in DECLARED["3.4-j"].proofs if "мониторинг" in one.label)
    year = Year.on(year_now(), timezone.localdate())
    assert not declared.found(year).is_whole
    make_counted(cast)
    asked_all(cast, 4, 5, "")
    made = written(a_monitoring(cast), cast)
    assert not declared.found(year).is_whole
    OutboxMail.objects.all().delete()
    done = acts.complete(made, by=cast.curator)
    assert declared.found(year).is_whole and declared.found(year).url == done.get_absolute_url()
    assert {letter.person_id for letter in OutboxMail.objects.all()} == {cast.chair.person_id, cast.mentor.person_id}
    kept = {one.code: one.words for one in done.figures.all()}
    assert set(kept) == set(PASSPORTS)
    client.force_login(cast.curator)
    before = text_of_pdf(client.get(reverse("reports:monitoring_pdf", args=[done.pk])))
    for code in ("mentees", "involved"):
        assert kept[code].replace("\u00a0", " ") in before
    Employment.objects.update(is_teaching=False)
    assert measure([PASSPORTS["involved"]], done.counted)["involved"].value is None
    asked_all_again = a_survey(cast, people=[cast.clerk.person], title="Позже")
    survey_acts.close(fresh_survey(asked_all_again), by=cast.curator)
    page = client.get(done.get_absolute_url())
    assert {one.code: one.words for one in page.context["figures"]} == kept
    assert [one.title for one in page.context["surveys"]] == ["О помощи"]
    assert text_of_pdf(client.get(reverse("reports:monitoring_pdf", args=[done.pk]))) == before
    for act in (
        lambda: acts.weigh(done, by=cast.curator, version=fresh(done).version, **SWOT),
        lambda: acts.conclude(done, by=cast.curator, version=fresh(done).version, conclusions="а", proposals="б"),
        lambda: acts.edit(done, by=cast.curator, version=fresh(done).version, head=cast.chair.person),
        lambda: acts.assess(done, by=cast.chair, version=fresh(done).version, verdict="good", assessment="а"),
    ):
        with pytest.raises(Refused, match="завершён"):
            act()
    with pytest.raises(Already):
        acts.complete(done, by=cast.curator)


def test_the_paper_has_tables_swot_and_signatures(cast, client):
    done = completed(cast)
    client.force_login(cast.director)
    text = text_of_pdf(client.get(reverse("reports:monitoring_pdf", args=[done.pk])))
    for said in (*SWOT.values(), "Система работает", "Добавить открытые уроки", "Уроков должно быть больше", "Принять"):
        assert said in text
    assert "приказ от 02.09.2026 № 41-од" in text.replace("\u00a0", " ")
    for person in (cast.chair.person, cast.mentor.person):
        assert person.signature_name.replace("\u00a0", " ") in text.replace("\u00a0", " ")


# --- who sees ----------------------------------------------------------------------------------------------------


def test_a_member_sees_the_monitoring_without_lists_and_surveys(cast, client):
    survey = asked_all(cast, 4, 5, "")
    make_counted(cast)
    made = a_monitoring(cast)
    client.force_login(cast.mentor)
    page = client.get(made.get_absolute_url())
    assert page.status_code == 200
    assert not [one for one in page.context["figures"] if one.list_url]
    assert [one.url for one in page.context["surveys"]] == [
        ""
    ] and survey.get_absolute_url() not in page.content.decode()
    client.force_login(cast.mentee)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_the_list_its_workbook_and_its_empty_state(cast, client):
    client.force_login(cast.curator)
    url = reverse("reports:monitorings")
    assert "приказу" in client.get(url).content.decode()
    done = completed(cast)
    a_monitoring(cast, part="first")
    assert len(client.get(url).context["listing"].rows) == 2
    assert [row.title for row in client.get(url, {"state": "completed"}).context["listing"].rows] == [str(done)]
    rows = sheet(client.get(url, {"state": "completed", "format": "xlsx"}))
    assert [row[0] for row in rows if row[0] and str(row[0]).startswith("Мониторинг за")] == [str(done)]


def test_another_member_is_told_and_the_others_are_not_told_twice(cast):
    made = a_monitoring(cast)
    OutboxMail.objects.all().delete()
    new = make_person(email="new@school.example")
    acts.edit(
        made,
        by=cast.curator,
        version=made.version,
        head=cast.chair.person,
        members=[new],
        order_words="приказ № 2",
    )
    assert [letter.person_id for letter in OutboxMail.objects.all()] == [new.pk]


def test_no_further_row_costs_a_query(cast, client):
    """Neither a monitoring of the list nor a survey of the page."""
    made = a_monitoring(cast)
    client.force_login(cast.curator)

    def asked_of(url):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    asked_all(cast, 3, 5, "")
    urls = [reverse("reports:monitorings"), made.get_absolute_url()]
    before = [[asked_of(url), asked_of(url)][1] for url in urls]  # the first visit fills caches
    survey = Survey.objects.get()
    for n in range(3):
        Survey.objects.create(
            **{
                **{name: getattr(survey, name) for name in ("edition", "audience", "opens_on", "closes_on", "state")},
                "title": f"Ещё {n}",
            }
        )
    a_monitoring(cast, part="first")
    a_monitoring(cast, school_year=year_now() - 1)
    assert [asked_of(url) for url in urls] == before
