"""Pages and papers of agreements and notices: every step by its form, whose move it is, PDFs with
declined names (ТК 351.8).
"""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring_site.models import ReplacedFile
from people.register.models import Employment, Person
from people.roles.models import RoleGrant
from people.school.models import Organisation
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts as notice_acts
from tests.factories import PASSWORD, make_pairing, make_person, make_user
from tests.paper import pdf
from tests.programs.mentor_agreements.kit import make_agreement, paper, staged, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.9")]
TODAY = date(2026, 11, 22)
PDF = pdf()


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield


def url(made, name="agreement", *more):
    return reverse(f"programs:{name}", args=[made.pk, *more])


def test_every_step_by_its_form(cast, as_user):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, complete=False)
    client, person = as_user(cast.clerk), cast.mentor.person
    page = client.get(reverse("programs:agreements")).content.decode()
    assert "ещё не оформляют" in page and person.short_name in page
    form = client.get(reverse("programs:agreement_new", args=[person.pk])).context["form"]
    (key, words), employment = form.fields["pairing"].choices[0], person.employments.get()
    assert words.startswith("пара с ")
    answer = client.post(
        reverse("programs:agreement_new", args=[person.pk]), {"pairing": key, "employment": employment.pk}
    )
    made = MentorAgreement.objects.get()
    assert answer["Location"] == made.get_absolute_url() and made.starts_on == TODAY
    scan = SimpleUploadedFile("скан.pdf", PDF, "application/pdf")
    assert client.post(url(made, "agreement_assign"), {"on": "2026-11-20", "scan": scan}).status_code == 302
    assert b"".join(client.get(url(made, "agreement_scan", "assignment_scan")).streaming_content) == PDF
    consents_url = reverse("people:consent_new", args=[person.pk])
    about = f"purpose=duties&part=mentor&matter={pairing.uuid}"
    client.post(f"{consents_url}?{about}", {"given_on": "2026-11-21", "later": "on"})
    terms = client.get(url(made, "agreement_terms")).context["form"]
    mentee = pairing.participations.get(part="mentee").person
    word = {"m": "с наставляемым", "f": "с наставляемой"}[mentee.gender]
    assert f"разработать вместе {word} " in terms.initial["content"]
    data = {
        "content": terms.initial["content"],
        "work_form": "очно",
        "starts_on": "2026-11-22",
        "ends_on": "2027-05-31",
        "pay_kind": "percent",
        "pay_amount": "15",
        "pay_act": "Положение об оплате труда, утверждённое приказом от 28.08.2025 № 37-од",
        "pay_from": "2026-11-22",
        "pay_to": "",
        "consent_basis": "consent",
        "report": terms.initial["report"],
        "version": terms.initial["version"],
    }
    wrong = client.post(url(made, "agreement_terms"), data | {"pay_act": "", "pay_act_number": "3"})
    assert "Назовите акт" in wrong.content.decode()
    assert client.post(url(made, "agreement_terms"), data).status_code == 302
    assert client.post(url(made, "agreement_sign"), {"number": "3", "on": "2026-11-22"}).status_code == 302
    assert client.post(url(made, "agreement_order"), {"number": "12-лс", "date": "2026-11-22"}).status_code == 302
    page = client.get(made.get_absolute_url()).content.decode()
    assert staged(made).stage == "working" and "№\xa03 от 22\xa0ноября 2026" in page.replace("ноября\xa0", "ноября ")
    assert "в размере 15 процентов" in page.replace("15\xa0", "15 ").lower() or "В размере 15 процентов" in page
    assert (
        client.post(url(made, "agreement_attach", "scan"), {"scan": SimpleUploadedFile("с.pdf", PDF)}).status_code
        == 302
    )
    other = {"scan": SimpleUploadedFile("с.pdf", pdf(1)), "reason": "не та страница"}
    replaced = client.post(url(made, "agreement_attach", "scan"), other, follow=True).content.decode()
    assert "скан заменён" in replaced and "не та страница" in replaced
    former = ReplacedFile.objects.get()
    for query, content in (("", pdf(1)), (f"?former={former.pk}", PDF)):
        assert b"".join(client.get(url(made, "agreement_scan", "scan") + query).streaming_content) == content
    stop = {"on": "2026-11-22", "number": "13-лс", "date": "2026-11-22"}
    assert client.post(url(made, "agreement_stop"), stop).status_code == 302
    assert client.post(url(made, "agreement_close"), {"on": "2026-11-22"}).status_code == 302
    assert staged(made).stage == "ended"


@pytest.mark.parametrize("stage", ["assign", "consent", "terms", "sign", "order", "working"])
def test_one_move_at_a_time_and_the_mentor_only_reads(cast, as_user, stage):
    made = make_agreement(cast, stage)
    page = as_user(cast.curator).get(made.get_absolute_url())
    now = [s for s in page.context["steps"] if not s.met and not s.waiting]
    assert len(now) == (0 if stage == "working" else 1)
    own = as_user(cast.mentor).get(made.get_absolute_url())
    verbs = {action.verb for action in own.context["actions"]}
    assert verbs <= {"assignment", "agreement", "worker"} and ("worker" in verbs) == (stage != "assign")
    assert as_user(cast.mentee).get(made.get_absolute_url()).status_code == 404


def test_the_switch_of_one_mentor(cast, as_user):
    made, client = make_agreement(cast, "assign"), as_user(cast.curator)
    verbs = {action.verb for action in client.get(made.get_absolute_url()).context["actions"]}
    assert "exempt" in verbs
    assert client.post(url(made, "agreement_exempt"), {"reason": "пункт 2.7 инструкции"}).status_code == 302
    assert staged(made).is_exempt and "пункт 2.7 инструкции" in client.get(made.get_absolute_url()).content.decode()
    assert "входит в Вашу трудовую функцию и оплачена в ней: пункт 2.7 инструкции" in paper(client, made, "assignment")
    assert client.get(url(made, "agreement_paper", "agreement")).status_code == 404
    client.post(url(made, "agreement_exempt"))
    assert not staged(made).is_exempt
    client.post(url(made, "agreement_drop"), {"reason": "ошибка"})
    assert staged(made).stage == "dropped"


def test_the_additional_agreement_has_all_essential_terms(cast, as_user):
    mentor = make_user(make_person("Лиджиев", "Мерген", "Очирович", "m", address="г. Элиста, ул. Школьная, 5"))
    Person.objects.filter(pk=cast.director.person_id).update(
        last_name="Бадмаева", first_name="Герел", middle_name="Ивановна"
    )
    made = make_agreement(cast, mentor=mentor)
    text = paper(as_user(mentor), made, "agreement")
    for words in (
        "Дополнительное соглашение № 3",
        "к трудовому договору от",
        "о выполнении работы по наставничеству",
        "в лице директора Бадмаевой Герел Ивановны, действующей на основании Устава",
        "Лиджиев Мерген Очирович, преподаватель по классу фортепиано, именуемый в дальнейшем «Работник»",
        "статьями 72 и 351.8 Трудового кодекса",
        "от 06.11.2026 выполняет по основному месту работы",
        "вести журнал;",
        "проверять задания.",
        "с 1 ноября 2026 г. по 31 мая 2027 г.",
        "Форма выполнения работы: очно",
        "в размере 15 процентов должностного оклада в месяц",
        "Положение об оплате труда",
        "с 10 ноября 2026 г. по 31 мая 2027 г.",
        "не менее чем за три рабочих дня",
        "ИНН 0814000000",
        "Паспорт: серия",
        "Экземпляр дополнительного соглашения получил",
        "М. О. Лиджиев",
        "9 ноября 2026 г.",
    ):
        assert words in text, (words, text)


def test_a_signed_paper_remembers(cast, as_user):
    made = make_agreement(cast)
    before = paper(as_user(cast.clerk), made, "agreement")
    Person.objects.filter(pk=made.person_id).update(last_name="Иная")
    assert paper(as_user(cast.clerk), made, "agreement") == before


@pytest.mark.parametrize("order", [{"order_number": "50-од", "order_date": date(2026, 11, 1)}, {}])
def test_the_acting_director_is_named_in_full(cast, as_user, order):
    acting = make_person("Манджиев", "Бадма", "Ильич", "m")
    RoleGrant.objects.create(person=acting, role="acting", since=date(2026, 11, 1), until=date(2026, 11, 30), **order)
    text = paper(as_user(cast.clerk), make_agreement(cast, "sign"), "agreement")
    assert (
        "в лице исполняющего обязанности директора Манджиева Бадмы Ильича, действующего на основании приказа от" in text
    )
    assert ("приказа от 01.11.2026 № 50-од" in text) == bool(order)


def test_the_assignment_of_a_woman(cast, as_user):
    mentor = make_user(make_person("Очирова", "Светлана", "Дмитриевна", post="преподаватель по классу баяна"))
    text = paper(as_user(cast.clerk), make_agreement(cast, "assign", mentor=mentor), "assignment")
    for words in (
        "Преподавателю по классу баяна Очировой Светлане Дмитриевне",
        "Уважаемая Светлана Дмитриевна!",
        "со статьёй 351.8",
        "получила",
        "не является дисциплинарным проступком",
    ):
        assert words in text, (words, text)


def test_an_outsider_never_gets_an_additional_agreement(cast, as_user):
    person = cast.mentor.person
    partner = Organisation.objects.create(
        kind="college", name="Колледж искусств имени Чонкушова", short_name="Колледж", city="Элиста"
    )
    person.employments.all().delete()
    employment = Employment.objects.create(person=person, organisation=partner, post="преподаватель")
    made = make_agreement(cast, "sign", employment=employment, pay_kind="free", free_reason="безвозмездно")
    client = as_user(cast.clerk)
    assert client.get(url(made, "agreement_paper", "agreement")).status_code == 404
    text = paper(client, made, "cooperation")
    assert "о сотрудничестве" in text and "Колледж искусств имени Чонкушова (далее – Организация)" in text
    assert (
        "осуществляется без оплаты" in text
        and "статья 351.8 Трудового кодекса Российской Федерации к отношениям" in text
    )
    choices = [code for code, _ in client.get(url(made, "agreement_terms")).context["form"].fields["pay_kind"].choices]
    assert choices == ["sum", "mentee", "hour", "free"]


def test_the_letter_to_the_founder_is_not_signed_by_the_director(cast, as_user):
    made = make_agreement(cast, "sign", mentor=cast.director.person)
    client = as_user(cast.clerk)
    assert client.get(url(made, "agreement_paper", "assignment")).status_code == 404
    text = paper(client, made, "founder")
    assert "В Администрацию города" in text and "Ходатайство" in text
    assert cast.curator.person.signature_name.replace("\xa0", " ") in text
    assert cast.director.person.signature_name.replace("\xa0", " ") not in text
    page = client.get(url(made, "agreement_sign"))
    assert "founder_words" in page.context["form"].fields


def test_the_mentor_hands_in_a_notice_with_the_password(cast, as_user):
    made, client = make_agreement(cast), as_user(cast.mentor)
    page = client.get(reverse("programs:person_agreements", args=[made.person_id]))
    assert "Мои соглашения" in page.content.decode()
    address = f"{reverse('programs:notice_new', args=[made.person_id, 'worker'])}?matter={made.pairing.uuid}"
    opened = client.get(address).content.decode()
    assert "не ранее 25\xa0ноября\xa02026\xa0г." in opened and "подпишите и отдайте" in opened
    early = client.post(address, {"effective_on": "2026-11-24", "password": PASSWORD})
    assert "Не ранее 25\xa0ноября" in early.content.decode() and not Notice.objects.exists()
    wrong = client.post(address, {"effective_on": "2026-11-25", "password": "не тот"})
    assert "Пароль не подошёл" in wrong.content.decode()
    client.post(address, {"effective_on": "2026-11-25", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3")
    notice = Notice.objects.get()
    assert (notice.form, notice.address, notice.reason, notice.needs_paper) == ("app", "10.1.2.3", "", True)
    text = text_of(client.get(url(notice, "notice_pdf")))
    assert (
        "последним днём" in text.lower()
        and "25 ноября 2026 г." in text
        and "дополнительное соглашение от 09.11.2026 № 3" in text
    )
    assert as_user(cast.mentee).get(notice.get_absolute_url()).status_code == 404
    keeper = as_user(cast.clerk)
    keeper.post(url(notice, "notice_paper"), {"scan": SimpleUploadedFile("у.pdf", PDF)})
    keeper.post(url(notice, "notice_order"), {"number": "44-од", "date": "2026-11-22"})
    notice.refresh_from_db()
    assert (notice.paper_on, notice.order_number) == (TODAY, "44-од") and notice.scan
    other = {"scan": SimpleUploadedFile("у.pdf", pdf(1)), "reason": "плохо видно подпись"}
    assert "плохо видно подпись" in keeper.post(url(notice, "notice_paper"), other, follow=True).content.decode()
    assert b"".join(keeper.get(url(notice, "notice_scan")).streaming_content) == pdf(1)


def test_the_employer_cancels_from_paper_and_both_take_it_back(cast, as_user):
    made, client = make_agreement(cast), as_user(cast.director)
    address = f"{reverse('programs:notice_new', args=[made.person_id, 'employer'])}?matter={made.pairing.uuid}"
    blank = text_of(
        client.get(f"{reverse('programs:notice_blank', args=[made.person_id, 'employer'])}?matter={made.pairing.uuid}")
    )
    assert "о досрочной отмене поручения" in blank and "не ранее третьего рабочего дня" in blank
    data = {"received_on": "2026-11-20", "effective_on": "2026-11-25", "reason": "отпуск наставляемого"}
    assert client.post(address, data).status_code == 302
    notice = Notice.objects.get()
    assert "отпуск наставляемого" in text_of(client.get(url(notice, "notice_pdf")))
    page = client.get(reverse("programs:notices"), {"state": "order"})
    assert [row.notice for row in page.context["listing"].rows] == [notice]
    client.post(url(notice, "notice_withdraw"))
    assert "Согласиться отозвать" in as_user(cast.mentor).get(notice.get_absolute_url()).content.decode()
    as_user(cast.mentor).post(url(notice, "notice_withdraw"))
    notice.refresh_from_db()
    assert notice.withdrawn_on == TODAY


def test_the_list_filters_and_the_bookkeepers_workbook(cast, as_user):
    made, other = make_agreement(cast), make_agreement(cast, "assign", mentor=make_person("Поручинская"))
    notice_acts.give_notice(made.person, made.pairing, "worker", by=cast.clerk, received_on=date(2026, 11, 10))
    assert notice_acts.take_effect() == 1
    client, address = as_user(cast.director), reverse("programs:agreements")

    def found(**query):
        return {row.agreement.pk for row in client.get(address, query).context["listing"].rows}

    assert found() == {made.pk, other.pk} and found(stage="ended") == {made.pk} == found(q=made.person.last_name)
    assert found(stage="assign") == {other.pk} and found(kind="founder") == set()
    answer = client.get(address, {"stage": "ended", "format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["Наставник"], line["Первый день выплаты"].date(), line["Последний день выплаты"].date()) == (
        made.person.full_name,
        date(2026, 11, 10),
        date(2026, 11, 13),
    )
    assert (line["Приказ об оплате №"], float(line["Размер"])) == ("12-лс", 15.0)
    assert {row.agreement.pk for row in as_user(cast.mentor).get(address).context["listing"].rows} == {made.pk}


@pytest.mark.parametrize("address", ["programs:agreements", "programs:notices", "reports:home"])
def test_queries_do_not_grow_with_rows(cast, as_user, address):
    client = as_user(cast.clerk)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(address)).status_code == 200
        return len(queries)

    def add():
        made = make_agreement(cast, "order", mentor=make_person())
        notice_acts.give_notice(made.person, made.pairing, "worker", by=cast.clerk, received_on=TODAY)

    add()
    count()
    one = count()
    add()
    add()
    assert count() == one
