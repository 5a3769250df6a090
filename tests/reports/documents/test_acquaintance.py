"""Acquaintance with orders and local acts: whom they concern, who has read, reminders, sheets (ТК 22, 68; п. 3.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.roles.models import RoleGrant
from reports.documents.acquaintance.list_page import PAPERS
from reports.documents.local_acts import acts as local_act_acts
from reports.documents.local_acts.models import LocalAct
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.acquaintance import reminders
from tests.access_world import PDF
from tests.factories import make_pairing, make_person
from tests.reports.orders.kit import enter, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.7")]


def make_act(cast, audience=("mentor", "mentee"), persons=(), **more):
    file = store_bytes(PDF, name="положение.pdf", content_type="application/pdf")
    values = {
        "kind": "regulation",
        "about": "о системе наставничества педагогических работников",
        "number": "38-од",
        "date": date(2026, 8, 30),
    }
    return local_act_acts.add_act(by=cast.clerk, file=file, audience=list(audience), persons=persons, **(values | more))


def registered(cast):
    return enter(
        make_order(
            cast,
            state="at_signature",
            items=[make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)],
        ),
        cast,
    )


def names(act):
    return set(act.readers.values_list("person", flat=True))


def letters():
    return OutboxMail.objects.count() + len(mail.outbox)


def test_whom_an_act_concerns_is_told_by_role_and_by_name(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    named = make_person()
    assert names(make_act(cast)) == {cast.mentor.person_id, cast.mentee.person_id}
    assert names(make_act(cast, ["mentor"], [named])) == {cast.mentor.person_id, named.pk}
    assert names(make_act(cast, ["council", "curator"])) == {
        cast.chair.person_id,
        cast.secretary.person_id,
        cast.council.person_id,
        cast.curator.person_id,
    }
    assert {cast.stranger.person_id, cast.director.person_id} <= names(make_act(cast, ["staff"]))


def test_an_act_that_concerns_nobody_is_not_recorded(cast):
    with pytest.raises(Refused, match="никого не касается"):
        make_act(cast)
    with pytest.raises(NotAllowed):
        local_act_acts.add_act(
            by=cast.chair, kind="rules", about="x", number="1", date=date(2026, 9, 1), file=None, audience=["staff"]
        )
    with pytest.raises(Refused, match="не наступила"):
        make_act(cast, ["staff"], date=timezone.localdate() + timedelta(days=1))
    assert not LocalAct.objects.exists()


def test_those_who_come_later_are_added(cast):
    act = make_act(cast, ["curator"])
    RoleGrant.objects.create(person=cast.stranger.person, role="curator", since=timezone.localdate())
    assert [p.pk for p in local_act_acts.missing(act)] == [cast.stranger.person_id]
    assert local_act_acts.extend(act, by=cast.clerk) == 1 and local_act_acts.extend(act, by=cast.clerk) == 0
    assert names(act) == {cast.curator.person_id, cast.stranger.person_id}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("regulation", "Положением о системе наставничества"),
        ("rules", "Правилами о"),
        ("procedure", "Порядком о"),
        ("instruction", "Инструкцией о"),
        ("other", "локальным актом «о"),
    ],
)
def test_the_sheet_says_with_what(cast, kind, words):
    act = make_act(cast, ["curator"], kind=kind)
    assert act.instrumental.startswith(words)
    assert act.basis.startswith(
        {"regulation": "утверждено", "rules": "утверждены", "instruction": "утверждена"}.get(kind, "утверждён")
    )


def test_one_template_of_the_sheet_serves_orders_and_acts(cast, as_user):
    order, act = registered(cast), make_act(cast, ["mentor"])
    client = as_user(cast.clerk)

    def sheet(name, pk):
        return read(b"".join(client.get(reverse(name, args=[pk])).streaming_content)).replace("\u00a0", " ")

    of_order, of_act = sheet("reports:order_sheet", order.pk), sheet("reports:local_act_sheet", act.pk)
    assert f"с приказом от {order.date:%d.%m.%Y} № {order.number}" in of_order
    assert cast.mentor.person.full_name in of_order and cast.mentee.person.full_name in of_order
    assert "с Положением о системе наставничества педагогических работников" in of_act
    assert "утверждено приказом от 30.08.2026 № 38-од" in of_act and cast.mentor.person.full_name in of_act


def test_reading_in_the_application_and_on_paper(cast, as_user):
    registered(cast)
    act = make_act(cast)
    mine, other = act.readers.get(person=cast.mentor.person), act.readers.get(person=cast.mentee.person)
    page = as_user(cast.mentor).get(act.get_absolute_url()).content.decode()
    assert "Отметка не заменяет подписи" in page and cast.mentee.person.full_name not in page
    as_user(cast.mentor).post(reverse("reports:act_reader_read", args=[mine.pk]))
    as_user(cast.clerk).post(reverse("reports:act_reader_sheet", args=[other.pk]))
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.on_paper, other.on_paper) == (False, True) and mine.read_at and other.read_at
    acquaintance_acts.acquaint(mine, by=cast.clerk, on_paper=True)  # the mark is followed by a signature on the sheet
    assert mine.on_paper and mine.recorded_by == cast.clerk
    with pytest.raises(Already):
        acquaintance_acts.acquaint(mine, by=cast.clerk, on_paper=True)


@pytest.mark.clause("5.2-c")
def test_a_mentee_gets_acquainted_with_the_rules_of_work(cast, as_user):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    act = make_act(cast, ["mentee"], kind="rules", about="внутреннего трудового распорядка")
    line, client = act.readers.get(person=cast.mentee.person), as_user(cast.mentee)
    assert b"".join(client.get(reverse("reports:local_act_file", args=[act.pk])).streaming_content) == PDF
    client.post(reverse("reports:act_reader_read", args=[line.pk]))
    line.refresh_from_db()
    assert line.read_at and not line.on_paper
    answer = as_user(cast.clerk).get(reverse("reports:local_act_sheet", args=[act.pk]))
    sheet = read(b"".join(answer.streaming_content)).replace("\u00a0", " ")
    assert "с Правилами внутреннего трудового распорядка" in sheet
    assert cast.mentee.person.full_name in sheet


def test_who_does_not_read_an_act_does_not_see_it(cast, as_user):
    act = make_act(cast, ["curator"])
    for name in ("local_act", "local_act_file"):
        assert as_user(cast.mentor).get(reverse(f"reports:{name}", args=[act.pk])).status_code == 404
    assert (
        b"".join(as_user(cast.curator).get(reverse("reports:local_act_file", args=[act.pk])).streaming_content) == PDF
    )


def test_all_are_reminded_with_one_press_once_a_day(cast, as_user):
    order = registered(cast)
    acquaintance_acts.acquaint(order.acquaintances.get(person=cast.mentor.person), by=cast.mentor)
    waiting = order.acquaintances.filter(read_at__isnull=True).exclude(person=cast.clerk.person).count()
    client, url = as_user(cast.clerk), reverse("reports:order_remind", args=[order.pk])
    before = letters()
    answer = client.post(url, headers={"referer": f"http://testserver{reverse('reports:acquaintance')}"}, follow=True)
    assert "Напоминание написано" in answer.content.decode() and answer.redirect_chain[-1][0] == reverse(
        "reports:acquaintance"
    )
    assert letters() - before == waiting
    with pytest.raises(Already, match="завтра"):
        reminders.remind_all(order, by=cast.clerk)
    with pytest.raises(NotAllowed):
        reminders.remind_all(order, by=cast.mentor)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert reminders.remind_all(order, by=cast.clerk) == waiting
    order.acquaintances.update(read_at=timezone.now(), recorded_by=cast.clerk)
    with pytest.raises(Refused, match="все ознакомлены"):
        reminders.remind_all(order, by=cast.clerk)


def test_one_reminder_counts_for_all(cast):
    registered(cast)
    act = make_act(cast)
    line = act.readers.get(person=cast.mentor.person)
    reminders.remind(line, by=cast.clerk)
    assert reminders.remind_all(act, by=cast.clerk) == 1
    with pytest.raises(Already):
        reminders.remind(line, by=cast.clerk)


def test_the_overview_shows_progress_and_what_is_unread(cast, as_user):
    order, act = registered(cast), make_act(cast)
    for line in act.readers.all():
        acquaintance_acts.acquaint(line, by=cast.clerk, on_paper=True)
    client, url = as_user(cast.clerk), reverse("reports:acquaintance")
    rows = client.get(url).context["listing"].rows
    assert [(row.title, row.value, row.max) for row in rows] == [
        (order.heading, 0, order.acquaintances.count()),
        (act.title, 2, 2),
    ]
    assert [row.title for row in client.get(url, {"show": "unread"}).context["listing"].rows] == [order.heading]
    assert [row.title for row in client.get(url, {"q": "Положение"}).context["listing"].rows] == [act.title]
    mine = as_user(cast.mentor).get(url)
    assert {(row.title, row.label) for row in mine.context["listing"].rows} == {
        (order.heading, "ещё не прочитано"),
        (act.title, "прочитано"),
    }
    assert cast.mentee.person.last_name not in mine.content.decode()
    assert as_user(cast.stranger).get(url).context["listing"].rows == []


def test_the_overview_asks_the_same_number_of_queries(cast, as_user):
    registered(cast)
    make_act(cast)
    client, url = as_user(cast.clerk), reverse("reports:acquaintance")
    client.get(url)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            make_act(cast)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(url).context["listing"].rows) == 2 + more
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_overview_goes_on_over_its_pages_by_date(cast, as_user, monkeypatch):
    few = replace(PAPERS, per_page=2)
    monkeypatch.setattr("reports.documents.acquaintance.views.PAPERS", few)
    order = registered(cast)
    acts = [make_act(cast, date=date(2026, 8, day)) for day in (1, 3, 2)]
    client, url = as_user(cast.clerk), reverse("reports:acquaintance")
    titles = [[row.date for row in client.get(url, {"page": page}).context["listing"].rows] for page in (1, 2)]
    assert titles == [[order.date, acts[1].date], [acts[2].date, acts[0].date]]


@pytest.mark.clause("3.3-b1")
def test_an_act_is_recorded_on_its_page_and_waits_at_home(cast, as_user):
    file = SimpleUploadedFile("положение.pdf", PDF, "application/pdf")
    data = {
        "kind": "regulation",
        "about": "о наставничестве",
        "number": "38-од",
        "date": "2026-08-30",
        "file": file,
        "persons": [cast.stranger.person_id],
    }
    page = as_user(cast.clerk).post(reverse("reports:local_act_new"), data, follow=True).content.decode()
    assert "Положение о наставничестве" in page and "Ознакомлены 0 из\u00a01" in page and "поимённо" in page
    assert (
        "Ознакомиться: Положение о наставничестве"
        in as_user(cast.stranger).get(reverse("reports:home")).content.decode()
    )
    assert "Ознакомиться: Положение" not in as_user(cast.mentor).get(reverse("reports:home")).content.decode()
    empty = as_user(cast.clerk).post(
        reverse("reports:local_act_new"), data | {"persons": [], "file": SimpleUploadedFile("п.pdf", PDF)}
    )
    assert "Выберите, кому знакомиться" in empty.content.decode()
    assert as_user(cast.chair).get(reverse("reports:local_act_new")).status_code == 403
