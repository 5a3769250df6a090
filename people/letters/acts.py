"""What those who run the system do with letters: a test letter to oneself, one letter sent again."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site import mail
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.models import OutboxMail
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.register.models import Person
from people.rights import Right
from people.roles.letters import address_of

TEST = "test_letter"
NEWS = {TEST}
TESTS_AT_MOST = 5
TEST_PAUSE = timedelta(minutes=10)


def send_test(*, by: Any) -> str:
    """Send a test letter to oneself and wait for the server's answer; return one's address.

    Raises ``NotAllowed``; ``Refused`` with why the letter did not leave, in plain words.
    """
    require(by, Right.HEALTH_SEE, act="послать пробное письмо")
    row = _test_letter(by)
    if why := mail.send_now(row):
        raise Refused(f"Письмо не ушло. {why}")
    return row.to


@transaction.atomic
def _test_letter(by: Any) -> OutboxMail:
    one_at_a_time("test letters")
    to = address_of(by.person)
    if not to:
        raise Refused("У Вас не записан e-mail: послать пробное письмо некуда")
    lately = OutboxMail.objects.filter(template=TEST, created_at__gt=timezone.now() - TEST_PAUSE)
    if lately.count() >= TESTS_AT_MOST:
        raise Refused("Пробных писем послано уже пять. Следующее можно послать через десять минут")
    row = mail.send_template(TEST, to, {"person": by.person}, person_id=by.person_id)
    OutboxMail.objects.filter(pk=row.pk).update(claimed_until=timezone.now() + timedelta(minutes=2))
    return row


def refusal(letter: OutboxMail) -> str:
    """Why a letter cannot be sent again; empty when it can."""
    if letter.sent_at:
        return "Письмо уже ушло, его текст не хранится"
    if letter.failed_at and not letter.text:
        return "Текст письма уже удалён. Повторите само действие"
    if letter.about is not None and letter.failed_at:
        return "Ссылку для входа выдают заново на странице учётной записи"
    return ""


@transaction.atomic
def send_again(letter: OutboxMail, *, by: Any) -> OutboxMail:
    """Put a letter into the queue once more, to the present address of its person.

    Raises ``NotAllowed``; ``Already`` when it has left; ``Refused`` when its text is gone or there is no address.
    """
    require(by, Right.HEALTH_SEE, act="отправить письмо ещё раз")
    letter = locked(letter, gone="Этого письма уже нет в журнале")
    if why := refusal(letter):
        raise (Already if letter.sent_at else Refused)(why)
    if not mail.is_configured():
        raise Refused("Почта не подключена: отправить письмо нечем")
    person = Person.objects.filter(pk=letter.person_id or 0).select_related("user").first()
    if person is not None and letter.failed_at:
        letter.to = address_of(person)
        if not letter.to:
            raise Refused(f"{person.short_name}: не записан e-mail")
    letter.failed_at, letter.claimed_until, letter.attempts = None, None, 0
    letter.next_try_at, letter.last_error = timezone.now(), ""
    letter.save()
    if person is not None:
        record(person, "letter_again", by=by, words="письмо поставлено в очередь ещё раз", letter=letter.pk)
    return letter
