"""«Обзор»: its numbers are those of the lists behind them, it is for those who see all programs, and it prints."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.banks.models import Candidate
from people.school.models import Department
from programs.program.models import Program
from reports.figures import pictures
from tests.factories import make_candidate, make_pairing, make_person
from tests.programs.journal.kit import make_completion, make_running
from tests.programs.journal.test_hours import confirmed
from tests.programs.program.test_documents import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.9")]


def rows(figure):
    return [[cell.text for cell in row] for row in figure.rows]


def test_the_funnel_counts_people_and_leads_to_lists(cast, as_user):
    make_candidate(make_person(), "mentee", by=cast.curator)
    make_pairing(cast, "proposed")
    make_pairing(cast, "assigned")
    make_completion(cast, state="registered")
    figure = pictures.funnel(timezone.localdate())
    assert [row[1] for row in rows(figure)] == ["4", "2", "1", "1"]
    assert [row[2] for row in rows(figure)] == ["", "50\xa0%", "50\xa0%", "100\xa0%"]
    client = as_user(cast.curator)
    for row in figure.rows:
        assert client.get(row[0].url).status_code == 200, row[0].url


def test_programs_at_work_by_month(cast):
    program, _ = make_running(cast)
    today = date(2026, 11, 15)
    Program.objects.filter(pk=program.pk).update(started_on=date(2026, 9, 10), ended_on=None)
    figure = pictures.programs(today)
    assert figure.chart.series[0].values[:5] == (0, 1, 1, 1, None)
    Program.objects.filter(pk=program.pk).update(
        started_on=date(2025, 9, 10), ended_on=date(2026, 1, 10), state="terminated"
    )
    now, before = pictures.programs(today).chart.series
    assert set(now.values[:4]) == {0} and before.values[:7] == (0, 1, 1, 1, 1, 0, 0)


def test_load_stands_against_capacity(cast):
    pairing = make_pairing(cast, "assigned", mentees=2)
    Candidate.objects.filter(part="mentor").update(capacity_persons=1)
    free = make_candidate(make_person(), "mentor", by=cast.curator, capacity=3)
    figure = pictures.load()
    mentor = pairing.participations.get(part="mentor").person
    found = {bar.label: bar for bar in figure.chart.rows}
    assert found[mentor.short_name].over and found[mentor.short_name].words == "2 из 1"
    assert not found[free.person.short_name].over and found[free.person.short_name].words == "0 из 3"
    assert "больше своей меры ведут 1" in figure.chart.desc and "Свободных мест: 3" in figure.note


def test_departments_without_anybody_are_named(cast):
    make_pairing(cast, "assigned")
    figure = pictures.departments()
    names = {d.name for d in Department.objects.filter(organisation__kind="own", employments__is_teaching=True)}
    assert {row[0] for row in rows(figure)} == names and names
    inside = {row[0]: int(row[1]) for row in rows(figure)}
    bare = [name for name, number in inside.items() if not number]
    assert max(inside.values()) > 0
    assert all(name in figure.note for name in bare)


def test_the_overview_is_for_those_who_see_all_programs(cast, as_user):
    for name in ("director", "curator", "chair", "secretary", "council"):
        client = as_user(getattr(cast, name))
        page = client.get("/overview/")
        assert page.status_code == 200 and 'href="/overview/"' in client.get("/roadmap/").content.decode(), name
        assert page.content.decode().count('class="chart chart-wide"') == 6
    for name in ("clerk", "mentor", "mentee", "stranger"):
        client = as_user(getattr(cast, name))
        assert client.get("/overview/").status_code == client.get("/overview/pdf/").status_code == 403
        assert 'href="/overview/"' not in client.get("/roadmap/").content.decode(), name


def test_the_overview_of_an_empty_school_says_that_there_is_nothing(cast, as_user):
    page = as_user(cast.curator).get("/overview/").content.decode()
    assert page.count("Пока нечего показать") >= 2
    assert as_user(cast.curator).get("/overview/pdf/").status_code == 200


def test_the_overview_prints(cast, as_user):
    program, _ = make_running(cast)
    confirmed(program, cast, minutes=90)
    text = text_of_pdf(as_user(cast.director).get("/overview/pdf/")).replace("\xa0", " ")
    for expected in (
        "Обзор наставничества",
        "Путь наставляемых",
        "Нагрузка наставников",
        "Охват отделений",
        "1 ч 30 мин",
    ):
        assert expected in text, expected


def test_further_people_and_meetings_cost_no_query(cast, as_user):
    program, _ = make_running(cast)
    confirmed(program, cast)
    client = as_user(cast.director)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/overview/")
        return len(queries)

    asked()
    few = asked()
    for days in range(1, 4):
        confirmed(program, cast, held_on=timezone.localdate() - timedelta(days=days))
        make_pairing(cast, "assigned")
        make_candidate(make_person(), "mentor", by=cast.curator)
    assert asked() <= few <= 30
