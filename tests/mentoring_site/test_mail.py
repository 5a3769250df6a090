"""Letters: a row in the transaction, delivery apart, retries, one sender at a time (reliability: mail)."""

import smtplib
import socket
import socketserver
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from mentoring_site import mail as letters_module
from mentoring_site.mail import (
    DONE_MEANWHILE,
    RETRY_MINUTES,
    deliver_outbox,
    due,
    forget_texts,
    send_late,
    send_template,
)
from mentoring_site.models import OutboxMail


@pytest.fixture
def templates(settings, tmp_path, monkeypatch):
    """A folder with one letter, in front of the project's own."""
    monkeypatch.setattr(letters_module, "_NEWS", {"hello"})
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/hello.txt").write_text("Здравствуйте, {{ name }}\n\nЖдём Вас: {{ site_url }}/home/\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


class SMTPHandler(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a letter, or to refuse its address."""

    def handle(self):
        self.say("220 test")
        while line := self.rfile.readline():
            word = line.decode().split()[0].upper() if line.strip() else ""
            if word == "RCPT":
                self.server.recipients.append(line.decode().strip())
                self.say(self.server.answer_to_rcpt)
            elif word == "EHLO" and self.server.says:
                self.say(f"250-test\r\n250 {self.server.says}")
            elif word == "DATA":
                self.say("354 go on")
                letter = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    letter += line
                self.server.letters.append(letter.decode())
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 test")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def smtp_server(settings, answer_to_rcpt="250 ok", says=""):
    """A real mail server on a free port; yields the list of letters that it took."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), SMTPHandler) as server:
        server.recipients = []
        server.daemon_threads, server.letters, server.answer_to_rcpt = True, [], answer_to_rcpt
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.says = says
        settings.EMAIL_BACKEND = "mentoring_site.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        try:
            yield server.letters
        finally:
            server.shutdown()


def make_letter(**values):
    plain = {"template": "t", "to": "a@school.example", "subject": "С", "text": "Т"}
    return OutboxMail.objects.create(**plain | values)


@pytest.mark.django_db
def test_a_letter_is_rendered_as_plain_text_into_the_outbox(templates, settings):
    row = send_template("hello", "a@school.example", {"name": "«Аршан» & <сын>"}, person_id=7)

    assert row.subject == "Здравствуйте, «Аршан» & <сын>"
    assert row.text == f"Ждём Вас: {settings.SITE_URL}/home/\n"
    assert (row.person_id, mail.outbox) == (7, [])


@pytest.mark.django_db
def test_the_text_of_a_letter_that_has_left_is_deleted_and_of_one_given_up_in_a_week(settings, time_machine):
    time_machine.move_to("2026-10-05 09:00:00+03:00", tick=False)
    left, lost = make_letter(subject="Приказ", text="Ознакомьтесь"), make_letter(text="Ещё раз")
    with smtp_server(settings) as letters:
        OutboxMail.objects.filter(pk=lost.pk).update(claimed_until=timezone.now() + timedelta(minutes=1))
        deliver_outbox()
    OutboxMail.objects.filter(pk=lost.pk).update(claimed_until=None)
    with smtp_server(settings, "550 no such mailbox"):
        deliver_outbox()
    left.refresh_from_db()
    lost.refresh_from_db()
    assert (len(letters), left.subject, left.text, lost.text) == (1, "Приказ", "", "Ещё раз")
    time_machine.shift(timedelta(days=6))
    assert forget_texts() == 0
    time_machine.shift(timedelta(days=2))
    assert forget_texts() == 1
    lost.refresh_from_db()
    assert (lost.text, bool(lost.failed_at)) == ("", True)


@pytest.mark.django_db
@pytest.mark.point("10.10")
@pytest.mark.parametrize(("still", "left"), [(True, 1), (False, 0)])
def test_a_letter_is_dropped_when_what_it_asks_for_is_done(monkeypatch, still, left):
    asked = []
    rule = lambda key, person: asked.append((key, person)) or still  # noqa: E731
    monkeypatch.setattr(letters_module, "_NEEDED", {"t": rule})
    row = make_letter(asks="12:answer", person_id=7)
    assert (deliver_outbox(), asked) == (left, [("12:answer", 7)])
    row.refresh_from_db()
    assert bool(row.sent_at) is still and row.text == ""
    assert row.last_error == ("" if still else DONE_MEANWHILE)


@pytest.mark.django_db
def test_a_letter_with_a_link_is_rendered_when_it_is_sent(templates, monkeypatch):
    monkeypatch.setattr(letters_module, "_LATE", {"hello": lambda pk: {"name": f"№ {pk}"} if pk == 7 else None})
    row, dropped = send_late("hello", "a@school.example", 7), send_late("hello", "a@school.example", 8)
    assert (row.subject, row.text) == ("", "")
    assert deliver_outbox() == 1
    assert [m.subject for m in mail.outbox] == ["Здравствуйте, № 7"]
    dropped.refresh_from_db()
    assert dropped.failed_at and "не нужно" in dropped.last_error
    with pytest.raises(LookupError):
        send_late("order_to_sign", "a@school.example", 7)


@pytest.mark.django_db
def test_a_line_break_in_a_value_cannot_add_a_header(templates):
    send_template("hello", "a@school.example", {"name": "А\nBcc: b@evil.example"})

    assert deliver_outbox() == 1
    assert mail.outbox[0].subject == "Здравствуйте, А"
    assert (mail.outbox[0].recipients(), mail.outbox[0].extra_headers.get("Bcc")) == (["a@school.example"], None)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_sends_nothing(templates):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_template("hello", "a@school.example", {"name": "А"})
        1 / 0  # noqa: B018

    assert (deliver_outbox(), mail.outbox) == (0, [])


@pytest.mark.django_db
def test_delivery_over_a_real_server_is_written_down(settings):
    row = make_letter(subject="Приказ №\N{NO-BREAK SPACE}4", text="Ознакомьтесь")

    with smtp_server(settings) as letters:
        assert deliver_outbox() == 1
        assert deliver_outbox() == 0

    row.refresh_from_db()
    assert len(letters) == 1
    assert f"Message-ID: <letter-{row.pk}@" in letters[0]
    assert (row.attempts, row.claimed_until, row.failed_at, row.last_error) == (1, None, None, "")
    assert row.sent_at is not None


@pytest.mark.django_db
def test_a_refused_address_is_given_up_at_once(settings):
    row = make_letter()

    with smtp_server(settings, "550 no such mailbox"):
        assert deliver_outbox() == 0

    row.refresh_from_db()
    assert row.failed_at is not None
    assert row.last_error == "Сервер получателя не принял адрес (код 550)"


@pytest.mark.django_db
def test_a_busy_mailbox_is_tried_again_ever_more_rarely(settings, time_machine):
    time_machine.move_to("2026-10-05 09:00:00+03:00", tick=False)
    row = make_letter()
    pauses = []

    with smtp_server(settings, "450 busy"):
        while not row.failed_at:
            before = timezone.now()
            assert deliver_outbox() == 0
            row.refresh_from_db()
            if not row.failed_at:
                pauses.append((row.next_try_at - before) // timedelta(minutes=1))
                time_machine.move_to(row.next_try_at, tick=False)

    assert pauses == list(RETRY_MINUTES)
    assert row.attempts == 10
    assert sorted(pauses) == pauses


@pytest.mark.django_db
def test_a_silent_server_costs_one_timeout_for_all_letters(settings):
    settings.EMAIL_TIMEOUT = 0.5
    for _ in range(20):
        make_letter()
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, never says a word
        settings.EMAIL_BACKEND = "mentoring_site.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        began = time.monotonic()
        assert deliver_outbox() == 0

        assert time.monotonic() - began < 3
    assert due().count() == 0
    assert set(OutboxMail.objects.values_list("attempts", "last_error")) == {(0, "Почтовый сервер не отвечает")}


@pytest.mark.django_db
def test_a_page_does_not_wait_for_a_silent_server(templates, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        began = time.monotonic()
        send_template("hello", "a@school.example", {"name": "А"})

        assert time.monotonic() - began < 1


@pytest.mark.django_db
def test_without_a_server_letters_are_given_up_and_not_kept_for_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    row = make_letter()

    assert deliver_outbox() == 0

    row.refresh_from_db()
    assert (row.sent_at, row.last_error) == (None, "Почтовый сервер не указан")
    assert row.failed_at is not None


@pytest.mark.django_db
def test_a_claimed_letter_belongs_to_its_sender_until_the_claim_ends(time_machine):
    time_machine.move_to("2026-10-05 09:00:00+03:00", tick=False)
    make_letter(claimed_until=timezone.now() + timedelta(minutes=2))
    assert deliver_outbox() == 0

    time_machine.shift(timedelta(minutes=3))

    assert deliver_outbox() == 1


def test_three_senders_at_once_send_each_letter_once(settings, installation):
    make = "from mentoring_site.models import OutboxMail as M; [M.objects.create(to='a@b.example') for _ in range(30)]"
    installation.manage("shell", "--no-imports", "-c", make)
    send = "from mentoring_site.mail import deliver_outbox; print(deliver_outbox())"
    with smtp_server(settings) as letters:
        url = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
        shell = ["manage.py", "shell", "--no-imports", "-c", send]
        senders = [installation.start(*shell, EMAIL_URL=url) for _ in range(3)]
        left = [int(sender.communicate(timeout=60)[0]) for sender in senders]

    assert (len(letters), sum(left)) == (30, 30)
    assert len({line for text in letters for line in text.splitlines() if line.startswith("Message-ID")}) == 30


@pytest.mark.django_db
def test_smtp_errors_are_the_kind_that_delivery_catches():
    assert issubclass(smtplib.SMTPException, OSError)


@pytest.mark.django_db
def test_a_domain_in_cyrillic_is_named_to_the_server_as_it_knows_it(settings):
    make_letter(to="info@школа.рф")
    with smtp_server(settings) as letters:
        assert deliver_outbox() == 1
    assert "To: info@xn--80atdl2c.xn--p1ai" in letters[0]


@pytest.mark.django_db
def test_a_name_in_cyrillic_goes_to_a_server_that_takes_it(settings):
    row = make_letter(to="завуч@школа.рф", subject="Встреча", text="Здравствуйте")
    with smtp_server(settings, says="SMTPUTF8") as letters:
        assert deliver_outbox() == 1
    assert "To: завуч@xn--80atdl2c.xn--p1ai" in letters[0] and f"<letter-{row.pk}@" in letters[0]


@pytest.mark.django_db
def test_a_name_in_cyrillic_is_given_up_by_a_server_that_does_not(settings):
    row = make_letter(to="завуч@школа.рф")
    with smtp_server(settings) as letters:
        assert (deliver_outbox(), letters) == (0, [])
    row.refresh_from_db()
    assert row.failed_at and row.last_error == "Почтовый сервер не пишет на адреса с русскими буквами перед @"
