"""Papers of a program: frozen versions, the document, what changed, the mentor's report, the mentee's review."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from programs.completion import acts as completion_acts
from programs.program import documents as program_documents
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, AgreedVersion, Program
from programs.program.version_comparison import compare, marked
from programs.program.versions import freeze, intact, own_only, text_of
from tests.factories import make_program, make_user
from tests.programs.journal.kit import conclude, make_completion, make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.10")]
INSIDE = ("director", "curator", "chair", "secretary", "council")


def text_of_pdf(response) -> str:
    """The words of a PDF that a page answered with."""
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(b"".join(response.streaming_content)))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def returned(cast, **edits):
    """Return a program that was handed over, returned and edited again."""
    program = make_program(cast, "submitted", mentor=cast.mentor, mentee=cast.mentee)
    program = approval_acts.send_back(program, by=cast.curator, reason="уточнить цель")
    return drafting_acts.edit(program, by=cast.curator, version=program.version, **edits)


def test_the_agreed_words_are_frozen(cast):
    program = make_program(cast, "agreed", mentor=cast.mentor, mentee=cast.mentee)
    handed, agreed = program.versions.order_by("number")
    assert (handed.stage, agreed.stage, handed.sha256) == ("submitted", "agreed", agreed.sha256)
    assert all(intact(v) for v in (handed, agreed))
    Program.objects.filter(pk=program.pk).update(goal="Тайная правка", title="Другое")
    Activity.objects.filter(program=program).update(title="Другое мероприятие")
    agreed.refresh_from_db()
    assert intact(agreed) and agreed.text["goal"] == "Свободно читать с листа"
    facts = program_documents.facts(Program.objects.get(pk=program.pk), agreed)
    said = {section["title"]: section["blocks"][0] for section in facts["sections"]}
    assert (said["2. Цель"], facts["subject"]) == (
        {"text": "Свободно читать с листа"},
        "Импровизация в младших классах",
    )
    assert said["6. План мероприятий"]["table"]["rows"][0][1] == "Взаимопосещение уроков"
    assert agreed.sha256 in facts["version"]
    agreed.text["goal"] = "подделка"
    assert not intact(agreed)


def test_the_list_of_agreements_says_who_when_and_how(cast):
    program = make_program(cast, "approved", mentor=cast.mentor, mentee=cast.mentee)
    rows = program_documents.facts(program, program.versions.last())["approval_sheet"]
    assert [row["what"] for row in rows] == [
        "проект подтверждён (п. 5.1)",
        "проект передан куратору",
        "проект поддержан (п. 3.4)",
        "программа согласована (п. 3.5)",
        "программа утверждена (п. 3.3)",
    ]
    assert rows[0]["who"] == cast.mentee.person.full_name and rows[0]["how"].startswith("на бумаге")
    assert rows[1]["how"] == "в приложении" and rows[3]["how"] == "на бумаге: протокол № 4"
    assert rows[4]["how"] == "на бумаге: приказ № 42-од"
    grif = program_documents.facts(program, program.versions.last(), by_grif=True)
    assert (
        not grif["by_grif"] and grif["approval_sheet"][4]["how"] == "на бумаге: приказ № 42-од"
    )  # approved so, whatever the school sets later


def test_the_document_has_its_title_page(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    response = as_user(cast.mentee).get(f"/programs/{program.pk}/papers/program.pdf")
    words = text_of_pdf(response)
    today = timezone.localdate()
    for part in (
        "СОГЛАСОВАНО Решением методического совета",
        f"протокол от {today:%d.%m.%Y} № 4",
        "УТВЕРЖДАЮ",
        f"приказ от {today:%d.%m.%Y} № 42-од",
        "Составители:",
        cast.mentor.person.full_name,
        "Лист согласования",
        f"Элиста, {today.year}",
        "Проект" not in words and "SHA-256",
    ):
        assert part and part in words, part
    draft = make_program(cast, "draft")
    words = text_of_pdf(as_user(cast.curator).get(f"/programs/{draft.pk}/papers/program.pdf"))
    assert "Проект, распечатан" in words and "Лист согласования" not in words


def test_a_program_agreed_before_versions_were_kept_prints_as_agreed(cast):
    program = make_program(cast, "approved")
    AgreedVersion.objects.all().delete()
    facts = program_documents.facts(Program.objects.for_page().get(pk=program.pk))
    assert (facts["draft"], facts["number"], facts["approval_sheet"]) == ("", "42-од", [])


def test_what_changed_after_the_return(cast, as_user):
    program = returned(cast, goal="Свободно читать с листа и транспонировать")
    activity = program.activities.get()
    activity.due_on = program.ends_on
    drafting_acts.save_activity(
        program, activity, list(activity.statements.all()), by=cast.curator, version=program.version
    )
    url = f"/programs/{program.pk}/papers/changes/"
    page = as_user(cast.curator).get(f"/programs/{program.pk}/").content.decode()
    assert "Что изменилось после возврата" in page and url in page
    response = as_user(cast.chair).get(url)
    assert [row.label for row in response.context["comparison"].rows] == [
        "Цель",
        "Мероприятие «Взаимопосещение уроков»",
    ]
    html = response.content.decode()
    assert "<ins> и транспонировать</ins>" in html and "затруднения" in response.context["comparison"].same
    once = make_program(cast, "submitted")
    assert "Что изменилось" not in as_user(cast.curator).get(f"/programs/{once.pk}/").content.decode()
    assert (
        "Сравнивать пока нечего"
        in as_user(cast.curator).get(f"/programs/{make_program(cast).pk}/papers/changes/").content.decode()
    )
    assert as_user(cast.curator).get(f"{url}?old=77").status_code == 404
    assert as_user(cast.curator).get(f"{url}?old=x").status_code == 404
    assert as_user(cast.curator).get(f"{url}?old=1&new=1").context["comparison"].rows == []


def test_a_second_hand_over_is_compared_with_the_first(cast, as_user):
    program = returned(cast, goal="Новая цель")
    for p in program.pairing.participations.filter(part="mentee"):
        drafting_acts.confirm_draft(program, p, by=cast.curator)
    remark = program.remarks.get()
    approval_acts.resolve(remark, by=cast.curator)
    program.refresh_from_db()
    approval_acts.submit(program, by=cast.curator)
    response = as_user(cast.chair).get(f"/programs/{program.pk}/papers/changes/")
    assert [row.label for row in response.context["comparison"].rows] == ["Цель"]
    assert response.context["old"].startswith("Редакция 1") and response.context["new"].startswith("Редакция 2")


def test_words_are_marked_whole():
    old, new = marked("читать с листа", "читать легко с листа")
    assert [p.text.strip() for p in new if p.changed] == ["легко"] and not any(p.changed for p in old)


@pytest.mark.clause("1.3-4")
def test_in_a_group_a_mentee_reads_no_words_of_another(cast, as_user):
    program = make_program(cast, "agreed", mentees=2, mentor=cast.mentor, mentee=cast.mentee)
    other = program.pairing.participations.filter(part="mentee").exclude(person=cast.mentee.person).get()
    statement = other.candidate.statements.get(kind="difficulty")
    statement.text = "чужое: канарейка"
    statement.save()
    program.difficulties.add(statement)
    AgreedVersion.objects.all().delete()
    freeze(program, "submitted", by=cast.curator)
    freeze(program, "agreed", by=cast.curator)
    for name, reads in (("mentor", True), ("curator", True), ("mentee", False)):
        words = text_of_pdf(as_user(getattr(cast, name)).get(f"/programs/{program.pk}/papers/program.pdf"))
        assert ("канарейка" in words) == reads, name
        assert ("Экземпляр участника группы" in words) != reads, name
    blank = f"/programs/{program.pk}/papers/report/{other.pk}/"
    assert as_user(cast.mentee).get(blank).status_code == 404
    assert as_user(make_user(other.person, username="other")).get(blank).status_code == 200


def test_changes_never_show_a_mentee_the_words_of_another(cast):
    program = make_program(cast, "agreed", mentees=2)
    text = program.versions.last().text
    candidate = text["people"][1]["candidate"]
    shown = own_only(text, {candidate})
    assert {row["candidate"] for name in ("requests", "difficulties", "strengths") for row in shown[name]} <= {
        candidate
    }
    assert compare(shown, shown).rows == []


@pytest.mark.clause("5.2-h")
def test_the_mentors_report_and_the_review(cast, as_user):
    program, _ = make_running(cast)
    c = make_completion(cast, program, written=False, reason="force")
    url = f"/completions/{c.pk}/report.pdf"
    words = text_of_pdf(as_user(cast.mentor).get(url))
    assert "готова при условии дополнительного сопровождения" in words  # not written yet: boxes to choose from
    conclude(
        c,
        cast.mentor,
        discipline="Пунктуальна: строка",
        points={"norms": "Знает устав", "motivation": "Ищет сама", "state": "x"},
    )
    words = text_of_pdf(as_user(cast.mentee).get(url))
    for part in (
        "Взаимопосещение уроков",
        "четыре урока",
        "не выполнено",
        "Пунктуальна: строка",
        "Знает устав",
        "Ищет сама",
        "готова к самостоятельной работе",
        "С отчётом ознакомлена. Пожелания наставляемой:",
    ):
        assert part in words, part
    assert "при условии дополнительного" not in words
    review = f"/completions/{c.pk}/review.pdf"
    assert "Оцените от 1 до 10" in text_of_pdf(as_user(cast.mentee).get(review))
    c.refresh_from_db()
    completion_acts.review(c, by=cast.mentee, review="Помогли взаимные посещения")
    words = text_of_pdf(as_user(cast.curator).get(review))
    assert "Помогли взаимные посещения" in words and "Итоги по затруднениям подтверждаю" in words
    assert "Оцените" in text_of_pdf(as_user(cast.curator).get(f"{review}?blank=1"))
    assert as_user(cast.stranger).get(url).status_code == as_user(cast.clerk).get(url).status_code == 404
    page = as_user(cast.mentor).get(f"/completions/{c.pk}/").content.decode()
    assert url in page and review in page and "Знает устав" in page


def test_the_form_of_the_conclusion_keeps_the_points(cast, as_user):
    c = make_completion(cast, written=False, reason="force")
    client = as_user(cast.mentor)
    form = client.get(f"/completions/{c.pk}/conclusion/").context["form"]
    levels = {f"level_{d.pk}": "resolved" for d in form.difficulties}
    data = {"conclusion": "Хорошо", "verdict": "ready", "independence": "Решает сама", "version": c.version, **levels}
    assert client.post(f"/completions/{c.pk}/conclusion/", data).status_code == 302
    c.refresh_from_db()
    assert (c.independence, c.norms) == ("Решает сама", "")


def test_blanks_stand_on_the_papers_page(cast, as_user):
    program, _ = make_running(cast)
    page = as_user(cast.curator).get(f"/programs/{program.pk}/papers/").content.decode()
    for what in ("report", "review"):
        url = f"/programs/{program.pk}/papers/{what}/{side(program).pk}/"
        assert url in page
        assert text_of_pdf(as_user(cast.mentee).get(url))
    assert as_user(cast.curator).get(f"/programs/{program.pk}/papers/other/{side(program).pk}/").status_code == 404
    assert (
        as_user(cast.curator).get(f"/programs/{program.pk}/papers/report/{side(program, 'mentor').pk}/").status_code
        == 404
    )
    assert "Редакция 2: согласована советом" in page and "/papers/program.pdf?version=1" in page


def test_queries_of_the_papers_page_do_not_grow(cast, as_user):
    program = returned(cast, goal="Новая цель")
    client, counts = as_user(cast.curator), []
    client.get(f"/programs/{program.pk}/papers/")
    for n in (2, 4):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/programs/{program.pk}/papers/").status_code == 200
        counts.append(len(queries))
        text = text_of_version(program)
        for number in (n, n + 1):
            AgreedVersion.objects.create(
                program=program, number=number, stage="submitted", text=text, sha256="0" * 64, by=cast.curator
            )
    assert counts[0] == counts[1]
    assert "не совпадает с записанным хешем" in client.get(f"/programs/{program.pk}/papers/").content.decode()


def text_of_version(program) -> dict:
    """The present words of a program."""
    return text_of(Program.objects.for_page().get(pk=program.pk))
