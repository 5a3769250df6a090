"""Pages of the banks: lists, filters, workbook, proposal, questionnaire without scripts, decisions, editable lists."""

import io
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.banks import acts as bank_acts
from people.banks.models import Candidate, MenteeCategory, Topic
from people.school.models import Organisation
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.point("11")]


def rows(client, name="bank_mentees", **query):
    return {row.person.last_name: row for row in client.get(reverse(f"people:{name}"), query).context["listing"].rows}


@pytest.mark.parametrize("role", ["director", "curator", "chair", "secretary", "council", "sysadmin"])
def test_who_sees_the_banks(cast, as_user, role):
    assert as_user(getattr(cast, role)).get("/banks/", follow=True).redirect_chain[-1][0] == "/banks/mentees/"


@pytest.mark.parametrize("role", ["clerk", "stranger", "mentor"])
def test_everybody_else_sees_ones_own(cast, as_user, role):
    foreign = make_candidate(make_person(), "mentee", by=cast.director)
    client = as_user(getattr(cast, role))
    assert client.get("/banks/", follow=True).redirect_chain[-1][0] == "/banks/mine/"
    assert client.get("/banks/mentees/").status_code == 403
    assert client.get(foreign.get_absolute_url()).status_code == 404


@pytest.mark.clause("3.5-b1", "3.5-b2")
def test_filters_are_exact(cast, as_user):
    category = MenteeCategory.objects.create(name="После перерыва")
    topic = Topic.objects.create(name="Сцена")
    young = make_candidate(
        make_person("Юная", birth_date=date(2003, 1, 1), teaching_since=date(2026, 9, 1)), "mentee", by=cast.director
    )
    young.categories.add(category)
    staged = make_candidate(make_person("Сценова", department="Театральное"), "mentee", by=cast.director)
    staged.topics.set([topic])
    pairing = make_pairing(cast, "assigned")
    paired = pairing.participations.get(part="mentee").person.last_name
    applied = make_candidate(make_person("Новая"), "mentee", by=cast.director, state="applied")
    gone = bank_acts.withdraw(
        make_candidate(make_person("Ушедшая"), "mentee", by=cast.director), by=cast.curator, reason="ушла"
    )
    client = as_user(cast.council)
    department = staged.person.employments.get().department_id
    assert set(rows(client)) == {"Юная", "Сценова", "Новая", paired}
    assert set(rows(client, young="yes")) == {"Юная"}
    assert set(rows(client, category=category.pk)) == {"Юная"}
    assert (
        set(rows(client, topic=topic.pk))
        == set(rows(client, department=department))
        == set(rows(client, q="сцен"))
        == {"Сценова"}
    )
    assert set(rows(client, state="applied")) == {applied.person.last_name}
    assert set(rows(client, state="withdrawn")) == {gone.person.last_name}
    assert set(rows(client, pair="yes")) == {paired}
    assert paired not in rows(client, pair="no") and "Юная" in rows(client, pair="no")
    assert "Ушедшая" in rows(client, state="all")


def test_load_stands_against_capacity(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentees=2, capacity=3)
    free = make_candidate(make_person("Свободная"), "mentor", by=cast.director, capacity=2)
    found = rows(as_user(cast.curator), "bank_mentors")
    busy = pairing.participations.get(part="mentor").person.last_name
    assert (found[busy].load, found[busy].pair) == ("2 из 3", "в паре")
    assert (found[free.person.last_name].load, found[free.person.last_name].pair) == ("0 из 2", "без пары")


def test_the_workbook_follows_the_filters(cast, as_user):
    make_candidate(make_person("Первая"), "mentee", by=cast.director)
    make_candidate(make_person("Вторая"), "mentee", by=cast.director)
    answer = as_user(cast.curator).get("/banks/mentees/", {"q": "перв", "format": "xlsx"})
    table = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert table[0][0] == "Человек" and [r[0].split()[0] for r in table[1:]] == ["Первая"]
    assert "чтение с листа" in table[1]


@pytest.mark.parametrize("name", ["bank_mentees", "bank_mentors"])
def test_queries_do_not_grow_with_rows(cast, as_user, name):
    client, part = as_user(cast.curator), "mentee" if "mentees" in name else "mentor"
    make_candidate(make_person(), part, by=cast.director)
    rows(client, name)

    def count():
        with CaptureQueriesContext(connection) as queries:
            rows(client, name)
        return len(queries)

    one = count()
    for _ in range(3):
        make_candidate(make_person(), part, by=cast.director)
    make_pairing(cast, "assigned")
    assert count() == one <= 30


@pytest.mark.clause("П.2-b1")
def test_a_proposal_by_search_then_the_questionnaire(cast, as_user):
    person = make_person("Семёнова", consent=True, by=cast.clerk)
    client = as_user(cast.curator)
    found = client.get(reverse("people:find", args=["mentees"]), {"q": "семен"})
    (row,) = found.context["rows"]
    assert "+7" not in found.content.decode()
    form = {"why": "первый год", "request_key": str(client.get(row["url"]).context["form"]["request_key"].value())}
    answers = [client.post(row["url"], form)["Location"] for _ in range(2)]
    made = Candidate.objects.get(person=person)
    assert answers == [reverse("people:candidate_fill", args=[made.pk])] * 2


def test_a_proposal_without_consent_keeps_what_was_typed(cast, as_user):
    url = reverse("people:propose", args=["mentors", cast.mentor.person_id])
    answer = as_user(cast.mentor).post(url, {"why": "хочу помогать молодым"})
    assert "нет согласия на обработку" in answer.content.decode() and "хочу помогать молодым" in answer.content.decode()
    other = reverse("people:propose", args=["mentors", cast.mentee.person_id])
    assert as_user(cast.mentor).post(other, {"why": ""}).status_code == 403


def sheet(candidate, **rows_typed):
    """A filled questionnaire as a browser sends it: three rows of each kind."""
    data = {"version": candidate.version}
    for kind in bank_acts.STATEMENT_TYPES[candidate.part]:
        texts = rows_typed.pop(kind, [])
        data |= {f"{kind}-TOTAL_FORMS": 3, f"{kind}-INITIAL_FORMS": 0}
        data |= {f"{kind}-{i}-text": text for i, text in enumerate(texts)}
    return data | rows_typed


@pytest.mark.clause("П.2-a")
def test_a_questionnaire_is_filled_and_more_rows_lose_nothing(cast, as_user):
    make_consent(cast.mentee.person, by=cast.clerk)
    made = bank_acts.propose(cast.mentee.person, "mentee", by=cast.curator)
    client, url = as_user(cast.mentee), reverse("people:candidate_fill", args=[made.pk])
    topic = Topic.objects.create(name="Сцена")
    typed = sheet(made, difficulty=["волнуюсь", "темп"], wishes="по средам", topics=[topic.pk]) | {
        "difficulty-0-topic": topic.pk
    }
    more = client.post(url, typed | {"more": "difficulty"})
    body = more.content.decode()
    assert all(text in body for text in ("волнуюсь", "темп", "по средам")) and "Проверьте" not in body
    assert body.count('name="difficulty-') == (2 + 3) * 2 + 4
    assert not made.statements.exists()
    lacking = client.post(url, typed)
    assert "напишите хотя бы одну строку" in lacking.content.decode() and "волнуюсь" in lacking.content.decode()
    done = client.post(url, typed | {"request-0-text": "открытый урок"})
    assert done["Location"] == made.get_absolute_url()
    assert set(made.statements.values_list("kind", "text", "topic")) == {
        ("difficulty", "волнуюсь", topic.pk),
        ("difficulty", "темп", None),
        ("request", "открытый урок", None),
    }
    assert list(made.topics.all()) == [topic]


def test_a_mentor_says_how_many(cast, as_user):
    make_consent(cast.mentor.person, by=cast.clerk)
    made = bank_acts.propose(cast.mentor.person, "mentor", by=cast.mentor)
    client, url = as_user(cast.mentor), reverse("people:candidate_fill", args=[made.pk])
    for wrong in (
        {},
        {"capacity_persons": "0"},
        {"capacity_persons": "много"},
        {"capacity_persons": "2", "capacity_hours": "900"},
    ):
        answer = client.post(url, sheet(made, competence=["сцена"], **wrong))
        assert answer.status_code == 200 and "сцена" in answer.content.decode()
    assert (
        client.post(url, sheet(made, competence=["сцена"], capacity_persons="2", capacity_hours="8")).status_code == 302
    )


@pytest.mark.clause("2.3-e3")
def test_a_teacher_of_a_college_offers_oneself_and_enters_the_bank(cast, as_user):
    college = Organisation.objects.create(kind="college", name="Колледж искусств", short_name="Колледж", city="Элиста")
    teacher = make_user()
    teacher.person.employments.update(organisation=college, department=None, post="преподаватель колледжа")
    make_consent(teacher.person, by=cast.clerk)
    client = as_user(teacher)
    offer = reverse("people:propose", args=["mentors", teacher.person_id])
    client.post(offer, {"why": "хочу помогать молодым", "request_key": str(uuid4())})
    made = Candidate.objects.get(person=teacher.person, part="mentor")
    fill = reverse("people:candidate_fill", args=[made.pk])
    client.post(fill, sheet(made, competence=["сценическая речь"], capacity_persons="1"))
    as_user(cast.director).post(reverse("people:candidate_approve", args=[made.pk]))
    found = rows(as_user(cast.curator), "bank_mentors", state="approved")
    assert set(found) == {teacher.person.last_name}


def test_a_stale_questionnaire_keeps_what_was_typed(cast, as_user):
    make_consent(cast.mentee.person, by=cast.clerk)
    made = bank_acts.propose(cast.mentee.person, "mentee", by=cast.curator)
    old = sheet(made, difficulty=["моё"], request=["моя просьба"])
    bank_acts.fill(made, by=cast.curator, statements=[("difficulty", None, "чужое"), ("request", None, "чужая")])
    client, url = as_user(cast.mentee), reverse("people:candidate_fill", args=[made.pk])
    body = client.post(url, old).content.decode()
    assert "моя просьба" in body and "чужая" in body and "Ваш текст сохранён" in body
    made.refresh_from_db()
    assert client.post(url, old | {"version": made.version}).status_code == 302
    assert set(made.statements.values_list("text", flat=True)) == {"моё", "моя просьба"}


@pytest.mark.parametrize("role", ["director", "council", "stranger", "clerk"])
def test_nobody_else_opens_the_questionnaire(cast, as_user, role):
    made = make_candidate(make_person(), "mentee", by=cast.director)
    assert as_user(getattr(cast, role)).get(reverse("people:candidate_fill", args=[made.pk])).status_code in (403, 404)


@pytest.mark.clause("3.3-c3")
def test_the_director_approves_several_at_once(cast, as_user):
    ready = [
        make_candidate(make_person(consent=True, by=cast.clerk), "mentee", by=cast.curator, state="applied")
        for _ in range(2)
    ]
    bare = make_candidate(make_person(), "mentor", by=cast.curator, state="applied")
    client, url = as_user(cast.director), reverse("people:bank_approve")
    page = client.get(url)
    assert page.context["ready"] == 2 and "Нет согласия на обработку" in page.content.decode()
    assert as_user(cast.curator).get(url).status_code == as_user(cast.curator).post(url, {}).status_code == 403
    refused = client.post(url, {"candidate": [c.pk for c in [*ready, bare]]}, follow=True)
    assert "Нет согласия" in refused.content.decode() and not Candidate.objects.filter(state="approved").exists()
    client.post(url, {"candidate": [c.pk for c in ready]})
    again = client.post(url, {"candidate": [c.pk for c in ready]}, follow=True)
    assert again.status_code == 200 and Candidate.objects.filter(state="approved").count() == 2


@pytest.mark.point("22")
def test_a_candidates_page_shows_what_is_missing_and_who_may_what(cast, as_user):
    person = make_person("Ждущая", consent=True, by=cast.clerk, email="zhdu@school.example")
    made = bank_acts.propose(person, "mentee", by=cast.curator)
    url = made.get_absolute_url()
    verbs = {
        r: [a.verb for a in as_user(getattr(cast, r)).get(url).context["actions"]]
        for r in ("director", "curator", "council")
    }
    assert verbs == {
        "director": ["approve", "decline", "comment"],
        "curator": ["fill", "withdraw"],
        "council": ["withdraw"],
    }
    (approve, *_) = as_user(cast.director).get(url).context["actions"]
    assert not approve.enabled and "В анкете не указаны: затруднения, запросы" in approve.reasons[0]
    as_user(cast.curator).post(reverse("people:candidate_remind", args=[made.pk]))
    assert OutboxMail.objects.filter(template="candidate_fill", to="zhdu@school.example").count() == 2
    page = as_user(cast.curator).get(url).content.decode()
    assert "Предложение в банк наставляемых" in page and "напоминание" in page


@pytest.mark.clause("3.3-c3", "П.2-b1")
def test_decisions_through_pages(cast, as_user):
    made = make_candidate(make_person(consent=True, by=cast.clerk), "mentee", by=cast.curator, state="applied")
    director, curator = as_user(cast.director), as_user(cast.curator)

    def url(name):
        return reverse(f"people:candidate_{name}", args=[made.pk])

    assert director.post(url("comment"), {"text": "спросить ещё"}).status_code == 302
    assert curator.post(url("approve")).status_code == curator.post(url("decline"), {"reason": "х"}).status_code == 403
    assert "Что произойдёт" in director.get(url("approve")).content.decode()
    assert director.post(url("approve")).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.comment) == ("approved", "спросить ещё")
    assert "уже не нужно" in director.post(url("approve"), follow=True).content.decode()
    assert curator.post(url("withdraw"), {"reason": ""}).status_code == 200
    assert curator.post(url("withdraw"), {"reason": "переводится"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reason) == ("withdrawn", "переводится")


@pytest.mark.clause("3.4-b1")
def test_the_review_is_shown_above_the_bank(cast, as_user):
    url = reverse("people:bank_review", args=["mentees"])
    assert as_user(cast.director).get(url).status_code == 403
    client = as_user(cast.curator)
    assert "on" in client.post(url, {"on": "2050-01-01"}).context["form"].errors
    assert client.post(url, {"on": "2026-01-15"}).status_code == 302
    assert "15" in client.get("/banks/mentees/").content.decode().split("Проверен")[1][:60]


@pytest.mark.clause("3.5-b2")
def test_topics_and_categories_are_edited_and_closed(cast, as_user):
    client = as_user(cast.curator)
    assert as_user(cast.council).get(reverse("people:bank_lists")).status_code == 403
    new = reverse("people:bank_list_new", args=["topics"])
    assert client.post(new, {"name": "Джангар", "is_open": "on"}).status_code == 302
    assert "name" in client.post(new, {"name": "Джангар", "is_open": "on"}).context["form"].errors
    made = Topic.objects.get(name="Джангар")
    assert (
        client.post(reverse("people:bank_list_item", args=["topics", made.pk]), {"name": "Джангар"}).status_code == 302
    )
    candidate = make_candidate(make_person(), "mentee", by=cast.director)
    fill = client.get(reverse("people:candidate_fill", args=[candidate.pk])).context["form"]
    assert made not in fill.fields["topics"].queryset
    candidate.topics.add(made)
    fill = client.get(reverse("people:candidate_fill", args=[candidate.pk])).context["form"]
    assert made in fill.fields["topics"].queryset
    client.post(reverse("people:bank_list_new", args=["categories"]), {"name": "После отпуска", "is_open": "on"})
    fill = client.get(reverse("people:candidate_fill", args=[candidate.pk])).context["form"]
    assert MenteeCategory.objects.get(name="После отпуска") in fill.fields["categories"].queryset


def test_the_council_proposes_those_at_work_and_learns_no_other_names(cast, as_user):
    gone = make_person("Ушедший")
    gone.employments.update(until=timezone.localdate() - timedelta(days=1))
    url = reverse("people:propose", args=["mentees", gone.pk])
    answer = as_user(cast.council).get(url)
    assert answer.status_code == 404 and "Ушедший" not in answer.content.decode()
    assert as_user(cast.curator).get(url).status_code == 200
    assert as_user(cast.council).get(reverse("people:propose", args=["mentees", make_person().pk])).status_code == 200
    assert (
        as_user(cast.council).get(reverse("people:propose", args=["mentees", cast.council.person_id])).status_code
        == 200
    )
