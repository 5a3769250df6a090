"""Help at 390 pixels: a mentee asks from home in a few taps, the mentor answers, and nobody else reads a word."""

from types import SimpleNamespace

import pytest
from django.db import connection

from programs.requests.models import Request
from tests.conftest import make_cast
from tests.e2e.browser import PHONE, Album
from tests.e2e.browser import Person as Somebody
from tests.e2e.conftest import chromium, file_database, served
from tests.factories import PASSWORD, make_consent, make_school
from tests.programs.journal.kit import make_running
from tests.replay import tracker

pytestmark = [pytest.mark.browser, pytest.mark.point("11.12")]
ASKED = "Ученик плачет перед зачётом, не знаю, что делать"
ANSWERED = "Сегодня в пять приду на урок"


@pytest.fixture(scope="module")
def world(tmp_path_factory, django_db_blocker):
    """A school with a running program, a site that serves it, a telephone for everybody."""
    if connection.vendor != "sqlite":
        pytest.skip("в браузере проверяется школа с файлом базы данных")
    tracker.start(enabled=False)
    folder = tmp_path_factory.mktemp("help")
    with (
        django_db_blocker.unblock(),
        file_database(folder),
        served(folder / "media") as address,
        chromium() as browser,
    ):
        make_school()
        cast = make_cast()
        for name in ("mentor", "mentee"):
            make_consent(getattr(cast, name).person)
        program, _ = make_running(cast)
        album = Album(address)

        def phone(name: str) -> Somebody:
            person = Somebody(browser, album, name, PHONE)
            person.login, person.password = name, PASSWORD
            return person

        yield SimpleNamespace(program=program, phone=phone, album=album)


def test_help_is_asked_for_and_answered_on_a_phone(world):
    mentee, mentor, council = map(world.phone, ("mentee", "mentor", "council"))
    mentee.home()
    mentee.click("Попросить помощи")
    mentee.press("Отправить", term="urgent", text=ASKED)
    mentee.sees(ASKED, "ждёт ответа")
    asked = Request.objects.get()
    mentor.home()
    mentor.take("Ответить")
    mentor.sees(ASKED)
    mentor.click("Ответить")
    mentor.press("Ответить", answer=ANSWERED)
    mentee.go(asked.get_absolute_url())
    mentee.sees(ANSWERED, "отвечено")
    council.go(f"/programs/{world.program.pk}/requests/")
    council.does_not_see(ASKED, ANSWERED)
    assert (world.album.faults, world.album.unreadable, world.album.wide) == ([], [], [])
