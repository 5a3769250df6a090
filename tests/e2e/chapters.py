"""The steps of one program from draft to publication, as users do them in their browsers."""

import io
import re

from django.core.management import call_command
from pypdf import PdfReader

from people.accounts.models import User
from tests.e2e.browser import ROOT
from tests.paper import pdf

PASSWORD = "длинный пароль школы 7"
SAMPLE = ROOT / "tests" / "samples" / "staff_2026.xlsx"
SCAN = {
    "name": "скан.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf(),
}
MENTOR, MENTEE = "Манджиева Айса Викторовна", "Нимгирова Булгун Львовна"
NAMES = {
    "curator": "Хара-Даван Светлана Владимировна",
    "director": "Настаев Виктор Ильич",
    "chair": "Тюрбеева Ольга Эрдниевна",
    "clerk": "Мельник Наталья Дмитриевна",
    "mentor": MENTOR,
    "mentee": MENTEE,
}


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF with single spaces."""
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u00a0", " ").split()
    )


def the_school_opens(school):
    """The first administrator comes by the one-time address and records the school, its heads and the signed orders."""
    said = io.StringIO()
    call_command("setup_link", stdout=said)
    first = school.sysadmin
    first.go(re.search(r"http\S+/setup/\S+/", said.getvalue()).group())
    first.login, first.password = "sysadmin", PASSWORD
    first.press(
        last_name="Уланов",
        first_name="Басанг",
        middle_name="Ильич",
        gender="m",
        post="системный администратор",
        username="sysadmin",
        password1=PASSWORD,
        password2=PASSWORD,
    )
    first.press(
        name="Муниципальное бюджетное учреждение дополнительного образования «Детская школа искусств № 1»",
        short_name="МБУ ДО «ДШИ № 1»",
        city="Элиста",
    )
    first.press(
        who="other",
        last_name="Настаев",
        first_name="Виктор",
        middle_name="Ильич",
        gender="m",
        post="директор",
        order_number="5-лс",
        order_date="2020-09-01",
    )
    first.press(
        who="other",
        last_name="Хара-Даван",
        first_name="Светлана",
        middle_name="Владимировна",
        gender="f",
        post="заместитель директора по учебно-воспитательной работе",
        order_number="39-од",
        order_date="2026-08-20",
    )
    first.press(regulation_number="38-од", regulation_date="2026-08-20")
    first.press("Закончить настройку")
    assert "/home/" in first.page.url


def get_logins(school, *names: str):
    """The system administrator makes logins."""
    admin = school.sysadmin
    admin.go("/settings/accounts/")
    admin.click("Завести учётные записи")
    admin.press("Завести учётные записи", persons=[NAMES[name] for name in names])


def come_in_released(school, name: str):
    """Somebody who approves, signs or administers: one asks, the director releases and tells the second code."""
    get_logins(school, name)
    admin, director = school.sysadmin, school.director
    admin.go("/settings/accounts/")
    admin.click(NAMES[name])
    admin.click("Попросить одноразовый листок")
    admin.press("Отправить запрос", why="новый руководитель")
    asked = admin.page.url
    part = confirm(director, asked)
    admin.go(asked)
    admin.click("Напечатать листок")
    slips = words_of(admin.printed("Получить листок в PDF"))
    newcomer = getattr(school, name)
    newcomer.go("/invitation/")
    newcomer.press(code=re.search(NAMES[name] + r".*?код (\d{4}(?:[- ]\d{4})+)", slips)[1])
    newcomer.login, newcomer.password = newcomer.page.locator("main strong").first.inner_text(), PASSWORD
    newcomer.press(part=part, password1=PASSWORD, password2=PASSWORD)


def confirm(director, asked: str) -> str:
    """The director releases a request; returns the second code, if there is one."""
    director.go(asked)
    director.click("Подтвердить")
    director.press("Подтвердить", code=PASSWORD)
    found = re.search(r"\b\d{4} \d{4}\b", director.text)
    return found[0] if found else ""


def the_director_comes_in(school):
    """Nobody can release anything yet: the link comes from the server."""
    get_logins(school, "director")
    said = io.StringIO()
    call_command("setup_link", User.objects.get(person__last_name="Настаев").username, stdout=said)
    director = school.director
    director.go(re.search(r"http\S+/invitation/\S+/", said.getvalue()).group())
    director.login, director.password = director.page.locator("main strong").first.inner_text(), PASSWORD
    director.press(password1=PASSWORD, password2=PASSWORD)


def come_in(school, *names: str):
    """The system administrator makes logins and prints slips; each newcomer chooses a password by the
    code of a slip.
    """
    get_logins(school, *names)
    admin = school.sysadmin
    admin.go("/settings/accounts/")
    admin.fill("one", [NAMES[name] for name in names])
    admin.click("Напечатать листки")
    slips = words_of(admin.printed("Напечатать листки"))
    for name in names:
        newcomer = getattr(school, name)
        newcomer.go("/invitation/")
        newcomer.press(code=re.search(NAMES[name] + r".*?код (\d{4}(?:[- ]\d{4})+)", slips)[1])
        newcomer.login, newcomer.password = newcomer.page.locator("main strong").first.inner_text(), PASSWORD
        newcomer.press(password1=PASSWORD, password2=PASSWORD)


def the_curator_comes_in(school):
    """The first whom the administrator lets in is the curator; the director confirms it."""
    the_director_comes_in(school)
    come_in_released(school, "curator")


def the_staff_list_comes_in(school):
    """The list as the school keeps it: what is clear comes in, doubts and refused rows are told with their reasons."""
    curator = school.curator
    curator.home()
    curator.click("Люди", within="nav")
    curator.click("Загрузить список")
    curator.press("Прочитать список", file=SAMPLE)
    curator.sees("31.02.1990")
    curator.click("Дальше")
    curator.press("Внести")


def people_get_their_logins(school):
    """Roles are given on one screen; everybody comes in by a printed slip and a password of one's own."""
    curator = school.curator
    for name, role in (("chair", "председатель методического совета"), ("clerk", "специалист по кадрам")):
        curator.click("Настройки", within="nav")
        curator.click("Роли")
        curator.click("Дать роль")
        curator.press("Дать роль", person=NAMES[name], since=school.today(), role=role)
        confirm(school.director, curator.page.url)
        come_in_released(school, name)
    come_in(school, "mentor", "mentee")


def consents_are_signed(school):
    """Nobody stands in a bank without a consent to processing: two papers are signed, scanned and recorded."""
    for name in (MENTOR, MENTEE):
        takes_consent(school.clerk, name, "обработка персональных данных", given_on=school.today())


def takes_consent(clerk, name: str, purpose: str, **typed):
    """The clerk finds the person and records what was signed on paper, with its scan."""
    clerk.go("/people/")
    clerk.find(name)
    clerk.click(name)
    clerk.click("Согласия")
    clerk.page.locator("main a").filter(has_text="Записать").filter(has_text=purpose).first.click()
    clerk.arrived()
    clerk.press(scan=SCAN, **typed)


def banks_are_filled(school):
    """The curator proposes both; each fills in one's own questionnaire."""
    curator = school.curator
    for bank, name in (("Банк наставников", MENTOR), ("Банк наставляемых", MENTEE)):
        curator.click("Люди", within="nav")
        curator.click("Банки", within="nav.sections")
        curator.click(bank)
        curator.click("Предложить")
        curator.click("Найти другого человека")
        curator.find(name)
        curator.click("Предложить")
        curator.press(why="По итогам посещения уроков")
    school.mentor.take("Заполнить анкету")
    school.mentor.press(
        topics=1,
        **{"competence-0-text": "ведение открытого урока", "interest-0-text": "ансамбли"},
        capacity_hours=8,
        capacity_persons=2,
    )
    school.mentee.take("Заполнить анкету")
    school.mentee.press(
        topics=1,
        **{
            "difficulty-0-text": "чтение с листа",
            "request-0-text": "подготовить открытый урок",
            "strength-0-text": "тонкий слух",
        },
    )


def the_director_approves_candidates(school):
    """Both wait for the director at home, and the director approves them at once (п. 3.3)."""
    school.director.take("Решить о кандидатах")
    school.director.press("Утвердить отмеченных", candidate=[MENTOR, MENTEE])


def a_pair_is_proposed_and_answered(school):
    """The curator sees request and competence and proposes; each side answers in confidence."""
    school.curator.take("Без пары")
    school.curator.click("Чему отвечает")
    school.curator.click("Предложить сразу")
    school.curator.press(
        why="Запрос отвечает опыту наставника", fits=True, topics=1, planned_from="2026-09-15", planned_to="2027-05-31"
    )
    for person in (school.mentor, school.mentee):
        person.take("Ответить на предложение")
        person.press(wish="yes")
        person.does_not_see("Запрос отвечает опыту наставника")


def the_council_recommends(school):
    """The council confirms the topics and recommends the pair by its minutes (п. 3.5)."""
    school.days_pass(3)
    school.chair.take("Подтвердить темы")
    school.chair.press()
    school.chair.take("Записать рекомендацию")
    school.chair.press(minutes_number="1", minutes_date="2026-08-28")


def participants_consent_to_duties(school):
    """The readiness light names what is missing and leads to where it is recorded; two more papers are signed."""
    clerk = school.clerk
    school.curator.home()
    school.curator.click("Пары и группы", within="nav")
    school.curator.click("Манджиева А. В.")
    school.curator.sees("Нет письменного согласия на обязанности наставника")
    for name, duty in ((MENTOR, "обязанности наставника"), (MENTEE, "обязанности наставляемого")):
        takes_consent(clerk, name, duty, given_on="2026-08-28")


def make_order(school, ready: str, day: str, number: str, *, first: bool = False):
    """An order lives as papers do: draft, visas, frozen and printed blank, signed by pen, registered by the clerk."""
    curator, clerk = school.curator, school.clerk
    curator.take(ready)
    curator.press("Составить проект приказа")
    address = curator.page.url
    for person in (curator, clerk, school.chair, school.director):
        person.home()
        if person.shown("li.task", "Завизировать проект"):
            person.take("Завизировать проект")
            person.press("изу")
    curator.go(address)
    curator.click("Завершить согласование")
    curator.press()
    if curator.shown("main .acts a", "Передать на подпись"):  # who gives the last visa hands it over at once
        curator.click("Передать на подпись")
        curator.press()
    blank = words_of(curator.file("Напечатать для подписи"))
    assert "ПРИКАЗ" in blank.replace(" ", "") and number not in blank
    school.days_pass(1)
    clerk.take("Зарегистрировать подписанный приказ")
    clerk.press(number=number, date=day, scan=SCAN, refused=not first)
    if not first:
        clerk.press(gap_reason="Номера до него заняли другие приказы школы", scan=SCAN)
    clerk.sees(f"№ {number}")


def the_order_assigns_the_pair(school):
    """One order appoints the mentor and assigns the pair; the final paper carries its number and declined names."""
    make_order(school, "Подготовить приказ о закреплении", "2026-08-29", "41-од", first=True)
    call_command("db_worker", batch=True, interval=0.01, verbosity=0)
    school.clerk.page.reload()
    paper = words_of(school.clerk.file(".pdf"))
    assert "41-од" in paper and "29.08.2026" in paper and "Манджиеву Айсу Викторовну" in paper
    school.mentor.take("Ознакомиться с приказом")
    school.mentor.press("С приказом ознакомлен")


def the_program_is_drafted(school):
    """The mentor writes the program step by step with a phone; the mentee reads it and confirms."""
    mentor, mentee = school.mentor, school.mentee
    mentor.take("Составить программу")
    mentor.press(title="Открытый урок без страха")
    mentor.press(goal="Подготовить и провести открытый урок в живом темпе")
    mentor.press(
        forms="педагог – педагог",
        kinds="Традиц",
        justification="Нужна регулярная работа рядом с опытным коллегой",
        directions="Методика урока",
    )
    mentor.press(**{"traditional-without": "Работают вместе второй год"})
    mentor.press(starts_on="2026-09-15", ends_on="2026-12-18")
    for title, day in (("Взаимопосещение уроков", "2026-10-20"), ("Открытый урок", "2026-12-10")):
        mentor.click("Добавить мероприятие")
        mentor.press(title=title, due_on=day, expected_result="лист наблюдения", statements=["чтение с листа"])
    mentee.take("Подтвердить проект")
    mentee.press()
    mentor.take("Передать программу")
    mentor.click("Передать куратору")
    mentor.press()


def the_program_is_agreed(school):
    """The curator supports, the council agrees by its minutes (п. 3.4, 3.5)."""
    school.days_pass(3)
    school.curator.take("Решить о проекте")
    school.curator.click("Поддержать")
    school.curator.press()
    school.chair.take("Согласовать программу")
    school.chair.click("Записать согласование")
    school.chair.press(minutes_number="2", minutes_date="2026-09-01")


def the_order_approves_the_program(school):
    """The director approves by order; the program waits for its first day and begins by itself."""
    make_order(school, "к приказу об утверждении", "2026-09-02", "44-од")
    school.days_pass(14)
    call_command("tick", verbosity=0)
    school.mentor.go("/programs/")
    school.mentor.sees("реализуется")


def the_program_runs(school):
    """A meeting is logged in a few taps and confirmed by the other side; activities are done and checked in person."""
    mentor, mentee = school.mentor, school.mentee
    mentor.home()
    mentor.click("Программы", within="nav.bottom")
    mentor.click("Открытый урок без страха")
    mentor.click("Записать встречу")
    mentor.press("Записать встречу", about="Разобрали план открытого урока", minutes="45")
    mentee.take("Подтвердить встречу")
    for title in ("Взаимопосещение уроков", "Открытый урок"):
        school.days_pass(40)
        mentee.take(title)
        mentee.press(result="Провела, лист наблюдения приложен", evidence=SCAN)
        mentor.take(f"Проверить: {title}")
        mentor.press(decision="check", comment="Хорошо")


def the_program_is_completed(school):
    """The plan is done in full (п. 7.1): conclusion, review, an order."""
    mentor, mentee, curator = school.mentor, school.mentee, school.curator
    school.days_pass(1)
    curator.take("Завершить программу")
    curator.press(reason="plan")
    mentor.take("Написать заключение")
    level = mentor.page.locator("main [name^=level_]").first.get_attribute("name")
    mentor.press(
        "Сохранить заключение", conclusion="Ведёт открытый урок уверенно", verdict="ready", **{level: "resolved"}
    )
    mentee.take("Написать отзыв")
    mentee.press("Сохранить отзыв", review="Больше всего помогли взаимные посещения")
    curator.take("Передать завершение на приказ")
    curator.press("Передать на приказ")
    make_order(school, "завершение готово", school.today(1), "50-од")


def results_are_published(school):
    """Only after completion, only in words that the mentee approved, only what a written consent allows."""
    curator, mentee, clerk, visitor = school.curator, school.mentee, school.clerk, school.visitor
    curator.home()
    curator.click("Программы", within="nav")
    curator.click("Открытый урок без страха")
    curator.click("Итоги и публикация")
    curator.click("Написать текст для сайта")
    curator.press(public_text="За осень — открытый урок и восемь взаимных посещений")
    mentee.take("для сайта")
    mentee.press()
    visitor.go("/")
    visitor.click("Результаты", within="header")
    visitor.does_not_see("взаимных посещений")
    takes_consent(
        clerk,
        MENTEE,
        "распространение персональных данных",
        given_on=school.today(),
        fields_allowed=["name", "program", "results"],
    )
    curator.home()
    curator.click("Школа", within="nav")
    curator.click("Сайт")
    curator.click("Опубликовать")
    curator.press("Опубликовать результаты")
    visitor.go("/results/")
    visitor.sees("За осень — открытый урок и восемь взаимных посещений", f"Наставляемая {MENTEE}")
    visitor.does_not_see("Манджиева", "чтение с листа")


def a_withdrawn_consent_removes_them_at_once(school):
    """The mentee withdraws the consent to dissemination: the next look of a visitor shows nothing of it."""
    mentee, visitor = school.mentee, school.visitor
    mentee.go("/consents/")
    mentee.click("Распространение")
    mentee.click("Отозвать")
    mentee.press("Отозвать согласие")
    for place in ("/", "/results/", "/people-in-mentoring/", "/mentoring-programs/"):
        visitor.go(place)
        visitor.does_not_see("Нимгирова", "взаимных посещений")


ALL = [
    the_school_opens,
    the_curator_comes_in,
    the_staff_list_comes_in,
    people_get_their_logins,
    consents_are_signed,
    banks_are_filled,
    the_director_approves_candidates,
    a_pair_is_proposed_and_answered,
    the_council_recommends,
    participants_consent_to_duties,
    the_order_assigns_the_pair,
    the_program_is_drafted,
    the_program_is_agreed,
    the_order_approves_the_program,
    the_program_runs,
    the_program_is_completed,
    results_are_published,
    a_withdrawn_consent_removes_them_at_once,
]
