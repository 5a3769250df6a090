"""The text of an order read before the pen: leftovers, citations, numbers, former names; what a person lets stand."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.roles.models import RoleGrant
from people.school.acts import save_school
from people.school.models import School
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.regulation.draft import ApprovalRow, RegulationDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.text_check import acts
from reports.orders.text_check.leftovers import former_names, leftovers, other_schools
from reports.orders.text_check.lint import check
from reports.orders.text_check.models import Overruled
from roadmap.legal_base import acts as legal_acts
from roadmap.legal_base.models import LegalAct
from tests.factories import make_person
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Назначить ____ наставником", ["____"]),
        ("на 20__/20__ учебный год", ["20__"]),
        ("работников <название школы>", ["<название школы>"]),
        ("в (название образовательной организации)", ["название образовательной организации"]),
        ("Контроль возложить на ФИО наставника", ["ФИО наставника"]),
        ("директор (Ф.И.О.)", ["(Ф.И.О.)"]),
        ("протокол № XXX", ["XXX"]),
        ("приказ ХХХ", ["ХХХ"]),
        ("{{ school }} и {year}", ["{{ school }}", "{year}"]),
        ("[утрата мотивации]", ["[утрата мотивации]"]),
        ("на основании ???", ["???"]),
        ("С 1 сентября 2026 г. по 31 мая 2027 г., а < б, XX век, класс «Х»", []),
        ("на официальном сайте организации", []),
    ],
)
def test_leftovers_of_a_template_are_found(text, found):
    assert list(leftovers(text)) == found


def test_a_former_name_is_told_from_a_longer_present_one():
    now = ["МБУ ДО «Городская школа искусств № 1»", "МБУ ДО ГШИ № 1"]
    assert (
        list(former_names("в МБУ ДО «Детская школа искусств №1»", ["МБУ ДО «Детская школа искусств № 1»"], now)) != []
    )
    assert list(former_names("в Городской школе", ["школа искусств № 1"], now)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("в муниципальном бюджетном учреждении дополнительного образования «Школа № 7» (далее)", ["Школа № 7"]),
        ("работников в МБУ ДО «Школа № 7».", ["Школа № 7"]),
        ("работников в МБУ ДО «Городская школа искусств №1»", []),
        ("рубрика сайта учреждения; приказ «О закреплении»", []),
    ],
)
def test_a_text_of_another_school_is_told_from_one_s_own(text, found):
    now = ["МБУ ДО «Городская школа искусств № 1»", "МБУ ДО ГШИ № 1"]
    assert list(other_schools(text, now)) == found


def edited(order: Order, cast, *texts: str, preamble: str = "") -> Order:
    """Write the points of a draft by hand."""
    order.refresh_from_db()
    return drafting_acts.edit(
        order,
        by=cast.curator,
        version=order.version,
        heading=order.heading,
        preamble=preamble or order.preamble,
        points=list(texts),
    )


def found_in(order: Order) -> list[str]:
    return [str(finding) for finding in check(Order.objects.get(pk=order.pk)).refusals]


def give_visas(order, cast) -> None:
    for visa in order.visas.filter(given_at=None):
        drafting_acts.give_visa(visa, by=cast.director)


def test_free_points_are_read_too_and_the_order_goes_no_further(cast, as_user):
    order = edited(make_order(cast, "event", "draft"), cast, "Провести ____ встречу.", "Исполнять по ст. 358.1 ТК РФ.")
    assert [line.split(":")[0] for line in found_in(order)] == ["Пункт 1", "Пункт 2"]
    give_visas(order, cast)
    with pytest.raises(Refused, match=r"Пункт 2.*статьи 358\.1 в правовой базе нет; похоже на статью 351\.8"):
        drafting_acts.agree(order, by=cast.curator)
    page = as_user(cast.curator).get(order.get_absolute_url())
    missing = [c for c in page.context["checks"] if not c.met and c.text.startswith("Пункт")]
    assert {c.url for c in missing} == {
        reverse("reports:order_text", args=[order.pk]),
        reverse("reports:order_edit", args=[order.pk]),
    }


def test_a_doubtful_citation_is_let_stand_with_a_reason_and_logged(cast, as_user):
    order = edited(make_order(cast, "event", "draft"), cast, "Исполнять по ст. 358.1 ТК РФ.")
    (finding,) = check(Order.objects.get(pk=order.pk)).refusals
    url = reverse("reports:order_overrule", args=[order.pk, finding.key])
    client = as_user(cast.curator)
    assert "reason" in client.post(url, {"reason": " "}).context["form"].errors
    assert client.post(url, {"reason": "статья внесена законом вчера"}).status_code == 302
    assert found_in(order) == []
    act = Act.objects.about(order).get(verb="text-overrule")
    assert act.facts["reason"] == "статья внесена законом вчера"
    shown = as_user(cast.director).get(order.get_absolute_url()).context["let_stand"]
    assert len(shown) == 1 and "358.1" in shown[0] and "вчера" in shown[0]
    with pytest.raises(Already):
        acts.overrule(Order.objects.get(pk=order.pk), finding.key, by=cast.curator, reason="ещё раз")
    row = Overruled.objects.get(order=order)
    assert client.post(reverse("reports:order_take_up", args=[row.pk])).status_code == 302
    assert found_in(order) == [str(finding)]


def test_words_of_a_template_in_the_order_itself_are_nobodys_to_let_stand(cast):
    order = edited(make_order(cast, "event", "draft"), cast, "Провести ____ встречу.")
    (finding,) = check(order).refusals
    assert not finding.open
    with pytest.raises(Refused, match="нельзя оставить"):
        acts.overrule(Order.objects.get(pk=order.pk), finding.key, by=cast.curator, reason="так надо")
    with pytest.raises(NotAllowed):
        acts.overrule(order, finding.key, by=cast.council, reason="так надо")


def test_an_act_out_of_force_on_the_day_stops_the_order(cast):
    """The composed stating part too: it cites ТК 351.8 from its record."""
    order = make_order(cast, "appointment", "draft")
    assert found_in(order) == []
    code = LegalAct.objects.get(code="labour_code")
    today = timezone.localdate()
    legal_acts.end(code, by=cast.curator, version=1, ends_on=today, reason="новый кодекс", replaced_by=None)
    assert any(line.startswith("Преамбула") and "не действует с" in line for line in found_in(order))


def test_numbers_that_differ_are_found(cast):
    School.objects.update(regulation_number="38-од", regulation_date=date(2026, 8, 30))
    order = make_order(cast, "event", "draft")
    order = edited(
        order,
        cast,
        "Руководствоваться приказом от 31.08.2026 № 38-од.",
        "Учесть приказ от 12.09.2026 № 44-од и приказ от 13.09.2026 № 44-од.",
        "Утвердить план согласно приложению № 3 к настоящему приказу.",
    )
    lines = found_in(order)
    assert any("приказ № 38-од назван от 31.08.2026, а он от 30.08.2026" in line for line in lines)
    assert any("у № 44-од разные даты: от 12.09.2026 (Пункт 2) и от 13.09.2026 (Пункт 2)" in line for line in lines)
    assert any(line.startswith("Пункт 3: названо приложению № 3") for line in lines)


def test_a_former_name_of_the_school_is_found(cast):
    school = School.get()
    former = school.short_name
    save_school(school, by=cast.director, version=school.version, short_name="МБУ ДО ГШИ № 1", name="Городская школа")
    order = edited(make_order(cast, "event", "draft"), cast, f"Провести в {former} круглый стол.")
    assert any(f"прежнее название школы «{former}»" in line for line in found_in(order))


def test_the_regulation_of_another_school_is_told_before_it_is_signed(cast):
    order = regulation_order(cast, TEXT + "\n\n9.3. Действует в МБУ ДО «Школа искусств № 77».")
    (line,) = [str(f) for f in check(Order.objects.get(pk=order.pk)).warnings if "другая школа" in str(f)]
    assert "«Школа искусств № 77»" in line and School.get().short_name in line


# --- the order on the Положение ----------------------------------------------------------------------------------

TEXT = """# 1. Общие положения
1.1. Положение разработано в соответствии с:
- Распоряжением Министерства просвещения Российской Федерации от 04.12.2021 г. № Р-33 «Об утверждении рекомендаций»;
- Федеральным законом от 29.12.2012 г. № 273-ФЗ «Об образовании в Российской Федерации».
1.2. В Положении используются следующие понятия: наставник, наставляемый, куратор, форма наставничества, программа.
9.1. Настоящее Положение вступает в силу с момента утверждения и действует бессрочно."""


def regulation_order(cast, text: str = TEXT, **more) -> Order:
    draft = RegulationDraft(text, since=timezone.localdate(), **more)
    return drafting_proposals.propose("regulation", Particulars(draft, {"main": []}), by=cast.curator)


def test_a_doubt_about_an_act_is_settled_before_the_regulation_is_printed(cast, as_user):
    order = regulation_order(cast)
    act = LegalAct.objects.get(code="method_33")
    page = as_user(cast.director).get(order.get_absolute_url())
    missing = {c.text: c.url for c in page.context["checks"] if not c.met}
    assert any("сомнение не решено" in text and url == act.get_absolute_url() for text, url in missing.items())
    legal_acts.settle(act, by=cast.director, version=1, settled="04.02.2021, сверено", date=date(2021, 2, 4))
    lines = found_in(order)
    assert len(lines) == 1 and "в тексте от 04.12.2021, в правовой базе" in lines[0]  # now the text has to follow
    assert (
        lines[0].startswith("Приложение, «- Распоряжением Министерства") or "Приложение, «– Распоряжением" in lines[0]
    )
    fixed = regulation_order(cast, TEXT.replace("04.12.2021", "04.02.2021"))
    assert found_in(fixed) == []


def test_a_doubt_only_warns_of_another_order(cast):
    text = "Учесть распоряжение Министерства просвещения Российской Федерации от 04.02.2021 № Р-33."
    order = edited(make_order(cast, "event", "draft"), cast, text)
    report = check(Order.objects.get(pk=order.pk))
    assert report.refusals == [] and "сомнение не решено" in str(report.warnings[0])


def test_a_wrong_title_is_found_until_the_director_lets_it_be(cast):
    text = TEXT.replace("04.12.2021", "04.02.2021").replace(
        "«Об утверждении рекомендаций»", "«Об утверждении Концепции создания федеральной системы сопровождения»"
    )
    LegalAct.objects.update(doubt="")
    order = regulation_order(cast, text)
    assert any("ошибочное написание, правильно: Распоряжение" in line for line in found_in(order))
    LegalAct.objects.update(misprint="")
    assert found_in(order) == []


def test_a_signed_order_remembers_which_acts_it_cites(cast):
    LegalAct.objects.update(doubt="")
    order = regulation_order(cast, TEXT.replace("04.12.2021", "04.02.2021"))
    give_visas(order, cast)
    drafting_acts.agree(order, by=cast.curator)
    drafting_acts.send_to_signature(order, by=cast.curator)
    cited = set(order.cited_acts.values_list("code", flat=True))
    assert cited == {"education_act", "labour_code", "method_33"}


@pytest.mark.point("9.9")
def test_appendices_of_the_regulation_stand_on_their_own_sheets(cast):
    LegalAct.objects.update(doubt="")
    text = (
        TEXT.replace("04.12.2021", "04.02.2021")
        + "\n## Приложение\n### Примерная дорожная карта\n| № | Этап |\n|---|---|\n| 1 | Подготовка |\n| 2 | Отбор |"
    )
    marks = (
        ApprovalRow("ПРИНЯТО", "педагогический совет", "1", "2026-08-28"),
        ApprovalRow("СОГЛАСОВАНО", "профсоюзный комитет", "4", "2026-08-27"),
    )
    order = regulation_order(cast, text, approvals=marks, former="Положение о наставничестве молодых специалистов")
    School.objects.update(regulation_number="12-од", regulation_date=date(2024, 9, 2))
    order = drafting_acts.recompose(order, by=cast.curator)
    assert (
        "с учётом решений педагогического совета (протокол от 28.08.2026 № 1) и профсоюзного комитета" in order.preamble
    )
    assert any(
        "Положение о наставничестве молодых специалистов, утверждённое приказом от 02.09.2024 № 12-од" in p["text"]
        for p in order.points
    )
    give_visas(order, cast)
    drafting_acts.agree(order, by=cast.curator)
    order = drafting_acts.send_to_signature(order, by=cast.curator)
    first, second = order.facts["appendices"]
    assert [mark["body"] for mark in first["grifs"]] == [
        "решением педагогического совета",
        "решением профсоюзного комитета",
    ]
    assert first["label"] == "Приложение" and not first["rows"]
    assert (second["label"], second["title"]) == ("Приложение", "Примерная дорожная карта")
    assert second["to"].startswith("к Положению") and len(second["rows"]) == 2


def test_who_acts_for_the_director_signs_with_the_full_words(cast):
    """п. 3.3: «Исполняющий обязанности директора», never «за» and never with a slash."""
    LegalAct.objects.update(doubt="")
    today = timezone.localdate()
    acting = make_person("Очирова", "Светлана", "Дмитриевна", post="заместитель директора по учебной работе")
    RoleGrant.objects.create(person=acting, role="acting", since=today, until=today, given_by=cast.curator)
    order = regulation_order(cast, TEXT.replace("04.12.2021", "04.02.2021"))
    give_visas(order, cast)
    drafting_acts.agree(order, by=cast.curator)
    order = drafting_acts.send_to_signature(order, by=cast.curator)
    signer = order.facts["signer"]
    assert signer["post"] == "Исполняющий обязанности директора" and signer["name_before"] == acting.signature_name
