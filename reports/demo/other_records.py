"""Other records of the demo school: a local act, orders on proposal, a cancelled number, a withdrawal, access."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from mentoring_site.inbox import Group, items_for
from mentoring_site.lists import acts as list_acts
from people.access import acts as access_acts
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents.duties import acts as duty_acts
from people.consents.models import Consent
from people.consents.operator import acts as operator_acts
from people.consents.requests import acts as request_acts
from people.consents.requests.models import DataRequest
from people.handover import acts as handover_acts
from people.retention import acts as retention_acts
from people.retention.models import RetentionTerm
from people.school.workdays import add_workdays
from programs.mentor_agreements.list_page import AGREEMENTS
from reports.demo.acts_to_read import act_draft, acts_to_read
from reports.demo.annual import annual_reports
from reports.demo.bodies import life_of_bodies
from reports.demo.council_and_agreements import further_agreements, signed_minutes
from reports.demo.events import life_of_events
from reports.demo.legal_base import legal_base
from reports.demo.library import library
from reports.demo.lifecycle import Lifecycle
from reports.demo.monitoring import life_of_monitoring
from reports.demo.partners import life_of_partners
from reports.demo.past import year_before
from reports.demo.practices import practices
from reports.demo.proved import numbers_and_gaps
from reports.demo.released import contest, department_heads, release
from reports.demo.scenarios import Scenario
from reports.demo.surveys import life_of_surveys
from reports.demo.training import life_of_training
from reports.demo.year import year_proved
from reports.home import acts as desk_acts
from reports.orders.drafting.proposals import propose
from reports.orders.drafting.to_signature import to_signature
from reports.orders.list_page import ORDERS
from reports.orders.models import Order
from reports.orders.order_kinds.event.draft import EventDraft
from reports.orders.order_kinds.incentive.draft import IncentiveDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.registration import numbers as registration_numbers

THANKED = 12  # days ago, when the order of thanks was signed


def add_other_records(demo):
    """Schedule the steps of all these records."""
    sequences = (
        acts_to_read(demo, 50),
        act_draft(demo, 6),
        cancelled(demo, 21),
        thanks(demo),
        conference(demo, 2),
        department_heads(demo, 400),
        release(demo),
        contest(demo),
        withdrawal(demo, 2),
        correction(demo),
        leak(demo),
        question(demo, 1),
        further_agreements(demo, 6),
        access(demo),
        legal_base(demo, 120),
        operator(demo, 100),
        terms_of_keeping(demo, 90),
        shared_view(demo, 30),
        put_off(demo, 1),
        *life_of_bodies(demo),
        *life_of_training(demo),
        *life_of_surveys(demo),
        *life_of_partners(demo),
        library(demo, 70),
        practices(demo, 45),
        *life_of_events(demo),
        *year_proved(demo),
        *numbers_and_gaps(demo),
        *life_of_monitoring(demo),
        *annual_reports(demo),
        year_before(demo, 20),
    )
    for steps in sequences:
        demo.calendar.add(steps)


def put_off(demo, days_ago: int):
    """The curator puts a late task of the roadmap off till next week."""
    yield days_ago
    curator = demo.user("curator")
    tasks = [item for item in items_for(curator) if item.group == Group.ROADMAP and item.until]
    if tasks:
        until = timezone.localdate() + timedelta(days=7)
        desk_acts.postpone(tasks[0], by=curator, until=until, reason="решим на совете в декабре")


def terms_of_keeping(demo, days_ago: int):
    """The clerk sets the term of answered requests and adds a kind of documents that the list does not name."""
    yield days_ago
    clerk = demo.user("clerk")
    plain: dict[str, Any] = {"by_commission": False, "from_day": False, "note": ""}
    asked = RetentionTerm.objects.get(code="request")
    given = {"documents": asked.documents, "kind": "years", "years": 3, "article": "номенклатура дел школы", **plain}
    retention_acts.change(asked, by=clerk, version=asked.version, **given)
    own: dict[str, Any] = {
        "documents": "Афиши и программы концертов",
        "kind": "years",
        "years": 5,
        "article": "номенклатура дел школы",
    }
    retention_acts.add(by=clerk, **own, **plain)


def shared_view(demo, days_ago: int):
    """The curator keeps two views of lists, one of them for everybody who opens the list."""
    yield days_ago
    curator = demo.user("curator")
    list_acts.save(ORDERS.url, "state=open&year=all", "Проекты и на подписи", by=curator, shared=True)
    list_acts.save(AGREEMENTS.url, "stage=order&year=all", "Ждут приказа об оплате", by=curator)


def cancelled(demo, days_ago: int):
    """A number that no order will bear."""
    yield days_ago
    year = timezone.localdate().year
    registration_numbers.set_aside(
        "cancelled",
        "main",
        year,
        registration_numbers.suggest("main", year),
        by=demo.user("clerk"),
        reason="Приказ внесён в журнал дважды, второй номер не использован",
    )


def operator(demo, days_ago: int):
    """What the school tells Роскомнадзор of itself and the system does not know (152-ФЗ, ст. 22)."""
    yield days_ago
    clerk = demo.user("clerk").person
    operator_acts.save(
        by=demo.user("director"),
        version=1,
        place="сервер школы: 358000, г. Элиста, ул. Учебная, д. 1",
        responsible=f"{clerk.full_name}, специалист по кадрам",
        contacts="358000, г. Элиста, ул. Учебная, д. 1; +7 (000) 000-00-00; kadry@school.example",
        started_on=Consent.objects.order_by("given_on").values_list("given_on", flat=True).first(),
    )


def access(demo):
    """Two people for a way into an account: one request is released and its owner has not answered, one waits."""
    yield 2
    admin, clerk = demo.user("sysadmin"), demo.user("clerk")
    moved = access_acts.ask("email", clerk, by=admin, why="Новый рабочий адрес", email="kadry@school.example")
    access_acts.release(moved, by=demo.user("director"), code=settings.DEMO_PASSWORD)
    yield 1
    access_acts.ask("slip", demo.user("chair"), by=admin, why="Забыт пароль после отпуска")


def thanks(demo):
    """The council proposes, the director thanks the mentors whose results are known (п. 3.5)."""
    orders = Lifecycle(demo, Scenario("", "", "done", THANKED))
    yield THANKED + 6
    ended = Order.objects.filter(kind="completion", state=Order.State.REGISTERED).order_by("date")[:2]
    mentors = [
        item.subject.participation.pairing.participations.get(part="mentor").person
        for order in ended
        for item in order.items.all()[:1]
    ]
    number = demo.minutes_number()
    question = (
        "О поощрении наставников по итогам учебного года",
        "Соколовскую Л. П.: о результатах программ, завершённых за год.",
        "Предложить директору объявить благодарность наставникам, чьи программы завершены с хорошими результатами.",
    )
    signed_minutes(demo, number, questions=[question])
    council_day = timezone.localdate()
    yield THANKED + 4
    draft = IncentiveDraft("thanks", "за результативную работу наставником в 2025/2026 учебном году")
    particulars = Particulars(draft, {"main": mentors}, minutes_number=number, minutes_date=council_day)
    order = propose("incentive", particulars, by=demo.user("curator"))
    yield from orders.carry_order(order, THANKED, beside=True)


def conference(demo, days_ago: int):
    """A draft of an order on a round table."""
    yield days_ago
    day = add_workdays(demo.calendar.today, 16)
    draft = EventDraft(
        event_type="round_table",
        title="Наставник и молодой педагог: полгода вместе",
        place="Малый зал школы",
        begins=day,
        ends=day,
        plan="15:00 — Открытие\n15:15 — Рассказы наставнических пар\n16:30 — Обсуждение и итоги",
    )
    people = {"head": [demo.user("curator").person], "member": [demo.user(n).person for n in ("chair", "mentor2")]}
    propose("event", Particulars(draft, people), by=demo.user("curator"))
    shown = replace(draft, event_type="round_table", title="Открытые уроки наставников: чему мы научились")
    to_signature(propose("event", Particulars(shown, people), by=demo.user("curator")), by=demo.user("curator"))


def correction(demo):
    """A teacher has asked to correct a phone: corrected, answered, closed (152-ФЗ, ст. 20, 21)."""
    clerk = demo.user("clerk")
    yield 30
    asked = request_acts.open_request(
        "correct",
        by=clerk,
        person=demo.user("mentee2").person,
        channel="paper",
        number="12",
        received_on=timezone.localdate(),
        words="В списке сотрудников неверно записано место окончания училища.",
        responsible=clerk.person,
    )
    yield 27
    duty_acts.done(asked.duties.get(kind="correct"), by=clerk, note="исправлено по диплому")
    yield 26
    request_acts.close(
        asked,
        by=clerk,
        outcome="done",
        answer="Сведения об образовании исправлены по представленному диплому.",
        answered_on=timezone.localdate(),
        answer_number="9",
    )


def leak(demo):
    """A list went to a wrong address: told in 24 and in 72 hours, inquired, closed (ст. 21, ч. 3.1)."""
    clerk = demo.user("clerk")
    yield 40
    known = {
        "noticed_at": timezone.now(),
        "categories": "фамилии, имена, отчества, номера телефонов",
        "people": "работники школы, 14 человек",
        "cause": "ошибка при выборе получателя письма",
        "harm": "нежелательные звонки",
        "measures": "получателя попросили удалить письмо, он это подтвердил",
        "contact": f"{clerk.person.full_name}, специалист по кадрам",
    }
    made = request_acts.open_request(
        "leak",
        by=clerk,
        person=None,
        channel="found",
        received_on=timezone.localdate(),
        words="Список телефонов отделения отправлен по ошибочному адресу.",
        responsible=clerk.person,
        incident=known,
    )
    duty_acts.done(made.duties.get(kind="first"), by=clerk, note="уведомление отправлено через личный кабинет")
    yield 39
    found = {"findings": "Письмо удалено, дальше данные не ушли.", "culprits": "работник школы, неосторожность"}
    request_acts.describe(made, by=clerk, version=1, **found)
    duty_acts.done(made.duties.get(kind="result"), by=clerk, note="дополнительное уведомление отправлено")
    yield 38
    made = DataRequest.objects.get(pk=made.pk)
    request_acts.close(
        made,
        by=clerk,
        outcome="done",
        answer="Утечка устранена, получатель предупреждён.",
        answered_on=timezone.localdate(),
    )


def question(demo, days_ago: int):
    """A question about one's data that waits for its answer."""
    yield days_ago
    clerk = demo.user("clerk")
    asked = request_acts.open_request(
        "question",
        by=clerk,
        person=demo.user("mentor2").person,
        channel="email",
        received_on=timezone.localdate(),
        words="Какие мои данные есть в системе и кто их видит?",
        responsible=clerk.person,
    )
    note = "Меня не будет до конца недели, срок ответа прежний"
    curator = demo.user("curator").person
    handover_acts.hand_over(clerk.person, to=curator, keys=[f"data-request:{asked.pk}"], by=clerk, note=note)


def withdrawal(demo, days_ago: int):
    """Somebody without a pair has withdrawn the processing: what is due has its days (152-ФЗ, ст. 21)."""
    yield days_ago
    waiting = Consent.objects.live().filter(
        purpose="processing", person__participations__isnull=True, person__candidates__state=Candidate.State.APPLIED
    )
    consent = waiting.order_by("-given_on", "-pk").first()
    consent_acts.withdraw(consent, by=demo.user("clerk"), on=timezone.localdate())
