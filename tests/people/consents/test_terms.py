"""Six kinds of terms of 152-ФЗ with their own clocks; requests and leaks from the record to the answer (9.8)."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.consents import acts as consent_acts
from people.consents import inbox as consent_inbox
from people.consents.destruction import acts as destruction_acts
from people.consents.duties import acts as duty_acts
from people.consents.duties.models import Duty
from people.consents.requests import acts
from people.consents.requests.models import DataRequest
from people.consents.terms import TERMS
from people.consents.withdrawals import answers
from people.school.models import DayOff
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]
FRIDAY = date(2026, 12, 4)
MOSCOW = ZoneInfo("Europe/Moscow")
NOTICED = datetime(2026, 12, 4, 8, 40, tzinfo=MOSCOW)
COMMISSION = [{"name": "Первый Иван Петрович", "post": "куратор"}, {"name": "Вторая Анна Ивановна", "post": "кадры"}]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-04 09:00+03:00", tick=False):
        yield FRIDAY


def opened(cast, kind, **facts):
    person = None if kind == "leak" else facts.pop("person", None) or make_person(phone="+79051112233")
    given = {
        "by": cast.clerk,
        "person": person,
        "channel": "paper",
        "received_on": FRIDAY,
        "words": "телефон записан неверно",
        "responsible": cast.curator.person,
    }
    if kind == "leak":
        given |= {"channel": "found", "incident": incident()}
    return acts.open_request(kind, **given | facts)


def incident(**facts):
    return {
        "noticed_at": NOTICED,
        "categories": "фамилии, телефоны",
        "people": "работники школы, 24 человека",
        "cause": "список отправлен не по тому адресу",
        "harm": "нежелательные звонки",
        "measures": "получателя попросили удалить письмо",
        "contact": "Первый Иван Петрович, куратор, +7 900 000-00-00",
    } | facts


def due(request) -> dict:
    return {duty.kind: duty.due_at or duty.due_on for duty in request.duties.all()}


def text_of(answer) -> str:
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        ("question", {"answer": date(2026, 12, 18)}),
        ("correct", {"correct": date(2026, 12, 15), "answer": date(2026, 12, 18)}),
        ("demand", {"spread": date(2026, 12, 9), "answer": date(2026, 12, 18)}),
        ("unlawful", {"process": date(2026, 12, 9), "destroy": date(2026, 12, 18)}),
        ("reached", {"destroy": date(2027, 1, 3)}),
        (
            "leak",
            {
                "first": datetime(2026, 12, 5, 8, 40, tzinfo=MOSCOW),
                "result": datetime(2026, 12, 7, 8, 40, tzinfo=MOSCOW),
            },
        ),
    ],
)
def test_each_kind_has_its_own_clock(cast, kind, last):
    DayOff.objects.filter(date__range=(FRIDAY, date(2026, 12, 27))).delete()
    assert due(opened(cast, kind)) == last


def test_working_days_are_those_of_the_school(cast):
    DayOff.objects.filter(date__range=(FRIDAY, date(2026, 12, 27))).delete()
    DayOff.objects.create(date=date(2026, 12, 8), name="Зул", kind="regional")
    assert due(opened(cast, "correct"))["correct"] == date(2026, 12, 16)
    assert due(opened(cast, "leak"))["first"] == datetime(2026, 12, 5, 8, 40, tzinfo=MOSCOW)  # a Saturday


def test_every_term_names_its_article():
    assert all(term.source.startswith("152-ФЗ, ст. ") for term in TERMS.values())
    assert {code for code, term in TERMS.items() if term.more} == {"answer", "stop_demand"}


def test_only_what_law_allows_is_extended_once_with_a_reason(cast, as_user):
    DayOff.objects.filter(date__range=(FRIDAY, date(2027, 1, 10))).delete()
    asked = opened(cast, "correct")
    correct, answer = asked.duties.get(kind="correct"), asked.duties.get(kind="answer")
    with pytest.raises(Refused, match="не разрешает"):
        duty_acts.extend(correct, by=cast.clerk, reason="некогда")
    with pytest.raises(Refused, match="причину"):
        duty_acts.extend(answer, by=cast.clerk, reason="  ")
    with pytest.raises(NotAllowed):
        duty_acts.extend(answer, by=cast.director, reason="архив")
    page = as_user(cast.clerk)
    assert page.post(reverse("people:duty_extend", args=[answer.pk]), {"reason": "ждём архив"}).status_code == 302
    answer.refresh_from_db()
    assert (answer.first_due_on, answer.due_on, answer.extension) == (
        date(2026, 12, 18),
        date(2026, 12, 25),
        "ждём архив",
    )
    with pytest.raises(Already):
        duty_acts.extend(answer, by=cast.clerk, reason="ещё")
    text = text_of(page.get(reverse("people:duty_extension", args=[answer.pk])))
    assert "срок ответа продлён на 5 рабочих дней, до 25.12.2026 (прежний срок – 18.12.2026)" in text
    assert "Причина: ждём архив." in text
    with time_machine.travel("2026-12-19 09:00+03:00"):
        late = opened(cast, "question").duties.get()
        with pytest.raises(Refused, match="истёк"):
            duty_acts.extend(late, by=cast.clerk, reason="поздно")


def test_a_correction_is_done_answered_and_closed(cast, as_user):
    asked = opened(cast, "correct", number="12")
    page = as_user(cast.clerk)
    with pytest.raises(Refused, match="уточнить сведения"):
        acts.close(asked, by=cast.clerk, outcome="done", answer="Исправлено", answered_on=FRIDAY)
    correct = asked.duties.get(kind="correct")
    assert page.post(reverse("people:duty_done", args=[correct.pk]), {"note": "телефон исправлен"}).status_code == 302
    with pytest.raises(Refused, match="на странице обращения"):
        duty_acts.done(asked.duties.get(kind="answer"), by=cast.clerk)
    url = reverse("people:data_request_close", args=[asked.pk])
    bad = page.post(url, {"outcome": "done", "answer": "Исправлено", "answered_on": "2026-12-05"})
    assert bad.status_code == 200 and "Исправлено" in bad.content.decode()
    given = {
        "outcome": "done",
        "answer": "Номер телефона исправлен.",
        "answered_on": "2026-12-04",
        "answer_number": "15",
    }
    assert page.post(url, given).status_code == 302
    asked.refresh_from_db()
    assert (asked.outcome, asked.closed_by) == ("done", cast.clerk) and not asked.duties.filter(done_at=None).exists()
    with pytest.raises(Already):
        acts.close(asked, by=cast.clerk, outcome="done", answer="ещё раз", answered_on=FRIDAY)
    text = text_of(page.get(reverse("people:data_request_answer", args=[asked.pk])))
    for words in ("04.12.2026 № 15", "(вх. № 12, ", "части 3 статьи 20", "Номер телефона исправлен."):
        assert words in text, words
    assert OutboxMail.objects.filter(template="data_request_opened", to=cast.curator.email).exists()
    assert Act.objects.about(asked).filter(verb="close").exists()


def test_a_question_is_answered_with_what_the_law_lists(cast, as_user):
    asked = opened(cast, "question")
    make_consent(asked.person, by=cast.clerk)
    acts.close(asked, by=cast.clerk, outcome="done", answer="Сведения приведены ниже.", answered_on=FRIDAY)
    text = text_of(as_user(cast.clerk).get(reverse("people:data_request_answer", args=[asked.pk])))
    for words in ("Факт обработки", "Правовые основания", "номер телефона", "Трансграничная передача", "не поручена"):
        assert words in text.replace("телефон", "номер телефона", 1), words


def test_a_refusal_ends_what_was_asked_and_tells_where_to_complain(cast, as_user):
    asked = opened(cast, "correct")
    acts.close(asked, by=cast.clerk, outcome="refused", answer="Сведения верны.", answered_on=FRIDAY)
    assert {duty.note for duty in asked.duties.all()} == {"отказано, ответ дан"}
    text = text_of(as_user(cast.clerk).get(reverse("people:data_request_answer", args=[asked.pk])))
    assert "отказано" in text and "Роскомнадзор или в суд" in text


def test_unlawful_processing_is_destroyed_by_an_act_even_with_a_consent(cast):
    found = opened(cast, "unlawful", channel="found", words="телефон собран без основания")
    make_consent(found.person, by=cast.clerk)
    given = {"by": cast.clerk, "categories": ["contacts"], "commission": COMMISSION, "reason": "unlawful"}
    with pytest.raises(Refused, match="Неправомерная обработка не записана"):
        destruction_acts.prepare(found.person, **given)
    made = destruction_acts.prepare(found.person, request=found, **given)
    with pytest.raises(Refused, match="акт"):
        duty_acts.done(found.duties.get(kind="destroy"), by=cast.clerk)
    destruction_acts.approve(made, by=cast.director)
    assert found.duties.get(kind="destroy").note == "акт об уничтожении № 1"
    duty_acts.done(found.duties.get(kind="process"), by=cast.clerk)
    acts.close(found, by=cast.clerk, outcome="done", answer="Нарушение устранено.", answered_on=FRIDAY)


def test_a_leak_has_two_clocks_and_closes_with_its_findings(cast, as_user):
    leak = opened(cast, "leak")
    page, first = as_user(cast.clerk), leak.duties.get(kind="first")
    told = [item for item in consent_inbox.items(cast.director) if "Роскомнадзору" in item.title]
    assert [item.until for item in told] == [date(2026, 12, 5), date(2026, 12, 7)]
    assert set(OutboxMail.objects.filter(template="data_request_opened").values_list("to", flat=True)) == {
        cast.director.email,
        cast.curator.email,
    }
    with time_machine.travel("2026-12-05 08:41+03:00"):
        assert first.is_late
        assert as_user(cast.director).get(leak.get_absolute_url()).context["badge"].word == "просрочено"
    for duty in leak.duties.all():
        duty_acts.done(duty, by=cast.clerk)
    with pytest.raises(Refused, match="расследования"):
        acts.close(leak, by=cast.clerk, outcome="done", answer="Устранено", answered_on=FRIDAY)
    url = reverse("people:incident_describe", args=[leak.pk])
    given = incident(findings="Работник ошибся адресом", culprits="специалист по кадрам", version=1)
    assert page.post(url, given).status_code == 302
    with pytest.raises(Stale):
        acts.describe(leak, by=cast.clerk, version=1, findings="иное")
    assert page.post(url, given | {"findings": "иное"}).status_code == 200
    text = text_of(page.get(reverse("people:incident_paper", args=[leak.pk])))
    for words in ("05.12.2026 08:40", "07.12.2026 08:40", "Работник ошибся адресом", "работники школы, 24 человека"):
        assert words in text, words
    acts.close(
        DataRequest.objects.get(pk=leak.pk), by=cast.clerk, outcome="done", answer="Устранено", answered_on=FRIDAY
    )


def test_the_forms_record_a_request_and_a_leak_once(cast, as_user):
    page, person = as_user(cast.clerk), make_person()
    key = "11111111-1111-4111-8111-111111111111"
    asked = {
        "person": person.pk,
        "kind": "question",
        "channel": "paper",
        "received_on": "2026-12-04",
        "words": "какие данные",
        "responsible": cast.clerk.person.pk,
        "request_key": key,
    }
    for _ in range(2):
        assert page.post(reverse("people:data_request_new"), asked).status_code == 302
    assert DataRequest.objects.count() == 1
    wrong = page.post(reverse("people:data_request_new"), asked | {"received_on": "2026-12-05", "request_key": ""})
    assert "будущим числом" in wrong.content.decode() and "какие данные" in wrong.content.decode()
    leak = incident(noticed_at="2026-12-04T08:40", words="письмо ушло не туда", responsible=cast.clerk.person.pk)
    assert page.post(reverse("people:incident_new"), leak).status_code == 302
    assert DataRequest.objects.get(kind="leak").incident.noticed_at == NOTICED


def test_a_demand_where_a_consent_is_in_force_is_a_withdrawal(cast):
    shared = make_consent(make_person(), "dissemination", by=cast.clerk, fields=["name"])
    with pytest.raises(Refused, match="запишите его отзыв"):
        opened(cast, "demand", person=shared.person)


def test_what_waits_is_seen_by_who_answers_and_by_the_keepers(cast):
    opened(cast, "question", responsible=cast.director.person)
    for user, number in ((cast.director, 1), (cast.curator, 1), (cast.clerk, 1), (cast.council, 0)):
        assert len([i for i in consent_inbox.items(user) if i.title.startswith("Ответить")]) == number


def test_the_register_filters_and_exports_without_further_queries(cast, as_user):
    page, url = as_user(cast.clerk), reverse("people:data_requests")
    assert page.get(url).context["listing"].rows == []
    closed = opened(cast, "question")
    acts.close(closed, by=cast.clerk, outcome="done", answer="Дано", answered_on=FRIDAY)
    opened(cast, "leak")

    def count():
        with CaptureQueriesContext(connection) as queries:
            page.get(url)
        return len(queries)

    two = count()
    opened(cast, "correct"), opened(cast, "unlawful")
    assert count() == two
    assert len(page.get(url, {"state": "open"}).context["listing"].rows) == 3
    with time_machine.travel("2026-12-10 09:00+03:00", tick=False):
        rows = as_user(cast.clerk).get(url, {"state": "late"}).context["listing"].rows
    assert {row.title for row in rows} == {"Утечка", "Неправомерная обработка"}
    book = openpyxl.load_workbook(io.BytesIO(b"".join(page.get(url, {"format": "xlsx"}).streaming_content))).active
    assert book.max_row == 5 and "Сроки" in [cell.value for cell in book[1]]


def test_a_person_sees_one_s_own_answer(cast, as_user):
    asked = opened(cast, "question", person=cast.mentee.person)
    assert as_user(cast.mentee).get(asked.get_absolute_url()).status_code == 200
    assert as_user(cast.stranger).get(asked.get_absolute_url()).status_code == 404


def test_the_answer_to_a_withdrawal_goes_field_by_field(cast, as_user):
    person = make_person(phone="+79051112233", birth_date=date(1990, 1, 2))
    consent_acts.withdraw(make_consent(person, by=cast.clerk), by=cast.clerk, on=FRIDAY)
    duty = Duty.objects.get(kind="answer")
    rows = answers.facts(duty.withdrawal)["fields"]
    given = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows]
    until = "обработка прекращена, уничтожаются по акту до 3 января 2027 г."
    assert ["Дата рождения", until, "держались только на согласии"] in given
    assert rows[0][1] == "обрабатываются дальше" and rows[-1][1] == "хранятся в срок архивного хранения"
    text = text_of(as_user(cast.clerk).get(reverse("people:withdrawal_answer", args=[duty.withdrawal_id])))
    assert "По видам сведений" in text and "обрабатываются дальше" in text
