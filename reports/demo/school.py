"""Opens the demo school: people, roles, logins, the signed orders on the Положение and the curator, news."""

from django.conf import settings
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.pdf.render import render_pdf
from people.accounts.models import User
from people.register import acts as register_acts
from people.register.models import Person
from people.rights import CURATOR, DIRECTOR
from people.roles import acts as role_acts
from people.school.models import Department, Organisation, School
from programs.pairings.acts import year_of
from reports.demo.people import OFFICE, OFFICERS, POSTS, Invented, staff
from reports.orders.models import NumberCounter
from reports.site import news as site_news
from reports.site.models import News
from roadmap.regulation.models import Regulation
from roadmap.regulation.sample import cleaned

ROLES = {
    "director": "director",
    "curator": "curator",
    "chair": "chair",
    "council": "council",
    "secretary": "secretary",
    "clerk": "clerk",
    "sysadmin": "sysadmin",
}


SETTLED = (
    ("«Детская школа искусств №1»", "«Учебная школа искусств»"),
    ("«Детская школа искусств № 1»", "«Учебная школа искусств»"),
    ("(далее Учреждение)", "(далее – Учреждение)"),
    ("04.12.2021 г. № Р-33", "04.02.2021 г. № Р-33"),
    ("№ 3273 (ред.", "№ 3273-р (ред."),
    ("союза работников образования и науки", "союза работников народного образования и науки"),
)
"""What the scan of the Положение says and what stands in the text of the demo school."""


class Demo:
    """The demo school while it is being built: its people by login and by name, and the users who act for them."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.people: dict[str, Person] = {}
        self.invented: dict[str, Invented] = {}
        self.users: dict[str, User] = {}
        self.busy: set[str] = set()
        self.scan = None
        self.meetings: dict[int, list] = {}

    def minutes_number(self) -> str:
        """Return the number of today's minutes of the council: they run through a school year, one meeting a day."""
        today = timezone.localdate()
        days = self.meetings.setdefault(year_of(today), [])
        if today not in days:
            days.append(today)
        return str(days.index(today) + 1)

    def user_for(self, person) -> User:
        """Return who does an act of ``person`` in the application: oneself, or the curator from paper."""
        return next((u for u in self.users.values() if u.person_id == person.pk), self.users["curator"])

    def reserve(self, department: str, *, experienced: bool, login: str = "") -> Person:
        """Return somebody of a department who is free for a pair, and reserve the person."""
        if login:
            key = next(o.key for o in OFFICERS if o.login == login)
        else:
            free = [
                p for k, p in self.invented.items() if p.department == department and k not in self.busy and not p.login
            ]
            free.sort(key=lambda p: (-p.service if experienced else p.service, p.key))
            key = free[0].key
        self.busy.add(key)
        return self.people[key]

    def user(self, name: str) -> User:
        """Return a login by name."""
        return self.users[name]


def open_school(demo: Demo, days_ago: int = 520):
    """One step: the school is set up, long ago."""
    yield days_ago
    day = timezone.localdate()
    own = _add_particulars(day)
    for name in (OFFICE, *POSTS):
        Department.objects.create(organisation=own, name=name)
    _enter_everybody(demo, own, day)
    Regulation.objects.create(
        title="Положение о системе наставничества педагогических работников",
        state=Regulation.State.APPROVED,
        order_number="38-од",
        order_date=day,
        since=day,
        approvals=[
            {"word": "ПРИНЯТО", "body": "педагогический совет", "number": "7", "date": day.isoformat()},
            {"word": "СОГЛАСОВАНО", "body": "профсоюзный комитет", "number": "12", "date": day.isoformat()},
        ],
        text=_regulation(),
    )
    sheet = render_pdf("documents/demo_scan.html", {}, title="Учебный скан")
    demo.scan = store_bytes(sheet, name="Скан с подписью (учебный).pdf", content_type="application/pdf")


def _add_particulars(day) -> Organisation:
    """Record the school and a college; two orders were signed on the day."""
    own = Organisation.objects.create(
        kind="own",
        city="Элиста",
        short_name="МБУ ДО «Учебная школа искусств»",
        name="Муниципальное бюджетное учреждение дополнительного образования «Учебная школа искусств»",
    )
    School.objects.create(
        archive_source="no",
        pk=1,
        organisation=own,
        founder="Управление культуры (учебное)",
        address="358000, г. Элиста, ул. Учебная, д. 1",
        inn="0814000007",
        ogrn="1020800000005",
        site="https://school.example/",
        email="school@school.example",
        phone="+7 (000) 000-00-00",
        regulation_number="38-од",
        regulation_date=day,
        curator_number="39-од",
        curator_date=day,
    )
    NumberCounter.objects.create(year=day.year, series="main", last=39)
    Organisation.objects.create(
        kind="college", name="Учебный колледж искусств", short_name="Колледж искусств", city="Элиста"
    )
    return own


def _regulation() -> str:
    """The text as a school would enter it; what its director has settled is corrected (roadmap/legal_base)."""
    text = cleaned()
    for printed, right in SETTLED:
        text = text.replace(printed, right)
    return text


def _enter_everybody(demo: Demo, own, day):
    first = next(o for o in OFFICERS if o.login == "curator")
    demo.people[first.key] = _person(first, day)
    curator = demo.users["curator"] = _login(demo.people[first.key], first)
    role_acts.give(curator.person, CURATOR, by=curator, since=day, order_number="39-од", order_date=day, at_setup=True)
    for invented in staff():
        demo.invented[invented.key] = invented
        person = demo.people.get(invented.key) or _person(invented, day, by=curator)
        demo.people[invented.key] = person
        department = Department.objects.get(name=invented.department)
        register_acts.employ(
            person,
            by=curator,
            organisation=own,
            department=department,
            post=invented.post,
            is_teaching=invented.teaching,
            kind=invented.kind,
            since=day.replace(year=day.year - max(1, invented.service // 2)),
        )
        if invented.login and invented.login != "curator":
            demo.users[invented.login] = _login(person, invented)
        if (role := ROLES.get(invented.login)) and role != "curator":
            order = {"order_number": "12-лс", "order_date": day} if role == DIRECTOR else {}
            role_acts.give(person, role, by=curator, since=day, at_setup=True, **order)
    for user in demo.users.values():
        user.__dict__.pop("roles", None)
        user.__dict__.pop("rights", None)


def _person(invented: Invented, day, by=None) -> Person:
    today = timezone.localdate()
    number = sum(map(ord, invented.key)) * 7919 % 9_000_000
    values = {
        "last_name": invented.last,
        "first_name": invented.first,
        "middle_name": invented.middle,
        "gender": invented.gender,
        "birth_date": today.replace(year=today.year - invented.age + 1, month=number % 12 + 1, day=number % 28 + 1),
        "phone": f"+7900{number:07d}",
        "email": f"{invented.login or 'teacher'}{number % 1000}@school.example" if number % 4 or invented.login else "",
        "education": "higher" if number % 3 else "vocational",
        "category": invented.category if invented.category else "",
        "extra_category": "mentor" if invented.category == "highest" and number % 3 == 0 else "",
        "teaching_since": (
            today.replace(year=today.year - invented.service + 1, month=9, day=1)
            if invented.service > 1
            else today.replace(day=1)
            if invented.teaching
            else None
        ),
    }
    return register_acts.enter(by=by, **values) if by else Person.objects.create(**values)


def _login(person: Person, invented: Invented) -> User:
    return User.objects.create_user(
        invented.login, person, email=f"{invented.login}@school.example", password=settings.DEMO_PASSWORD
    )


def publish_news(demo: Demo, days_ago: int, title: str, text: str):
    """One step: a piece of news."""
    yield days_ago
    curator = demo.user("curator")
    item = News(title=title, text=text, published_on=timezone.localdate(), is_public=True, created_by=curator)
    site_news.save(item, by=curator)
