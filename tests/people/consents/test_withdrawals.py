"""After a withdrawal: at once, in working days, in thirty days; partly; who has done what (152-ФЗ,
ст. 10.1, 21; п. 8.1).
"""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents import acts as consent_acts
from people.consents import dissemination
from people.consents import editions as consent_editions
from people.consents import inbox as consent_inbox
from people.consents.duties import acts as duty_acts
from people.consents.duties.models import Duty
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.consents.withdrawals.models import Withdrawal
from people.school.workdays import add_workdays, is_workday
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.8")]
FRIDAY = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-04 09:00+03:00", tick=False):
        yield FRIDAY


@pytest.fixture
def shared(cast):
    return make_consent(
        cast.mentee.person,
        DISSEMINATION,
        by=cast.clerk,
        fields=["name", "photo", "results"],
        conditions={"photo": {"rules": ["no_third"], "words": ""}},
    )


def text_of(answer) -> str:
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def due(consent) -> dict:
    return {d.kind: d.due_on for d in Duty.objects.filter(withdrawal__consent=consent)}


def test_working_days_leave_out_weekends():
    assert [is_workday(date(2026, 12, day)) for day in (11, 12, 13, 14)] == [True, False, False, True]
    assert add_workdays(date(2026, 12, 11), 3) == date(2026, 12, 16)


def test_a_dissemination_stops_at_once_and_everywhere_in_three_working_days(cast, shared):
    consent_acts.withdraw(shared, by=cast.mentee, on=FRIDAY)
    assert dissemination.allowed_fields([shared.person_id]) == {}
    assert due(shared) == {"spread": add_workdays(FRIDAY, 3)}


def test_processing_stops_and_is_destroyed_in_thirty_days_on_demand_in_ten_working_days(cast):
    plain, demand = (make_consent(make_person(), by=cast.clerk) for _ in range(2))
    consent_acts.withdraw(plain, by=cast.clerk, on=FRIDAY)
    consent_acts.withdraw(demand, by=cast.clerk, on=FRIDAY, demand=True)
    in_ten = add_workdays(FRIDAY, 10)
    assert due(plain) == {"answer": in_ten, "process": date(2027, 1, 3), "destroy": date(2027, 1, 3)}
    assert due(demand) == {"answer": in_ten, "process": in_ten, "destroy": date(2027, 1, 3)}
    with pytest.raises(Refused, match="только согласия на обработку"):
        consent_acts.withdraw(
            make_consent(make_person(), DISSEMINATION, by=cast.clerk, fields=["name"]),
            by=cast.clerk,
            on=FRIDAY,
            demand=True,
        )


def test_a_withdrawal_of_duties_has_no_term_of_this_law(cast):
    import uuid

    duties = make_consent(make_person(), DUTIES, by=cast.clerk, part="mentor", matter=uuid.uuid4())
    consent_acts.withdraw(duties, by=cast.clerk, on=FRIDAY)
    assert due(duties) == {} and Withdrawal.objects.get().consent == duties


def test_a_part_is_withdrawn_at_once_and_the_rest_stays(cast, shared):
    processing = make_consent(shared.person, by=cast.clerk)
    text = shared.text
    consent_acts.narrow(shared, by=cast.mentee, on=FRIDAY, fields=["photo"])
    assert dissemination.allowed_fields([shared.person_id]) == {shared.person_id: frozenset({"name", "results"})}
    shared.refresh_from_db()
    assert (shared.ended_on, shared.conditions, shared.text) == (None, {}, text)
    processing.refresh_from_db()
    assert processing.ended_on is None
    assert Withdrawal.objects.get().fields == ["photo"] and set(due(shared)) == {"spread"}
    assert Act.objects.about(shared).last().words == "прекращено распространение: фотография"
    assert set(OutboxMail.objects.filter(template="consent_narrowed").values_list("to", flat=True)) == {
        cast.curator.email,
        cast.clerk.email,
    }
    with pytest.raises(Refused, match="разрешены этим"):
        consent_acts.narrow(shared, by=cast.clerk, on=FRIDAY, fields=["photo"])
    with pytest.raises(NotAllowed):
        consent_acts.narrow(shared, by=cast.stranger, on=FRIDAY, fields=["name"])
    with pytest.raises(Refused, match="на распространение"):
        consent_acts.narrow(processing, by=cast.clerk, on=FRIDAY, fields=["name"])
    consent_acts.narrow(shared, by=cast.clerk, on=FRIDAY, fields=["name", "results"])
    shared.refresh_from_db()
    assert shared.end == "withdrawn"


def test_the_page_stops_what_is_marked(cast, as_user, shared):
    client, url = as_user(cast.mentee), reverse("people:consent_withdraw", args=[shared.pk])
    page = client.get(url).content.decode()
    assert page.count('name="fields_stopped"') == 3 and 'name="on"' not in page and "г.." not in page
    assert client.post(url, {"fields_stopped": ["photo", "results"]}).status_code == 302
    shared.refresh_from_db()
    assert (shared.fields, shared.ended_on) == (["name"], None)
    keeper = as_user(cast.clerk)
    processing = make_consent(shared.person, by=cast.clerk)
    url = reverse("people:consent_withdraw", args=[processing.pk])
    assert keeper.post(url, {"on": "2026-12-03", "demand": "on"}).status_code == 302
    assert Withdrawal.objects.get(consent=processing).demand and due(processing)["process"] == add_workdays(
        date(2026, 12, 3), 10
    )


def test_who_has_done_it_and_when(cast, shared):
    consent_acts.withdraw(shared, by=cast.clerk, on=FRIDAY)
    (duty,) = Duty.objects.all()
    told = [w for w in consent_inbox.items(cast.curator) if "распространение" in w.title]
    assert [w.until for w in told] == [duty.due_on]
    with pytest.raises(NotAllowed):
        duty_acts.done(duty, by=cast.director)
    done = duty_acts.done(duty, by=cast.curator, note="снято со стенда")
    assert (done.done_by, done.note) == (cast.curator, "снято со стенда") and done.done_at
    with pytest.raises(Already):
        duty_acts.done(duty, by=cast.clerk)
    assert not [w for w in consent_inbox.items(cast.curator) if "распространение" in w.title]


def test_destruction_is_never_a_tick(cast):
    given = make_consent(make_person(), by=cast.clerk)
    consent_acts.withdraw(given, by=cast.clerk, on=FRIDAY)
    with pytest.raises(Refused, match="акт"):
        duty_acts.done(Duty.objects.get(kind="destroy"), by=cast.clerk)


def test_the_list_shows_terms_and_takes_the_mark(cast, as_user, shared):
    consent_acts.withdraw(shared, by=cast.mentee, on=FRIDAY)
    client, url = as_user(cast.clerk), reverse("people:withdrawals")
    (row,) = client.get(url).context["rows"]
    assert row.duties[0].until.endswith("9\N{NO-BREAK SPACE}декабря\N{NO-BREAK SPACE}2026\N{NO-BREAK SPACE}г.")
    with time_machine.travel("2026-12-10 09:00+03:00", tick=False):
        (late,) = as_user(cast.clerk).get(url).context["rows"]
    assert late.duties[0].badge.word == "просрочено"
    assert as_user(cast.director).get(url).context["rows"][0].duties[0].url == ""
    assert client.post(row.duties[0].url, {"note": "проверены соцсети"}).status_code == 302
    assert client.get(url).context["rows"] == []
    page = client.get(url, {"show": "all"}).content.decode()
    assert cast.clerk.person.short_name in page and "Проверены соцсети" in page

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"show": "all"})
        return len(queries)

    one = count()
    for _ in range(3):
        consent_acts.withdraw(make_consent(make_person(), by=cast.clerk), by=cast.clerk, on=FRIDAY)
    assert count() == one


def test_the_printed_demand_names_the_data(cast, as_user, shared):
    url = reverse("people:consent_withdrawal_form", args=[shared.pk])
    text = text_of(as_user(cast.mentee).get(f"{url}?field=photo&field=diagnosis"))
    assert "прекращено: фотография." in text and cast.mentee.person.full_name in text and "требую прекратить" in text
    assert "все данные, указанные" in text_of(as_user(cast.clerk).get(url))
    processing = make_consent(cast.mentee.person, PROCESSING, by=cast.clerk)
    url = reverse("people:consent_withdrawal_form", args=[processing.pk])
    assert "десять рабочих дней" in text_of(as_user(cast.clerk).get(f"{url}?demand=1"))
    assert as_user(cast.stranger).get(url).status_code == 404


# Editions and the register


def test_who_signed_an_earlier_edition_is_listed_and_asked(cast, as_user, shared):
    fresh = make_consent(make_person(), DISSEMINATION, by=cast.clerk, fields=["name"])
    Consent.objects.filter(pk=fresh.pk).update(text_date=date(2026, 11, 26))
    fresh.refresh_from_db()
    make_consent(make_person(), by=cast.clerk)  # the only edition of its text
    client, url = as_user(cast.clerk), reverse("people:consent_editions")
    context = client.get(url).context
    assert [row.consent for row in context["people"]] == [shared]
    text = context["texts"][1]
    assert [(e.day, e.live, e.badge.word) for e in text.editions] == [
        (date(2026, 11, 26), 1, "действует"),
        (date(2026, 9, 1), 1, "прежняя"),
    ]
    rows = client.get(reverse("people:consents"), {"state": "outdated"}).context["listing"].rows
    assert [row.consent for row in rows] == [shared]
    assert client.post(reverse("people:consent_editions_ask")).status_code == 302
    assert OutboxMail.objects.filter(template="consent_new_edition").count() == 1
    assert consent_editions.ask_all(by=cast.clerk) == 0  # asked today
    assert client.get(url).context["people"][0].asked is not None
    assert client.post(reverse("people:consent_edition", args=[shared.pk])).status_code == 302
    assert OutboxMail.objects.filter(template="consent_new_edition").count() == 2
    with pytest.raises(Refused):
        consent_acts.ask_new_edition(fresh, by=cast.clerk)
    assert Consent.objects.live().filter(pk=shared.pk).exists()  # the old one stays in force
    assert as_user(cast.council).get(url).status_code == 403


def test_the_register_knows_what_expires_in_sixty_days_and_its_order(cast, as_user):
    far = make_consent(make_person("Аршанов"), by=cast.clerk, until=date(2027, 2, 3), form="app")
    near = make_consent(make_person("Янжуров"), by=cast.clerk, until=date(2027, 2, 2), form="app")
    endless = make_consent(make_person("Борлыков"), by=cast.clerk)
    client, url = as_user(cast.director), reverse("people:consents")

    def found(**query):
        return [row.consent for row in client.get(url, query).context["listing"].rows]

    assert found(state="expiring") == [near]
    assert found(sort="until") == [near, far, endless]
    assert found(sort="name") == [far, endless, near]
    assert client.get(url, {"state": "expiring"}).context["listing"].rows[0].left == "через 60\N{NO-BREAK SPACE}дней"
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(url, {"sort": "name", "state": "live", "format": "xlsx"}).streaming_content))
    ).active
    assert [row[0].split()[0] for row in list(sheet.values)[1:]] == ["Аршанов", "Борлыков", "Янжуров"]
    text = text_of(client.get(url, {"state": "expiring", "format": "pdf"}))
    assert "Янжуров" in text and "Аршанов" not in text and "истекают в ближайшие 60 дней" in text
