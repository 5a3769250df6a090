"""The map of clauses: each has a declared query, a state only of what was found, counted rows alone on the page."""

import io
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.banks.models import BankReview
from people.consents.models import Consent
from people.rights import Right
from people.roles.models import RoleGrant
from reports.compliance import acts, campaigns, counting, evidence
from reports.compliance.clauses import CHAPTERS, actionable
from reports.compliance.contradictions import CONTRADICTIONS
from reports.compliance.counting import count, state_of
from reports.compliance.declared import DECLARED
from reports.compliance.frameworks import FRAMEWORKS
from reports.compliance.models import ClauseCount, ClauseExemption, ClauseState
from reports.compliance.proofs import (
    Found,
    Year,
    acquainted,
    bank,
    bank_reviewed,
    campaign,
    consents,
    dated,
    document,
    event,
    every,
    indicator,
    legal,
    line,
    order,
    page,
    principle,
    requests,
    role,
)
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.models import Order
from reports.site.models import News
from roadmap.legal_base.models import LegalAct
from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.regulation.models import Regulation
from tests import clause_register
from tests.factories import make_candidate, make_consent, make_pairing, make_person
from tests.programs.program.test_documents import text_of_pdf
from tests.reports.indicators.kit import make_counted
from tests.reports.orders.kit import enter, make_order
from tests.roadmap.events.kit import a_held_event, an_event

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.6")]
ENDED = {"ended_on": timezone.localdate(), "end": "withdrawn", "end_recorded_at": timezone.now()}
DONE, PARTLY, OVERDUE, NOT_YET, EXEMPT, PRINCIPLE = ClauseState.State.values


def today():
    return timezone.localdate()


def this_year():
    return Year.on(year_now(), today())


def state(proof, *, later=False):
    """The state that one proof makes of a clause today, or on the last day of the school year."""
    on = date(year_now() + 1, 7, 31) if later else today()
    return state_of([proof.found(this_year())], on)[0]


def of(code, states=None):
    """The counted state of one clause."""
    found = {one.clause: one for one in (states or count(year_now()))}
    return found[code]


def test_each_of_the_178_statements_has_a_declared_query():
    clauses = actionable()
    assert len(clauses) == 178 and list(DECLARED) == list(clauses), "in the order of the text"
    assert all(one.who and one.proofs for one in DECLARED.values())
    assert {clause.chapter for clause in clauses.values()} <= set(CHAPTERS)
    proved = {row.clause for row in clause_register.rows()}
    kept = {code for code, one in DECLARED.items() if one.by_principle}
    assert kept and kept <= proved, "what the product keeps is proved by a test of the register"
    for framework in FRAMEWORKS:
        for one in framework.requirements:
            assert (one.clauses or one.proofs) and set(one.clauses) <= set(clauses), one.code
    assert {code for one in CONTRADICTIONS for code in one.clauses} <= set(clauses)


def test_a_school_is_counted_whole_and_every_proof_opens(cast, as_user):
    make_counted(cast)
    states = count(year_now())
    assert [one.clause for one in states][:178] == list(DECLARED)
    assert {one.state for one in states} >= {DONE, PARTLY, OVERDUE, NOT_YET, PRINCIPLE} - {OVERDUE}
    client = as_user(cast.curator)
    urls = {fact["url"] for one in states for fact in one.facts if fact["url"]}
    assert len(urls) > 40
    opened = {url: client.get(url, follow=True).status_code for url in urls}
    assert {url: status for url, status in opened.items() if status != 200} == {}


def test_an_empty_school_has_nothing_but_the_law_and_the_product(cast):
    RoleGrant.objects.all().delete()
    done = {one.clause for one in count(year_now()) if one.state == DONE}
    law = {code for code, one in DECLARED.items() if {proof.kind for proof in one.proofs} == {"legal"}}
    of_staff = {"3.4-k2", "3.4-k3"}  # shares of teachers who are there: nothing of them is reckoned too
    assert done - law <= {"8.1-b4", "tk-base", "pd-base", *of_staff}, "missing is never «да»"


def test_states_of_proofs_together():
    day = date(2026, 11, 30)
    there, half, none = Found(1, 1, ""), Found(1, 3, ""), Found(0, 1, "")
    late, soon = Found(0, 1, "", due=date(2026, 11, 29)), Found(0, 1, "", due=date(2026, 12, 1))
    assert state_of([there, there], day) == (DONE, None)
    assert state_of([there, none], day)[0] == state_of([half], day)[0] == PARTLY
    assert state_of([none], day)[0] == state_of([Found(0, 0, "нет случаев")], day)[0] == NOT_YET
    assert state_of([there, late], day) == (OVERDUE, date(2026, 11, 29))
    assert state_of([none, soon], day) == (NOT_YET, date(2026, 12, 1))
    assert state_of([none, late], day, may=True) == (NOT_YET, None), "nobody is late with a right"
    assert state_of([Found(2, 2, "", due=date(2020, 1, 1))], day) == (DONE, None)
    assert state_of([], day)[0] == NOT_YET


# --- each word of the vocabulary: absent, in part, there, late ---


def test_an_order(cast):
    proof = order("roadmap").until(7, 30)
    assert (state(proof), state(proof, later=True)) == (NOT_YET, OVERDUE)
    made = make_order(cast, "roadmap", "at_signature")
    assert state(proof) == NOT_YET, "a draft proves nothing"
    enter(made, cast)
    assert state(proof) == DONE
    before = today() - timedelta(days=400)
    Order.objects.filter(pk=made.pk).update(date=before, year=before.year)
    assert state(proof) == NOT_YET and state(order("roadmap", once=True)) == DONE


def test_a_role(cast):
    assert state(role("curator")) == DONE
    RoleGrant.objects.filter(role="curator").update(until=today() - timedelta(days=1))
    assert state(role("curator")) == NOT_YET


def test_a_review_of_a_bank(cast):
    proof = bank_reviewed("mentee")
    made = BankReview.objects.create(part="mentee", reviewed_on=today(), recorded_by=cast.sysadmin, waits=True)
    assert state(proof) != DONE, "what waits for the curator is no review"
    BankReview.objects.filter(pk=made.pk).update(waits=False)
    assert state(proof) == DONE and state(bank_reviewed("mentor")) != DONE
    BankReview.objects.filter(pk=made.pk).update(reviewed_on=today() - timedelta(days=400))
    assert state(proof) == OVERDUE


def test_a_bank(cast):
    assert state(bank("mentee")) == NOT_YET
    make_candidate(make_person(), "mentee", by=cast.curator)
    assert (state(bank("mentee")), state(bank("mentor"))) == (DONE, NOT_YET)


def test_an_event(cast):
    proof = event("conference", outside=False).until(7, 30)
    an_event(cast, kind="conference")
    assert (state(proof), state(proof, later=True)) == (NOT_YET, OVERDUE)
    a_held_event(cast, present=[cast.mentor], kind="conference")
    assert state(proof) == DONE and state(event("conference", outside=True)) == NOT_YET


def test_a_line_of_the_roadmap(cast):
    proof = line(6, 2)
    assert state(proof) == NOT_YET, "no roadmap, no line"
    plan = Roadmap.objects.create(
        school_year=year_now(), state="approved", order_number="1-од", order_date=today(), created_by=cast.curator
    )
    stage = Stage.objects.create(roadmap=plan, number=6, title="Завершение")
    task = Task.objects.create(stage=stage, number=2, text="Конференция", due_on=today() + timedelta(days=9))
    assert state(proof) == NOT_YET
    Task.objects.filter(pk=task.pk).update(due_on=today() - timedelta(days=1))
    assert state(proof) == OVERDUE
    Task.objects.filter(pk=task.pk).update(done_on=today())
    assert state(proof) == DONE and proof.found(this_year()).url == task.get_absolute_url()


def test_consents(cast):
    proof = consents(Consent.Purpose.DUTIES)
    assert state(proof) == NOT_YET, "nobody takes part: nothing of nothing"
    pairing = make_pairing(cast, "assigned")
    assert state(proof) == DONE
    Consent.objects.filter(purpose="duties", part="mentee").update(**ENDED)
    assert state(proof) == PARTLY and proof.found(this_year()).words == "1 из 2"
    assert state(consents(Consent.Purpose.PROCESSING, "mentor")) == DONE
    make_consent(
        pairing.participations.get(part="mentee").person, "duties", by=cast.curator, part="mentee", matter=pairing.uuid
    )
    assert state(proof) == DONE


def test_documents_and_acquaintance(cast):
    current = document("Положение", lambda year: Regulation.objects.filter(state="approved"), "roadmap:regulation")
    Regulation.objects.all().delete()
    assert state(current) == NOT_YET
    Regulation.objects.create(state="approved", title="Положение", text="1", order_number="1", order_date=today())
    assert state(current) == DONE
    read = acquainted("правила", Q(kind="rules")).until(7, 30)
    assert (state(read), state(read, later=True)) == (NOT_YET, OVERDUE)
    file = store_bytes(b"1", name="правила.txt", content_type="text/plain")
    act = LocalAct.objects.create(
        kind="rules", about="распорядок", number="2-од", date=today(), created_by=cast.clerk, file=file
    )
    lines = [ActReader.objects.create(act=act, person=make_person()) for _ in range(2)]
    assert state(read) == NOT_YET
    for n, expected in enumerate((PARTLY, DONE)):
        ActReader.objects.filter(pk=lines[n].pk).update(read_at=timezone.now(), recorded_by=cast.clerk)
        assert state(read) == expected


def test_a_page_of_the_site_and_records(cast):
    news = dated("новости", "новость,новости,новостей", News, "published_on", "reports:site", is_public=True)
    shown = page("новости", "public:news", "новость,новости,новостей", lambda year: News.objects.filter(is_public=True))
    assert state(news) == state(shown) == NOT_YET
    made = News.objects.create(title="Итоги", text="…", created_by=cast.curator)
    assert state(news) == state(shown) == NOT_YET, "a draft is no news"
    News.objects.filter(pk=made.pk).update(is_public=True)
    assert state(news) == state(shown) == DONE
    News.objects.filter(pk=made.pk).update(published_on=today() - timedelta(days=500))
    assert state(news) == NOT_YET


def test_all_of_something():
    proof = every(
        "новости с фотографией",
        lambda year: News.objects.filter(is_public=True),
        lambda year: News.objects.all(),
        "reports:site",
    ).until(7, 30)
    assert state(proof) == NOT_YET
    News.objects.create(title="1", text="1", is_public=True)
    other = News.objects.create(title="2", text="2")
    assert (state(proof), state(proof, later=True)) == (PARTLY, OVERDUE)
    News.objects.filter(pk=other.pk).update(is_public=True)
    assert state(proof) == DONE


def test_an_act_of_the_legal_base(cast):
    act = LegalAct.objects.get(code="decree_204")
    LegalAct.objects.filter(pk=act.pk).update(doubt="", settled="", settled_at=None, settled_by=None, ends_on=None)
    assert state(legal("decree_204")) == DONE and state(legal("нет такого")) == NOT_YET
    LegalAct.objects.filter(pk=act.pk).update(doubt="номер другой")
    assert state(legal("decree_204")) == PARTLY
    LegalAct.objects.filter(pk=act.pk).update(doubt="", ends_on=today())
    assert state(legal("decree_204")) == PARTLY


def test_requests_indicators_and_campaigns(cast):
    assert state(requests("help", "просьбы")) == state(indicator("training")) or state(indicator("training")) == DONE
    make_counted(cast)
    assert state(requests("contest", "рекомендации")) == DONE
    assert state(indicator("skills")) == DONE
    proof = campaign("other", "качество").until(7, 30)
    assert (state(proof), state(proof, later=True)) == (NOT_YET, OVERDUE)
    try:
        for answered, expected in ((0, NOT_YET), (3, PARTLY), (5, DONE)):
            campaigns.register(other=lambda first, last, n=answered: (n, 5, "/home/"))
            assert state(proof) == expected
    finally:
        del campaigns.CAMPAIGNS["other"]
    assert state(principle("иначе нельзя")) == DONE


# --- counted rows ---


def test_the_page_reads_counted_rows_only_and_says_when(cast, as_user):
    client = as_user(cast.curator)
    empty = client.get("/compliance/").content.decode()
    assert "За этот день ничего не посчитано" in empty and "Пересчитать" in empty
    counting.write(year_now())
    assert ClauseState.objects.count() == 178 + sum(len(one.requirements) for one in FRAMEWORKS)
    found = client.get("/compliance/?q=3.5-k2").content.decode()
    assert "Посчитано" in found and "пока нет" in found
    News.objects.create(title="Итоги", text="…", is_public=True)
    assert client.get("/compliance/?q=3.5-k2").content.decode().count("1\xa0новость") == 0, "nothing is asked anew"
    assert counting.write(year_now()) < 20, "only what has changed is written again"
    assert "1\xa0новость" in client.get("/compliance/?q=3.5-k2").content.decode()


def test_a_past_day_is_answered_from_what_was_counted_then(cast, as_user):
    counting.write(year_now())
    before = today() - timedelta(days=3)
    noon = timezone.make_aware(datetime(before.year, before.month, before.day, 12))
    ClauseState.objects.update(counted_at=noon)
    ClauseCount.objects.update(counted_at=noon, asked_at=noon)
    News.objects.create(title="Итоги", text="…", is_public=True)
    counting.write(year_now())
    client = as_user(cast.director)

    def shown(day):
        answer = client.get(f"/compliance/?q=3.5-k2&day={day.isoformat()}")
        return [row.badge.word for row in answer.context["listing"].rows]

    assert shown(today()) == ["исполнено"] and shown(before) == ["пока нет"]
    assert client.get("/compliance/").context["listing"].page.paginator.count == 178, "each clause stands once"
    assert shown(before - timedelta(days=1)) == [], "before the first counting nothing is said"
    assert shown(today() + timedelta(days=9)) == ["исполнено"], "the future is today"


def test_somebody_asks_and_the_worker_counts_once(cast, as_user):
    client = as_user(cast.council)
    assert client.post("/compliance/recount/").status_code == 302
    assert client.post("/compliance/recount/").status_code == 302
    asked = ClauseCount.objects.get()
    assert asked.asked_by == cast.council and "Идёт новый подсчёт" in client.get("/compliance/").content.decode()
    assert counting.count_year.call(asked.pk) > 178 and counting.count_year.call(asked.pk) == 0
    assert ClauseCount.objects.get().counted_at is not None
    assert as_user(cast.mentor).post("/compliance/recount/").status_code == 403


def test_the_clock_counts_once_a_night(cast):
    night = timezone.make_aware(datetime.combine(today(), datetime.min.time())) + timedelta(hours=5)
    assert counting.count_due(night) == 0, "a school that has never asked is left alone"
    acts.ask_count(year_now(), by=cast.curator)
    ClauseCount.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert counting.count_due(night) == 1, "what a stopped worker left is counted"
    assert counting.count_due(night) == 0
    ClauseCount.objects.update(counted_at=timezone.now() - timedelta(days=1, hours=5))
    assert counting.count_due(night.replace(hour=2)) == 0 and counting.count_due(night) == 1


def test_a_clause_that_is_not_applied_has_a_reason_and_comes_back(cast, as_user):
    year = year_now()
    counting.write(year)
    client = as_user(cast.curator)
    url = f"/compliance/{year}/3.4-c/"
    assert client.post(f"{url}exempt/", {"reason": " "}).status_code == 200 and not ClauseExemption.objects.exists()
    assert client.post(f"{url}exempt/", {"reason": "Объединения в школе нет"}).status_code == 302
    found = ClauseState.objects.filter(year=year).on(today()).get(clause="3.4-c")
    assert (found.state, found.facts[0]["words"]) == (EXEMPT, "Объединения в школе нет")
    with pytest.raises(Already):
        acts.exempt("3.4-c", year, by=cast.curator, reason="ещё раз")
    with pytest.raises(NotAllowed):
        acts.exempt("3.4-d", year, by=cast.chair, reason="не нужна")
    with pytest.raises(Refused):
        acts.exempt("1.1-a", year, by=cast.curator, reason="определение")
    shown = client.get(url).content.decode()
    assert "Объединения в школе нет" in shown and "Снова применять" in shown
    assert as_user(cast.chair).get(f"{url}exempt/").status_code == 403
    assert client.post(f"{url}apply/").status_code == 302
    assert ClauseState.objects.filter(year=year).on(today()).get(clause="3.4-c").state == NOT_YET
    assert of("3.4-c").state == NOT_YET
    assert ClauseExemption.objects.get().ended_by == cast.curator


def test_one_proof_answers_the_regulation_and_the_laws(cast, as_user):
    make_pairing(cast, "assigned")
    states = {one.clause: one for one in count(year_now())}
    assert states["3.2-b"].state == states["3.3-e2"].state == states["tk-consent"].state == DONE
    Consent.objects.filter(purpose="duties", part="mentor").update(**ENDED)
    states = {one.clause: one for one in count(year_now())}
    assert states["3.2-b"].state == NOT_YET and states["tk-consent"].state == PARTLY
    assert states["tk-agreement"].state in (PARTLY, OVERDUE)
    counting.write(year_now())
    text = as_user(cast.director).get("/compliance/laws/").content.decode()
    for said in ("Трудовой кодекс, статья 351.8", "152-ФЗ", "3.2-b", "пункт уже закона", "частично"):
        assert said in text, said


def test_contradictions_of_the_text_stand_with_what_the_school_has_settled(cast, as_user):
    client = as_user(cast.curator)
    text = client.get("/compliance/text/").content.decode()
    assert text.count("пока не решено") >= 9 and all(one.words in text for one in CONTRADICTIONS)
    one = next(one for one in CONTRADICTIONS if one.code == "who_is_curator")
    sent = {"words": "Куратором назначаем заместителя директора", "version": "1"}
    assert client.post("/compliance/text/who_is_curator/", sent).status_code == 302
    assert "Куратором назначаем заместителя директора" in client.get("/compliance/text/").content.decode()
    counting.write(year_now())
    shown = client.get(f"/compliance/{year_now()}/3.4-a/").content.decode()
    assert "Школа решила: Куратором назначаем" in shown
    acts.settle(one, by=cast.director, words="Иначе", version=1)
    with pytest.raises(Stale):
        acts.settle(one, by=cast.curator, words="Своё", version=1)
    assert client.get("/compliance/text/date_of_33/").status_code == 404, "settled in the legal base"
    assert as_user(cast.council).get("/compliance/text/who_is_curator/").status_code == 403


def test_the_list_is_filtered_and_goes_out_as_xlsx_and_paper(cast, as_user):
    counting.write(year_now())
    client = as_user(cast.director)

    def found(query):
        return client.get(f"/compliance/?{query}").context["listing"].page.paginator.count

    assert found("") == 178
    by_state = {state: found(f"state={state}") for state in ClauseState.State.values}
    assert sum(by_state.values()) == 178
    assert found("state=gaps") == by_state[PARTLY] + by_state[OVERDUE] + by_state[NOT_YET]
    assert sum(found(f"chapter={key}") for key in CHAPTERS) == 178
    assert 0 < found("who=наставляемый") < 40 and found("q=дорожную карту") >= 2
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/compliance/?chapter=8&format=xlsx").streaming_content))
    )
    assert book.active.max_row - 1 == found("chapter=8")
    text = text_of_pdf(client.get("/compliance/pdf/")).replace("\xa0", " ")
    for said in ("Исполнение Положения", "3.4-b2", "Трудовой кодекс", "по устройству системы"):
        assert said in text, said


def test_who_reads_it_and_what_opens(cast, as_user):
    counting.write(year_now())
    for name in ("director", "curator", "chair", "secretary", "council"):
        assert as_user(getattr(cast, name)).get("/compliance/").status_code == 200, name
    for name in ("clerk", "mentor", "mentee", "stranger", "sysadmin"):
        assert as_user(getattr(cast, name)).get("/compliance/").status_code == 403, name
    assert not cast.council.can(Right.ORDERS_SEE_ALL)
    chair = as_user(cast.council).get("/compliance/?q=3.3-e1").content.decode()
    assert "/orders/?kind=assignment" not in chair, "no address that a reader may not open"
    assert "/orders/?kind=assignment" in as_user(cast.director).get("/compliance/?q=3.3-e1").content.decode()
    assert as_user(cast.director).get(f"/compliance/{year_now()}/1.1-a/").status_code == 404


def test_the_page_asks_little(cast, as_user):
    counting.write(year_now())
    client = as_user(cast.curator)
    client.get("/compliance/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/compliance/")
    assert len(asked) <= 32


def test_addresses_of_proofs_are_inside(cast):
    assert all(urlsplit(fact["url"]).netloc == "" for one in count(year_now()) for fact in one.facts)
    assert evidence.PLAN.by == (10, 1)
