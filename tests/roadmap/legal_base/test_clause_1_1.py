"""П. 1.1 act by act: each is a record with its particulars, with which the text of the Положение is compared."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from mentoring_site.inbox import items_for
from mentoring_site.workflow import Already, NotAllowed, Refused
from roadmap.legal_base import acts
from roadmap.legal_base.citations import Base
from roadmap.legal_base.models import LegalAct

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.1")]
FEDERAL, REGIONAL = LegalAct.Level.FEDERAL, LegalAct.Level.REGIONAL
DAY = date(2026, 11, 23)


def problems(text: str, day: date = DAY) -> set[str]:
    return {problem.kind for problem in Base.of_school().problems(text, day)}


def assert_held(client, kind: str, number: str, day: date, level: int, *, doubtful: bool = False, edition=None):
    """The record has these particulars, the site shows it, a text that cites it rightly passes and a wrong one not.

    ``doubtful`` is an act about which the director has to settle a doubt before a Положение that cites it is signed.
    """
    act = LegalAct.objects.of_school().get(number=number, in_regulation=True)
    assert (act.date, act.level, act.edition, act.is_guidance) == (day, level, edition, False)
    right = f"{kind} от {day:%d.%m.%Y} № {number}"
    assert problems(right) == ({"doubt"} if doubtful else set())
    assert "date" in problems(f"{kind} от {day + timedelta(days=1):%d.%m.%Y} № {number}")
    sections = {section.title: section.acts for section in client.get(reverse("public:documents")).context["sections"]}
    assert act in sections["Федеральные акты" if level == FEDERAL else "Региональные акты"]
    LegalAct.objects.filter(pk=act.pk).update(doubt="", ends_on=DAY)
    assert problems(right) == {"ended"} and problems(right, DAY - timedelta(days=1)) == set()


@pytest.mark.clause("1.1-c")
def test_the_law_on_education(school, client):
    assert_held(client, "Федеральным законом", "273-ФЗ", date(2012, 12, 29), FEDERAL)


@pytest.mark.clause("1.1-d")
def test_the_decree_on_national_goals_of_2018(school, client):
    assert_held(client, "Указом Президента Российской Федерации", "204", date(2018, 5, 7), FEDERAL, doubtful=True)


@pytest.mark.clause("1.1-e")
def test_the_decree_on_national_goals_of_2020(school, client):
    assert_held(client, "Указом Президента Российской Федерации", "474", date(2020, 7, 21), FEDERAL, doubtful=True)


@pytest.mark.clause("1.1-f")
def test_the_state_program_of_education(school, client):
    assert_held(client, "Постановлением Правительства Российской Федерации", "1642", date(2017, 12, 26), FEDERAL)


@pytest.mark.clause("1.1-g")
def test_the_growth_of_teachers_with_the_date_of_its_edition(school, client):
    kind, edition = "Распоряжением Правительства Российской Федерации", date(2021, 8, 20)
    assert "absent" in problems(f"{kind} от 31.12.2019 № 3273")  # the number of the scan
    assert_held(client, kind, "3273-р", date(2019, 12, 31), FEDERAL, doubtful=True, edition=edition)


@pytest.mark.clause("1.1-h")
def test_the_concept_of_a_single_system(school, client):
    kind = "Распоряжением Министерства просвещения Российской Федерации"
    assert_held(client, kind, "Р-174", date(2020, 12, 16), FEDERAL, doubtful=True)


@pytest.mark.clause("1.1-i")
def test_the_methodology_whose_date_the_scan_has_wrong(school, client):
    kind = "Распоряжением Министерства просвещения Российской Федерации"
    assert "date" in problems(f"{kind} от 04.12.2021 № Р-33")  # the date of the scan
    assert_held(client, kind, "Р-33", date(2021, 2, 4), FEDERAL, doubtful=True)


@pytest.mark.clause("1.1-j")
def test_the_state_program_of_the_republic(school, client):
    kind = "Постановлением Правительства Республики Калмыкия"
    assert_held(client, kind, "416", date(2018, 12, 27), REGIONAL, doubtful=True)


@pytest.mark.clause("1.1-k")
def test_the_order_of_the_ministry_of_the_republic_on_mentoring(school, client):
    kind = "Приказом Министерства образования и науки Республики Калмыкия"
    assert_held(client, kind, "224", date(2021, 2, 24), REGIONAL, doubtful=True)


@pytest.mark.clause("1.1-l")
def test_the_order_of_the_ministry_of_the_republic_on_the_roadmap(school, client):
    kind = "Приказом Министерства образования и науки Республики Калмыкия"
    assert_held(client, kind, "777", date(2021, 6, 7), REGIONAL)


# --- the yearly check --------------------------------------------------------------------------------------------


def keys(user) -> set[str]:
    return {item.key.rsplit(":", 1)[0] for item in items_for(user)}


def aged(**values) -> LegalAct:
    """Make the base two years old, all of it checked today but one act."""
    LegalAct.objects.update(checked_on=date(2026, 11, 23), created_at="2024-01-01T00:00:00Z")
    LegalAct.objects.filter(code="education_act").update(checked_on=None, **values)
    return LegalAct.objects.get(code="education_act")


def test_what_nobody_has_compared_for_a_year_waits_for_the_curator(cast, as_user):
    assert "acts:stale" not in keys(cast.curator)
    act = aged()
    assert "acts:stale" in keys(cast.curator) and "acts:stale" not in keys(cast.mentor)
    client = as_user(cast.curator)
    rows = client.get(reverse("roadmap:legal_acts"), {"force": "stale"}).context["listing"].rows
    assert [row.ref for row in rows] == [act.ref]
    asked = client.get(reverse("roadmap:legal_acts_check"), {"one": act.pk}).content.decode()
    assert act.short_name in asked and "официальным опубликованием" in asked
    client.post(reverse("roadmap:legal_acts_check"), {"one": [act.pk], "request_key": str(uuid4())})
    act.refresh_from_db()
    assert act.checked_by == cast.curator and "acts:stale" not in keys(cast.curator)
    assert "Сверен с официальным текстом" in client.get(act.get_absolute_url()).content.decode()


def test_what_is_doubtful_or_out_of_force_is_not_checked(cast):
    act = aged()
    with pytest.raises(NotAllowed):
        acts.check(act, by=cast.mentor)
    LegalAct.objects.filter(pk=act.pk).update(doubt="номер другой")
    with pytest.raises(Refused, match="решите сомнение"):
        acts.check(act, by=cast.curator)
    LegalAct.objects.filter(pk=act.pk).update(doubt="", ends_on=date(2025, 1, 1))
    with pytest.raises(Refused, match="не действует"):
        acts.check(act, by=cast.curator)
    LegalAct.objects.filter(pk=act.pk).update(ends_on=None)
    acts.check(act, by=cast.curator)
    with pytest.raises(Already):
        acts.check(act, by=cast.curator)
