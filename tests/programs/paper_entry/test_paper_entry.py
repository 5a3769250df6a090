"""Pairs and programs that exist on paper: real dates, no letters, missing papers listed, nothing backdated."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import NotAllowed, Refused
from people.banks.models import Candidate
from programs.catalogs.models import MentoringForm
from programs.pairings.models import Pairing
from programs.paper_entry import acts as paper_entry_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, Program
from tests.factories import make_consent, make_pairing, make_person

pytestmark = pytest.mark.point("3")
ORDER = paper_entry_acts.Paper("17-од", date(2026, 2, 2))


@pytest.fixture
def people(school):
    return make_person(), make_person()


def program_on_paper(cast, **changes):
    values = {
        "title": "Подготовка к конкурсу",
        "curator": cast.curator.person,
        "starts_on": date(2026, 2, 2),
        "ends_on": date(2026, 10, 30),
        "order": paper_entry_acts.Paper("19-од", date(2026, 2, 5)),
    }
    return paper_entry_acts.PaperProgram(**values | changes)


def enter(cast, people, **changes):
    values = {
        "by": cast.curator,
        "mentor": people[0],
        "mentees": [people[1]],
        "order": ORDER,
        "since": date(2026, 2, 2),
    }
    return paper_entry_acts.enter(**values | changes)


def refusal(cast, people, **changes):
    with pytest.raises(Refused) as told:
        enter(cast, people, **changes)
    return str(told.value)


def test_a_running_program_keeps_its_real_dates_and_writes_no_letters(cast, people):
    pairing = enter(cast, people, program=program_on_paper(cast))
    program = pairing.programs.get()
    assert (pairing.state, pairing.order_number, pairing.assigned_on, pairing.from_paper) == (
        "assigned",
        "17-од",
        date(2026, 2, 2),
        True,
    )
    assert (program.state, program.order_number, program.started_on, program.from_paper) == (
        "running",
        "19-од",
        date(2026, 2, 2),
        True,
    )
    assert OutboxMail.objects.count() == 0
    assert {c.part: c.state for c in Candidate.objects.all()} == {"mentor": "appointed", "mentee": "approved"}
    assert Candidate.objects.get(part="mentor").order_number == "17-од"


def test_the_log_says_who_entered_it_and_when(cast, people):
    pairing = enter(cast, people, program=program_on_paper(cast))
    act = Act.objects.about(pairing).get()
    assert (act.verb, act.actor) == ("paper", cast.curator)
    assert act.words.replace("\u00a0", " ") == "внесена с бумаги: приказ № 17-од от 2 февраля 2026 г."
    assert timezone.localdate(act.at) == timezone.localdate()


def test_a_finished_program_ends_the_pair_and_the_people_are_free(cast, people):
    pairing = enter(cast, people, program=program_on_paper(cast, ended_on=date(2026, 10, 30)))
    program = pairing.programs.get()
    assert (pairing.state, pairing.ended_on, program.state, program.ended_on) == (
        "dissolved",
        date(2026, 10, 30),
        "completed",
        date(2026, 10, 30),
    )
    assert not pairing.participations.live().exists()
    assert (
        enter(cast, people, since=date(2026, 11, 2), order=paper_entry_acts.Paper("50-од", date(2026, 11, 2))).state
        == "assigned"
    )


def test_a_group_and_a_pair_without_a_program(cast, people):
    pairing = enter(cast, people, mentees=[people[1], make_person()])
    assert (pairing.kind, pairing.programs.count(), pairing.participations.count()) == ("group", 0, 3)


def test_the_same_request_enters_once(cast, people):
    key = uuid4()
    assert enter(cast, people, request_key=key) == enter(cast, people, request_key=key)
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize("role", ["director", "chair", "clerk", "sysadmin", "mentor", "stranger"])
def test_only_the_curator_enters_papers(cast, people, role, as_user):
    with pytest.raises(NotAllowed):
        enter(cast, people, by=getattr(cast, role))
    assert as_user(getattr(cast, role)).get(reverse("programs:paper_new")).status_code == 403


def test_refusals_come_all_at_once(cast, people):
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = refusal(cast, people, mentees=[people[0]], since=tomorrow, minutes=paper_entry_acts.Paper("3"))
    assert "наставником самому себе" in told
    assert "не могут быть в будущем" in told
    assert "и номер, и дату протокола" in told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Назовите программу"),
        ({"order": paper_entry_acts.Paper()}, "номер и дату приказа об утверждении"),
        ({"ends_on": date(2026, 3, 10)}, "от 3 месяцев до 1 года"),
        ({"ends_on": date(2026, 1, 10), "term_decision": "так"}, "раньше, чем началась"),
        ({"ended_on": date(2026, 1, 10)}, "не может завершиться раньше"),
        ({"ended_on": date(2100, 1, 10)}, "будущим числом"),
        ({"starts_on": date(2100, 1, 10), "ends_on": date(2100, 9, 10)}, "ещё не наступил"),
        ({"minutes": paper_entry_acts.Paper("", date(2026, 1, 1))}, "протокола о программе"),
        ({"minutes": paper_entry_acts.Paper("3", date(2026, 2, 6))}, "не может быть раньше протокола совета о ней"),
    ],
)
def test_a_program_on_paper_is_checked(cast, people, changes, sentence):
    assert sentence in refusal(cast, people, program=program_on_paper(cast, **changes))
    assert Pairing.objects.count() == 0


def test_an_odd_term_needs_the_words_of_a_decision(cast, people):
    long = {"ends_on": date(2027, 6, 30), "term_decision": "Срок установлен приказом № 19-од"}
    program = enter(cast, people, program=program_on_paper(cast, **long)).programs.get()
    assert (program.latest_end, program.term_decided_by) == (date(2027, 6, 30), cast.curator)


def test_a_mentee_in_a_live_pair_is_refused(cast):
    pairing = make_pairing(cast, "assigned")
    busy = pairing.participations.get(part="mentee").person
    assert "уже в паре или группе" in refusal(cast, (make_person(), busy))


def test_missing_papers_are_listed_until_they_are_recorded(cast, people, as_user):
    pairing = enter(cast, people, program=program_on_paper(cast))
    program = pairing.programs.get()
    page = as_user(cast.curator).get(program.get_absolute_url()).content.decode()
    for text in (
        "Согласие на обработку персональных данных",
        "Письменное согласие на обязанности",
        "Протокол методического совета о паре",
        "План мероприятий",
    ):
        assert text in page
    for person, part in ((people[0], "mentor"), (people[1], "mentee")):
        make_consent(person, by=cast.curator)
        make_consent(person, "duties", by=cast.curator, part=part, matter=pairing.uuid)
    page = as_user(cast.curator).get(program.get_absolute_url()).content.decode()
    assert "Письменное согласие на обязанности" not in page
    assert "Протокол методического совета о программе" in page


def test_the_curator_transcribes_the_text_and_nobody_else_edits_it(cast, people):
    program = enter(cast, people, program=program_on_paper(cast)).programs.get()
    program = drafting_acts.edit(
        program, by=cast.curator, version=program.version, goal="Цель с бумаги", forms=[MentoringForm.objects.first()]
    )
    drafting_acts.save_activity(
        program,
        Activity(title="Урок", due_on=date(2026, 5, 5), expected_result="конспект"),
        [],
        by=cast.curator,
        version=program.version,
    )
    with pytest.raises(Refused, match="закрыта для правки"):
        drafting_acts.edit(program, by=cast.chair, version=2, goal="Другая")
    assert Program.objects.get().state == "running"


def form(people, **changes):
    return {
        "mentor": people[0].full_name,
        "mentees": people[1].full_name,
        "since": "2026-02-02",
        "order_number": "17-од",
        "order_date": "2026-02-02",
        "stage": "none",
        "request_key": str(uuid4()),
    } | changes


def test_the_page_enters_a_pair_by_names(cast, people, as_user):
    client = as_user(cast.curator)
    answer = client.post(reverse("programs:paper_new"), form(people))
    pairing = Pairing.objects.get()
    assert answer.url == pairing.get_absolute_url()
    assert {p.person_id for p in pairing.participations.all()} == {p.pk for p in people}


def test_a_second_press_shows_the_first_result(cast, people, as_user):
    client, data = as_user(cast.curator), form(people)
    first, second = (client.post(reverse("programs:paper_new"), data) for _ in range(2))
    assert first.url == second.url == Pairing.objects.get().get_absolute_url()


def test_the_page_asks_for_what_a_program_needs(cast, people, as_user):
    page = as_user(cast.curator).post(reverse("programs:paper_new"), form(people, stage="finished")).context["form"]
    assert set(page.errors) == {
        "title",
        "curator",
        "starts_on",
        "ends_on",
        "program_number",
        "program_date",
        "ended_on",
    }


def test_namesakes_are_told_apart_by_number(cast, as_user):
    one = make_person("Близнецова", "Анна", "Ивановна", birth_date=date(1980, 5, 5))
    two = make_person("Близнецова", "Анна", "Ивановна", birth_date=date(1990, 5, 5))
    client, mentor = as_user(cast.curator), make_person()
    page = client.post(reverse("programs:paper_new"), form((mentor, one)))
    told = str(page.context["form"].errors["mentees"])
    assert f"№ {one.pk}" in told and f"№ {two.pk}" in told
    client.post(reverse("programs:paper_new"), form((mentor, one), mentees=f"Близнецова № {two.pk}"))
    assert Pairing.objects.get().participations.get(part="mentee").person == two


def test_an_unknown_name_says_where_to_enter_it(cast, people, as_user):
    page = as_user(cast.curator).post(reverse("programs:paper_new"), form(people, mentor="Неведомый"))
    assert "Сначала внесите его в раздел «Люди»" in str(page.context["form"].errors["mentor"])


@pytest.mark.point("24")
def test_pages_of_a_paper_program_stay_cheap(cast, people, as_user, django_assert_max_num_queries):
    program = enter(cast, people, program=program_on_paper(cast)).programs.get()
    client = as_user(cast.curator)
    for name in ("program", "program_papers", "program_people", "history"):
        address = reverse(f"programs:{name}", args=[program.pk])
        client.get(address)
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
