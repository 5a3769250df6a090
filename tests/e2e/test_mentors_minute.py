"""A mentor's minute at 390 pixels: logs in, logs a meeting with two photographs, sees it; what was typed survives a
lost network, a closed page and an idle logout, and nothing of it stays with a stranger.
"""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from programs.catalogs.models import SheetCriterion, SheetTemplate
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting, Message
from programs.learning.models import LearningNote
from programs.program.models import Activity, Program
from programs.tasks.models import MentorTask
from tests import ROOT
from tests.conftest import make_cast
from tests.e2e.browser import TOO_WIDE
from tests.e2e.conftest import chromium, file_database, served
from tests.factories import PASSWORD, make_consent, make_school
from tests.programs.journal.kit import make_running, meet, side
from tests.replay import tracker

pytestmark = [pytest.mark.browser, pytest.mark.point("10.11")]
WIDTH, HEIGHT = 390, 844
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
SMALL = """css => [...document.querySelectorAll(css)].filter(e => e.checkVisibility() && !e.closest('.visually-hidden'))
    .filter(e => e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 24)
    .map(e => `${e.textContent.trim().slice(0, 40)}: ${Math.round(e.getBoundingClientRect().height)}`)"""
IN_CARDS = ":is(.table.cards, .task, .files, .snaps, .plain-list) a, main .btn, main summary, main .tabs a, .bottom a"


@pytest.fixture(scope="module")
def world(tmp_path_factory, django_db_blocker):
    """A school with a running program, a site that serves it, Chromium."""
    if connection.vendor != "sqlite":
        pytest.skip("в браузере проверяется школа с файлом базы данных")
    tracker.start(enabled=False)
    folder = tmp_path_factory.mktemp("minute")
    with (
        django_db_blocker.unblock(),
        file_database(folder),
        served(folder / "media") as address,
        chromium() as browser,
    ):
        make_school()
        cast = make_cast()
        program, activity = make_running(cast)
        yield SimpleNamespace(cast=cast, program=program, activity=activity, address=address, browser=browser)


@pytest.fixture
def phone(world):
    """Return a function that gives a telephone to somebody who has logged in."""
    contexts, faults = [], []

    def given(login: str, **options) -> Page:
        context = world.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            is_mobile=True,
            has_touch=True,
            locale="ru-RU",
            base_url=world.address,
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        page = context.new_page()
        page.goto("/home/")
        log_in(page, login)
        return page

    yield given
    for context in contexts:
        context.close()
    assert faults == []


def log_in(page: Page, login: str) -> None:
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.tap("main button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def snap(name: str) -> dict:
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), "#778899").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def heic() -> dict:
    return {
        "name": "IMG_2.HEIC",
        "mimeType": "image/heic",
        "buffer": (ROOT / "tests" / "data" / "photo.heic").read_bytes(),
    }


def new_meeting(page: Page, world) -> None:
    page.goto(f"/programs/{world.program.pk}/meetings/new/")


def type_slowly(page: Page, words: str) -> None:
    page.locator("[name=about]").press_sequentially(words)
    expect(page.get_by_text("Черновик сохранён на этом устройстве")).to_be_visible()


def test_a_meeting_with_two_photographs_from_home(world, phone):
    page = phone("mentor")
    page.tap("main a:has-text('Записать встречу')")
    expect(page.locator("[data-camera]")).to_be_visible()
    assert page.locator("[data-camera]").get_attribute("capture") == "environment"
    expect(page.locator("[name=length]")).to_be_hidden()
    page.tap("[name=minutes][value=other]")
    page.fill("[name=length]", "50")
    page.fill("[name=about]", "Сыграли этюд вдвоём")
    page.set_input_files("[name=evidence]:not([data-camera])", [snap("IMG_1.JPG")])
    page.set_input_files("[data-camera]", heic())  # a shot joins what is chosen already
    assert page.locator(".chosen li").count() == 2
    page.tap("main button.btn-primary")
    page.wait_for_url("**/journal/")
    expect(page.get_by_text("Сыграли этюд вдвоём")).to_be_visible()
    meeting = Meeting.objects.get(about="Сыграли этюд вдвоём")
    assert (meeting.minutes, meeting.evidence.count()) == (50, 2)
    for image in page.locator(".snaps img").all():
        image.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete", arg=image.element_handle())
        assert 0 < image.evaluate("image => image.naturalWidth") <= 320
    assert page.locator(".snaps img").count() == 2
    assert page.evaluate(DRAFTS) == []
    page.tap(".snaps button:has-text('Убрать')")
    page.tap("button:has-text('Вернуть')")
    expect(page.get_by_text("Подтверждение возвращено")).to_be_visible()
    assert meeting.evidence.count() == 2


def test_without_scripts_everything_works(world, phone):
    page = phone("mentor", java_script_enabled=False)
    new_meeting(page, world)
    page.fill("[name=about]", "Без сценариев")
    page.set_input_files("[name=evidence]:not([data-camera])", [snap("1.jpg"), heic()])
    page.set_input_files("[data-camera]", snap("3.jpg"))
    page.tap("[name=minutes][value='60']")
    page.tap("main button.btn-primary")
    page.wait_for_url("**/journal/")
    assert Meeting.objects.get(about="Без сценариев").evidence.count() == 3


def test_a_network_lost_before_the_press_keeps_everything(world, phone):
    page = phone("mentor")
    new_meeting(page, world)
    page.fill("[name=about]", "Слушали записи")
    page.set_input_files("[name=evidence]:not([data-camera])", snap("1.jpg"))
    page.context.set_offline(True)
    page.tap("main button.btn-primary")
    expect(page.get_by_role("alert")).to_contain_text("Нет связи, поэтому ничего не отправлено")
    assert page.input_value("[name=about]") == "Слушали записи" and not Meeting.objects.filter(about="Слушали записи")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Связь появилась")
    page.tap("main button.btn-primary")
    page.wait_for_url("**/journal/")
    assert Meeting.objects.get(about="Слушали записи").evidence.count() == 1
    assert page.evaluate(DRAFTS) == []


def test_a_network_lost_in_the_middle_leaves_a_draft(world, phone):
    page = phone("mentor")
    new_meeting(page, world)
    page.tap("[name=minutes][value='90']")
    page.fill("[name=about]", "Разобрали сонату")
    page.context.route("**/meetings/new/", lambda route: route.abort("connectionreset"))
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.tap("main button.btn-primary")
    page.context.unroute("**/meetings/new/")
    page.close()
    page = page.context.new_page()
    new_meeting(page, world)
    expect(page.get_by_text("Вы начали и не отправили эту форму")).to_be_visible()
    assert page.input_value("[name=about]") == ""
    page.tap("button:has-text('Вернуть черновик')")
    assert page.input_value("[name=about]") == "Разобрали сонату"
    assert page.locator("[name=minutes]:checked").get_attribute("value") == "90"
    page.tap("main button.btn-primary")
    page.wait_for_url("**/journal/")
    assert Meeting.objects.get(about="Разобрали сонату").minutes == 90
    assert page.evaluate(DRAFTS) == []


def test_a_refused_form_and_an_idle_logout_keep_the_draft(world, phone):
    page = phone("mentor")
    new_meeting(page, world)
    page.fill("[name=held_on]", "2020-01-01")
    type_slowly(page, "Давно")
    page.tap("main button.btn-primary")
    page.wait_for_selector(".errors")
    (draft,) = page.evaluate(DRAFTS)  # it came to the server, and the server did not take it
    assert "Давно" in page.evaluate("key => localStorage.getItem(key)", draft)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    new_meeting(page, world)
    log_in(page, "mentor")
    page.tap("button:has-text('Удалить черновик')")
    expect(page.get_by_text("Черновик удалён")).to_be_visible()
    assert page.evaluate(DRAFTS) == [] and page.input_value("[name=about]") == ""


def test_a_logout_and_another_login_erase_drafts(world, phone):
    page = phone("mentor")
    new_meeting(page, world)
    type_slowly(page, "Чужое")
    page.context.clear_cookies()  # also the browser's word about its last owner: the script alone must do it
    page.goto("/accounts/login/")
    assert len(page.evaluate(DRAFTS)) == 1
    log_in(page, "mentee")
    assert page.evaluate(DRAFTS) == []
    new_meeting(page, world)
    type_slowly(page, "Моё")
    page.context.route(
        "**/accounts/logout/", lambda route: route.fulfill(body="<p>вышли</p>", content_type="text/html")
    )
    page.tap(".bottom summary")
    page.tap(".more-sheet button:has-text('Выйти')")
    page.wait_for_url("**/accounts/logout/")
    page.goto("/accounts/login/")
    assert page.evaluate(DRAFTS) == []


def test_secrets_are_never_kept(world, phone):
    page = phone("mentor")
    page.goto("/accounts/password/change/")
    assert page.locator("main[data-drafts]").count() == 0
    new_meeting(page, world)
    page.evaluate(  # a password in a form whose page keeps drafts: the whole form is left alone
        """() => {
            const form = document.querySelector('main form[method=post]'), field = document.createElement('textarea');
            const clone = form.cloneNode(false), secret = document.createElement('input');
            secret.type = 'password'; field.name = 'words'; secret.name = 'pin'; clone.append(field, secret);
            sessionStorage.form = clone.outerHTML;
        }"""
    )
    kept = page.evaluate("document.querySelector('main').dataset.drafts")
    form = page.evaluate("sessionStorage.form")
    body = f"<meta charset=utf-8><main data-drafts={kept}>{form}</main><script src=/static/js/drafts.js></script>"
    page.route("**/sample/", lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto("/sample/")
    page.locator("[name=words]").press_sequentially("тайна")
    page.locator("[name=pin]").press_sequentially("тайна")
    page.wait_for_timeout(700)
    assert page.evaluate(DRAFTS) == []


def test_targets_of_a_finger_and_the_first_screen(world, phone):
    meet(world.program, world.cast.mentor, minutes=35, about="Размер кнопок")
    journal_acts.post(world.program, by=world.cast.curator, text="Как идут дела?")
    page = phone("mentor")
    pk = world.program.pk
    for address in (
        "/home/",
        f"/programs/{pk}/",
        f"/programs/{pk}/journal/",
        f"/programs/{pk}/talk/",
        "/consents/mine/",
    ):
        page.goto(address)
        assert page.evaluate(SMALL, IN_CARDS) == [], address
        assert page.evaluate(TOO_WIDE) == [], address
    page.goto(f"/programs/{pk}/")
    first = page.locator(".table.cards tbody tr").first.locator("td").first.bounding_box()
    assert first["y"] + first["height"] < page.locator(".bottom").bounding_box()["y"]
    acts = page.locator(".page-acts .btn:visible").all_inner_texts()
    assert acts[0] == "Записать встречу" and len(acts) <= 2


def test_the_mentee_marks_an_activity_from_home_and_from_the_program(world, phone):
    page = phone("mentee")
    do = f"/activities/{world.activity.pk}/do/{side(world.program).pk}/"
    for address in ("/home/", f"/programs/{world.program.pk}/"):
        page.goto(address)
        page.locator("main a:visible", has_text="Отметить выполнение").first.tap()
        page.wait_for_url(f"**{do}")


def test_old_addresses_of_the_talk_lead_to_its_page(world, phone):
    Message.objects.bulk_create(
        Message(program=world.program, author=world.cast.mentor, text=f"слово {n}") for n in range(31)
    )
    page = phone("mentee")
    journal, talk = (f"/programs/{world.program.pk}/{name}/" for name in ("journal", "talk"))
    page.goto(f"{journal}?thread=2#thread")
    assert page.url.endswith(f"{talk}?page=2#thread")
    page.goto(f"{journal}#thread")
    page.wait_for_url(f"**{talk}")
    page.fill("[name=text]", "Спасибо, договорились")
    page.tap("main button:has-text('Отправить сообщение')")
    expect(page.get_by_text("Спасибо, договорились")).to_be_visible()
    assert page.evaluate(DRAFTS) == []


def test_a_consent_is_read_and_withdrawn_in_two_taps(world, phone):
    consent = make_consent(side(world.program).person, "dissemination", by=world.cast.curator, fields=["name"])
    page = phone("mentee")
    page.goto("/consents/mine/")
    page.locator("main a", has_text="Отозвать: распространение").tap()
    expect(page.get_by_text("Что произойдёт")).to_be_visible()
    page.tap("main button:has-text('Отозвать согласие')")
    expect(page.get_by_text("Согласие отозвано, с сайта убрано")).to_be_visible()
    consent.refresh_from_db()
    assert consent.ended_on is not None


@pytest.mark.point("11.3")
def test_a_task_from_one_telephone_to_the_other(world, phone):
    """The mentor gives it, the mentee does it with a photograph, the mentor accepts it; nothing is wider than 390."""
    page = phone("mentor")
    page.goto(f"/programs/{world.program.pk}/tasks/new/")
    page.fill("[name=text]", "Показать гамму")
    page.tap("main button.btn-primary")
    page.wait_for_url("**/tasks/")
    task = MentorTask.objects.get(text="Показать гамму")
    theirs = phone("mentee")
    theirs.tap("main a:has-text('Отметить выполнение')")
    theirs.fill("[name=result]", "Сыграл в двух темпах")
    theirs.set_input_files("[name=evidence]:not([data-camera])", snap("1.jpg"))
    assert theirs.evaluate(TOO_WIDE) == []
    theirs.tap("main button.btn-primary")
    theirs.wait_for_url(f"**/tasks/{task.pk}/")
    expect(theirs.locator(".snaps img")).to_have_count(1)
    page.goto(f"/tasks/{task.pk}/check/")
    page.tap("[name=decision][value=check]")
    page.tap("main button.btn-primary")
    expect(page.locator("main").get_by_text("принято").first).to_be_visible()
    assert [page.evaluate(TOO_WIDE), page.evaluate(SMALL, IN_CARDS)] == [[], []]
    task.refresh_from_db()
    assert (task.state, task.evidence.count()) == ("accepted", 1)


@pytest.mark.point("11.3")
def test_a_sheet_is_filled_in_the_lesson(world, phone):
    template, _ = SheetTemplate.objects.get_or_create(name="Урок", defaults={"for_whom": "урок"})
    SheetCriterion.objects.get_or_create(template=template, position=1, text="Ученик играет первым")
    page = phone("mentor")
    page.goto(f"/programs/{world.program.pk}/sheets/new/")
    page.tap(f"[name=template][value='{template.pk}']")
    page.fill("[name=lesson]", "2 класс, пьеса")
    page.tap("main button.btn-primary")
    page.wait_for_url("**/fill/")
    page.tap("[name=mark_0][value=seen]")
    page.fill("[name=note_0]", "на второй минуте")
    assert page.evaluate(TOO_WIDE) == []
    page.tap("main button.btn-primary")
    expect(page.get_by_text("на второй минуте")).to_be_visible()
    assert [page.evaluate(TOO_WIDE), page.evaluate(SMALL, IN_CARDS)] == [[], []]
    page.tap("main a:has-text('Урок закончился')")
    assert "2 класс, пьеса" in page.input_value("[name=about]")


@pytest.mark.point("11.4", "11.5")
def test_skills_are_rated_blind_from_two_telephones(world, phone):
    """The mentor chooses and rates first, the mentee reads nothing of it, rates too, and both answers are there."""
    pk, me = world.program.pk, side(world.program)
    last = timezone.localdate() + timedelta(days=7)
    Program.objects.filter(pk=pk).update(ends_on=last, earliest_end=last, latest_end=last)
    Activity.objects.filter(program=pk).update(starts_on=None, due_on=last)
    page, theirs = phone("mentor"), phone("mentee")
    page.tap("main a:has-text('Выбрать навыки')")
    page.fill("[name=words]", "Держать темп урока")
    assert [page.evaluate(TOO_WIDE), page.evaluate(SMALL, IN_CARDS)] == [[], []]
    page.tap("main button.btn-primary")
    page.wait_for_url("**/learning/")
    for one, part, value, word in ((page, "mentor", 5, "по открытому уроку"), (theirs, "mentee", 2, "тороплюсь")):
        one.goto(f"/programs/{pk}/learning/")
        assert "по открытому уроку" not in one.content()
        one.tap("main .btn-primary:has-text('Оценить навыки')")
        one.wait_for_url(f"**/learning/{me.pk}/rate/{part}/")
        for field in one.locator("[name^=value_][value='1']").all():
            name = field.get_attribute("name")
            one.tap(f"[name={name}][value='{value}']")
        one.locator("[name^=word_]").first.fill(word)
        assert [one.evaluate(TOO_WIDE), one.evaluate(SMALL, IN_CARDS)] == [[], []]
        one.tap("main button.btn-primary")
        one.wait_for_url("**/learning/")
    expect(theirs.get_by_text("Ответили оба: ответы открыты").first).to_be_visible()
    assert [theirs.evaluate(TOO_WIDE), theirs.evaluate(SMALL, IN_CARDS)] == [[], []]
    theirs.tap("main summary:has-text('Навыки и слова к оценкам')")
    expect(theirs.get_by_text("по открытому уроку")).to_be_visible()
    theirs.goto("/home/")
    theirs.locator("main a:visible", has_text="Записать итог недели").tap()
    theirs.fill("[name=text]", "Считать вслух")
    theirs.tap("main button.btn-primary")
    expect(theirs.get_by_text("Записано. До конца недели строку можно исправить")).to_be_visible()
    assert theirs.url.endswith("/home/") and "note" not in theirs.url
    assert LearningNote.objects.get().text == "Считать вслух"
