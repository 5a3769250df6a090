"""Proof of destruction: two people, one transaction with its act and its log (приказ РКН № 179; 152-ФЗ, ст. 21)."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.files import store_bytes
from mentoring_site.mail import send_template
from mentoring_site.models import Act, OutboxMail, StoredFile
from mentoring_site.pdf.render import sha256
from mentoring_site.pdf.resources import PdfError
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.banks.models import Statement
from people.consents import acts as consent_acts
from people.consents import inbox as consent_inbox
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import erasure
from people.consents.destruction.models import Destruction
from people.consents.duties.models import Duty
from people.consents.models import Consent
from people.register.models import Person
from tests.factories import make_candidate, make_consent, make_person, make_program, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.8")]
MEN = [
    {"name": "Первый Иван Петрович", "post": "куратор"},
    {"name": "Вторая Анна Ивановна", "post": "специалист по кадрам"},
]
ALL = ["contacts", "birth", "education", "answers", "letters"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-04 09:00+03:00", tick=False):
        yield


@pytest.fixture
def gone(cast):
    """Somebody with everything that can be destroyed, whose consent to processing has been withdrawn."""
    person = make_person(
        "Уходящая",
        "Анна",
        phone="+79051234567",
        email="anna@home.example",
        address="г. Элиста, ул. Тайная, 7",
        education="higher",
        education_place="Тайная консерватория",
        note="тайная заметка",
    )
    person.education_place = "Тайная академия"
    person.save()
    make_user(person)
    candidate = make_candidate(person, "mentee", by=cast.director, state="applied")
    candidate.why = "тайная причина"
    candidate.save()
    about = {"to": person, "in_application": False}
    send_template("consent_request", person.email, about, person_id=person.pk, asks="processing")
    given = make_consent(person, by=cast.clerk)
    consent_acts.withdraw(given, by=cast.clerk, on=date(2026, 12, 1))
    return Person.objects.get(pk=person.pk)


def prepare(person, cast, **facts):
    withdrawal = person.consents.get(purpose="processing").withdrawals.first()
    given = {"by": cast.clerk, "categories": ALL, "reason": "withdrawn", "commission": MEN, "withdrawal": withdrawal}
    return destruction_acts.prepare(person, **given | facts)


def content(stored) -> io.BytesIO:
    with stored.file.open("rb") as file:
        return io.BytesIO(file.read())


def everything_about(person) -> str:
    """All words of the register and its history about a person, as the database holds them."""
    rows = [
        *Person.objects.filter(pk=person.pk).values(),
        *person.candidates.values(),
        *Statement.objects.filter(candidate__person=person).values(),
        *OutboxMail.objects.values(),
        *LogEntry.objects.values("changes", "object_repr", "changes_text", "serialized_data"),
    ]
    return str(rows)


def test_nothing_is_gone_until_the_director_approves(cast, gone):
    act = prepare(gone, cast)
    before = everything_about(gone)
    assert "+79051234567" in before and act.number is None
    assert [w.url for w in consent_inbox.items(cast.director)] == [act.get_absolute_url()]
    for user in (cast.clerk, cast.curator, cast.council, cast.sysadmin):
        with pytest.raises(NotAllowed):
            destruction_acts.approve(act, by=user)
    assert everything_about(gone) == before


def test_who_waits_for_the_decision_gets_a_letter(cast, gone):
    director, clerk = (user.email for user in (cast.director, cast.clerk))
    act = prepare(gone, cast)
    destruction_acts.decline(act, by=cast.director, words="вернулась")
    destruction_acts.approve(prepare(gone, cast), by=cast.director)
    found = list(OutboxMail.objects.filter(template__startswith="destruction").order_by("pk"))
    letters = [(m.to, m.subject) for m in found]
    asked = (director, "Ждёт Вашего решения: уничтожение данных")
    assert letters == [asked, (clerk, "Акт об уничтожении отклонён"), asked, (clerk, "Акт об уничтожении утверждён")]
    assert act.get_absolute_url() in found[0].text
    assert "Причина: вернулась" in found[1].text and "данные уничтожены" in found[3].text


def test_an_act_taken_back_is_told_to_who_was_asked_and_never_to_a_closed_account(cast, gone):
    destruction_acts.decline(prepare(gone, cast), by=cast.clerk, words="ошибка")
    told = OutboxMail.objects.get(template="destruction_taken_back")
    assert (told.to, "Причина: ошибка" in told.text) == (cast.director.email, True)
    act = prepare(gone, cast)
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)
    destruction_acts.decline(Destruction.objects.get(pk=act.pk), by=cast.director, words="вернулась")
    assert not OutboxMail.objects.filter(template="destruction_decided").exists()


def test_two_people_even_where_one_holds_both_roles(cast, gone):
    from people.roles.models import RoleGrant

    RoleGrant.objects.create(person=cast.director.person, role="clerk", since=date(2026, 1, 1))
    both = type(cast.director).objects.get(pk=cast.director.pk)
    act = prepare(gone, cast, by=both)
    with pytest.raises(NotAllowed, match="не тот, кто его подготовил"):
        destruction_acts.approve(act, by=both)
    file = store_bytes(b"%PDF-1", name="акт.pdf", content_type="application/pdf")
    with pytest.raises(IntegrityError), transaction.atomic():  # whichever way it is written
        Destruction.objects.filter(pk=act.pk).update(
            approved_by=both, approved_at=timezone.now(), number=1, paper=file, log=file
        )


def test_the_approval_destroys_everywhere_and_keeps_the_name(cast, gone):
    for secret in (
        "+79051234567",
        "anna@home.example",
        "Тайная академия",
        "Тайная консерватория",
        "тайная",
        "чтение с листа",
    ):
        assert secret in everything_about(gone)
    destruction_acts.approve(prepare(gone, cast), by=cast.director)
    left = everything_about(gone)
    for secret in ("+79051234567", "anna@home.example", "Тайная", "тайная", "чтение с листа", str(gone.birth_date)):
        assert secret not in left, secret
    fresh = Person.objects.get(pk=gone.pk)
    assert fresh.full_name == gone.full_name and fresh.birth_date is None and fresh.user.email == ""
    assert LogEntry.objects.filter(object_repr="уничтожено").exists()
    assert erasure.found(fresh) == {}


def test_the_proof_is_an_act_and_a_log_kept_three_years(cast, gone):
    act = destruction_acts.approve(prepare(gone, cast), by=cast.director)
    assert (act.number, act.keep_until) == (1, date(2029, 12, 4))
    for stored in (act.paper, act.log):
        assert stored.sha256 == sha256(content(stored).getvalue())
    pages = PdfReader(content(act.paper)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Акт № 1 об уничтожении персональных данных",
        "4 декабря 2026 г.",
        "0814000000",
        "Уходящая Анна Бадмаевна",
        "дата рождения",
        "Информационная система: «Наставничество»",
        "отзыв согласия на обработку",
        "1 декабря 2026 г.",
        "7. Способ уничтожения",
        "9. Дата уничтожения",
        "Первый Иван Петрович",
        "специалист по кадрам",
        "по 4 декабря 2029 г.",
        cast.director.person.signature_name.replace("\N{NO-BREAK SPACE}", " "),
    ):
        assert words in text, words
    rows = list(openpyxl.load_workbook(content(act.log)).active.values)
    assert [row[2] for row in rows[1:]] == [erasure.label(code) for code in ALL]
    assert {(row[1], row[4]) for row in rows[1:]} == {("Уходящая Анна Бадмаевна", destruction_acts.SYSTEM)}
    assert [row[7] for row in rows[1:]] == list(
        Act.objects.filter(verb="erase").order_by("pk").values_list("pk", flat=True)
    )
    duty = Duty.objects.get(kind="destroy")
    assert duty.done_by == cast.director and duty.note == "акт об уничтожении № 1"
    with pytest.raises(Already):
        destruction_acts.approve(act, by=cast.director)


def test_no_destruction_without_its_act(cast, gone, monkeypatch):
    """The paper cannot be drawn: everything stays, by the same transaction."""
    act, before = (
        prepare(gone, cast, commission=[{"name": f"{'Щ' * 21_000} Иван", "post": "куратор"}, MEN[1]]),
        everything_about(gone),
    )
    with pytest.raises(PdfError):
        destruction_acts.approve(act, by=cast.director)
    assert everything_about(gone) == before
    act.refresh_from_db()
    assert act.approved_at is None and not Act.objects.filter(verb="erase").exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"categories": []}, "Отметьте"),
        ({"categories": ["scans"]}, "нечего"),
        ({"reason": "whim"}, "причину"),
        ({"reason": "term"}, "только для прекращённых"),
        ({"commission": MEN[:1]}, "двух"),
        ({"withdrawal": None}, "не записаны"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(cast, gone, facts, words):
    with pytest.raises(Refused, match=words):
        prepare(gone, cast, **facts)
    assert not Destruction.objects.exists()


def test_a_live_consent_protects_the_data(cast, gone):
    act = prepare(gone, cast)
    with pytest.raises(Already):
        prepare(gone, cast)
    make_consent(gone, by=cast.clerk)
    with pytest.raises(Refused, match="новое согласие"):
        destruction_acts.approve(act, by=cast.director)
    destruction_acts.decline(act, by=cast.director, words="вернулась")
    with pytest.raises(Refused, match="действует"):
        destruction_acts.prepare(gone, by=cast.clerk, categories=["contacts"], reason="reached", commission=MEN)
    with pytest.raises(Already):
        destruction_acts.decline(act, by=cast.clerk, words="ещё раз")


def test_answers_of_a_program_stay_as_part_of_a_signed_paper(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    person = cast.mentee.person
    consent_acts.withdraw(person.consents.get(purpose="processing"), by=cast.clerk, on=date(2026, 12, 4))
    used = {s.pk for name in ("difficulties", "requests", "strengths") for s in getattr(program, name).all()}
    free = Statement.objects.create(candidate=person.candidates.get(), kind="request", text="тайный запрос")
    assert used and any("вошедшие в программу" in line for line in erasure.stays(person))
    destruction_acts.approve(prepare(person, cast, categories=["answers"]), by=cast.director)
    texts = dict(Statement.objects.filter(candidate__person=person).values_list("pk", "text"))
    kept = next(line for line in erasure.stays(person) if "вошедшие в программу" in line)
    assert f"({len(used)})" in kept  # what is destroyed is not told as kept
    assert {pk for pk, text in texts.items() if text == "уничтожено"} == {free.pk} == set(texts) - used


def test_scans_past_three_years_go_and_younger_ones_stay(cast, django_capture_on_commit_callbacks):
    person = make_person()
    scan = store_bytes(b"%PDF-1", name="скан.pdf", content_type="application/pdf")
    ended = {"end": "withdrawn", "end_recorded_by": cast.clerk, "form": "paper", "given_on": date(2022, 1, 1)}
    now = date(2026, 12, 4)
    old = make_consent(
        person, by=cast.clerk, scan=scan, ended_on=date(2022, 12, 31), end_recorded_at="2022-12-31T00:00Z", **ended
    )
    right = store_bytes(b"%PDF-2", name="тот скан.pdf", content_type="application/pdf")
    consent_acts.attach_scan(old, by=cast.clerk, scan=right, reason="приложили не ту бумагу")
    young = make_consent(person, by=cast.clerk, ended_on=date(2023, 1, 1), end_recorded_at="2023-01-01T00:00Z", **ended)
    assert list(erasure.overdue_consents(now)) == [old]
    act = destruction_acts.prepare(person, by=cast.curator, categories=["scans"], reason="term", commission=MEN)
    with django_capture_on_commit_callbacks(execute=True):
        destruction_acts.approve(act, by=cast.director)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.scan, old.text, old.erased_on) == (None, "уничтожено", now) and young.text == "текст"
    for file in (scan, right):  # the replaced scan goes with the one in its place
        assert not StoredFile.objects.filter(pk=file.pk).exists() and not file.file.storage.exists(file.file.name)
    assert Consent.objects.filter(pk=old.pk).exists()  # that there was a consent stays known


def test_the_wizard_shows_what_goes_and_what_stays_and_the_director_decides(cast, as_user, gone):
    clerk, director = as_user(cast.clerk), as_user(cast.director)
    (due,) = clerk.get(reverse("people:destructions")).context["due"]
    assert due.until == date(2026, 12, 1) + timedelta(days=30)
    page = clerk.get(due.url)
    body = page.content.decode()
    assert "телефон" in body and "1\N{NO-BREAK SPACE}письмо" in body and "подписанных приказах" in body
    assert " checked" not in body and page.context["form"].initial["reason"] == "withdrawn"
    form = {
        "categories": ["contacts", "birth"],
        "reason": "withdrawn",
        "commission": "Первый Иван Петрович\nВторая Анна Ивановна, кадры",
    }
    assert "через запятую" in clerk.post(due.url, form).content.decode()
    made = clerk.post(due.url, form | {"commission": "Первый Иван Петрович, куратор\nВторая Анна Ивановна, кадры"})
    act = Destruction.objects.get()
    assert made["Location"] == act.get_absolute_url()
    url = reverse("people:destruction_approve", args=[act.pk])
    assert clerk.get(url).status_code == clerk.post(url).status_code == 403
    question = director.get(url).content.decode()
    assert "Будет уничтожено: телефон, адрес электронной почты, адрес" in question
    assert Person.objects.get(pk=gone.pk).phone
    assert director.post(url).status_code == 302
    assert not Person.objects.get(pk=gone.pk).phone
    shown = director.get(act.get_absolute_url()).content.decode()
    assert "Акт об уничтожении персональных данных № 1.pdf" in shown and "SHA-256" in shown
    paper = clerk.get(reverse("people:destruction_paper", args=[act.pk]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    table = clerk.get(reverse("people:destruction_log", args=[act.pk]))
    assert openpyxl.load_workbook(io.BytesIO(b"".join(table.streaming_content))).active.max_row == 3
    for role in ("mentor", "stranger", "council"):
        assert as_user(getattr(cast, role)).get(act.get_absolute_url()).status_code == 404
