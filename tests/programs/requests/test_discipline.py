"""A disciplinary proposal (п. 4.2; ТК 192, 193): who reads it, the explanation, terms, the outcome, nothing leaks."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, Evidence, OutboxMail
from mentoring_site.russian import add_months
from mentoring_site.workflow import NotAllowed, Refused
from people.absences.models import Absence
from people.consents.destruction import retention as destruction
from people.rights import ACTING
from people.roles.models import RoleGrant
from people.school.workdays import add_workdays
from programs.attention.facts import facts_of
from programs.pairings import acts as pairing_acts
from programs.program.models import Program
from programs.requests import acts
from programs.requests.interests import Interest
from programs.requests.kinds.discipline import acts as cases
from programs.requests.kinds.discipline import terms
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.models import Request
from programs.requests.retention import ERASED
from reports.orders.models import Order
from tests.crawl import everything_read, text_of
from tests.factories import make_program
from tests.paper import pdf
from tests.programs.requests.kit import ask
from tests.programs.requests.test_kinds import fresh, readers, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]
CANARY, DEMAND, ANSWER = "канарейкаопоздание", "канарейказапрос", "канарейкаответчика"
NAMED_THERE = ("/people/roles/", "/roles/", "/retention/", "/settings/", "/checklist/", "/legal-base/")
"""Pages that speak of such proposals, of orders of penalties or of the law (ТК 193) in general."""
OTHERS = ("chair", "secretary", "council", "clerk", "sysadmin", "mentee", "stranger")


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


@pytest.fixture
def proposed(cast, program):
    """The mentor writes that the mentee has not come to lessons."""
    today = timezone.localdate()
    return ask(
        cast,
        "discipline",
        by=cast.mentor,
        program=program,
        text=CANARY,
        person=cast.mentee.person,
        data={"deed_on": today - timedelta(days=3)},
    )


def take_up(cast, request, **values):
    data = {"demand": DEMAND, "known_on": timezone.localdate()} | values
    return acts.decide(request, "accept", by=cast.director, data=data)


def case_of(request):
    return Discipline.objects.get(request=request)


@pytest.mark.clause("4.2-f3")
def test_director_curator_and_author_alone_read_it_and_it_is_no_penalty(cast, as_user, program):
    client = as_user(cast.mentor)
    url = f"/requests/new/discipline/{program.pairing_id}/"
    page = client.get(url).content.decode()
    assert "Прочтут: тот, кто предлагает, директор и куратор" in page.replace("\xa0", " ")
    client.post(url, {"text": CANARY, "deed_on": timezone.localdate().isoformat()})
    made = Request.objects.get()
    assert readers(cast, made) == {"mentor", "director", "curator"}
    assert waiting(cast.director) == ["Взять в работу и запросить объяснение: предложение о дисциплинарном взыскании"]
    assert waiting(cast.curator) == waiting(cast.mentee) == []
    for user in (cast.curator, cast.chair, cast.clerk, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.decide(made, "accept", by=fresh(user), data={"demand": DEMAND})
    shown = as_user(cast.director).get(made.get_absolute_url()).content.decode()
    assert "Это предложение, а не взыскание" in shown
    take_up(cast, made)
    assert not Order.objects.exists()


@pytest.mark.clause("4.2-f3")
@pytest.mark.parametrize(("taken_up", "others"), [(False, ("mentee", "sysadmin", "council")), (True, OTHERS)])
def test_nobody_else_meets_a_word_of_it_anywhere(cast, as_user, program, proposed, taken_up, others):
    if taken_up:
        take_up(cast, proposed)
        cases.explain(case_of(proposed), by=cast.mentee, text=ANSWER)
    Request.objects.filter(pk=proposed.pk).update(
        due_on=timezone.localdate() - timedelta(days=9), filed_on=timezone.localdate() - timedelta(days=20)
    )
    acts.remind_due()
    words = (CANARY, "взыскани", "дисциплинарн", proposed.get_absolute_url())
    secret = words if not taken_up else (*words, DEMAND, ANSWER)
    for name in others:
        user = getattr(cast, name)
        own = (DEMAND, ANSWER) if name == "mentee" else ()
        starts = [program.get_absolute_url(), program.pairing.get_absolute_url(), "/search/?q=канарейка", "/requests/"]
        read = everything_read(as_user(user), starts)
        assert len(read) > 10, name
        found = {(at, word) for at, text in read.items() for word in secret if word in text and word not in own}
        assert {pair for pair in found if not pair[0].startswith(NAMED_THERE)} == set(), name
        assert as_user(user).get(proposed.get_absolute_url()).status_code == 404
        assert not Request.objects.visible_to(fresh(user)).filter(pk=proposed.pk).exists()
    letters = OutboxMail.objects.filter(person_id__in=[getattr(cast, name).person_id for name in OTHERS])
    about = {"request_filed", "request_reminder", "request_late", "request_decided", "discipline_term"}
    about |= {"explanation_given", "explanation_asked"}
    told = {letter.template for letter in letters} & about
    assert told == ({"explanation_asked"} if taken_up else set())
    assert not [letter for letter in OutboxMail.objects.all() if CANARY in letter.text or DEMAND in letter.text]
    assert (
        not facts_of(Program.objects.filter(pk=program.pk)).get(program.pk)
        or not facts_of(Program.objects.filter(pk=program.pk))[program.pk].asked
    )
    author = as_user(cast.mentor).get(f"/explanations/{case_of(proposed).pk}/")
    assert author.status_code == 404


def test_whoever_recorded_or_decided_reads_while_in_office_only(cast, proposed):
    take_up(cast, proposed)
    cast.director.person.roles.all().delete()
    assert readers(cast, proposed) == {"mentor", "curator"}


@pytest.mark.clause("4.2-f3")
def test_the_explanation_is_asked_for_in_writing_for_two_working_days(cast, as_user, proposed):
    today = timezone.localdate()
    client = as_user(cast.director)
    client.post(f"{proposed.get_absolute_url()}accept/", {"demand": DEMAND, "known_on": today.isoformat()})
    case = case_of(proposed)
    assert (case.asked_on, case.explain_by) == (today, add_workdays(today, 2))
    assert waiting(cast.mentee) == ["Дать письменное объяснение"]
    (letter,) = OutboxMail.objects.filter(template="explanation_asked")
    assert letter.person_id == cast.mentee.person_id and DEMAND not in letter.text
    page = as_user(cast.mentee).get(case.get_absolute_url()).content.decode()
    assert DEMAND in page and CANARY not in page
    as_user(cast.mentee).post(f"{case.get_absolute_url()}write/", {"text": ANSWER})
    case.refresh_from_db()
    assert (case.explained_on, case.explanation, waiting(cast.mentee)) == (today, ANSWER, [])
    assert ANSWER in client.get(case.get_absolute_url()).content.decode()
    assert OutboxMail.objects.filter(template="explanation_given", person_id=cast.director.person_id).exists()
    with pytest.raises(Refused, match="Отменить уже нельзя"):
        undo.undo(Act.objects.about(proposed).get(verb="accept"), by=cast.director)


def test_the_demand_is_printed_for_a_worker_who_does_not_log_in(cast, as_user, proposed):
    take_up(cast, proposed, demand="Почему урок не состоялся")
    url = f"{case_of(proposed).get_absolute_url()}paper/"
    words = " ".join(text_of(as_user(cast.curator).get(url)).split())
    assert "статьи 193" in words and "Почему урок не состоялся" in words and CANARY not in words
    assert as_user(cast.mentor).get(url).status_code == 404


def test_the_demand_is_taken_back_while_nobody_has_answered(cast, proposed):
    take_up(cast, proposed)
    undo.undo(Act.objects.about(proposed).get(verb="accept"), by=cast.director)
    assert (case_of(proposed).asked_on, waiting(cast.mentee)) == (None, [])
    assert Discipline.objects.visible_to(fresh(cast.mentee)).count() == 0
    assert not OutboxMail.objects.filter(template="explanation_asked", failed_at=None).exists()


def test_an_explanation_on_paper_comes_with_its_scan(cast, as_user, proposed):
    take_up(cast, proposed)
    case = case_of(proposed)
    url = f"{case.get_absolute_url()}write/"
    data = {"text": "", "explained_on": timezone.localdate().isoformat()}
    empty = as_user(cast.curator).post(url, data)
    assert "приложите его скан" in empty.content.decode()
    as_user(cast.curator).post(url, data | {"scan": SimpleUploadedFile("объяснение.pdf", pdf())})
    case.refresh_from_db()
    (proof,) = Evidence.objects.filter(object_id=case.pk)
    assert case.explained_on and proof.latest.name.endswith(".pdf")
    for name, sees in (("director", True), ("curator", True), ("mentee", True), ("mentor", False), ("clerk", False)):
        visible = Evidence.objects.visible_to(fresh(getattr(cast, name))).filter(pk=proof.pk).exists()
        assert visible == sees, name
    as_user(cast.curator).post(f"{case.get_absolute_url()}drop/")
    case.refresh_from_db()
    assert case.explained_on is None and not Evidence.objects.filter(object_id=case.pk).exists()


def lapse(case, days=10):
    """Let the term of the explanation lie in the past."""
    Discipline.objects.filter(pk=case.pk).update(
        asked_on=timezone.localdate() - timedelta(days=days), explain_by=timezone.localdate() - timedelta(days=days - 4)
    )


def test_an_act_of_a_refusal_is_noted_only_after_the_term(cast, as_user, proposed):
    take_up(cast, proposed)
    case = case_of(proposed)
    with pytest.raises(Refused, match="два рабочих дня"):
        cases.refuse(case, by=cast.director, number="1", refused_on=timezone.localdate())
    lapse(case)
    with pytest.raises(NotAllowed):
        cases.refuse(case, by=cast.clerk, number="1", refused_on=timezone.localdate())
    today = timezone.localdate().isoformat()
    as_user(cast.director).post(f"{case.get_absolute_url()}refusal/", {"number": "1", "refused_on": today})
    case.refresh_from_db()
    assert (case.refused_on, case.refusal_number, case.is_answered) == (timezone.localdate(), "1", True)
    with pytest.raises(Refused, match="уже записан"):
        cases.explain(case, by=cast.mentee, text=ANSWER)


@pytest.mark.clause("4.2-f3")
def test_terms_are_counted_and_shown_leave_is_not_counted_and_other_absences_are_named(cast, as_user, proposed):
    case = case_of(proposed)
    known = case.known_on
    assert terms.month_from_discovery(case).last == add_months(known, 1)
    assert terms.half_year_from_deed(case).last == add_months(case.deed_on, 6)
    row = {"person": cast.mentee.person, "created_by": cast.clerk}
    Absence.objects.create(kind="leave", starts_on=known + timedelta(days=5), ends_on=known + timedelta(days=9), **row)
    Absence.objects.create(kind="away", starts_on=known + timedelta(days=12), ends_on=known + timedelta(days=13), **row)
    month = terms.month_from_discovery(case)
    assert month.last == add_months(known, 1) + timedelta(days=5)
    assert "отпуск" in month.words and "если это болезнь" in month.words
    page = as_user(cast.director).get(proposed.get_absolute_url()).content.decode()
    assert "шесть месяцев со дня проступка" in page and month.words in page


@pytest.mark.clause("4.2-f3")
def test_the_director_is_reminded_before_each_term_once(cast, proposed):
    take_up(cast, proposed)
    case = case_of(proposed)
    assert cases.tick() == 0
    lapse(case)
    assert (cases.tick(), cases.tick()) == (1, 0)
    Discipline.objects.filter(pk=case.pk).update(known_on=add_months(timezone.localdate(), -1) + timedelta(days=3))
    assert (cases.tick(), cases.tick()) == (1, 0)
    Discipline.objects.filter(pk=case.pk).update(deed_on=add_months(timezone.localdate(), -6) + timedelta(days=9))
    assert (acts.remind_due(), acts.remind_due()) == (1, 0)
    told = OutboxMail.objects.filter(template="discipline_term")
    assert set(told.values_list("person_id", flat=True)) == {cast.director.person_id} and told.count() == 3


def close(cast, request, **data):
    made = Request.objects.with_requirements().get(pk=request.pk)
    return acts.close(made, by=fresh(cast.director), answer="решено", data=data)


@pytest.mark.clause("4.2-f3")
def test_the_outcome_is_recorded_and_a_penalty_needs_explanation_and_an_order_from_outside(cast, as_user, proposed):
    take_up(cast, proposed)
    today = timezone.localdate()
    penalty = {"outcome": "penalty", "order_number": "12-лс", "order_date": today}
    with pytest.raises(Refused, match="незаконно"):
        close(cast, proposed, **penalty)
    cases.explain(case_of(proposed), by=cast.mentee, text=ANSWER)
    with pytest.raises(Refused, match="номер и дату"):
        close(cast, proposed, outcome="penalty")
    for user in (cast.curator, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.close(Request.objects.with_requirements().get(pk=proposed.pk), by=fresh(user), answer="нет")
    data = {"outcome": "penalty", "order_number": "12-лс", "order_date": today.isoformat(), "answer": "замечание"}
    as_user(cast.director).post(f"{proposed.get_absolute_url()}close/", data)
    proposed.refresh_from_db()
    case = case_of(proposed)
    assert (proposed.state, case.outcome, case.order_number, Order.objects.count()) == ("done", "penalty", "12-лс", 0)
    page = as_user(cast.mentor).get(proposed.get_absolute_url()).content.decode()
    assert "взыскание наложено приказом вне системы" in page and waiting(cast.director) == []


@pytest.mark.parametrize("outcome", ["talk", "dropped"])
def test_a_talk_or_nothing_may_be_the_end_without_an_explanation(cast, proposed, outcome):
    take_up(cast, proposed)
    assert close(cast, proposed, outcome=outcome).state == "done"
    assert case_of(proposed).get_outcome_display() in ("ограничились беседой", "отклонено")


def test_it_outlives_the_pair_and_about_nobody_outside_it(cast, program, proposed):
    pairing_acts.dissolve(program.pairing, by=cast.clerk, on=timezone.localdate(), reason="программа завершена")
    proposed.refresh_from_db()
    assert proposed.state == "filed"
    assert take_up(cast, proposed).state == "accepted"


def test_about_the_director_nothing_is_filed_until_somebody_acts_for_the_director(cast, program):
    program.pairing.participations.filter(part="mentee").update(person=cast.director.person)
    data = {"person": cast.director.person, "data": {"deed_on": timezone.localdate()}}
    with pytest.raises(Refused, match="Сначала нужен исполняющий обязанности директора"):
        ask(cast, "discipline", by=cast.mentor, program=program, **data)
    assert not Request.objects.exists()
    today = timezone.localdate()
    RoleGrant.objects.create(person=cast.stranger.person, role=ACTING, since=today, until=today, given_by=cast.director)
    made = ask(cast, "discipline", by=cast.mentor, program=program, **data)
    assert readers(cast, made) == {"mentor", "curator", "stranger"} and waiting(cast.director) == []
    with pytest.raises(NotAllowed):
        acts.decide(made, "accept", by=fresh(cast.director), data={"demand": DEMAND})


def test_the_only_director_does_not_pass_it_on_to_nobody(cast, proposed):
    with pytest.raises(Refused, match="Сначала нужен исполняющий обязанности директора"):
        acts.declare_interest(proposed, by=cast.director, about=cast.mentee.person, reason="сестра")
    assert not Interest.objects.exists()
    assert take_up(cast, proposed).state == "accepted"


def test_words_are_destroyed_a_year_after_the_end_and_after_a_penalty_by_the_archive_term(cast, proposed):
    take_up(cast, proposed)
    cases.explain(case_of(proposed), by=cast.mentee, text=ANSWER)
    close(cast, proposed, outcome="talk")
    assert cases.tick() == 0
    Discipline.objects.update(closed_on=timezone.localdate() - timedelta(days=366))
    assert cases.tick() == 1
    proposed.refresh_from_db()
    case = case_of(proposed)
    assert (proposed.text, case.demand, case.explanation) == (ERASED, ERASED, ERASED) and cases.tick() == 0
    Discipline.objects.update(outcome="penalty", order_number="1", order_date=timezone.localdate())
    assert cases.kept_until(case_of(proposed)).year == timezone.localdate().year + 3


def test_words_go_with_the_data_of_the_worker_when_the_case_is_closed(cast, proposed):
    take_up(cast, proposed)
    kept = destruction.categories()["asked"]
    for side in (cast.mentee.person, cast.mentor.person):  # an open case stays whole, whoever asks
        assert (kept.erase(side), case_of(proposed).demand) == (0, DEMAND)
    close(cast, proposed, outcome="talk")
    assert kept.erase(cast.mentee.person) == 1
    assert case_of(proposed).demand == ERASED


def test_a_penalty_keeps_its_grounds_for_the_term_of_the_archive(cast, proposed):
    take_up(cast, proposed)
    cases.explain(case_of(proposed), by=cast.mentee, text=ANSWER)
    close(cast, proposed, outcome="penalty", order_number="12", order_date=timezone.localdate())
    kept = destruction.categories()["asked"]
    assert (kept.erase(cast.mentor.person), case_of(proposed).explanation) == (0, ANSWER)
    Discipline.objects.update(order_date=timezone.localdate() - timedelta(days=5 * 366))
    assert (kept.erase(cast.mentor.person), case_of(proposed).explanation) == (1, ERASED)


def test_no_answer_about_data_tells_of_a_proposal_before_the_director_asks(cast, proposed):
    kept = destruction.categories()["asked"]
    assert kept.found(cast.mentee.person) == []
    acts.decide(proposed, "decline", by=cast.director, answer="нет")
    assert kept.found(cast.mentee.person) == [] and kept.found(cast.mentor.person) == ["1\xa0просьба"]


def test_words_of_what_was_withdrawn_are_destroyed_a_year_later(cast, proposed):
    acts.withdraw(proposed, by=cast.mentor)
    today = timezone.localdate()
    assert cases.kept_until(case_of(proposed)) == today + timedelta(days=365)
    assert cases.tick() == 0
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert cases.tick() == 1
    proposed.refresh_from_db()
    assert proposed.text == ERASED
