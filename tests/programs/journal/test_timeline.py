"""The way of a program on a line of days, its hours by month: what they show, to whom, by how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.journal import acts as journal_acts
from programs.journal import hours_pictures
from programs.journal.models import Meeting
from tests.programs.changes.kit import make_pause
from tests.programs.journal.kit import make_running, meet, side
from tests.programs.journal.test_hours import confirmed
from tests.programs.program.test_documents import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.9")]


def way(client, program):
    """Return the figure of the way as the page shows it."""
    return client.get(f"/programs/{program.pk}/timeline/").context["figures"][0]


def lane(figure, label):
    return next(one for one in figure.chart.lanes if one.label == label)


def test_the_way_shows_activities_meetings_checks_and_pauses(cast, as_user):
    program, activity = make_running(cast)
    today = timezone.localdate()
    confirmed(program, cast, held_on=today - timedelta(days=3))
    meet(program, cast.mentor, held_on=today)
    journal_acts.check(journal_acts.do(activity, side(program), by=cast.curator, result="сделано"), by=cast.mentor)
    make_pause(cast, "registered", program)
    figure = way(as_user(cast.curator), program)
    [span] = lane(figure, activity.title).spans
    assert (span.last, span.tone) == (activity.due_on, "done")
    assert [(d.first, d.tone) for d in lane(figure, "Встречи").days] == [
        (today - timedelta(days=3), "done"),
        (today, "ahead"),
    ]
    assert [d.first for d in lane(figure, "Проверки результатов").days] == [today]
    [pause] = lane(figure, "Приостановления").spans
    assert pause.tone == "stopped" and pause.first <= today < pause.last
    assert figure.chart.today == today
    words = {row[0].text: row[2].text for row in figure.rows}
    assert words["Встречи"] == "2, без подтверждения 1" and words["Проверки результатов"] == "1"
    assert figure.rows[0][0].url == f"/activities/{activity.pk}/"


def test_a_mentee_of_a_group_sees_only_own_meetings_on_the_line(cast, as_user):
    program, _ = make_running(cast, mentees=2)
    mentor, own = side(program, "mentor"), program.pairing.participations.get(person=cast.mentee.person)
    other = program.pairing.participations.filter(part="mentee").exclude(pk=own.pk).get()
    meet(program, cast.mentor, participants=[mentor, other])
    assert len(lane(way(as_user(cast.mentor), program), "Встречи").days) == 1
    assert lane(way(as_user(cast.mentee), program), "Встречи").days == ()


def test_the_way_prints_as_a_paper(cast, as_user):
    program, activity = make_running(cast)
    confirmed(program, cast, minutes=90)
    text = text_of_pdf(as_user(cast.mentee).get(f"/programs/{program.pk}/timeline/pdf/"))
    for expected in (program.title, "Ход программы", activity.title, "сегодня,", "1 ч 30 мин", ". Сведения на"):
        assert expected in text.replace("\xa0", " "), expected
    assert ".. Сведения" not in text


def test_hours_of_each_month_also_of_those_without_meetings(cast):
    program, _ = make_running(cast)
    today = timezone.localdate()
    confirmed(program, cast, minutes=45)
    meet(program, cast.mentor, minutes=60)
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    before, now = hours_pictures.by_month(Meeting.objects.all(), first, today)
    assert (before.confirmed, before.waiting) == (0, 0)
    assert (now.confirmed, now.waiting) == (45, 60)


def test_the_page_of_hours_shows_the_school_year(cast, as_user):
    program, _ = make_running(cast)
    confirmed(program, cast, minutes=90)
    page = as_user(cast.clerk).get("/programs/hours/")
    figure = page.context["figure"]
    assert len(figure.chart.labels) == 12 and figure.chart.labels[0] == "авг"
    [row] = figure.rows
    assert row[0].url == f"/programs/hours/?month={timezone.localdate():%Y-%m}" and row[1].text == "1\xa0ч\xa030\xa0мин"
    assert page.content.decode().count("<svg class") + page.content.decode().count('class="chart chart-wide"') >= 1
    assert not as_user(cast.stranger).get("/programs/hours/").context["figure"].rows


def test_further_meetings_cost_no_query(cast, as_user):
    program, _ = make_running(cast)
    confirmed(program, cast)
    client = as_user(cast.mentor)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/programs/{program.pk}/timeline/")
        return len(queries)

    asked()
    few = asked()
    for days in range(1, 5):
        confirmed(program, cast, held_on=timezone.localdate() - timedelta(days=days))
    assert asked() <= few
