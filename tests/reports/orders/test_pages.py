"""Pages of orders: who sees what, choice of items, steps, files with their hash, filters, constant queries."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import ReplacedFile
from mentoring_site.ui.elements import Fact
from people.accounts.models import User
from people.consents.models import Consent
from people.register.models import Person
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS as ALL_KINDS
from reports.orders.printing import pdf as printing_pdf
from tests.factories import make_pairing, make_person, make_program
from tests.paper import pdf
from tests.reports.orders.kit import (
    STATES,
    SUBJECTS,
    advance,
    enter,
    make_mentor,
    make_order,
    make_roadmap,
    read,
    with_unappointed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.point("14")]
PDF = pdf()


def url(name, order, **more):
    return reverse(f"reports:order_{name}" if name else "reports:order", args=[order.pk]) + more.get("query", "")


def body(response):
    return b"".join(response.streaming_content)


def visaed(cast, **more):
    order = make_order(cast, **more)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    return order


@pytest.fixture
def registered(cast):
    """A registered order about the mentor and the mentee of the cast, printed."""
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)
    order = make_order(cast, state="registered", items=[pairing])
    printing_pdf.print_order.call(order.pk)
    order.refresh_from_db()
    return order


def test_who_sees_which_orders(cast, as_user, registered):
    draft = make_order(cast, "programs", items=[make_program(cast, "agreed")])  # the chair has a visa here
    seen = {
        "director": {registered, draft},
        "curator": {registered, draft},
        "clerk": {registered, draft},
        "chair": {draft},
        "mentor": {registered},
        "mentee": {registered},
        "stranger": set(),
        "sysadmin": set(),
        "council": set(),
    }
    for name, expected in seen.items():
        client = as_user(getattr(cast, name))
        assert client.get(reverse("reports:orders")).context["listing"].page.paginator.count == len(expected), name
        for order in (registered, draft):
            status = 200 if order in expected else 404
            pages = ["", "preview", *(["pdf", "document"] if order == registered else [])]
            assert [client.get(url(p, order)).status_code for p in pages] == [status] * len(pages), (name, order)


def test_a_draft_about_somebody_is_not_seen_by_them(cast, as_user):
    order = make_order(cast, items=[make_pairing(cast, "recommended", mentor=cast.mentor)])
    assert as_user(cast.mentor).get(url("", order)).status_code == 404
    assert as_user(cast.mentor).get(url("register", order)).status_code == 404


@pytest.mark.point("9.13")
@pytest.mark.parametrize(("gender", "words"), [("m", "С приказом ознакомлен"), ("f", "С приказом ознакомлена")])
def test_the_button_of_a_reader_agrees_with_the_reader(cast, as_user, registered, gender, words):
    Person.objects.filter(pk=cast.mentor.person_id).update(gender=gender)
    assert as_user(User.objects.get(pk=cast.mentor.pk)).get(url("", registered)).context["sheet"].read_word == words


def test_a_reader_sees_only_the_own_line_of_the_sheet(cast, as_user, registered):
    assert [row.person for row in as_user(cast.mentor).get(url("", registered)).context["sheet"].rows] == [
        cast.mentor.person.full_name
    ]
    assert len(as_user(cast.clerk).get(url("", registered)).context["sheet"].rows) == 4  # the pair and two executors


def test_steps_belong_to_the_office(cast, as_user, registered):
    for name in ("edit", "recompose", "agree", "send", "back", "discard", "register", "scan"):
        assert as_user(cast.mentor).get(url(name, registered)).status_code == 403, name
    for name in ("orders_journal", "order_new"):
        assert as_user(cast.mentor).get(reverse(f"reports:{name}")).status_code == 403


def test_what_is_not_ready_stands_switched_off_with_its_reason(cast, as_user):
    ready, bare = make_pairing(cast, "recommended"), make_pairing(cast, "recommended")
    Consent.objects.filter(matter=bare.uuid).delete()
    taken = make_pairing(cast, "recommended")
    make_order(cast, items=[taken])
    client, page = as_user(cast.curator), reverse("reports:order_new") + f"?kind=assignment&pairing={ready.pk}"
    rows = {row.pk: row for row in client.get(page).context["rows"]}
    assert [rows[str(p.pk)].enabled for p in (ready, bare, taken)] == [True, False, False]
    assert rows[str(ready.pk)].checked
    assert "Нет письменного согласия" in rows[str(bare.pk)].reasons[0].text
    key = client.get(page).context["form"].initial["request_key"]
    refused = client.post(page, {"items": [bare.pk], "request_key": key})
    assert "уже не готово" in refused.content.decode()
    made = client.post(page, {"items": [ready.pk], "request_key": key})
    order = Order.objects.latest("pk")
    assert made.url == order.get_absolute_url() and order.items.get().pairing == ready
    again = client.post(page, {"items": [ready.pk], "request_key": key})
    assert (Order.objects.count() == 2 and "уже не готово" in again.content.decode()) or again.url == made.url


@pytest.mark.point("14", "24")
def test_a_long_choice_comes_in_parts_and_the_wanted_stands_first(cast, as_user, monkeypatch):
    monkeypatch.setattr("reports.orders.drafting.kind_choice.AT_ONCE", 2)
    pairs = [make_pairing(cast, "recommended") for _ in range(3)]
    client, page = as_user(cast.curator), reverse("reports:order_new") + "?kind=assignment"
    first = client.get(page)
    assert [row.pk for row in first.context["rows"]] == [str(p.pk) for p in pairs[:2]]
    assert first.context["next_url"] and not first.context["first_url"]
    rest = client.get(reverse("reports:order_new") + first.context["next_url"])
    assert [row.pk for row in rest.context["rows"]] == [str(pairs[2].pk)]
    assert rest.context["first_url"] and not rest.context["next_url"]
    asked = client.get(f"{page}&pairing={pairs[2].pk}").context
    assert [row.pk for row in asked["rows"]] == [str(pairs[2].pk), str(pairs[0].pk)] and asked["rows"][0].checked
    left = client.get(reverse("reports:order_new") + asked["next_url"]).context["rows"]
    assert [row.pk for row in left] == [str(pairs[1].pk)]  # nobody falls between two parts
    for wrong in ("-1", "x", "9" * 40):
        assert client.get(f"{page}&after={wrong}&pairing={wrong}").status_code == 200
    assert "это первые 2" in client.get(reverse("reports:order_new")).content.decode()


def test_every_kind_can_be_chosen(cast, as_user):
    make_mentor(cast), make_roadmap(cast)
    client = as_user(cast.clerk)
    page = client.get(reverse("reports:order_new")).context
    kinds = [k for group in [*page["possible"], *page["closed"]] for k in group.rows]
    assert {k.url.split("=")[1]: k.ready for k in kinds if k.ready} == {"appointment": 1, "roadmap": 1}
    assert {k.url.split("=")[1] for k in kinds} == ALL_KINDS.keys()
    assert {client.get(k.url).status_code for k in kinds} == {200}


def test_the_whole_way_through_the_pages(cast, as_user):
    order = make_order(cast, items=[make_pairing(cast, "recommended")])
    for user in (cast.curator, cast.clerk):
        visa = order.visas.get(person=user.person)
        as_user(user).post(reverse("reports:visa_give", args=[visa.pk]), {"version": order.version})
    client = as_user(cast.curator)
    for step in ("agree", "send"):
        assert client.get(url(step, order)).status_code == 200
        assert client.post(url(step, order)).url == order.get_absolute_url()
    page = client.get(url("", order))
    assert "На подписи у директора" in page.content.decode()
    confirm = as_user(cast.clerk).get(url("register", order))
    assert "Будет закреплена 1\xa0пара, 2\xa0человека" in confirm.context["consequences"]
    today = timezone.localdate().isoformat()
    data = {
        "number": "1-од",
        "date": today,
        "effective_on": "",
        "gap_reason": "",
        "scan": SimpleUploadedFile("скан.pdf", PDF),
    }
    answer = as_user(cast.clerk).post(url("register", order), data, follow=True)
    assert "зарегистрирован и действует" in answer.content.decode() and "Готовится документ" in answer.content.decode()
    order.refresh_from_db()
    assert (order.state, order.number, order.scan.name) == ("registered", "1-од", "скан.pdf")
    again = as_user(cast.clerk).post(url("register", order), data | {"scan": ""}, follow=True)
    assert "уже зарегистрирован" in again.content.decode()


def test_a_gap_asks_for_its_reason_and_keeps_what_was_typed(cast, as_user):
    enter(make_order(cast, state="at_signature"), cast)
    order = make_order(cast, state="at_signature")
    data = {"number": "5-од", "date": timezone.localdate().isoformat()}
    page = as_user(cast.clerk).post(url("register", order), data).content.decode()
    assert "Пропущены номера: 2–4" in page and 'value="5-од"' in page and 'id="id_gap_reason"' in page
    as_user(cast.clerk).post(url("register", order), data | {"gap_reason": "заняты приказами об отпусках"})
    order.refresh_from_db()
    assert (order.number, order.gap_reason) == ("5-од", "заняты приказами об отпусках")
    journal = as_user(cast.clerk).get(reverse("reports:orders_journal"))
    assert [row.skipped for row in journal.context["listing"].rows] == ["", "2–4", ""]


def test_editing_keeps_the_text_of_both_who_edit_at_once(cast, as_user):
    order = make_order(cast)
    client = as_user(cast.curator)
    form = client.get(url("edit", order)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    drafting_acts.edit(
        order, by=cast.clerk, version=order.version, heading="О другом", preamble=order.preamble, points=["Да."]
    )
    page = client.post(url("edit", order), data | {"heading": "О моём"})
    assert page.status_code == 200 and Fact("Заголовок", "О другом") in page.context["changed"]
    assert 'value="О моём"' in page.content.decode()
    order.refresh_from_db()
    client.post(url("edit", order), data | {"heading": "О моём", "version": order.version})
    order.refresh_from_db()
    assert order.heading == "О моём"


def test_the_draft_page_shows_names_warnings_and_edited_points(cast, as_user):
    order = make_order(
        cast, items=[make_pairing(cast, "recommended", mentor=make_person("Басангов", "Очир", "Санджиевич", "m"))]
    )
    drafting_acts.edit(
        order,
        by=cast.curator,
        version=order.version,
        heading=order.heading,
        preamble=order.preamble,
        points=[order.points[1]["text"], "Сделать до 1 мая 2020 г."],
    )
    context = as_user(cast.curator).get(url("", order)).context
    assert "Басангову\xa0О.\xa0С." in next(n.forms for n in context["names"] if n.name.startswith("Басангов"))
    assert any("1\xa0мая\xa02020\xa0г." in w for w in context["warnings"]) and context["edited"]


@pytest.mark.point("14", "15")
def test_the_paper_is_framed_only_by_our_own_page(cast, as_user, registered):
    client = as_user(cast.clerk)
    assert "frame-src 'self'" in client.get(url("", registered)).headers["Content-Security-Policy"]
    assert "frame-src" not in client.get(reverse("reports:orders")).headers["Content-Security-Policy"]
    framed = client.get(url("pdf", registered, query="?inline=1"))
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN" and framed.headers["Content-Disposition"].startswith(
        "inline"
    )
    taken = client.get(url("pdf", registered))
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert "№ 1-од" in read(body(taken))
    draft = client.get(url("preview", make_order(cast)))
    assert (
        draft.headers["Content-Type"] == "application/pdf"
        and "frame-ancestors 'self'" in draft.headers["Content-Security-Policy"]
    )


def test_a_damaged_file_is_never_handed_out(cast, as_user, registered):
    client = as_user(cast.clerk)
    with open(registered.pdf.file.path, "ab") as file:
        file.write(b"\n%forged")
    answer = client.get(url("pdf", registered))
    assert answer.status_code == 409 and "не совпадает" in answer.content.decode()
    registered.pdf.file.storage.delete(registered.pdf.file.name)
    answer = client.get(url("pdf", registered, query="?inline=1"))
    assert answer.status_code == 409 and "нет в хранилище" in answer.content.decode()


def test_the_document_is_awaited_and_a_failure_is_told(cast, as_user):
    order = make_order(cast, state="registered")
    client = as_user(cast.clerk)
    assert "Готовится документ" in client.get(url("document", order)).content.decode()
    assert client.get(url("pdf", order)).status_code == 404
    Order.objects.filter(pk=order.pk).update(pdf_attempts=printing_pdf.ATTEMPTS)
    page = client.get(url("", order))
    assert "Документ не получился" in page.content.decode() and page.context["print_url"]
    client.post(url("print", order))
    order.refresh_from_db()
    assert order.pdf_attempts == 0


def test_a_scan_is_attached_and_taken(cast, as_user, registered):
    client = as_user(cast.clerk)
    assert client.post(url("scan", registered), {"scan": SimpleUploadedFile("скан.pdf", b"<html>")}).status_code == 200
    client.post(url("scan", registered), {"scan": SimpleUploadedFile("скан.pdf", PDF)})
    registered.refresh_from_db()
    assert body(client.get(url("scan_file", registered))) == PDF
    without_reason = client.post(url("scan", registered), {"scan": SimpleUploadedFile("другой.pdf", pdf(1))})
    assert without_reason.context["form"].errors["reason"]
    data = {"scan": SimpleUploadedFile("другой.pdf", pdf(1)), "reason": "приложен чужой лист"}
    page = client.post(url("scan", registered), data, follow=True).content.decode()
    assert "Скан заменён" in page and "приложен чужой лист" in page
    former = ReplacedFile.objects.get()
    assert body(client.get(url("scan_file", registered))) == pdf(1)
    assert body(client.get(url("scan_file", registered) + f"?former={former.pk}")) == PDF
    assert client.get(url("scan_file", registered) + f"?former={former.pk + 1}").status_code == 404


def test_reading_and_the_sheet(cast, as_user, registered):
    own = registered.acquaintances.get(person=cast.mentor.person)
    other = registered.acquaintances.get(person=cast.mentee.person)
    assert as_user(cast.mentor).post(reverse("reports:acquaintance_read", args=[other.pk])).status_code == 403
    as_user(cast.mentor).post(reverse("reports:acquaintance_read", args=[own.pk]))
    as_user(cast.clerk).post(reverse("reports:acquaintance_sheet", args=[other.pk]))
    assert as_user(cast.clerk).get(url("", registered)).context["sheet"].title == "Ознакомлены 2 из\xa04"
    assert as_user(cast.stranger).post(reverse("reports:acquaintance_read", args=[own.pk])).status_code == 404


def test_drop_back_discard(cast, as_user):
    order = make_order(cast, items=[make_pairing(cast, "recommended"), make_pairing(cast, "recommended")])
    client = as_user(cast.curator)
    drop = reverse("reports:order_item_drop", args=[order.items.first().pk])
    assert client.get(drop).status_code == 200
    client.post(drop)
    assert order.items.count() == 1
    assert "Заполните" in client.post(url("discard", order), {"reason": ""}).content.decode()
    client.post(url("discard", order), {"reason": "ошибка"})
    assert not Order.objects.filter(pk=order.pk).exists()
    agreed = make_order(cast, state="agreed")
    client.post(url("back", agreed), {"reason": "опечатка"})
    agreed.refresh_from_db()
    assert agreed.state == "draft"
    assert client.post(url("recompose", agreed), {"day": "2999-01-01"}).status_code == 200
    assert client.post(url("recompose", agreed), {"day": timezone.localdate().isoformat()}).status_code == 302


FILTERS = {
    "": 3,
    "state=open": 2,
    "state=registered": 1,
    "kind=roadmap": 0,
    "series=staff": 0,
    "scan=no": 1,
    "scan=yes": 0,
    "q=закреплении": 1,
    "q=ЗАКРЕПЛЕНИИ": 1,
    "q=1-од": 1,
    "q=№1": 1,
    "q=99999999999999999999": 0,
    "q=' OR 1=1 --": 0,
    "year=1999": 3,
    "year=abc": 3,
    "sort=number": 3,
    "sort=heading": 3,
    "page=999": 3,
}


def test_filters(cast, as_user, registered):
    make_order(cast, "appointment", items=[make_mentor(cast)])
    make_order(cast, "appointment", items=[make_mentor(cast)])
    pages = {query: as_user(cast.clerk).get(reverse("reports:orders") + f"?{query}") for query in FILTERS}
    assert {query: page.context["listing"].page.paginator.count for query, page in pages.items()} == FILTERS


def test_the_list_is_found_by_a_name_and_goes_to_xlsx(cast, as_user, registered):
    page = as_user(cast.clerk).get(reverse("reports:orders"), {"q": cast.mentor.person.last_name.lower()})
    assert page.context["listing"].page.paginator.count == 1
    sheet = openpyxl.load_workbook(
        io.BytesIO(body(as_user(cast.clerk).get(reverse("reports:orders"), {"format": "xlsx"})))
    ).active
    row = dict(zip(*([cell.value for cell in cells] for cells in sheet[1:2]), strict=True))
    assert {"1-од", registered.heading, registered.pdf.sha256} <= set(row.values())


def test_empty_lists_say_what_comes_next(cast, as_user):
    assert "Составить первый приказ" in as_user(cast.curator).get(reverse("reports:orders")).content.decode()
    assert "касаются Вас, пока нет" in as_user(cast.mentor).get(reverse("reports:orders")).content.decode()
    assert "По этому отбору" in as_user(cast.curator).get(reverse("reports:orders") + "?q=ыыы").content.decode()


@pytest.mark.point("24")
def test_the_list_asks_the_database_the_same_number_of_times(cast, as_user):
    client = as_user(cast.clerk)
    client.get(reverse("reports:orders"))
    counts = []
    for _ in range(2):
        make_order(cast, items=[make_pairing(cast, "recommended")])
        enter(visaed_to_signature(cast), cast)
        make_order(cast, "programs", items=[make_program(cast, "agreed")])
        counts.append(_queries(client, reverse("reports:orders")))
    assert counts[0] == counts[1] <= MOST_QUERIES + 10  # one or two for each subject that occurs


KINDS = ("appointment", "assignment", "appointment and assignment", "programs", "completion", "roadmap")
MOST_QUERIES = 20


@pytest.mark.point("24")
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_asks_the_same_number_of_times_however_much_is_in_the_order(cast, as_user, kind):
    def subject():
        if kind == "appointment and assignment":
            return with_unappointed(make_pairing(cast, "recommended"))
        return SUBJECTS[kind](cast)

    client, counted = as_user(cast.curator), []
    for number in (1,) if kind == "roadmap" else (1, 3):  # an order approves one roadmap
        made, asked = make_order(cast, kind.split()[-1], items=[subject() for _ in range(number)]), {}
        for state in STATES:
            if state != "draft":
                made = advance(made, cast, state)
            client.get(url("", made))
            asked[state] = _queries(client, url("", made))
        counted.append(asked)
    assert counted[0] == counted[-1] and max(counted[0].values()) <= MOST_QUERIES + 22, counted


def visaed_to_signature(cast):
    order = visaed(cast, items=[make_pairing(cast, "recommended")])
    return drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)


def _queries(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.point("21")
def test_the_register_names_a_mentor_of_a_pair_once(cast, as_user):
    made = make_order(cast, "assignment", "draft", [with_unappointed(make_pairing(cast, "recommended"))])
    assert made.items.count() == 2
    about = as_user(cast.curator).get(reverse("reports:orders")).context["listing"].rows[0].about
    mentor = made.items.get(pairing__isnull=False).pairing.participations.get(part="mentor").person.short_name
    assert about.count(mentor) == 1 and " — " in about
