"""Pay by kind with the act that sets it, the ground of the consent, who is outside of ТК 351.8 (9.8, 9.9)."""

import ast
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentoring_site.workflow import Refused
from people.register.models import Employment
from people.school.models import Organisation
from programs.catalogs.models import MentoringForm
from programs.mentor_agreements import acts, documents
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.without_agreement import openings
from tests import ROOT
from tests.factories import make_pairing, make_program
from tests.programs.mentor_agreements.kit import TERMS, make_agreement, paper

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8", "9.9")]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield


def outsider(cast):
    person = cast.mentor.person
    partner = Organisation.objects.create(kind="college", name="Колледж искусств", short_name="Колледж", city="Элиста")
    person.employments.all().delete()
    return Employment.objects.create(person=person, organisation=partner, post="преподаватель")


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [
        ("percent", "15", "15 процентов должностного оклада в месяц"),
        ("sum", "5000", "5000 рублей в месяц"),
        ("mentee", "2000", "2000 рублей в месяц за каждого наставляемого"),
        ("hour", "350", "350 рублей за каждый час наставничества, подтверждённый обеими сторонами"),
    ],
)
def test_each_kind_of_pay_is_printed_and_waits_for_its_order(cast, as_user, kind, amount, words):
    made = make_agreement(
        cast,
        "order",
        pay_kind=kind,
        pay_amount=Decimal(amount),
        pay_act="Положение об оплате труда",
        pay_act_number="38-од",
        pay_act_date=date(2026, 8, 28),
        pay_act_point="4.2",
        report="раз в полугодие представляет отчёт",
    )
    assert (made.stage, made.is_paid) == ("order", True)
    text = paper(as_user(cast.clerk), made, "agreement").replace("\N{NO-BREAK SPACE}", " ")
    for said in (words, "Положение об оплате труда от 28.08.2026 № 38-од, пункт 4.2.", "раз в полугодие представляет"):
        assert said in text, said
    acts.paid_by_order(made, by=cast.clerk, number="12-лс", date=date(2026, 11, 10))


def test_pay_is_due_even_where_no_act_sets_it(cast, as_user):
    made = make_agreement(cast, "sign", pay_act="")
    assert "Размер выплаты установлен настоящим соглашением" in paper(as_user(cast.clerk), made, "agreement")


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("consent", "с письменного согласия от 06.11.2026 выполняет"),
        ("own", "с письменного согласия (заявление от 06.11.2026) выполняет"),
        ("offer", "с письменного согласия (ответ на предложение от 06.11.2026) выполняет"),
        ("agree", "с письменного согласия, выраженного настоящим дополнительным соглашением, выполняет"),
    ],
)
def test_the_ground_of_the_consent_is_printed(cast, as_user, basis, words):
    made = make_agreement(cast, "sign", consent_basis=basis)
    assert words in paper(as_user(cast.clerk), made, "agreement").replace("\N{NO-BREAK SPACE}", " ")


def test_an_outsider_has_neither_salary_nor_working_time_here(cast, as_user):
    employment = outsider(cast)
    made = make_agreement(cast, "terms", employment=employment)
    asked = TERMS | {"pay_kind": "sum", "pay_amount": Decimal(3000), "work_form": documents.default_form(made)}
    for wrong, message in (
        ({"pay_kind": "percent", "pay_amount": Decimal(10)}, "оклада у него здесь нет"),
        ({"work_form": documents.WORK_FORM}, "рабочее врем"),
        ({"pay_kind": "free"}, "почему работа"),
    ):
        with pytest.raises(Refused, match=message):
            acts.set_terms(made, by=cast.clerk, version=made.version, **asked | wrong)
    acts.set_terms(made, by=cast.clerk, version=made.version, **asked)
    made.refresh_from_db()
    text = paper(as_user(cast.clerk), made, "cooperation").replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "в соответствии с Положением о системе наставничества педагогических работников Школы обязуется:",
        "в размере 3000 рублей в месяц",
        "на основании Положения об оплате труда, утверждённого приказом от 28.08.2025 № 37-од.",
    ):
        assert words in text, words
    assert "рабочее время" not in text and "оклад" not in text and ".." not in text


@pytest.mark.parametrize(
    ("act", "genitive"),
    [
        ("Положение об оплате труда", "Положения об оплате труда"),
        ("Коллективный договор школы", "Коллективного договора школы"),
        ("постановление администрации", "постановления администрации"),
        ("Положение об оплате, утверждённое главой", "Положения об оплате, утверждённого главой"),
        ("Регламент выплат", ""),
    ],
)
def test_an_act_is_declined_by_its_first_word(act, genitive):
    assert documents.act_words(MentorAgreement(pay_act=act), genitive=True) == genitive


def test_work_without_pay_needs_its_reason_in_the_database_too(cast):
    made = make_agreement(cast, "sign", employment=outsider(cast), pay_kind="free", free_reason="безвозмездно")
    assert "без оплаты: безвозмездно" in documents.pay_words(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorAgreement.objects.filter(pk=made.pk).update(free_reason="")


def test_no_agreement_is_offered_or_started_for_a_student_on_practice(cast, as_user):
    assert MentoringForm.objects.get(with_student=True).name == "работодатель – студент"
    program = make_program(cast, "draft")
    pairing = program.pairing
    person = pairing.participations.get(part="mentor").person
    pairing.agreements.update(closed_on=date(2026, 11, 20))
    program.forms.set([MentoringForm.objects.get(with_student=True)])
    assert pairing.pk not in {opening.pairing.pk for opening in openings(person)}
    with pytest.raises(Refused, match="студент на практике"):
        acts.start(person, person.employments.first(), by=cast.clerk, pairing=pairing)
    program.forms.set([MentoringForm.objects.get(name="педагог – педагог")])
    assert pairing.pk in {opening.pairing.pk for opening in openings(person)}


def test_a_part_timer_is_warned_of_and_the_paper_names_that_job(cast, as_user):
    employment = cast.mentor.person.employments.first()
    Employment.objects.filter(pk=employment.pk).update(kind=Employment.Kind.EXTERNAL)
    made = make_agreement(cast, "sign", pairing=make_pairing(cast, "recommended", mentor=cast.mentor, complete=False))
    page = as_user(cast.clerk).get(made.get_absolute_url()).content.decode()
    assert "разъяснений о статье 351.8 для совместителей нет" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "по внешнему совместительству" in paper(as_user(cast.clerk), made, "agreement").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert reverse("programs:agreement_terms", args=[made.pk])


READ_REFUSALS = {
    "programs.mentor_agreements",
    "programs.changes.replacement",
    "reports.orders.order_kinds.relief",
    "reports.orders.order_kinds.pay",
    "reports.documents",
    "reports.demo",
    "reports.home",
    "reports.archive",
    "reports.inspection",
    "reports.compliance",
    "people.models",
    "programs.models",
    "programs.audit",
}
"""What handles a refusal as a paper or proves that it was answered by one.

Matching, workload, banks, results and figures are not here.
"""


def test_a_refusal_is_counted_against_nobody():
    """Nothing that compares, offers or counts people reads a notice of refusal (ТК 351.8; Роструд)."""
    found = set()
    for room in ("people", "programs", "roadmap", "reports"):
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            if "Notice" in names:
                found.add(module)
    assert {module for module in found if not module.startswith(tuple(READ_REFUSALS))} == set()
    assert any(module.startswith("programs.mentor_agreements") for module in found)
