"""Citations in a text: found, told from the school's own papers, compared with the legal base."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from roadmap.legal_base.citations import Base, found_in
from roadmap.legal_base.models import LegalAct

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]
DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Федеральным законом от 29.12.2012 г. № 273-ФЗ «Об образовании»", [("273-ФЗ", date(2012, 12, 29), "", ())]),
        ("в соответствии с 152-ФЗ и приказом № 12-од", [("152-ФЗ", None, "", ())]),
        ("Указом Президента от 7 мая 2018 г. № 204 «О целях»", [("204", date(2018, 5, 7), "", ())]),
        ("по ст. 358.1 ТК РФ", [("", None, "трудов", ("358.1",))]),
        ("статьями 60.2 и 151 Трудового кодекса Российской Федерации", [("", None, "трудов", ("60.2", "151"))]),
        ("(ТК РФ, ст. 351.8)", [("", None, "трудов", ("351.8",))]),
        ("Гражданским кодексом Российской Федерации", [("", None, "гражданск", ())]),
        ("статьёй 10.1 Федерального закона от 27.07.2006 № 152-ФЗ", [("152-ФЗ", date(2006, 7, 27), "", ("10.1",))]),
        (
            "(Письмо Министерства просвещения РФ № АЗ-1128/08 и Профессионального союза № 657 от 21.12.2021 г.)",
            [("АЗ-1128/08", date(2021, 12, 21), "", ()), ("657", date(2021, 12, 21), "", ())],
        ),
        ("приказом Министерства образования от 24.02.2021 г. № 224", [("224", date(2021, 2, 24), "", ())]),
        ("Приказ от 30.08.2026 № 38-од и протокол от 28.08.2026 № 1 остаются", []),
        ("Детская школа искусств № 1, приложение № 2, договор № 14", []),
        ("Указать класс № 3. Учебный план № 4", []),
    ],
)
def test_citations_are_told_from_other_numbers(text, found):
    assert [(c.number, c.date, c.code, c.articles) for c in found_in(text)] == found


def kinds(text: str, day: date = DAY) -> list[tuple[str, str]]:
    return [(p.kind, p.act.code if p.act else "") for p in Base.of_school().problems(text, day)]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("статьёй 351.8 Трудового кодекса Российской Федерации", []),
        ("ст. 358.1 ТК РФ", [("article", "labour_code")]),
        ("Федеральным законом от 29.12.2013 № 273-ФЗ", [("date", "education_act")]),
        ("Федеральным законом от 01.02.2020 № 999-ФЗ", [("absent", "")]),
        ("Распоряжением Правительства от 31.12.2019 № 3273", [("absent", "growth_3273"), ("doubt", "growth_3273")]),
        (
            "Распоряжением Министерства просвещения от 04.12.2021 № Р-33",
            [("date", "method_33"), ("doubt", "method_33")],
        ),
        ("Гражданским кодексом Российской Федерации", [("absent", "")]),
    ],
)
def test_a_citation_is_compared_with_its_record(school, text, problems):
    assert kinds(text) == problems


def test_what_is_out_of_force_on_the_day_is_named_with_what_replaced_it(school):
    new = LegalAct.objects.get(code="decree_309")
    old = LegalAct.objects.filter(code="decree_474")
    old.update(ends_on=date(2024, 5, 7), replaced_by=new, doubt="")
    text = "Указом Президента Российской Федерации от 21.07.2020 № 474"
    assert kinds(text, date(2024, 5, 6)) == []
    (problem,) = Base.of_school().problems(text, DAY)
    assert problem.kind == "ended" and "№\xa0309" in problem.words
    assert kinds("статья 351.8 ТК РФ", date(2025, 2, 28)) == [("article", "labour_code")]


def test_the_acts_of_the_regulation_are_all_recognised(school):
    """The Положение as transcribed: its acts are known, its four doubtful readings are found."""
    text = Path(settings.BASE_DIR, "roadmap/data/regulation.md").read_text(encoding="utf-8").split("[^1]:")[0]
    text = re.sub(r"\[\^\d+\]", "", text)
    base = Base.of_school()
    cited = {act.code for c in found_in(text) if (act := base.act_of(c))}
    named = set(LegalAct.objects.filter(in_regulation=True).values_list("code", flat=True))
    assert named - cited == {"growth_3273"}  # printed «3273»
    wrong = {(p.kind, p.act.code) for p in base.problems(text, DAY) if p.kind != "doubt"}
    assert wrong == {("absent", "growth_3273"), ("date", "method_33")}
