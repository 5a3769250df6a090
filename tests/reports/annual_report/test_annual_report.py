"""The final analytical report: drafted from the data, overridden with a reason, frozen at the signature (п. 3.4)."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import NotAllowed, Refused, Stale
from reports.annual_report import acts, documents
from reports.annual_report.counted import changed_since, rounded
from reports.annual_report.models import AnnualReport
from reports.compliance.declared import DECLARED
from reports.compliance.proofs import Year
from reports.indicators import acts as indicator_acts
from reports.indicators.measuring import measure
from reports.indicators.passports import PASSPORTS, How, grouped
from reports.surveys import acts as survey_acts
from tests.factories import make_person
from tests.programs.program.test_documents import text_of_pdf
from tests.reports.annual_report.kit import begun, fresh, signed, submitted, written
from tests.reports.indicators.kit import make_counted
from tests.reports.surveys import kit as surveys

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.4")]


def page(client, report) -> str:
    return client.get(report.get_absolute_url()).content.decode()


@pytest.fixture
def report(cast):
    make_counted(cast)
    return begun(cast.curator)


def a_new_teacher_of_the_school():
    """A teacher more in the school: shares of teachers are counted otherwise."""
    return make_person()


def test_a_draft_has_every_indicator_and_a_section_for_each_part(report):
    assert [one.code for one in report.figures.all()] == [one.code for group in grouped().values() for one in group]
    texts = {one.key: one.text for one in report.sections.all()}
    assert "Педагоги-наставники\u00a0— " in texts["people"]
    assert "На основании" not in texts["intro"] and "п. 3.4 Положения" in texts["intro"]
    assert report.risks.count() == 3


def test_every_number_equals_its_list_over_the_registry(cast, report, as_user):
    now = measure(PASSPORTS.values(), report.period)
    figures = {one.code: one for one in report.figures.all()}
    assert set(figures) == set(PASSPORTS)
    counted = 0
    for code, passport in PASSPORTS.items():
        assert figures[code].counted == rounded(now[code].value), code
        if passport.rows is None:
            continue
        listed = passport.found(report.period).count()
        assert figures[code].rows == listed, code
        if passport.how is How.COUNT:
            assert figures[code].counted == listed, code
        counted += 1
    assert counted > 20
    assert sum(one.rows for one in figures.values()) > 10


def test_the_page_leads_from_a_number_to_its_list(cast, report, as_user):
    client = as_user(cast.curator)
    answer = client.get(report.get_absolute_url())
    lines = [line for section in answer.context["sections"] for line in section.numbers]
    linked = [line for line in lines if line.list_url]
    assert len(linked) > 5
    assert all(client.get(line.list_url).status_code == 200 for line in linked[:4])


def test_a_refresh_keeps_what_was_typed_and_offers_the_new_draft(cast, report):
    section = report.sections.get(key="people")
    acts.write(section, by=cast.curator, version=report.version, text="Мои слова.")
    untouched = report.sections.get(key="work").text
    indicator_acts.set_goal(
        PASSPORTS["involved"],
        by=cast.director,
        version=1,
        baseline=None,
        target=Decimal(90),
        why_target="программа развития",
        answers="куратор",
    )
    acts.refresh(fresh(report), by=cast.curator)
    section.refresh_from_db()
    assert section.text == "Мои слова."
    assert "план\u00a0— 90" in section.drafted
    assert report.sections.get(key="work").text == untouched
    assert report.figures.get(code="involved").planned == 90
    assert "при плане 90" in report.sections.get(key="weaknesses").text


def test_an_overridden_number_has_a_reason_that_is_printed(cast, report, as_user):
    one = report.figures.get(code="mentees")
    with pytest.raises(Refused, match="почему"):
        acts.state(one, by=cast.curator, version=report.version, stated=Decimal(14), why=" ")
    address = reverse("reports:annual_figure", args=[report.pk, "mentees"])
    client = as_user(cast.curator)
    wrong = client.post(address, {"stated": "14", "why": "", "version": fresh(report).version})
    assert "почему в отчёте другое число" in wrong.content.decode()
    client.post(
        address, {"stated": "14", "why": "Двое закреплены приказом на бумаге", "version": fresh(report).version}
    )

    one.refresh_from_db()
    assert (one.stated, one.value) == (Decimal(14), Decimal(14)) and one.counted != 14
    assert "Наставляемые\u00a0— 14" in report.sections.get(key="people").text
    text = text_of_pdf(client.get(reverse("reports:annual_pdf", args=[report.pk]))).replace("\xa0", " ")
    assert "* Наставляемые: посчитано" in text and "в отчёте 14 чел." in text
    assert "двое закреплены приказом на бумаге" in text
    acts.refresh(fresh(report), by=cast.curator)
    assert report.figures.get(code="mentees").stated == 14  # gathered again, the school's number stays


def test_nothing_is_handed_over_without_conclusions_and_risks(cast, report):
    with pytest.raises(Refused, match="Выводы"):
        acts.submit(fresh(report), by=cast.curator)
    report = written(report, cast.curator)
    acts.name_risks(report, by=cast.curator, version=report.version, risks=[])
    with pytest.raises(Refused, match="ни одного риска"):
        acts.submit(fresh(report), by=cast.curator)


def test_the_director_is_asked_to_sign_and_may_return_it(cast, report):
    report = acts.submit(written(report, cast.curator), by=cast.curator)
    letter = OutboxMail.objects.filter(template="annual_submitted").get()
    assert letter.person_id == cast.director.person_id
    assert any(item.key.startswith(f"annual:{report.pk}") for item in items_for(cast.director))
    with pytest.raises(NotAllowed):
        acts.sign(fresh(report), by=cast.curator)
    with pytest.raises(Refused, match="на подпись"):
        acts.refresh(fresh(report), by=cast.curator)
    acts.send_back(fresh(report), by=cast.director, reason="Добавьте риски")
    assert OutboxMail.objects.filter(template="annual_returned").exists()
    assert any("Добавьте риски" in item.why for item in items_for(cast.curator) if item.key.startswith("annual:"))


def test_two_who_edit_do_not_overwrite_each_other(cast, report):
    shown = report.version
    acts.write(report.sections.get(key="people"), by=cast.curator, version=shown, text="Первая")
    with pytest.raises(Stale):
        acts.write(report.sections.get(key="work"), by=cast.curator, version=shown, text="Вторая")


@pytest.mark.clause("3.4-k4")
def test_a_signed_report_is_frozen_and_says_what_has_changed_since(cast, as_user):
    make_counted(cast)
    report = signed(cast.curator, cast.director)
    assert report.number == "АО-1" and report.signed_on == timezone.localdate()
    client = as_user(cast.director)
    pdf = reverse("reports:annual_pdf", args=[report.pk])
    before = b"".join(client.get(pdf).streaming_content)
    values = list(report.figures.values_list("code", "counted"))
    shown = dict(values)["involved"]
    assert "С тех пор изменилось" not in page(client, report)

    a_new_teacher_of_the_school()

    changed = changed_since(fresh(report))
    assert {one.label for one in changed} >= {"Педагоги, участвующие в наставничестве", "Педагоги-наставники"}
    text = page(client, report)
    assert f"С тех пор изменилось {len(changed)}" in text
    for one in changed:
        assert one.then != one.now and one.then in text and one.now in text
    assert list(report.figures.values_list("code", "counted")) == values
    assert shown == report.figures.get(code="involved").counted
    assert b"".join(client.get(pdf).streaming_content) == before
    for refused in (
        lambda: acts.refresh(fresh(report), by=cast.curator),
        lambda: acts.write(report.sections.first(), by=cast.curator, version=fresh(report).version, text="Иначе"),
        lambda: acts.send_back(fresh(report), by=cast.director, reason="Ещё раз"),
        lambda: acts.sign(fresh(report), by=cast.director),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_tampered_report_is_not_handed_out(cast, as_user):
    report = signed(cast.curator, cast.director)
    AnnualReport.objects.filter(pk=report.pk).update(facts=report.facts | {"title": "Другой отчёт"})
    with pytest.raises(documents.Broken):
        documents.printed(fresh(report))
    for name in ("annual_pdf", "annual_docx"):
        answer = as_user(cast.director).get(reverse(f"reports:{name}", args=[report.pk]), follow=True)
        assert "отличаются от тех, что были подписаны" in answer.content.decode()


def test_the_paper_is_read_as_pdf_docx_and_xlsx(cast, as_user):
    make_counted(cast)
    report = signed(cast.curator, cast.director, conclusions="Наставничество помогает молодым.")
    client = as_user(cast.curator)
    raw = b"".join(client.get(reverse("reports:annual_pdf", args=[report.pk])).streaming_content)
    root = PdfReader(io.BytesIO(raw)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("ru") and "/StructTreeRoot" in root
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    text = text_of_pdf(client.get(reverse("reports:annual_pdf", args=[report.pk]))).replace("\xa0", " ")
    for words in ("УТВЕРЖДАЮ", "АО-1", "Наставничество помогает молодым.", "Риски", "Приложение 1", "Угрозы"):
        assert words in text

    answer = client.get(reverse("reports:annual_docx", args=[report.pk]))
    paper = Document(io.BytesIO(answer.content))
    said = "\n".join(one.text for one in paper.paragraphs).replace("\xa0", " ")
    assert "Наставничество помогает молодым." in said and "Приложение 1" in said
    assert len(paper.tables) > 4

    answer = client.get(reverse("reports:annual_xlsx", args=[report.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[1]: row[4] for row in rows} == {
        one.label: None if one.counted is None else float(one.counted) for one in report.figures.all()
    }


def test_swot_has_percentages_of_surveys_and_keeps_anonymity(cast):
    people = surveys.teachers(4)
    persons = [user.person for user in people]
    shown = surveys.a_survey(cast, people=persons, anonymous=True, title="Довольны ли Вы?")
    few = surveys.a_survey(cast, people=persons[:3], anonymous=True, title="Мало кто ответил")
    for user in people[:3]:
        surveys.answer(shown, user, 5, "Больше уроков вместе")
    surveys.answer(few, people[0], 1, "Только моё слово")
    open_yet = begun(cast.curator)
    assert "Больше уроков вместе" not in "".join(one.text for one in open_yet.sections.all())
    for survey in (shown, few):
        survey_acts.close(surveys.fresh(survey), by=cast.curator)
    acts.refresh(fresh(open_yet), by=cast.curator)
    texts = {one.key: one.text.replace("\xa0", " ") for one in open_yet.sections.all()}
    assert "в среднем 5 из 5, высокие оценки дали 100 % (3 ответа)" in texts["strengths"]
    assert "ответили 3 из 4, 75 %" in texts["surveys"]
    for words in ("Больше уроков вместе", "Только моё слово"):  # own words were promised to the school alone
        assert words not in "".join(texts.values())
    facts = documents.facts_of(fresh(open_yet))
    assert next(one for one in facts["surveys"] if one["title"] == "Мало кто ответил")["answered"] == "скрыто"


def test_the_conclusions_of_the_last_year_stand_beside(cast, as_user):
    last = signed(cast.curator, cast.director, year_now() - 1, conclusions="В прошлом году было трудно.")
    assert last.school_year == year_now() - 1
    report = begun(cast.curator)
    text = page(as_user(cast.curator), report)
    assert "Выводы прошлого года" in text and "В прошлом году было трудно." in text
    edit = as_user(cast.curator).get(reverse("reports:annual_section", args=[report.pk, "conclusions"]))
    assert "В прошлом году было трудно." in edit.content.decode()
    known = text_of_pdf(as_user(cast.curator).get(reverse("reports:annual_pdf", args=[report.pk])))
    assert "В прошлом году было трудно." in known.replace("\xa0", " ")


def test_expected_results_stand_beside_the_fact(cast):
    indicator_acts.set_goal(
        PASSPORTS["involved"],
        by=cast.director,
        version=1,
        baseline=None,
        target=Decimal(1),
        why_target="решение совета",
        answers="куратор",
    )
    make_counted(cast)
    facts = documents.facts_of(fresh(begun(cast.curator)))
    (expected,) = facts["expected"]
    assert expected["planned"].startswith("1") and expected["met"] == "достигнут"


def test_risks_are_written_in_the_form(cast, report, as_user):
    address = reverse("reports:annual_risks", args=[report.pk])
    rows = {"risks-TOTAL_FORMS": "2", "risks-INITIAL_FORMS": "0", "version": report.version}
    rows |= {"risks-0-risk": "Мало наставников", "risks-0-sign": "больше трёх наставляемых", "risks-0-action": ""}
    client = as_user(cast.curator)
    assert "у каждого риска есть признак" in client.post(address, rows).content.decode()
    client.post(address, rows | {"risks-0-action": "учить новых"})
    assert [(one.risk, one.action) for one in report.risks.all()] == [("Мало наставников", "учить новых")]


@pytest.mark.clause("3.4-k4")
def test_only_a_signed_report_proves_its_clause(cast):
    (proof,) = DECLARED["3.4-k4"].proofs
    year = Year(year_now(), timezone.localdate())
    assert not proof.found(year).is_whole
    report = submitted(cast.curator)
    assert not proof.found(year).is_whole
    acts.sign(fresh(report), by=cast.director)
    assert proof.found(year).is_whole and proof.found(year).url == report.get_absolute_url()


def test_asked_twice_it_is_one_report_and_no_year_ahead(cast):
    assert begun(cast.curator).pk == begun(cast.curator).pk
    with pytest.raises(Refused):
        begun(cast.curator, year_now() + 1)
    with pytest.raises(NotAllowed):
        begun(cast.director)


def test_a_mentor_does_not_see_reports(cast, report, as_user):
    assert as_user(cast.mentor).get(report.get_absolute_url()).status_code == 404
    assert as_user(cast.mentor).get(reverse("reports:annuals")).status_code == 403
