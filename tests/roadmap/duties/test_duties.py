"""Duties of the year: their dates, whom they wait for, done by evidence, late ones told, changed, handed over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.banks import keeping
from people.handover.parts import open_of
from people.register.leaving import hanging_on
from people.school.models import DayOff
from reports.calendar.entries import entries
from roadmap.duties import acts
from roadmap.duties.dates import due_days
from roadmap.duties.models import Occurrence, RegularDuty
from roadmap.duties.samples import SAMPLES
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.4"), pytest.mark.time_machine("2026-10-12 09:00")]
TODAY = date(2026, 10, 12)
VALUES = {
    "name": "Проверка журналов",
    "cadence": "monthly",
    "day": 20,
    "role": "curator",
    "ahead": 10,
    "expected": "справка о проверке",
}


def a_duty(cast, **values) -> RegularDuty:
    return acts.save(None, by=cast.curator, **(VALUES | values))


def days(duty) -> list[date]:
    return list(duty.occurrences.values_list("due_on", flat=True))


def asked(user) -> list[str]:
    return [item.key for item in items_for(user) if item.key.startswith("duty:")]


@pytest.mark.parametrize(
    ("cadence", "values", "expected"),
    [
        ("yearly", {"month": 9, "day": 20}, [date(2027, 9, 20)]),
        ("quarterly", {"day": 31}, [date(2026, 12, 30), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30)]),
        ("dates", {"dates": ["2026-10-30", "2026-09-01", "2027-05-21"]}, [date(2026, 10, 30), date(2027, 5, 21)]),
    ],
)
def test_one_occurrence_for_each_date(cast, cadence, values, expected):
    assert days(a_duty(cast, cadence=cadence, **({"day": None} | values))) == expected


def test_a_monthly_duty_rests_in_summer_and_stands_on_working_days(cast):
    DayOff.objects.create(date=date(2026, 11, 20), kind=DayOff.Kind.REGIONAL, name="День школы")
    found = days(a_duty(cast))
    assert found[:2] == [date(2026, 10, 20), date(2026, 11, 19)]  # a day off moves it to the working day before
    assert date(2026, 12, 18) in found and not {7, 8} & {day.month for day in found}


def test_days_are_the_same_whoever_asks():
    values = {"day": None, "month": None, "dates": [], "special": {}}
    found = due_days("monthly", since=date(2026, 1, 31), until=date(2026, 2, 28), **values)
    assert found == [date(2026, 2, 27)]  # 31 January is a Saturday: the day before lies outside


def test_it_waits_for_its_owner_and_evidence_does_it(cast, as_user):
    """Whoever holds the role is asked when the days come; the page takes the proof, the line is gone."""
    duty = a_duty(cast)
    first = duty.occurrences.first()
    assert asked(cast.curator) == [f"duty:{first.pk}"] and asked(cast.director) == []
    client = as_user(cast.curator)
    page = client.get(first.get_absolute_url())
    assert page.context["badge"].word == "пора" and page.context["evidence"].missing
    added = client.post(f"/evidence/add/duty/{first.pk}/", {"url": "https://school.example/1", "remark": "справка"})
    assert added.status_code == 302
    first.refresh_from_db()
    assert first.done_on == TODAY and first.done_note == "https://school.example/1" and asked(cast.curator) == []
    evidence.remove(first.evidence.get(), by=cast.curator)
    first.refresh_from_db()
    assert first.done_on is None and asked(cast.curator) == [f"duty:{first.pk}"]
    assert "сделано" in Act.objects.about(duty).filter(verb="occurrence_done").get().words


def test_before_its_days_nothing_is_put_to_it(cast, as_user):
    later = a_duty(cast).occurrences.last()
    assert not as_user(cast.curator).get(later.get_absolute_url()).context["evidence"]
    with pytest.raises(Refused, match="ещё не пришло"):
        evidence.add(later, by=cast.curator, url="https://school.example/1")


def test_a_named_person_does_it_and_others_do_not(cast, as_user):
    duty = a_duty(cast, role="", person=cast.mentor.person)
    first = duty.occurrences.first()
    assert asked(cast.mentor) == [f"duty:{first.pk}"] and asked(cast.curator) == []
    assert as_user(cast.mentor).get("/roadmap/duties/").context["listing"].rows[0].mine
    assert as_user(cast.mentee).get(first.get_absolute_url()).status_code == 404
    assert as_user(cast.mentee).get("/roadmap/duties/").context["listing"].rows == []
    with pytest.raises(NotAllowed, match="куратор"):
        evidence.add(first, by=cast.mentee, url="https://school.example/1")
    evidence.add(first, by=cast.mentor, url="https://school.example/1")
    assert Occurrence.objects.get(pk=first.pk).done_on == TODAY


def test_the_yearly_review_of_the_banks_proves_itself(cast):
    """Both banks are reviewed: their records are put to the duty by the clock, and it is done."""
    duty = a_duty(cast, cadence="dates", dates=["2026-10-20"], day=None, proof_kinds=["bank_mentor", "bank_mentee"])
    occurrence = duty.occurrences.get()
    keeping.review("mentor", by=cast.curator, on=TODAY)
    assert acts.prove_due() == 1 and acts.prove_due() == 0
    occurrence.refresh_from_db()
    assert occurrence.done_on is None
    keeping.review("mentee", by=cast.curator, on=TODAY)
    assert acts.prove_due() == 1
    occurrence.refresh_from_db()
    assert occurrence.done_on == TODAY
    assert occurrence.done_note == ("Банк наставников: проверен 12.10.2026; Банк наставляемых: проверен 12.10.2026")


def test_what_is_late_is_told_once(cast, as_user, time_machine):
    duty = a_duty(cast, role="", person=cast.mentor.person)
    first = duty.occurrences.first()
    assert acts.tell_late() == 0
    time_machine.move_to("2026-10-21 09:00")
    assert acts.tell_late() == 1 and acts.tell_late() == 0
    letters = OutboxMail.objects.filter(template="duty_late", asks=str(first.pk))
    assert {letter.person_id for letter in letters} == {cast.mentor.person_id, cast.curator.person_id}
    assert "Проверка журналов" in letters[0].subject
    item = next(item for item in items_for(cast.mentor) if item.key == f"duty:{first.pk}")
    assert item.until < timezone.localdate()
    listed = as_user(cast.curator).get("/roadmap/duties/?state=late").context["listing"].rows
    assert [(row.name, row.badge.word) for row in listed] == [("Проверка журналов", "просрочено")]


def test_a_change_plans_anew_what_has_not_begun(cast):
    duty = a_duty(cast)
    first = duty.occurrences.first()
    evidence.add(first, by=cast.curator, url="https://school.example/1")
    changed = acts.save(duty, by=cast.curator, version=duty.version, **(VALUES | {"day": 25}))
    assert days(changed)[:3] == [date(2026, 10, 20), date(2026, 10, 23), date(2026, 11, 25)]
    assert acts.plan_due() == 0


def test_the_clock_plans_a_year_ahead(cast, time_machine):
    duty = a_duty(cast)
    was = len(days(duty))
    time_machine.move_to("2026-12-12 09:00")
    assert acts.plan_due() == 2 and len(days(duty)) == was + 2 and acts.plan_due() == 0


def test_an_ended_duty_keeps_what_is_done(cast):
    duty = a_duty(cast)
    evidence.add(duty.occurrences.first(), by=cast.curator, url="https://school.example/1")
    ended = acts.end(duty, by=cast.curator)
    assert days(ended) == [date(2026, 10, 20)] and acts.plan_due() == 0 and asked(cast.curator) == []
    with pytest.raises(Already):
        acts.end(duty, by=cast.curator)
    assert a_duty(cast).pk != duty.pk  # the name is free again


def test_what_is_refused_says_why(cast):
    a_duty(cast)
    for values, words in (
        ({}, "уже есть"),
        ({"name": "Б", "role": ""}, "либо роль"),
        ({"name": "Б", "person": cast.mentor.person}, "либо роль"),
        ({"name": "Б", "cadence": "yearly"}, "Назовите месяц"),
        ({"name": "Б", "cadence": "dates"}, "хотя бы один день"),
    ):
        with pytest.raises(Refused, match=words):
            a_duty(cast, **values)
    with pytest.raises(NotAllowed, match="куратор"):
        acts.save(None, by=cast.director, **VALUES)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegularDuty.objects.create(name="В", expected="x", cadence="monthly")


def test_the_duties_of_the_regulation_are_offered_filled_in(cast, as_user):
    client = as_user(cast.curator)
    empty = client.get("/roadmap/duties/").context["listing"].empty
    assert empty.url == reverse("roadmap:duty_samples") and "проверка банков" in empty.text
    assert len(client.get(empty.url).context["consequences"]) == len(SAMPLES)
    client.post(empty.url)
    assert RegularDuty.objects.count() == len(SAMPLES) and Occurrence.objects.exists()
    with pytest.raises(Already):
        acts.take_samples(by=cast.curator)


def test_the_way_through_the_pages(cast, as_user):
    client = as_user(cast.curator)
    key = client.get("/roadmap/duties/new/").context["form"]["request_key"].value()
    data = VALUES | {"since": "2026-10-12", "proof_kinds": ["paper"], "request_key": key}
    made = client.post("/roadmap/duties/new/", data, follow=True)
    duty = RegularDuty.objects.get()
    assert made.redirect_chain[-1][0] == duty.get_absolute_url() and duty.proof_kinds == ["paper"]
    wrong = client.post(f"{duty.get_absolute_url()}edit/", data | {"cadence": "dates", "dates": "завтра", "version": 1})
    assert "не дата" in wrong.content.decode()
    days_typed = data | {"cadence": "dates", "dates": "30.10.2026\n21.05.2027", "version": duty.version}
    assert client.post(f"{duty.get_absolute_url()}edit/", days_typed).status_code == 302
    duty.refresh_from_db()
    assert duty.dates == ["2026-10-30", "2027-05-21"] and date(2027, 5, 21) in days(duty)
    assert "30.10.2026" in client.get(f"{duty.get_absolute_url()}edit/").content.decode()
    assert client.post(f"{duty.get_absolute_url()}end/").status_code == 302
    workbook = client.get("/roadmap/duties/?format=xlsx")
    assert workbook.status_code == 200 and "spreadsheet" in workbook["Content-Type"]
    workbook.close()


def test_a_person_hands_over_and_leaves(cast):
    duty = a_duty(cast, role="", person=cast.mentor.person)
    found = [one.part for one in open_of(cast.mentor.person, cast.curator) if one.part.code == "duty"]
    assert found
    other = make_person()
    found[0].hand(duty.pk, cast.mentor.person, other, cast.curator)
    duty.refresh_from_db()
    assert duty.person == other
    left = hanging_on({other.pk: TODAY + timedelta(days=5)})[other.pk]
    assert any("Проверка журналов" in one.what for one in left)


def test_its_dates_stand_in_the_calendar(cast):
    a_duty(cast)
    found = entries(cast.curator, TODAY, date(2026, 10, 31))
    assert [(one.kind, one.title, one.on) for one in found] == [("обязанность", VALUES["name"], date(2026, 10, 20))]
    assert entries(cast.mentor, TODAY, date(2026, 10, 31)) == []
