"""Lines of the roadmap close by evidence, are asked as of a day, change by an order, and go on into the next year."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from mentoring_site.evidence.presenters import on_day
from mentoring_site.models import Act, Evidence
from people.banks import keeping
from people.register.models import Employment, Person
from people.school.models import School
from reports.orders.order_kinds.registry import KINDS
from roadmap.plan import acts, amending, known
from roadmap.plan.left import left_behind
from roadmap.plan.models import Roadmap, Task
from roadmap.proofs import kinds
from roadmap.proofs.kinds import ProofKind
from tests.factories import make_person
from tests.reports.orders.kit import advance, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.4"), pytest.mark.time_machine("2026-10-12 09:00")]
TODAY = date(2026, 10, 12)
CONFERENCE = "Школьная конференция или семинар"


@pytest.fixture(autouse=True)
def nothing_is_known(school):
    School.objects.update(regulation_number="", regulation_date=None)


def approved(cast, year=2026, **lines) -> Roadmap:
    draft = acts.draft(year, by=cast.curator)
    for text, values in lines.items():
        Task.objects.filter(stage__roadmap=draft, text=text).update(**values)
    ready = acts.submit(draft, by=cast.curator)
    return acts.approve(ready, by=cast.clerk, number="38-од", date=date(year, 8, 30))


def line(roadmap, text=CONFERENCE) -> Task:
    return Task.objects.select_related("stage__roadmap").get(stage__roadmap=roadmap, text=text)


def test_a_line_closes_when_its_evidence_is_complete_and_says_by_what(cast, as_user):
    """A review of a bank and a link: the second one closes the line; without it the line is open again."""
    roadmap = approved(cast, **{CONFERENCE: {"proof_kinds": ["bank_mentor", "paper"]}})
    review = keeping.review("mentor", by=cast.curator, on=TODAY)
    task, client = line(roadmap), as_user(cast.curator)
    offered = client.get(f"/evidence/add/roadmap/{task.pk}/").context["form"].fields["objects"].choices
    assert offered[0] == (f"bank_mentor-{review.pk}", "Банк наставников: проверен 12.10.2026")
    client.post(f"/evidence/add/roadmap/{task.pk}/", {"objects": [offered[0][0]]})
    task.refresh_from_db()
    page = client.get(task.get_absolute_url())
    facts = {fact.label: fact.value for fact in page.context["facts"]}
    assert task.done_on is None and facts["Ещё не приложено"] == "файл или ссылка"
    assert page.context["evidence"].files[0].url == review.get_absolute_url()
    client.post(f"/evidence/add/roadmap/{task.pk}/", {"url": "https://school.example/conference"})
    task.refresh_from_db()
    assert (task.done_on, task.done_by, task.is_proved) == (TODAY, None, True)
    assert task.done_note == ("Подтверждено: Банк наставников: проверен 12.10.2026; https://school.example/conference")
    assert Act.objects.about(roadmap).filter(verb="proved").count() == 1
    evidence.remove(task.evidence.last(), by=cast.curator)
    task.refresh_from_db()
    assert (task.done_on, task.is_proved, task.done_note) == (None, False, "")


def test_each_kind_of_record_is_offered(cast):
    """Features register their kinds: an order, minutes, a report, news, reviews; others come by the same registry."""
    assert {"order", "minutes", "report", "survey", "news", "bank_mentor", "bank_mentee", "paper"} <= set(kinds.KINDS)
    assert kinds.words(["order", "news"]) == "приказ и новость"
    task = line(approved(cast))
    assert kinds.missing(["event"], []) == ["event"]  # a kind that nobody has registered never closes a line
    kinds.register(ProofKind("event", "событие", Person, lambda user, since, until: Person.objects.order_by("pk")))
    try:
        keys = [offer.key for offer in kinds.offers(cast.curator, TODAY, TODAY, ["event"])]
        assert keys[0].startswith("event-")
    finally:
        del kinds.KINDS["event"]
    assert task.proof_kinds == ["news", "paper"]


def test_an_order_closes_its_line(cast):
    roadmap = approved(cast, **{CONFERENCE: {"proof_kinds": ["order"]}})
    other = acts.submit(acts.draft(2027, by=cast.curator), by=cast.curator)
    order = make_order(cast, "roadmap", "registered", items=[other])
    task = line(roadmap)
    evidence.add(task, by=cast.curator, objects=[f"order-{order.pk}"])
    task.refresh_from_db()
    assert task.is_proved and f"№ {order.number}" in task.done_note


def test_what_proved_it_on_a_day(cast, as_user, time_machine):
    """A revision, a term and a removal: each day knows what stood there, also when it is gone today."""
    task = line(approved(cast))
    (proof,) = evidence.add(
        task, by=cast.curator, url="https://school.example/1", valid_until=TODAY + timedelta(days=2)
    )
    time_machine.move_to("2026-10-20 09:00")
    evidence.renew(proof, by=cast.curator, url="https://school.example/2")
    time_machine.move_to("2026-10-25 09:00")
    evidence.remove(Evidence.objects.get(pk=proof.pk), by=cast.curator)
    time_machine.move_to("2026-10-30 09:00")
    assert evidence.destroy_removed() == 0  # of a plan what has stood is kept for its days

    def names(day):
        return [revision.name for revision in on_day(task, day)]

    assert names(date(2026, 10, 11)) == []
    assert names(date(2026, 10, 14)) == ["https://school.example/1"]
    assert names(date(2026, 10, 15)) == []  # the term had passed, and nothing new had come
    assert names(date(2026, 10, 24)) == ["https://school.example/2"]
    assert names(date(2026, 10, 25)) == []
    client, url = as_user(cast.curator), f"/evidence/of/roadmap/{task.pk}/"
    shown = client.get(f"{url}?day=2026-10-14")
    assert [row["file"].name for row in shown.context["rows"]] == ["https://school.example/1"]
    assert "ещё не наступил" in client.get(f"{url}?day=2027-10-14").content.decode()
    assert "ничего не подтверждало" in client.get(url).content.decode()
    assert client.get("/evidence/of/nothing/1/").status_code == 404
    of_plan = client.get(f"{task.stage.roadmap.get_absolute_url()}?part=proofs&day=2026-10-24").context["proofs"]
    assert [(row.text, [file.name for file in row.files]) for row in of_plan] == [
        (CONFERENCE, ["https://school.example/2"])
    ]
    page = client.get(task.get_absolute_url())
    assert page.context["evidence"].day_url == url and not page.context["evidence"].removed


def test_what_stood_for_less_than_a_day_is_destroyed(cast, time_machine):
    task = line(approved(cast))
    (proof,) = evidence.add(task, by=cast.curator, url="https://school.example/1")
    evidence.remove(proof, by=cast.curator)
    time_machine.move_to("2026-10-14 09:00")
    assert evidence.destroy_removed() == 1 and not task.evidence.exists()


@pytest.mark.clause("3.3-d")
def test_an_approved_roadmap_changes_by_an_order_of_amendment(cast, as_user):
    """The new edition says line by line what it changes, and so does its order; what was proved stays proved."""
    roadmap = approved(cast)
    evidence.add(line(roadmap), by=cast.curator, url="https://school.example/1")
    draft = acts.draft(2026, by=cast.curator)
    moved = line(draft)
    moved.due_on = date(2027, 4, 30)
    moved.starts_on = date(2027, 4, 1)
    acts.save_task(draft, moved, [], by=cast.curator, version=draft.version)
    draft.refresh_from_db()
    gone = draft.stages.get(number=4).tasks.last()
    acts.drop_task(draft, gone, by=cast.curator, version=draft.version)
    draft.refresh_from_db()
    added = Task(
        stage=draft.stages.get(number=7), text="Буклет", due_on=TODAY, responsible_words="куратор", expected_result="б"
    )
    acts.save_task(draft, added, [], by=cast.curator, version=draft.version)
    old = amending.amended(Roadmap.objects.get(pk=draft.pk))
    found = amending.changes(old, Roadmap.objects.get(pk=draft.pk))
    assert sorted((change.what, change.text) for change in found) == sorted(
        [("изменено", CONFERENCE), ("исключено", gone.text), ("добавлено", "Буклет")]
    )
    assert [name for name, _, _ in next(c for c in found if c.what == "изменено").told] == ["срок"]
    assert "Что меняется" in as_user(cast.curator).get(draft.get_absolute_url()).content.decode()
    acts.submit(Roadmap.objects.get(pk=draft.pk), by=cast.curator)
    order = make_order(cast, "roadmap", items=[Roadmap.objects.get(pk=draft.pk)])
    assert order.heading.startswith("О внесении изменений в дорожную карту")
    text = order.points[0]["text"] + " ".join(order.points[0]["subpoints"])
    assert "утверждённую приказом от 30.08.2026 № 38-од" in text and "исключить пункт 4." in text
    for state in ("agreed", "at_signature", "registered"):
        order = advance(order, cast, state)
    new = Roadmap.objects.get(pk=draft.pk)
    assert new.state == "approved" and Roadmap.objects.get(pk=roadmap.pk).state == "superseded"
    assert [row.latest.url for row in line(new).evidence.all()] == ["https://school.example/1"]
    assert KINDS["roadmap"].label == "Об утверждении дорожной карты"


def test_last_year_is_the_start_of_the_next_and_names_who_has_left(cast, as_user):
    """Dates move by a year; whoever has left does not answer any more and is named with the lines."""
    gone, stays = make_person("Ушедшая"), cast.mentor.person
    roadmap = acts.draft(2025, by=cast.curator)
    first, second = roadmap.stages.get(number=6).tasks.all()[:2]
    first.responsible.set([gone])
    second.responsible.set([gone, stays])
    ready = acts.submit(Roadmap.objects.get(pk=roadmap.pk), by=cast.curator)
    acts.approve(ready, by=cast.clerk, number="12-од", date=date(2025, 8, 30))
    Employment.objects.filter(person=gone).update(until=TODAY - timedelta(days=30))
    assert not Person.objects.at_work().filter(pk=gone.pk).exists()
    draft = acts.draft(2026, by=cast.curator)
    conference = line(draft)
    assert conference.due_on.year == 2027 and list(line(draft, first.text).responsible.all()) == []
    assert list(line(draft, second.text).responsible.all()) == [stays]
    client = as_user(cast.curator)
    page = client.get(draft.get_absolute_url())
    assert [(one.name, one.lines) for one in page.context["left"]] == [(gone.short_name, ("6.1",))]
    assert gone.short_name in page.content.decode()
    line(draft, first.text).responsible.set([stays])
    assert left_behind(Roadmap.objects.get(pk=draft.pk)) == []


def test_the_table_has_the_columns_of_schools(cast, as_user):
    """№ 1.1, мероприятие, срок, исполнитель, «Результат. Вид документа»: on the page and in the workbook."""
    roadmap = approved(cast)
    client = as_user(cast.curator)
    page = client.get(roadmap.get_absolute_url()).content.decode()
    for heading in ("№", "Мероприятие", "Срок", "Исполнитель", "Результат. Вид документа"):
        assert f'<th scope="col">{heading}</th>' in page
    answer = client.get(f"/roadmap/{roadmap.pk}/xlsx/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    answer.close()
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("№", "Этап", "Мероприятие") and rows[0][6] == "Результат. Вид документа"
    assert rows[1][:2] == ("1", "Подготовка условий реализации системы наставничества") and rows[2][0] == "1.1"
    assert sum(row[0].count(".") for row in rows[1:]) == Task.objects.filter(stage__roadmap=roadmap).count()
    assert any(row[7] == "новость и файл или ссылка" for row in rows)


def test_the_kinds_are_chosen_on_the_page_of_a_line(cast, as_user):
    draft = acts.draft(2026, by=cast.curator)
    task, client = line(draft), as_user(cast.curator)
    url = f"/roadmap/{draft.pk}/tasks/{task.pk}/edit/"
    data = {
        "text": task.text,
        "due_on": "2027-05-28",
        "responsible_words": "куратор",
        "expected_result": "приказ, программа",
        "proof_kinds": ["order"],
        "version": draft.version,
    }
    assert client.post(url, data).status_code == 302
    assert line(draft).proof_kinds == ["order"]
    assert client.post(url, data | {"proof_kinds": ["nonsense"], "version": draft.version + 1}).status_code == 200


def test_a_mark_taken_back_is_not_made_again_by_the_clock(cast):
    roadmap = approved(cast, **{CONFERENCE: {"proof_kinds": ["paper"]}})
    evidence.add(line(roadmap), by=cast.curator, url="https://school.example/1")
    assert line(roadmap).is_proved
    acts.unmark(line(roadmap), by=cast.curator)
    known.tick_due()
    assert line(roadmap).done_on is None and timezone.localdate() == TODAY
