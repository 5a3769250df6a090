"""An order may take effect on a day later than its registration: the clock does what it says when the day comes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Refused
from people.school.models import School
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.journal import acts as journal_acts
from programs.program.models import Program
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.order_kinds.regulation.kind import put_in_force_due
from roadmap.regulation.models import Regulation
from tests.programs.changes.kit import a_line, make_amendment
from tests.programs.journal.kit import make_running, side
from tests.reports.orders.kit import PARTICULARS, enter, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


def today(days=0) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.clause("7.2-a1")
def test_an_amendment_waits_for_its_day(cast, as_user, capsys):
    program, _ = make_running(cast)
    old_end, new_end = program.ends_on, program.ends_on + timedelta(days=60)
    order = make_order(cast, "amendment", "at_signature", [make_amendment(cast, "ready", program)])
    page = (
        as_user(cast.clerk)
        .post(
            reverse("reports:order_register", args=[order.pk]),
            {"number": "1-од", "date": today(), "effective_on": today(10)},
            follow=True,
        )
        .content.decode()
    )
    assert "Будет изменена 1\xa0программа" in page and "Изменена 1" not in page
    amendment = program.amendments.get()
    program.refresh_from_db()
    assert (program.ends_on, program.activities.count(), amendment.state) == (old_end, 1, "registered")
    assert "Вступит в силу" in as_user(cast.curator).get(amendment.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="вступит в силу"):
        amendment_acts.propose(program, by=cast.curator, reason="ещё", new_end=new_end + timedelta(days=5))
    assert amendment_acts.apply_due(today(9)) == 0
    assert [amendment_acts.apply_due(today(10)) for _ in range(2)] == [1, 0]
    program.refresh_from_db()
    amendment.refresh_from_db()
    assert (program.ends_on, program.activities.count(), amendment.old_end) == (new_end, 2, old_end)
    assert Act.objects.about(program).get(verb="amend").actor is None
    assert "Вступит в силу" not in as_user(cast.curator).get(amendment.get_absolute_url()).content.decode()
    call_command("tick")
    said = capsys.readouterr().out
    assert "изменено программ" not in said or "изменено программ: 0" in said


def test_what_was_done_before_the_day_stays_in_the_plan(cast):
    program, activity = make_running(cast)
    amendment = amendment_acts.propose(program, by=cast.curator, reason="Другой план")
    amendment = amendment_acts.set_line(amendment, None, a_line(program), by=cast.curator, version=amendment.version)
    amendment = amendment_acts.drop_line(amendment, 0, by=cast.curator, version=amendment.version)
    for person in program.pairing.participations.live():
        amendment_acts.agree(amendment, person, by=cast.curator, given_on=today())
    amendment = change_acts.submit_for_order(amendment, by=cast.curator)
    enter(make_order(cast, "amendment", "at_signature", [amendment]), cast, effective_on=today(5))
    journal_acts.do(activity, side(program), by=cast.mentee, result="Сделано до изменения")
    assert amendment_acts.apply_due(today(5)) == 1
    assert {a.title for a in program.activities.all()} == {activity.title, "Открытый урок для отделения"}
    assert activity.results.get().result == "Сделано до изменения"


def test_an_amendment_does_not_take_effect_after_the_end(cast):
    program, _ = make_running(cast)
    order = make_order(cast, "amendment", "at_signature", [make_amendment(cast, "ready", program)])
    with pytest.raises(Refused, match="изменение не может вступить в силу позже"):
        enter(order, cast, effective_on=program.ends_on + timedelta(days=1))
    assert Program.objects.get(pk=program.pk).amendments.get().state == "ready"


@pytest.mark.clause("9.1-b")
def test_the_regulation_enters_into_force_on_its_day(cast):
    old = Regulation.objects.create(
        title="Прежнее", text="…", state="approved", order_number="1-од", order_date="2025-09-01"
    )
    particulars = PARTICULARS["regulation"](cast)
    day = today(12)
    particulars = replace(particulars, draft=replace(particulars.draft, since=day))
    order = drafting_proposals.propose("regulation", particulars, by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    order = enter(order, cast)
    old.refresh_from_db()
    assert (old.state, Regulation.objects.count()) == ("approved", 1)
    assert order.items.get(roadmap__isnull=False).roadmap.state == "approved"
    assert [put_in_force_due(day - timedelta(days=1)), put_in_force_due(day), put_in_force_due(day)] == [0, 1, 0]
    old.refresh_from_db()
    assert (old.state, School.get().regulation_number) == ("superseded", order.number)
