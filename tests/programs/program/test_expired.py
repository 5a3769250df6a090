"""Past its planned end a program runs no more: its results are summed up, and it is counted so (п. 1.2, 7.1)."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mentoring_site.inbox import items_for
from programs.journal.silence import silent_programs
from programs.program.list_page import cells, prepare
from programs.program.models import Program
from programs.program.presenters import actions, badge
from programs.program.states import EXPIRED
from reports.home.pipeline import pipeline
from reports.site import visibility
from tests.programs.journal.kit import make_running, others

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.17")]


@pytest.fixture
def two(cast):
    """A program whose last day was yesterday, and one whose last day is today."""
    over, _ = make_running(cast, started=60)
    going, _ = make_running(others(cast), started=60)
    today = timezone.localdate()
    for program, ends_on in ((over, today - timedelta(days=1)), (going, today)):
        columns = {"starts_on": today - timedelta(days=200), "earliest_end": ends_on, "latest_end": ends_on}
        Program.objects.filter(pk=program.pk).update(ends_on=ends_on, **columns)
        program.refresh_from_db()
    return over, going


def test_the_rule_of_a_row_is_the_rule_of_a_query(two):
    over, going = two
    assert (over.is_expired, going.is_expired) == (True, False)
    assert (list(Program.objects.expired()), list(Program.objects.going_on())) == ([over], [going])
    assert (over.get_state_display(), going.get_state_display()) == (EXPIRED, "реализуется")
    for state in ("approved", "completed", "draft"):
        over.state = state
        assert not over.is_expired and over.get_state_display() == Program.State(state).label


def test_its_page_and_the_list_say_so(two, cast, as_user):
    over, going = two
    found = {p.pk: p for p in prepare(Program.objects.all(), cast.curator)}
    shown = badge(found[over.pk], cast.curator)
    assert (shown.word, shown.tone) == (EXPIRED, "late")
    assert badge(found[going.pk], cast.curator).word == "реализуется"
    assert EXPIRED in cells(found[over.pk], cast.curator)
    main = actions(Program.objects.for_page().get(pk=over.pk), cast.mentor)[0]
    assert (main.verb, main.primary) == ("completion", True)
    reader = as_user(cast.curator)
    for state, program in (("running", going), ("expired", over)):
        rows = reader.get("/programs/", {"state": state}).context["listing"].rows
        assert [row.url for row in rows] == [program.get_absolute_url()]
    answer = reader.get("/programs/", {"state": "expired", "format": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert EXPIRED in {cell.value for row in book.active.iter_rows() for cell in row}
    line = reader.get(over.get_absolute_url()).context["stages"]
    assert [stage["label"] for stage in line if stage["tone"] == "now"] == ["Завершение"]


def test_the_home_counts_it_apart(two, cast):
    stages = {stage.label: stage for stage in pipeline(cast.curator)}
    assert stages["Реализуются"].value == 1
    assert (stages["Срок истёк, подводятся итоги"].value, stages["Срок истёк, подводятся итоги"].url) == (
        1,
        "/programs/?state=expired",
    )


def test_nobody_is_asked_to_meet_in_it_but_to_complete_it(two, cast):
    over, going = two
    assert list(silent_programs()) == [going]
    titles = [item.title for item in items_for(cast.mentor)]
    assert f"Встретиться: «{over.title}»" not in titles
    asked = [item for item in items_for(cast.curator) if item.title == f"Завершить программу «{over.title}»"]
    assert asked and asked[0].why.startswith("Срок программы истёк")


def test_visitors_read_so_and_figures_count_so(two):
    over, going = two
    shown = visibility.running([over.pk, going.pk])
    assert [p.note for p in shown] == [EXPIRED, ""]
    labels = {figure.label: figure.value for figure in visibility.figures()}
    assert labels["программа идёт сейчас"] == "1"
    assert labels[f"программа завершается: {EXPIRED}"] == "1"


def test_the_public_list_puts_it_after_those_that_run(two, client):
    over, going = two
    page = client.get(reverse("public:programs"))
    assert [p.pk for p in page.context["programs"]] == [going.pk, over.pk]
    assert EXPIRED in page.content.decode()
