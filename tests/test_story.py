"""One program from beginning to end through the pages: from an untidy staff list to the public page.

Everybody has a browser of one's own; nobody touches the database but through pages. Time goes by in steps of days.
"""

import io
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.models import OutboxMail
from people.access.models import AccessRequest
from people.accounts.models import User
from people.language.name_text import search_key
from people.register.models import Person
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from tests import SAMPLE
from tests.paper import pdf
from tests.walker import Reader

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]
PASSWORD = "длинный пароль школы 7"
SCAN = pdf()


def make_login(story, full_name: str, username: str) -> User:
    """The system administrator makes a login."""
    admin = story.sysadmin
    person = Person.objects.get(search=search_key(*full_name.split()))
    admin.open("/settings/accounts/new/?q=" + full_name.split()[0])
    admin.press(persons=[person.pk])
    user = User.objects.get(person=person)
    admin.open(f"/settings/accounts/{user.pk}/edit/")
    admin.press(username=username)
    return user


def invite(story, full_name: str, username: str):
    """The administrator prints a slip; the person chooses a password by its code.

    For somebody who approves, signs or administers the director releases it and tells the person the second code.
    """
    admin, user, part = story.sysadmin, make_login(story, full_name, username), None
    admin.open(f"/settings/accounts/{user.pk}/")
    slip = f"/settings/accounts/{user.pk}/slip/"
    if "Попросить одноразовый листок" in admin.page.text:
        admin.follow("Попросить одноразовый листок")
        admin.press(why="новый руководитель")
        part = confirm(story)
        slip = f"/settings/access/{AccessRequest.objects.latest('pk').pk}/slip/"
    answer = admin.client.post(slip)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    code = re.search(r"\d{4}[- ]\d{4}(?:[- ]\d{4})*", text).group()
    newcomer = Reader()
    newcomer.open("/invitation/")
    newcomer.press(code=code)
    newcomer.press(password1=PASSWORD, password2=PASSWORD, **({"part": part} if part else {}))
    if part:
        newcomer.open(f"/settings/access/{AccessRequest.objects.latest('pk').pk}/")
        newcomer.follow("Да, я знаю об этом")
        newcomer.press()


def confirm(story) -> str | None:
    """The director finds the request at home and releases it; returns the second code for the owner."""
    director = story.director
    director.open("/home/")
    assert "Подтвердить доступ" in director.page.text
    release = f"/settings/access/{AccessRequest.objects.latest('pk').pk}/release/"
    director.open(release)
    answer = director.client.post(release, {"code": PASSWORD}, follow=True)
    assert AccessRequest.objects.latest("pk").state == "released"
    found = re.search(r"access-part\">(\d{4} \d{4})", answer.content.decode())
    return found[1] if found else None


def the_director_comes_in(story, capsys):
    """Nobody can release anything yet: the link comes from the server, and the director's home tells what was done."""
    make_login(story, "Настаев Виктор Ильич", "director")
    call_command("setup_link", "director")
    address = re.search(r"/invitation/\S+/", capsys.readouterr().out).group()
    newcomer = Reader()
    newcomer.open(address)
    newcomer.press(password1=PASSWORD, password2=PASSWORD)
    newcomer.open("/home/")
    assert "Первая настройка" in newcomer.page.text and "Изменился доступ" in newcomer.page.text


def scan(name="скан.pdf"):
    """A file as a scanner would give it."""
    file = io.BytesIO(SCAN)
    file.name = name
    return file


class School:
    """The school of the story: its clock and its people's browsers."""

    def __init__(self, clock):
        self.clock = clock
        self.readers: dict[str, Reader] = {}

    def days_pass(self, days: int):
        """Let days go by; sessions of the day before are over, so everybody logs in again."""
        self.clock.shift(timedelta(days=days))
        for name in self.readers:
            self.log_in(name)

    def log_in(self, name: str) -> Reader:
        """Log a person in with name and password, as on any morning."""
        reader = Reader()
        reader.open("/accounts/login/")
        reader.press(login=name, password=PASSWORD)
        self.readers[name] = reader
        return reader

    def __getattr__(self, name) -> Reader:
        return self.readers[name] if name in self.readers else self.log_in(name)


@pytest.fixture
def story(settings):
    """The clock stands at the end of August; the second factor is not asked, its own tests do that."""
    settings.DEMO = True
    with time_machine.travel(datetime(2026, 8, 25, 7, 0, tzinfo=timezone.get_fixed_timezone(180)), tick=True) as clock:
        yield School(clock)


@pytest.mark.point("3", "23")
@pytest.mark.clause("3.3-c3", "3.3-e1", "6.2-b", "8.2-a")
def test_the_whole_life(story, capsys):
    the_school_opens(story, capsys)
    the_staff_list_comes_in(story, capsys)
    people_get_their_logins(story)
    consents_are_signed(story)
    banks_are_filled(story)
    the_director_approves_candidates(story)
    a_pair_is_proposed_and_answered(story)
    the_council_recommends(story)
    participants_consent_to_duties(story)
    the_order_assigns_the_pair(story)
    the_program_is_drafted(story)
    the_program_is_agreed(story)
    the_order_approves_the_program(story)
    the_program_runs(story)
    the_program_is_completed(story)
    results_are_published(story)
    a_withdrawn_consent_removes_them_at_once(story)


def the_school_opens(story, capsys):
    """The first administrator comes by the one-time address and records the school, its heads and the signed orders."""
    call_command("setup_link")
    address = re.search(r"/setup/\S+/", capsys.readouterr().out).group()
    first = Reader()
    first.open(address)
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
    story.readers["sysadmin"] = first
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
    first.press()
    assert "/home/" in first.page.url


def the_staff_list_comes_in(story, capsys):
    """The list as the school keeps it: what is clear comes in, doubts are answered, refused rows come
    back to correct.
    """
    the_director_comes_in(story, capsys)
    invite(story, "Хара-Даван Светлана Владимировна", "curator")
    curator = story.curator
    curator.open("/people/import/")
    with SAMPLE.open("rb") as file:
        curator.press("Прочитать список", file=file)
    assert "31.02.1990" in curator.page.text
    curator.press("Дальше")
    curator.press()
    assert "Дорджиева Саглара Нарановна" not in " ".join(map(str, Person.objects.all()))
    assert Person.objects.count() >= 57


MENTOR, MENTEE = "Манджиева Айса Викторовна", "Нимгирова Булгун Львовна"


def people_get_their_logins(story):
    """Roles are given on one screen; everybody comes in by a printed slip and a password of one's own."""
    curator = story.curator
    for name, username, role in (
        ("Тюрбеева Ольга Эрдниевна", "chair", "председатель методического совета"),
        ("Мельник Наталья Дмитриевна", "clerk", "специалист по кадрам"),
        (MENTOR, "mentor", None),
        (MENTEE, "mentee", None),
    ):
        if role:
            person = person_named(name)
            curator.open(f"/settings/roles/give/?person={person.pk}")
            curator.press(person=person.pk, since="2026-08-25", choose={"role": role})
            confirm(story)
        invite(story, name, username)


def consents_are_signed(story):
    """Nobody stands in a bank without a consent to processing: two papers are signed, scanned and recorded."""
    clerk = story.clerk
    for name in (MENTOR, MENTEE):
        clerk.open(f"/people/{person_named(name).pk}/consents/new/?purpose=processing")
        clerk.press(given_on="2026-08-25", scan=scan())
        assert clerk.page.status == 200


def banks_are_filled(story):
    """The curator proposes; each fills in one's own questionnaire."""
    curator = story.curator
    for bank, name in (("mentors", MENTOR), ("mentees", MENTEE)):
        curator.open(f"/banks/{bank}/propose/{person_named(name).pk}/")
        curator.press(why="По итогам посещения уроков")
    fill(
        story.mentor,
        MENTOR,
        {"competence": "ведение открытого урока", "interest": "ансамбли"},
        capacity_hours=8,
        capacity_persons=2,
    )
    fill(
        story.mentee,
        MENTEE,
        {"difficulty": "чтение с листа", "request": "подготовить открытый урок", "strength": "тонкий слух"},
    )


def the_director_approves_candidates(story):
    """Both wait for the director at home, and the director approves (п. 3.3)."""
    director = story.director
    for name in (MENTOR, MENTEE):
        director.open(f"/banks/candidates/{person_named(name).candidates.get().pk}/approve/")
        director.press()
    assert {c.state for n in (MENTOR, MENTEE) for c in person_named(n).candidates.all()} == {"approved"}


def a_pair_is_proposed_and_answered(story):
    """The curator sees request and competence and proposes; each side answers in confidence."""
    curator = story.curator
    mentor, mentee = (person_named(n).candidates.get() for n in (MENTOR, MENTEE))
    curator.open(f"/pairings/new/terms/?mentor={mentor.pk}&mentee={mentee.pk}")
    curator.press(
        why="Запрос отвечает опыту наставника",
        fits=[mentee.pk],
        topics=[topic()],
        planned_from="2026-09-15",
        planned_to="2027-05-31",
    )
    pairing = Pairing.objects.get()
    for name in ("mentor", "mentee"):
        reader = getattr(story, name)
        reader.open("/home/")
        reader.follow("Ответить")
        reader.press(wish="yes")
        assert "Почему эти люди" not in reader.page.text
    assert pairing.participations.filter(wish="yes").count() == 2


def the_council_recommends(story):
    """The council confirms the topics and recommends the pair by its minutes (п. 3.5)."""
    story.days_pass(3)
    pairing = Pairing.objects.get()
    chair = story.chair
    chair.open(f"/pairings/{pairing.pk}/topics/")
    chair.press()
    chair.open(f"/pairings/{pairing.pk}/recommend/")
    chair.press(minutes_number="1", minutes_date="2026-08-28")
    pairing.refresh_from_db()
    assert pairing.state == "recommended"


def participants_consent_to_duties(story):
    """The readiness light names what is missing and who supplies it; two more papers are signed."""
    pairing = Pairing.objects.get()
    curator = story.curator
    curator.open(f"/pairings/{pairing.pk}/")
    assert "согласи" in curator.page.text.lower()
    clerk = story.clerk
    for name, part in ((MENTOR, "mentor"), (MENTEE, "mentee")):
        clerk.open(f"/people/{person_named(name).pk}/consents/new/?purpose=duties&part={part}&matter={pairing.uuid}")
        clerk.press(given_on="2026-08-28", scan=scan())


def make_order(story, kind: str, day: str, number: str) -> Order:
    """An order lives as papers do: draft, visas, frozen and printed blank, signed by pen, registered by the clerk."""
    curator = story.curator
    curator.open(f"/orders/new/?kind={kind}")
    form = curator.page.form()
    values = [f.get("value") for f in form.iter("input") if f.get("name") == "items" and f.get("disabled") is None]
    curator.press(items=values)
    order = Order.objects.latest("pk")
    for visa in order.visas.select_related("person__user"):
        name = getattr(getattr(visa.person, "user", None), "username", None)
        reader = getattr(story, name) if name else curator
        reader.open(f"/orders/{order.pk}/")
        reader.press("изу")
    curator.open(f"/orders/{order.pk}/agree/")
    curator.press()
    order.refresh_from_db()
    assert order.state == "agreed", curator.page.text
    curator.open(f"/orders/{order.pk}/send/")
    curator.press()
    blank = pdf_text(curator, f"/orders/{order.pk}/preview/")
    assert "ПРИКАЗ" in blank.replace(" ", "") and number not in blank
    story.days_pass(1)
    clerk = story.clerk
    clerk.open(f"/orders/{order.pk}/register/")
    clerk.press(number=number, date=day, gap_reason="Номера до него заняли другие приказы школы", scan=scan())
    if order.__class__.objects.get(pk=order.pk).state != "registered":
        clerk.press()
    order.refresh_from_db()
    assert (order.state, order.number) == ("registered", number)
    return order


def pdf_text(reader, url: str) -> str:
    """Return the text of a PDF with single spaces."""
    answer = reader.client.get(url, follow=True)
    assert answer.status_code == 200, url
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\u00a0", " ").split()
    )


def the_order_assigns_the_pair(story):
    """One order appoints the mentor and assigns the pair; the final paper carries its number and declined names."""
    order = make_order(story, "assignment", "2026-08-29", "41-од")
    call_command("db_worker", batch=True, interval=0.01, verbosity=0)
    order.refresh_from_db()
    text = pdf_text(story.clerk, f"/orders/{order.pk}/pdf/")
    assert "41-од" in text and "29.08.2026" in text
    assert "Манджиеву Айсу Викторовну" in text
    pairing = Pairing.objects.get()
    assert (pairing.state, pairing.order_number) == ("assigned", "41-од")
    assert person_named(MENTOR).candidates.get().state == "appointed"


def the_program_is_drafted(story):
    """Mentor and mentee write the program together, step by step; the mentee confirms what was written."""
    pairing = Pairing.objects.get()
    mentor = story.mentor
    mentor.open(f"/pairings/{pairing.pk}/program/new/")
    mentor.press(title="Открытый урок без страха")
    program = Program.objects.get()
    mentor.open(f"/programs/{program.pk}/edit/goal/")
    mentor.press(goal="Подготовить и провести открытый урок в живом темпе")
    mentor.open(f"/programs/{program.pk}/edit/forms/")
    mentor.press(
        justification="Нужна регулярная работа рядом с опытным коллегой",
        directions="Методика урока",
        choose={"forms": "педагог – педагог", "kinds": "Традиц"},
    )
    mentor.open(f"/programs/{program.pk}/edit/details/")
    mentor.press(**{f"traditional-{criterion}_mark": "yes" for criterion in ("experience", "skills", "person")})
    mentor.open(f"/programs/{program.pk}/edit/term/")
    mentor.press(starts_on="2026-09-15", ends_on="2026-12-20")
    statements = [s.pk for s in program.difficulties.all()]
    for title, day in (("Взаимопосещение уроков", "2026-10-20"), ("Открытый урок", "2026-12-10")):
        mentor.open(f"/programs/{program.pk}/activities/new/")
        mentor.press(title=title, due_on=day, expected_result="лист наблюдения", statements=statements)
    mentee = story.mentee
    mentee.open(f"/programs/{program.pk}/confirm/")
    mentee.press()
    mentor.open(f"/programs/{program.pk}/submit/")
    mentor.press()


def the_program_is_agreed(story):
    """The curator supports, the council agrees by its minutes (п. 3.4, 3.5)."""
    story.days_pass(3)
    program = Program.objects.get()
    story.curator.open(f"/programs/{program.pk}/endorse/")
    story.curator.press()
    story.chair.open(f"/programs/{program.pk}/agree/")
    story.chair.press(minutes_number="2", minutes_date="2026-09-01")
    program.refresh_from_db()
    assert program.state == "agreed"


def the_order_approves_the_program(story):
    """The director approves by order; the program waits for its first day and begins by itself."""
    make_order(story, "programs", "2026-09-02", "44-од")
    program = Program.objects.get()
    assert program.state == "approved"
    story.days_pass(14)
    call_command("tick", verbosity=0)
    program.refresh_from_db()
    assert program.state == "running"


def the_program_runs(story):
    """A meeting is logged in a few taps and confirmed by the other side; activities are done and checked in person."""
    program = Program.objects.get()
    story.mentor.open(f"/programs/{program.pk}/meetings/new/")
    story.mentor.press(about="Разобрали план открытого урока", minutes="45")
    story.mentee.open(f"/programs/{program.pk}/journal/")
    story.mentee.press("Подтвердить")
    for activity in program.activities.all():
        story.days_pass(40)
        side = program.pairing.participations.get(part="mentee")
        story.mentee.open(f"/activities/{activity.pk}/do/{side.pk}/")
        story.mentee.press(result="Провела, лист наблюдения приложен", file=scan("лист.pdf"))
        story.mentor.open(f"/results-of-activities/{activity.results.get().pk}/check/")
        story.mentor.press(decision="check", comment="Хорошо")
    assert {r.state for a in program.activities.all() for r in a.results.all()} == {"checked"}


def the_program_is_completed(story):
    """The plan is done in full (п. 7.1): conclusion, review, an order."""
    program = Program.objects.get()
    mentor, mentee = story.mentor, story.mentee
    mentor.open(f"/programs/{program.pk}/completion/new/")
    mentor.press(reason="plan")
    completion = program.completions.get()
    mentor.open(f"/completions/{completion.pk}/conclusion/")
    levels = {f"level_{d.pk}": "resolved" for d in program.difficulties.all()}
    mentor.press(conclusion="Ведёт открытый урок уверенно", verdict="ready", **levels)
    mentee.open(f"/completions/{completion.pk}/review/")
    mentee.press(review="Больше всего помогли взаимные посещения")
    story.curator.open(f"/completions/{completion.pk}/ready/")
    story.curator.press()
    day = timezone.localdate() + timedelta(days=1)
    order = make_order(story, "completion", str(day), "50-од")
    program.refresh_from_db()
    assert (program.state, program.ended_on) == ("completed", order.effective_on)


def results_are_published(story):
    """Only after completion, only in words that the mentee approved, only what a written consent allows."""
    program = Program.objects.get()
    completion = program.completions.get()
    curator, mentee, clerk = story.curator, story.mentee, story.clerk
    curator.open(f"/completions/{completion.pk}/public/")
    curator.press(public_text="За осень — открытый урок и восемь взаимных посещений")
    mentee.open(f"/completions/{completion.pk}/approve/")
    mentee.press()
    visitor = Reader()
    assert "взаимных посещений" not in visitor.open("/results/").text
    clerk.open(f"/people/{person_named(MENTEE).pk}/consents/new/?purpose=dissemination")
    clerk.press(given_on=str(timezone.localdate()), scan=scan(), fields_allowed=["name", "program", "results"])
    curator.open(f"/site/results/{program.pk}/publish/")
    curator.press()
    shown = visitor.open("/results/").text
    assert "За осень — открытый урок и восемь взаимных посещений" in shown
    assert "Наставляемая Нимгирова Булгун Львовна" in shown
    assert "Манджиева" not in shown and "чтение с листа" not in shown


def a_withdrawn_consent_removes_them_at_once(story):
    """The mentee withdraws the consent to dissemination: the next look of a visitor shows nothing of it."""
    consent = person_named(MENTEE).consents.get(purpose="dissemination")
    story.mentee.open(f"/consents/{consent.pk}/withdraw/")
    story.mentee.press()
    visitor = Reader()
    for url in ("/", "/results/", "/people-in-mentoring/", "/mentoring-programs/"):
        text = visitor.open(url).text
        assert "Нимгирова" not in text and "взаимных посещений" not in text
    assert person_named(MENTEE).consents.get(purpose="processing").ended_on is None
    assert not OutboxMail.objects.filter(failed_at__isnull=False).exists()


def person_named(full_name: str) -> Person:
    """Return a person of the register by the full name."""
    return Person.objects.get(search=search_key(*full_name.split()))


def topic() -> int:
    """Return one of the topics of п. 3.5."""
    from people.banks.models import Topic

    return Topic.objects.order_by("pk").values_list("pk", flat=True)[0]


def fill(reader, name: str, said: dict, **more):
    """Fill in a questionnaire on one's own: one row of each kind."""
    candidate = person_named(name).candidates.get()
    reader.open(f"/banks/candidates/{candidate.pk}/fill/")
    rows = {f"{kind}-0-text": text for kind, text in said.items()}
    reader.press(topics=[topic()], **rows, **more)
