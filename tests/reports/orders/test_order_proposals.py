"""Orders whose substance is typed with them: what they say, what they refuse, what their registration does (1.4)."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.roles.models import RoleGrant
from people.school.models import School
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.change.draft import ChangeDraft
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import since
from reports.orders.printing import pdf as printing_pdf
from reports.orders.proposal_models import Proposal
from roadmap.regulation.models import Regulation
from tests.factories import make_person
from tests.reports.orders.kit import LABOUR, PARTICULARS, enter, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1", "3.13")]

SAYS = {
    "regulation": (
        "Об утверждении Положения о системе наставничества педагогических работников",
        "Утвердить Положение о системе наставничества педагогических работников согласно приложению № 1",
        "Утвердить дорожную карту",
        "Приложение № 1",
        "УТВЕРЖДЕНО",
        "Приложение № 2",
        "УТВЕРЖДЕНА",
        f"Признать утратившим силу {since(timezone.localdate())} Положение о системе наставничества педагогических"
        " работников, утверждённое приказом от 30.08.2026 № 38-од".replace("\xa0", " "),
    ),
    "curator": (
        "О назначении куратора реализации программ наставничества",
        "Назначить куратором реализации программ наставничества Уланову Наталью Сергеевну, заместителя директора",
        "Куратору Улановой Н. С.:",
        "от обязанностей куратора",
    ),
    "incentive": (
        "О поощрении наставников",
        "Объявить благодарность за результативную работу наставником:",
        "Санджи-Горяевой Кермен Бадмаевне, преподавателю",
        "Амур-Санану Савру Очировичу",
        "на основании предложения методического совета (протокол от",
    ),
    "event": (
        "О проведении круглого стола «Наставник в школе искусств»",
        "в малом зале круглый стол «Наставник в школе искусств».",
        "Утвердить состав организационного комитета согласно приложению № 1",
        "УТВЕРЖДЁН",
        "Программа проведения",
        "10:15",
    ),
    "association": (
        "О создании школьного методического объединения наставников",
        "Назначить руководителем школьного методического объединения наставников Басангову Нину Бадмаевну",
        "Руководителю объединения Басанговой Н. Б.",
        "УТВЕРЖДЁН",
    ),
    "release": (
        "Об освобождении от выполнения должностных обязанностей для участия в мероприятии и о замене",
        (
            "с 10:00 до 12:00 для участия в мероприятии «Взаимопосещение уроков» персонализированной программы"
            " наставничества"
        ),
        "с сохранением среднего заработка",
        "Возложить с письменного согласия работника проведение занятий",
        "на Кима Дмитрия Эдуардовича",
        "в размере 10 процентов должностного оклада",
        "График замен",
        "Ким Дмитрий Эдуардович",
    ),
    "change": (
        "О внесении изменений в приказ от",
        "Внести в приказ от",
        "следующее изменение:",
        "В остальной части указанный приказ действует без изменений.",
    ),
}


def plain(text):
    return "".join(text.split())


def test_the_catalogue_has_every_kind_that_is_typed():
    assert {*PARTICULARS, *LABOUR} == {code for code, kind in KINDS.items() if kind.form}
    assert set(PARTICULARS) == set(SAYS)  # LABOUR: tests/reports/orders/test_order_labour.py


@pytest.mark.point("3.3", "3.12")
@pytest.mark.clause("1.4-b", "3.4-c", "П.1-a")
@pytest.mark.parametrize("kind", SAYS)
def test_the_paper_is_ready_for_the_pen(cast, kind):
    order = make_order(cast, kind, "at_signature")
    data = printing_pdf.pdf_of(order)
    paper = plain(read(data))
    for words in (*SAYS[kind], "ПРИКАЗЫВАЮ:", "Контроль за исполнением настоящего приказа оставляю за собой."):
        assert plain(words) in paper, words
    assert plain(cast.director.person.signature_name) in paper
    reader = PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "ru"
    order = enter(order, cast)
    assert order.state == "registered" and order.items.get(proposal__isnull=False).proposal.state == "enacted"
    assert order.series == KINDS[kind].series
    with pytest.raises(Already):
        enter(order, cast)


@pytest.mark.clause("3.3-b1", "3.3-d", "9.1-a")
def test_the_order_on_the_regulation_puts_it_in_force_with_the_roadmap(cast):
    old = Regulation.objects.create(
        title="Прежнее", text="…", state="approved", order_number="1-од", order_date="2025-09-01"
    )
    order = make_order(cast, "regulation", "registered")
    old.refresh_from_db()
    now = Regulation.objects.get(state="approved")
    school = School.get()
    assert (old.state, now.order_number) == ("superseded", order.number)
    assert (school.regulation_number, school.regulation_date) == (order.number, order.date)
    assert order.items.get(roadmap__isnull=False).roadmap.state == "approved"


@pytest.mark.clause("3.3-c1")
def test_the_order_on_the_curator_gives_the_role_and_ends_the_former(cast):
    order = make_order(cast, "curator", "registered")
    person = order.items.get().proposal.one_as("main")
    today = timezone.localdate()
    assert [g.person for g in RoleGrant.objects.live(today).filter(role="curator")] == [person]
    grant = RoleGrant.objects.get(person=person)
    assert (grant.order_number, grant.order_date, grant.since) == (order.number, order.date, today)
    assert School.get().curator_number == order.number
    assert RoleGrant.objects.get(person=cast.curator.person).until == today - timedelta(days=1)


def test_a_change_is_told_on_the_changed_order(cast, as_user):
    order = make_order(cast, "change", "registered")
    base = order.items.get().proposal.base
    page = as_user(cast.clerk).get(base.get_absolute_url()).content.decode()
    assert f"изменён приказом от {order.date:%d.%m.%Y} № {order.number}" in page.replace("\xa0", " ").lower()
    assert set(order.acquaintances.values_list("person", flat=True)) >= set(
        base.acquaintances.values_list("person", flat=True)
    )


def revocation(cast, base):
    draft = ChangeDraft(whole=True, text="", reason="в связи с переносом сроков")
    order = drafting_proposals.propose("change", Particulars(draft, base=base), by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    return order


def test_a_whole_order_loses_its_force_in_its_own_series(cast):
    base = make_order(cast, "incentive", "registered")
    order = revocation(cast, base)
    assert order.heading.startswith("О признании утратившим силу приказа от") and order.series == base.series == "staff"
    enter(drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator), cast)
    base.refresh_from_db()
    assert base.state == "revoked"


def test_what_an_order_has_changed_ends_by_an_order_of_its_own(cast):
    with pytest.raises(Refused, match=r"последствия не прекратить.*о прекращении закрепления"):
        drafting_acts.agree(revocation(cast, make_order(cast, "assignment", "registered")), by=cast.curator)


def test_the_roadmap_follows_the_particulars(cast):
    order = make_order(cast, "regulation")
    proposal = order.items.get(proposal__isnull=False).proposal
    changed = Particulars(replace(proposal.draft, roadmap=None))
    order = drafting_proposals.restate(order, changed, by=cast.curator, version=order.version)
    assert not order.items.filter(roadmap__isnull=False).exists()
    assert "дорожную карту" not in " ".join(p["text"] for p in order.points)
    with pytest.raises(Stale):
        drafting_proposals.restate(order, changed, by=cast.curator, version=order.version - 1)


@pytest.mark.clause("3.4-c", "3.5-j")
@pytest.mark.parametrize(
    ("kind", "spoil", "sentence"),
    [
        ("incentive", {"minutes_number": "", "minutes_date": None}, "Нет предложения методического совета"),
        ("release", {"people": {"substitute": []}}, "не назначено, кто его проведёт"),
        ("association", {"people": {"member": []}}, "меньше двух членов"),
        ("association", {"draft": {"proposed_on": None}}, "Нет даты предложения куратора"),
        ("event", {"people": {"head": []}}, "Не назначен ответственный"),
        ("regulation", {"draft": {"text": "коротко"}}, "Нет текста Положения"),
    ],
)
def test_an_order_waits_for_what_it_needs(cast, kind, spoil, sentence):
    particulars = PARTICULARS[kind](cast)
    changed = dict(spoil)
    if "draft" in spoil:
        changed["draft"] = replace(particulars.draft, **spoil["draft"])
    if "people" in spoil:
        changed["people"] = particulars.people | spoil["people"]
    particulars = replace(particulars, **changed)
    if kind == "association":
        particulars.people["head"] = [make_person()]
    order = drafting_proposals.propose(kind, particulars, by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    with pytest.raises(Refused, match=sentence):
        drafting_acts.agree(order, by=cast.curator)


@pytest.mark.clause("1.4-c")
def test_a_release_says_why_the_case_is_exceptional(cast, as_user):
    particulars = PARTICULARS["release"](cast)
    client, url = as_user(cast.curator), f"{reverse('reports:order_new')}?kind=release"
    data = {
        "activity": particulars.draft.activity,
        "main": cast.mentor.person_id,
        "day": particulars.draft.day,
        "kept": "average",
        "reason": " ",
        "request_key": str(client.get(url).context["form"].initial["request_key"]),
    }
    assert client.post(url, data).context["form"].errors["reason"]
    assert not Order.objects.exists()
    client.post(url, data | {"reason": "открытый урок проводится только в этот день"})
    assert "в связи с тем, что открытый урок проводится только в этот день" in Order.objects.get().preamble


def test_only_a_registered_order_is_changed(cast):
    particulars = PARTICULARS["change"](cast)
    order = drafting_proposals.propose("change", particulars, by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    Order.objects.filter(pk=particulars.base.pk).update(state="revoked")
    with pytest.raises(Refused, match="менять можно только действующий приказ"):
        drafting_acts.agree(order, by=cast.curator)


def test_what_a_draft_is_about_is_changed_and_goes_with_it(cast):
    order = make_order(cast, "curator")
    particulars = PARTICULARS["curator"](cast)
    other = make_person("Ким", "Анна", "Эдуардовна", post="заместитель директора")
    particulars.people["main"] = [other]
    order = drafting_proposals.restate(order, particulars, by=cast.curator, version=order.version)
    assert "Ким Анну Эдуардовну" in order.points[0]["text"].replace("\xa0", " ")
    with pytest.raises(NotAllowed):
        drafting_proposals.restate(order, particulars, by=cast.mentor, version=order.version)
    drafting_acts.discard(order, by=cast.curator, reason="передумали")
    assert not Proposal.objects.exists()


POST = {
    "incentive": {"measure": "thanks", "merit": "за работу", "minutes_number": "3", "minutes_date": "2026-09-01"},
    "event": {"event_type": "monitoring", "begins": "2026-12-01", "ends": "2026-12-20"},
    "association": {"proposed_on": "2026-08-31"},
    "curator": {"since": "2026-12-01"},
    "regulation": {"text": "Положение. " * 30, "since": "2026-12-01"},
}


@pytest.mark.parametrize("kind", POST)
def test_the_page_makes_a_draft_once(cast, as_user, kind):
    client = as_user(cast.clerk)
    url = f"{reverse('reports:order_new')}?kind={kind}"
    form = client.get(url).context["form"]
    people = [make_person() for _ in range(3)]
    data = POST[kind] | {"request_key": str(form.initial["request_key"])}
    for field in KINDS_OF_PEOPLE.get(kind, ()):
        data[field] = [p.pk for p in people] if field == "member" or kind == "incentive" else people[0].pk
    for _ in range(2):
        answer = client.post(url, data)
        assert answer.status_code == 302, answer.context["form"].errors
    order = Order.objects.get()
    assert answer["Location"] == order.get_absolute_url()
    page = client.get(order.get_absolute_url())
    assert page.status_code == 200 and "Изменить сведения" in page.content.decode()
    restate = reverse("reports:order_restate", args=[order.pk])
    shown = client.get(restate)
    assert client.post(restate, data | {"version": 0}).status_code == 200  # somebody else was first
    assert client.post(restate, data | {"version": shown.context["form"].initial["version"]}).status_code == 302
    assert Proposal.objects.count() == 1


KINDS_OF_PEOPLE = {
    "incentive": ("main",),
    "event": ("head", "member"),
    "association": ("head", "member"),
    "curator": ("main",),
}


@pytest.mark.parametrize(
    ("kind", "data", "field", "sentence"),
    [
        (
            "curator",
            {"since": "2026-12-02", "until": "2026-12-01"},
            "until",
            "Последний день не может быть раньше первого",
        ),
        ("incentive", {"measure": "bonus"}, "amount", "Напишите размер премии"),
        ("incentive", {"minutes_number": "3"}, "minutes_date", "Укажите и номер, и дату протокола"),
        ("event", {"event_type": "seminar"}, "title", "Напишите название"),
        (
            "event",
            {"begins": "2026-12-02", "ends": "2026-12-01"},
            "ends",
            "Последний день не может быть раньше первого",
        ),
        ("release", {"time_0": "10:00"}, "what_0", "Укажите и время, и занятие"),
        ("release", {"starts": "10:00"}, "ends", "Укажите и начало, и конец"),
        ("change", {"whole": "no"}, "text", "Напишите, что меняется"),
        ("regulation", {"text": "мало"}, "text", "Слишком коротко"),
    ],
)
def test_a_slip_is_told_at_the_field(cast, as_user, kind, data, field, sentence):
    answer = as_user(cast.clerk).post(f"{reverse('reports:order_new')}?kind={kind}", data)
    assert answer.status_code == 200 and any(sentence in error for error in answer.context["form"].errors[field])
    assert not Order.objects.exists()


def test_others_neither_compose_nor_change(cast, as_user):
    order = make_order(cast, "curator")
    for user in (cast.mentor, cast.council, cast.stranger):
        assert as_user(user).get(f"{reverse('reports:order_new')}?kind=curator").status_code == 403
        assert as_user(user).get(reverse("reports:order_restate", args=[order.pk])).status_code in (403, 404)


def test_a_typed_order_asks_the_database_no_more_for_more_people(cast, as_user, django_assert_max_num_queries):
    client = as_user(cast.clerk)
    few, many = PARTICULARS["incentive"](cast), PARTICULARS["incentive"](cast)
    many.people["main"] = [*many.people["main"], *[make_person() for _ in range(6)]]
    pages = [drafting_proposals.propose("incentive", p, by=cast.curator).get_absolute_url() for p in (few, many)]
    for page in pages:  # the first look rehearses the registration
        client.get(page)
    with django_assert_max_num_queries(30) as first:
        client.get(pages[0])
    with django_assert_max_num_queries(len(first)):
        client.get(pages[1])


@pytest.mark.point("21")
def test_the_whole_staff_stands_in_a_frame_that_scrolls(cast, as_user):
    page = as_user(cast.curator).get(reverse("reports:order_new"), {"kind": "event"}).content.decode()
    assert page.count('<div class="choices many">') == 1 and "---------" not in page
