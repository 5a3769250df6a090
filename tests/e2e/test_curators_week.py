"""A curator's week, Monday to the next Monday: what is pressed at one desk, and what each of the others then sees."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.banks.models import Candidate
from people.register.models import Person
from programs.journal.models import Meeting
from programs.pairings.models import Pairing
from reports.calendar.entries import SCHOOL
from reports.orders.models import Order
from tests.conftest import make_cast
from tests.e2e.browser import DESK, PHONE, Album
from tests.e2e.browser import Person as Somebody
from tests.e2e.conftest import chromium, file_database, served
from tests.factories import PASSWORD, make_candidate, make_pairing, make_person, make_school, make_user
from tests.programs.journal.kit import make_running
from tests.replay import tracker
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.point("10.16")]
BEGINS = datetime(2026, 10, 16, 8, 55, tzinfo=timezone.get_fixed_timezone(180))  # a Friday without holidays near
AT_A_DESK = {"curator", "council"}
LACKING = 6
"""Consents that have to be got, of pairs and of the banks: so many of a kind are folded."""


class Quick(Album):
    """Looks at no page: the long story and the walk over the demo school do."""

    def complaints(self, page, who):
        """Take no picture."""


class Week:
    """The school of one week: its clock, its people with their browsers."""

    def __init__(self, browser, album: Album, clock, cast):
        self.browser, self.album, self.clock, self.cast = browser, album, clock, cast
        self.people: dict[str, Somebody] = {}

    def __getattr__(self, name: str) -> Somebody:
        if name not in self.people:
            person = Somebody(self.browser, self.album, name, DESK if name in AT_A_DESK else PHONE)
            person.login, person.password = name, PASSWORD
            self.people[name] = person
        return self.people[name]

    def next_day(self, days: int = 1):
        """It is the next morning."""
        self.clock.shift(timedelta(days=days))

    def day(self, days: int) -> str:
        """Return the day so many days from today as a date field takes it."""
        return str(timezone.localdate() + timedelta(days=days))


def lay_the_ground():
    """A running pair that has not met for two months, banks, pairs without consents, orders that come back signed."""
    make_school()
    cast = make_cast()
    cast.program, _ = make_running(cast)
    for _ in range(2):
        make_pairing(cast, "recommended", complete=False)
    lead = make_user(make_person("Мельник", "Ольга", consent=True), username="lead")
    cast.lead = make_candidate(lead.person, "mentor", by=cast.director)
    for name, last in (("first", "Оконова"), ("second", "Лиджиева")):
        user = make_user(make_person(last, "Дельгир", consent=True), username=name)
        make_candidate(user.person, "mentee", by=cast.director)
    for last in ("Манджиева", "Санджиева", "Эльдяева"):  # no consent: nobody proposes them, the curator asks for it
        make_candidate(make_person(last), "mentor", by=cast.director)
    for name, last in (("silent", "Буваева"), ("quiet", "Эрдниева")):
        user = make_user(make_person(last, "Гиляна", consent=True, email=f"{name}@school.example"), username=name)
        made = make_candidate(user.person, "mentee", by=cast.curator, state="applied")
        made.statements.all().delete()
        since = timezone.now() + timedelta(days=2)  # on Sunday: others hold it for a week
        Candidate.objects.filter(pk=made.pk).update(filled_at=None, filled_by=None, proposed_at=since)
    appointed = make_user(make_person("Церенова", "Баирта"), username="appointed")
    people = [appointed.person, make_person("Дорджиева"), make_person("Хулхачиева")]
    Authenticator.objects.all().delete()  # the second factor has tests of its own
    cast.orders = [make_order(cast, "appointment", "at_signature", [make_mentor(cast, one)]) for one in people]
    return cast


def monday_the_desk(week):
    """What waits stands by kinds; one thing is put off with a day and a reason and comes back on that day."""
    curator = week.curator
    curator.home()
    curator.does_not_see("Сейчас Вас ничего не ждёт")
    curator.sees(f"Согласия: {LACKING}", "Приказы: 3")
    curator.click(f"Согласия: {LACKING}")
    week.waits = curator.page.locator("li.task:visible h3", has_text="Получить согласия").first.inner_text()
    assert curator.shown("li.task:visible", week.waits)
    curator.page.locator("li.task:visible", has_text=week.waits).locator(".task-later").click()
    curator.arrived()
    curator.press(until=week.day(2), reason="Жду паспорт")
    curator.sees(f"Согласия: {LACKING - 1}", "Отложено: 1")


def monday_pairs_are_proposed(week):
    """The system suggests a set, the curator corrects it and sends both by one press; each side is asked."""
    curator = week.curator
    curator.click("Пары и группы", within="nav")
    curator.click("Подобрать")
    assert curator.page.locator("[data-chosen]").inner_text() == "2"
    for box in curator.page.locator(f".matrix input[value='{week.cast.lead.pk}']").all():
        box.check()
    curator.click("Проверить и предложить")
    curator.sees("Мельник О. Б. — Оконова Д. Б.", "Мельник О. Б. — Лиджиева Д. Б.")
    curator.press("Отправить", fits=True)
    curator.sees("2 предложения отправлены")
    for name in ("lead", "first", "second"):
        getattr(week, name).home()
        getattr(week, name).sees("Ответить на предложение")


def monday_reminders_leave_at_once(week):
    """Who has not filled in a questionnaire is ticked in the bank; each gets one letter and finds the thing at home."""
    curator = week.curator
    curator.go("/banks/mentees/")
    for name in ("Буваева", "Эрдниева"):
        curator.fill("one", name)
    curator.click("Напомнить об анкете")
    curator.sees("Буваева Г. Б.", "Эрдниева Г. Б.", "Каждый получит письмо")
    curator.press("Напомнить")
    curator.sees("Напоминания об анкете", "2 письма")
    asked = Person.objects.filter(last_name__in=["Буваева", "Эрдниева"]).values_list("pk", flat=True)
    letters = OutboxMail.objects.filter(template="candidate_fill", person_id__in=asked)
    assert sorted(letters.values_list("person_id", flat=True)) == sorted(asked)
    week.silent.home()
    week.silent.sees("Заполнить анкету")


def tuesday_a_meeting_is_planned(week):
    """The mentor plans for Thursday on a phone; the mentee and the curator see it on its day of the calendar."""
    mentor = week.mentor
    mentor.go(f"/programs/{week.cast.program.pk}/journal/")
    mentor.click("Назначить встречу или несколько")
    mentor.press(held_on=week.day(2), starts_at="15:00", about="Разбор этюда")
    for person, address in ((week.mentee, "/calendar/"), (week.curator, f"/calendar/?scope={SCHOOL}")):
        person.go(address)
        assert person.shown(f"td:has([datetime='{week.day(2)}'])", "15:00"), person.name
    week.curator.does_not_see("Разбор этюда")  # what it is about is for its people


def tuesday_a_proposal_is_taken_back(week):
    """Nobody has answered yet: the curator undoes one proposal, and nobody is asked about it any more."""
    curator = week.curator
    pairing = Pairing.objects.get(state="proposed", participations__person__last_name="Лиджиева")
    curator.go(pairing.get_absolute_url())
    curator.click("Отменить")
    curator.press()
    week.second.home()
    week.second.does_not_see("Ответить на предложение")
    week.first.home()
    week.first.sees("Ответить на предложение")


def wednesday_what_was_put_off_waits_again(week):
    """Its day has come."""
    week.curator.home()
    assert week.curator.shown("main li.task", week.waits)
    week.curator.does_not_see("Отложено: 1")


def wednesday_signed_orders_are_registered(week):
    """Three orders come back from the director: one table of numbers and dates; the people read theirs."""
    curator = week.curator
    curator.click("Приказы", within="nav")
    curator.click("Зарегистрировать несколько")
    for order in week.cast.orders:
        curator.page.locator(f"main [name=order][value='{order.pk}']").check()
    curator.click("Дальше: номера и даты")
    numbers = [int(field.input_value().split("-")[0]) for field in curator.page.locator("main [name$=-number]").all()]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    curator.press("Зарегистрировать подписанные")
    curator.sees("Зарегистрировано 3 приказа")
    assert set(Order.objects.filter(pk__in=[o.pk for o in week.cast.orders]).values_list("state", flat=True)) == {
        "registered"
    }
    week.appointed.home()
    week.appointed.sees("Ознакомиться с приказом")


def thursday_a_pair_is_helped(week):
    """A pair that has not met stands at home; the curator writes to it, the meeting is held and logged."""
    curator, mentor, mentee = week.curator, week.mentor, week.mentee
    title = week.cast.program.title
    curator.take(f"Помочь паре: «{title}»")
    curator.click("Разговор")
    curator.press(text="Чем помочь, чтобы встречи начались?")
    mentee.go("/talks/")
    mentee.sees("Чем помочь, чтобы встречи начались?")
    mentor.take("Записать встречу")  # the planned one, on its day
    mentor.press(about="Разобрали этюд")
    assert Meeting.objects.get().held_on == timezone.localdate()
    mentee.take("Подтвердить встречу")
    curator.home()
    curator.does_not_see(f"Помочь паре: «{title}»")


def friday_the_day_is_seen(week):
    """What others hold and what was done today stand at home, in words."""
    curator = week.curator
    curator.home()
    curator.does_not_see("Сделано сегодня")
    curator.click("Ждут других")
    curator.page.locator("#held li.task", has_text="Буваева").get_by_role("button").click()
    curator.arrived()
    curator.home()
    curator.click("Сделано сегодня: 1")
    assert "напоминание" in curator.page.locator("#done").inner_text()


def the_next_monday_a_letter_comes(week):
    """One letter says the same as the desk."""
    call_command("tick", verbosity=0)
    letter = OutboxMail.objects.get(template="week", person_id=week.cast.curator.person_id)
    week.curator.home()
    title = week.curator.page.locator("summary .kind-name", has_text="Согласия").inner_text()
    assert title in letter.text and "Вас жд" in letter.subject


DAYS = [
    [monday_the_desk, monday_pairs_are_proposed, monday_reminders_leave_at_once],
    [tuesday_a_meeting_is_planned, tuesday_a_proposal_is_taken_back],
    [wednesday_what_was_put_off_waits_again, wednesday_signed_orders_are_registered],
    [thursday_a_pair_is_helped],
    [friday_the_day_is_seen],
    [],
    [],
    [the_next_monday_a_letter_comes],
]


def test_a_curators_week(tmp_path, django_db_blocker):
    if connection.vendor != "sqlite":
        pytest.skip("в браузере проверяется школа с файлом базы данных")
    tracker.start(enabled=False)
    with (
        django_db_blocker.unblock(),
        file_database(tmp_path),
        served(tmp_path / "media") as address,
        chromium() as browser,
        time_machine.travel(BEGINS, tick=True) as clock,
    ):
        week = Week(browser, Quick(address), clock, lay_the_ground())
        week.next_day(3)
        for n, day in enumerate(DAYS):
            if n:
                week.next_day()
            for chapter in day:
                chapter(week)
        assert not week.album.faults, week.album.faults
