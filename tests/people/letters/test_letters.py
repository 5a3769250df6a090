"""The truth about letters: settings, a test letter with the server's own answer, the journal, who was told."""

import socket

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from mentoring_site import told
from mentoring_site.mail import DONE_MEANWHILE, deliver_outbox, send_template
from mentoring_site.models import OutboxMail
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.letters import acts
from people.letters.journal import hidden, kind_of
from people.letters.told import told_of
from people.roles.letters import mail_person
from programs.pairings import reminders
from programs.pairings.models import Participation
from tests import ROOT
from tests.factories import make_consent, make_pairing, make_person, make_user
from tests.mentoring_site.test_mail import smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.10")]


def told_on(client, url):
    return client.get(url).context["told"]


def errors(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


# --- settings and the test letter ---------------------------------------------------------------------------------


def test_settings_are_shown_and_the_password_never(cast, as_user, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp.school.example", 587
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "robot-name", "s3cret-word"
    html = as_user(cast.sysadmin).get("/settings/mail/").content.decode()
    assert "smtp.school.example:587" in html and settings.SITE_URL in html
    assert "s3cret-word" not in html and "robot-name" not in html


def test_only_those_who_run_the_system_see_letters(cast, as_user):
    row = send_template("test_letter", "a@school.example", {"person": cast.mentor.person})
    for user in (cast.mentor, cast.clerk, cast.director):
        client = as_user(user)
        assert client.get("/settings/mail/").status_code == client.get("/settings/mail/letters/").status_code == 403
        assert client.post("/settings/mail/test/").status_code == 403
        assert client.post(f"/settings/mail/letters/{row.pk}/again/").status_code == 403


def press_test(cast, as_user):
    cast.sysadmin.email = "sysadmin@school.example"
    cast.sysadmin.save()
    return errors(as_user(cast.sysadmin).post("/settings/mail/test/"))


def test_a_test_letter_is_said_to_be_taken_only_when_it_was(cast, as_user, settings):
    with smtp_server(settings) as letters:
        said = press_test(cast, as_user)
    assert len(letters) == 1 and "To: sysadmin@school.example" in letters[0]
    assert said[0].startswith("Почтовый сервер принял письмо на sysadmin@school.example")
    row = OutboxMail.objects.get()
    assert row.sent_at and row.text == "" and deliver_outbox() == 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [("550 no such mailbox", "не принял адрес (код 550)"), ("451 try later", "не принял адрес (код 451)")],
)
def test_a_refused_test_letter_tells_the_code_of_the_server(cast, as_user, settings, answer, words):
    with smtp_server(settings, answer):
        said = press_test(cast, as_user)
    assert "Письмо не ушло" in said[0] and words in said[0]
    assert OutboxMail.objects.get().failed_at


def test_a_test_letter_to_no_server_says_so(cast, as_user, settings):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
    settings.EMAIL_BACKEND = "mentoring_site.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
    assert "почтового сервера нет" in press_test(cast, as_user)[0]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        assert "не отвечает" in press_test(cast, as_user)[0]


def test_a_wrong_password_is_said_in_plain_words(cast, as_user, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "robot", "wrong"
    with smtp_server(settings, says="AUTH PLAIN"):
        said = press_test(cast, as_user)[0]  # the little server answers AUTH with 250, which is no login
    assert "не принял имя или пароль" in said and "wrong" not in said


def test_without_mail_the_button_is_off_and_says_why(cast, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    html = as_user(cast.sysadmin).get("/settings/mail/").content.decode()
    assert 'aria-disabled="true"' in html and "EMAIL_URL" in html
    assert "Почтовый сервер не указан" in press_test(cast, as_user)[0]


def test_test_letters_do_not_flood(cast, as_user, settings):
    with smtp_server(settings) as letters:
        said = [press_test(cast, as_user)[0] for _ in range(6)]
    assert len(letters) == 5 and "через десять минут" in said[-1]


# --- the journal --------------------------------------------------------------------------------------------------


def test_the_journal_says_who_which_when_and_what_became_of_it(cast, as_user, settings):
    person = make_person(email="ochirova@school.example")
    mail_person(person, "consent_request", asks="processing", in_application=True)
    client = as_user(cast.curator)
    row = client.get("/settings/mail/letters/").context["listing"].rows[0]
    assert (row.who, row.to, row.badge.word) == (person.short_name, "o…@school.example", "ждёт")
    assert row.what == "Нужно Ваше согласие на обработку персональных данных"
    with smtp_server(settings, "550 no"):
        deliver_outbox()
    page = client.get("/settings/mail/letters/?show=failed")
    row = page.context["listing"].rows[0]
    assert (row.badge.word, row.again_word) == ("не доставлено", "Отправить ещё раз") and "550" in row.note
    html = page.content.decode()
    assert "ochirova@school.example" not in html and "Чтобы участвовать" not in html


def test_no_kind_of_letter_shows_anything_personal():
    for path in sorted((ROOT / "templates/mail").glob("*.txt")):
        words = kind_of(path.stem)
        assert words and "{" not in words and "%" not in words, path.stem
    assert kind_of("consent_withdrawn") == "Отозвано согласие"
    assert hidden("ochirova@школа.рф") == "o…@школа.рф"


def test_a_letter_goes_again_to_the_mended_address(cast, as_user, settings):
    person = make_person(email="old@school.example")
    mail_person(person, "consent_request", asks="processing", in_application=True)
    with smtp_server(settings, "550 no"):
        deliver_outbox()
    row = OutboxMail.objects.get()
    person.email = "new@school.example"
    person.save()
    answer = as_user(cast.sysadmin).post(f"/settings/mail/letters/{row.pk}/again/")
    assert "снова в очереди" in errors(answer)[0]
    with smtp_server(settings) as letters:
        assert deliver_outbox() == 1
    assert "To: new@school.example" in letters[0]
    again = as_user(cast.sysadmin).post(f"/settings/mail/letters/{row.pk}/again/")
    assert "уже ушло" in errors(again)[0]


def test_a_way_into_an_account_is_never_sent_again_from_the_journal(cast):
    row = OutboxMail(template="invitation", to="a@school.example", about=7, failed_at="2026-10-01T10:00:00Z", text="x")
    assert "на странице учётной записи" in acts.refusal(row)


# --- after an act -------------------------------------------------------------------------------------------------


def ask(client, person):
    """Ask for a consent by letter and return what the next page says of it."""
    client.post(f"/people/{person.pk}/consents/ask/")
    said = told_on(client, "/home/")
    assert not told_on(client, "/home/")  # it is said once
    return said


def test_after_an_act_it_is_said_who_gets_a_letter_and_who_cannot(cast, as_user):
    known, unknown = make_person(email="a@school.example"), make_person()
    with_login = make_user(make_person(), username="nomail")
    with_login.email = ""
    with_login.save()
    with_login = with_login.person
    said = ask(as_user(cast.curator), known)
    assert (said.queued, said.missed) == (f"Письма поставлены в очередь: 1 ({known.short_name}).", "")
    said = ask(as_user(cast.curator), unknown)
    assert said.missed == f"Не получат письма: {unknown.short_name} (нет e-mail и учётной записи)."
    assert said.ways == (("/settings/accounts/new/", "Завести учётную запись и напечатать листок"),)
    said = ask(as_user(cast.curator), with_login)
    assert said.missed == f"Не получат письма: {with_login.short_name} (нет e-mail)."
    assert "увидят это" in said.hint and said.ways == ()


def test_with_mail_switched_off_nobody_is_said_to_get_a_letter(cast, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    person = make_person(email="a@school.example")
    client = as_user(cast.curator)
    client.post(f"/people/{person.pk}/consents/ask/")
    html = client.get("/home/").content.decode()
    assert f"Не получат письма: {person.short_name} (почта не подключена)." in html
    assert 'href="/settings/mail/"' in html and "поставлены в очередь" not in html


def test_a_refused_act_tells_nobody(cast, as_user):
    person = make_person(email="a@school.example", consent=True)
    assert ask(as_user(cast.curator), person) is None or not ask(as_user(cast.curator), person)
    with told.gathering() as noted, pytest.raises(ZeroDivisionError), told.attempt():
        mail_person(person, "consent_request", asks="processing", in_application=True)
        raise ZeroDivisionError
    assert noted == []


def test_many_are_named_shortly(rf, cast):
    request = rf.get("/")
    request.user = cast.curator
    people = [told.Addressee(n, f"Человек {n}") for n in range(7)]
    request.session = {told.SESSION_KEY: [vars(one) for one in people]}
    assert str(told_of(request).queued).endswith("Человек 3, Человек 4 и ещё 2).")


# --- reminders stop when they are answered ------------------------------------------------------------------------


def sent():
    """Deliver what waits; return how many left and why the others did not."""
    left = deliver_outbox()
    return left, list(OutboxMail.objects.exclude(failed_at=None).values_list("template", "last_error"))


def test_a_request_for_a_consent_is_dropped_when_the_consent_is_there(cast):
    person = make_person(email="a@school.example")
    consent_acts.ask(person, by=cast.curator)
    make_consent(person)
    assert sent() == (0, [("consent_request", DONE_MEANWHILE)])
    other = make_person(email="b@school.example")
    consent_acts.ask(other, by=cast.curator)
    assert sent()[0] == 1


def test_a_reminder_of_a_questionnaire_is_dropped_when_it_is_filled(cast):
    person = make_person(email="a@school.example", consent=True)
    candidate = bank_acts.propose(person, Candidate.Part.MENTEE, why="Молодой специалист", by=cast.curator)
    Candidate.objects.filter(pk=candidate.pk).update(filled_at=timezone.now(), filled_by=cast.curator)
    assert sent() == (0, [("candidate_fill", DONE_MEANWHILE)])


@pytest.mark.parametrize("answered", [True, False])
def test_a_reminder_to_answer_is_dropped_when_the_answer_is_there(cast, answered):
    pairing = make_pairing(cast, "proposed")
    mine = pairing.participations.select_related("person").get(part="mentee")
    mine.person.email = "mentee@school.example"
    mine.person.save()
    Participation.objects.filter(pk=mine.pk).update(wish="", wish_at=None, wish_by=None)
    mine.refresh_from_db()
    OutboxMail.objects.all().delete()
    reminders.remind(mine, by=cast.curator, about="answer")
    if answered:
        Participation.objects.filter(pk=mine.pk).update(wish="yes", wish_at=timezone.now(), wish_by=cast.curator)
    assert sent() == ((0, [("pairing_reminder", DONE_MEANWHILE)]) if answered else (1, []))
