"""Acts over many agreements in the sequence of ТК 351.8, and the columns by which one finds what to do."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pypdf
import pytest
import time_machine
from django.urls import reverse

from mentoring_site.models import OutboxMail
from people.register.models import Person
from programs.mentor_agreements import acts
from programs.mentor_agreements.bulk import WAITS
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices import acts as notice_acts
from tests.factories import make_person
from tests.programs.mentor_agreements.kit import make_agreement, staged

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield


def mentor(name: str, **more) -> Person:
    return make_person(name, email=f"{uuid4().hex[:8]}@school.example", **more)


def press(client, name, made, **more):
    data = {"one": [m.pk for m in made], "request_key": uuid4(), **more}
    return client.post(reverse(f"programs:agreements_{name}"), data, follow=True)


def test_papers_of_many_are_one_file_each_by_its_step(cast, as_user):
    assign, sign, working = (
        make_agreement(cast, stage, mentor=mentor(name))
        for stage, name in (("assign", "Щукина"), ("sign", "Ёлкина"), ("working", "Юрьева"))
    )
    client = as_user(cast.clerk)
    rows = [assign.pk, sign.pk, working.pk]
    asked = client.get(reverse("programs:agreements_print"), {"one": rows})
    assert {one.obj.pk: one.note for one in asked.context["ready"]} == {
        assign.pk: "Поручение",
        sign.pk: "Дополнительное соглашение",
    }
    answer = press(client, "print", [assign, sign, working])
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Щукин" in text and "Ёлкин" in text and "Юрьев" not in text
    assert staged(assign).stage == "assign"


def test_assignments_signatures_and_pay_of_many_in_one_visit(cast, as_user):
    """Each number beside its name; what stands at another step is passed by with the reason."""
    client = as_user(cast.clerk)
    one, two = (make_agreement(cast, "sign", mentor=mentor(name)) for name in ("Щукина", "Ёлкина"))
    other = make_agreement(cast, "assign", mentor=mentor("Юрьева"))
    asked = client.get(reverse("programs:agreements_sign"), {"one": [one.pk, two.pk, other.pk]})
    assert [why for why, _ in asked.context["refused"]] == [WAITS["assign"]]
    day = {"on": "2026-11-20"}
    half = press(client, "sign", [one, two], **day, **{f"row{one.pk}-number": "7"})
    assert half.status_code == 422 and "Проверьте строки" in half.content.decode()
    assert staged(one).stage == "sign"
    numbers = {f"row{one.pk}-number": "7", f"row{two.pk}-number": "№ 8"}
    press(client, "sign", [one, two, other], **day, **numbers)
    assert [(m.number, m.signed_on) for m in map(staged, (one, two))] == [
        ("7", date(2026, 11, 20)),
        ("8", date(2026, 11, 20)),
    ]
    press(client, "assign", [one, other], on="2026-11-21")
    assert staged(other).assigned_on == date(2026, 11, 21) and staged(one).assigned_on == date(2026, 11, 5)
    press(client, "paid", [one, two], number="12-лс", date="2026-11-21")
    assert {staged(m).order_number for m in (one, two)} == {"12-лс"} and staged(two).stage == "working"


def test_two_who_press_at_once_record_once(cast, as_user):
    """Both have the page of the question open: the second hears that it is done."""
    made = make_agreement(cast, "assign", mentor=mentor("Щукина"))
    clerk, curator = as_user(cast.clerk), as_user(cast.curator)
    clerk.get(reverse("programs:agreements_assign"), {"one": [made.pk]})
    press(curator, "assign", [made], on="2026-11-20")
    page = press(clerk, "assign", [made], on="2026-11-21").content.decode()
    assert "ещё нет согласия наставника" in page
    assert staged(made).assigned_on == date(2026, 11, 20)


def test_ones_own_agreement_and_the_directors_are_passed_by(cast, as_user):
    own = make_agreement(cast, "assign", mentor=cast.curator)
    page = as_user(cast.curator).get(reverse("programs:agreements_assign"), {"one": [own.pk]})
    assert [why for why, _ in page.context["refused"]] == [acts.NOT_ONES_OWN]
    assert as_user(cast.mentor).post(reverse("programs:agreements_assign"), {"one": [own.pk]}).status_code == 403


def test_mentors_are_reminded_of_the_consent_once_a_day(cast, as_user, settings):
    made = make_agreement(cast, "consent", mentor=mentor("Щукина"))
    silent = make_agreement(cast, "consent", mentor=make_person("Беспочтова"))
    client, url = as_user(cast.curator), reverse("programs:agreements_remind")
    before = OutboxMail.objects.count()
    asked = client.get(url, {"one": [made.pk, silent.pk]})
    assert "Уйдёт 1\u00a0письмо." in asked.context["consequences"]
    assert [why for why, _ in asked.context["refused"]] == ["нет e-mail: напомните лично"]
    for _ in range(2):
        press(client, "remind", [made, silent])
    assert OutboxMail.objects.count() == before + 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with time_machine.travel("2026-11-24 09:00+03:00"):
        asked = as_user(cast.curator).get(url, {"one": [made.pk]})
    assert [why for why, _ in asked.context["refused"]] == ["почта не подключена: напомните лично"]


def test_the_list_says_whose_move_it_is_and_which_day_comes_next(cast, as_user):
    people = [mentor(name) for name in ("Абаева", "Бабаева", "Вагина", "Гаева")]
    stages = ("consent", "order", "working", "working")
    made = [make_agreement(cast, stage, mentor=person) for stage, person in zip(stages, people, strict=True)]
    notice_acts.give_notice(
        people[3],
        made[3].pairing,
        "worker",
        by=cast.clerk,
        received_on=date(2026, 11, 20),
        effective_on=date(2026, 11, 27),
        reason="болезнь",
    )
    client, url = as_user(cast.clerk), reverse("programs:agreements")
    rows = client.get(url, {"sort": "name"}).context["listing"].rows
    assert [(row.who, row.move, row.next_on, row.next_what, row.next_late) for row in rows] == [
        ("наставник", "согласие", date(2026, 11, 1), "работа с", True),
        ("школа", "приказ об оплате", date(2026, 11, 10), "выплата с", True),
        ("", "", date(2027, 5, 31), "выплата по", False),
        ("школа", "приказ по уведомлению", date(2026, 11, 27), "прекращается", False),
    ]
    assert {row.changed_on for row in rows} == {date(2026, 11, 22)}
    by_day = client.get(url, {"sort": "next"}).context["listing"].rows
    assert [row.agreement.pk for row in by_day] == [made[i].pk for i in (0, 1, 3, 2)]
    assert client.get(url).context["listing"].kept.said.startswith("Учебный год")
    MentorAgreement.objects.filter(pk=made[2].pk).update(closed_on=date(2026, 11, 20), pay_ends_on=date(2026, 11, 20))
    book = b"".join(client.get(url, {"sort": "name", "format": "xlsx", "stage": "ended"}).streaming_content)
    sheet = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    ended = next(row for row in sheet if row[0] == people[2].full_name)
    assert "школа: прекратить выплату" in ended
    notices = client.get(reverse("programs:notices")).context["listing"].rows
    assert [(row.move, row.changed_on) for row in notices] == [("школа: приказ", date(2026, 11, 22))]
