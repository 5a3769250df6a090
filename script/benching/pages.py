"""Pages: processor time in costs of the yardstick, queries, and what a hundred times more people add."""

from contextlib import ExitStack
from dataclasses import dataclass

from benching.numbers import median, say
from benching.run import Run
from benching.school import School, Worker
from benching.servers import YARDSTICK, Neighbours, Server, Visitor, cpu_per_request

GOALS = {"список": 60, "объект": 55, "главная": 120, "подбор": 120, "сайт": 45}  # in costs of the yardstick
QUERIES = 30  # of one page
GROWTH = 1.3  # with a hundred times more people; of a list for each row that it shows
MOST_ROWS = 60  # that count: a page with more is not a page of a list
DEARER = 1.2  # than before; less is noise
YARDSTICK_REQUESTS = 200  # next to every measurement of a page

PAGES = {
    "список": {
        "люди": ("curator", "/people/"),
        "организации": ("curator", "/people/organisations/"),
        "согласия": ("curator", "/consents/"),
        "банк наставляемых": ("curator", "/banks/mentees/"),
        "банк наставников": ("curator", "/banks/mentors/"),
        "соглашения о доплате": ("clerk", "/agreements/"),
        "уведомления об отказе": ("clerk", "/notices/"),
        "пары": ("curator", "/pairings/"),
        "программы": ("curator", "/programs/"),
        "программы наставника": ("mentor", "/programs/"),
        "протоколы совета": ("chair", "/council/minutes/"),
        "дорожные карты": ("curator", "/roadmap/"),
        "приказы": ("clerk", "/orders/"),
        "журнал приказов": ("clerk", "/orders/journal/"),
        "что ждёт приказа": ("clerk", "/orders/new/?kind=assignment"),
        "ознакомление": ("clerk", "/acquaintance/"),
        "учётные записи": ("sysadmin", "/settings/accounts/"),
        "роли": ("director", "/settings/roles/"),
    },
    "подбор": {
        "наставляемые без пары": ("curator", "/pairings/new/"),
        "глазами совета": ("council", "/pairings/new/"),
        "вся школа": ("curator", "/pairings/new/school/"),
        "наставник выбранному": ("curator", "/pairings/new/mentor/?mentee={mentee}"),
    },
    "объект": {
        "человек": ("curator", "/people/{person}/"),
        "история человека": ("curator", "/people/{person}/history/"),
        "согласия человека": ("curator", "/people/{person}/consents/"),
        "кандидат": ("curator", "/banks/candidates/{candidate}/"),
        "согласие": ("curator", "/consents/{consent}/"),
        "пара": ("curator", "/pairings/{pairing}/"),
        "предложенная пара": ("curator", "/pairings/{proposed}/"),
        "программа": ("curator", "/programs/{program}/"),
        "программа глазами наставника": ("mentor", "/programs/{own_program}/"),
        "программа глазами совета": ("council", "/programs/{program}/"),
        "проект программы": ("curator", "/programs/{draft}/"),
        "история программы": ("curator", "/programs/{program}/history/"),
        "мероприятие программы": ("curator", "/activities/{activity}/"),
        "журнал программы": ("curator", "/programs/{program}/journal/"),
        "завершение": ("curator", "/completions/{completion}/"),
        "приказ": ("clerk", "/orders/{order}/"),
        "неподписанный приказ": ("clerk", "/orders/{open_order}/"),
        "дорожная карта": ("curator", "/roadmap/{roadmap}/"),
        "мероприятие карты": ("curator", "/roadmap/{roadmap}/tasks/{task}/"),
        "учётная запись": ("sysadmin", "/settings/accounts/{account}/"),
    },
    "главная": {
        user: (user, "/home/")
        for user in ("director", "curator", "chair", "council", "mentor", "mentee", "clerk", "sysadmin")
    },
    "сайт": {
        f"{name}{note}": (user, url)
        for name, url in {
            "главная": "/",
            "программы": "/mentoring-programs/",
            "результаты": "/results/",
            "наставники": "/people-in-mentoring/",
            "документы": "/documents/",
            "Положение": "/documents/regulation/",
            "дорожная карта": "/documents/roadmap/{year}/",
            "новости": "/news/",
        }.items()
        for user, note in (("", ""), ("mentor", ", после входа"))
    },
}


@dataclass(frozen=True)
class Page:
    """A page of the product as one user opens it; an empty user is an anonymous visitor."""

    group: str
    name: str
    user: str
    url: str

    def __str__(self):
        return f"{self.group}: {self.name}"


class Site:
    """A school being served: its pages, and the one visitor who opens them."""

    def __init__(self, school: School, pages: list[Page] | None = None):
        with Worker(school) as worker:
            found = worker.ask("objects")
            users = {user for pages_of_group in PAGES.values() for user, _ in pages_of_group.values()}
            self.sessions = {user: worker.ask("session", user=user)["key"] for user in users if user} | {"": ""}
            self.pages = pages or [
                Page(group, name, user, url.format(**found))
                for group, named in PAGES.items()
                for name, (user, url) in named.items()
            ]
            self.queries = {page: worker.ask("queries", user=page.user, url=page.url) for page in self.pages}
        self.server = Server(school)
        self.visitor = Visitor(self.server.port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stop()

    def open(self, page: Page) -> tuple[int, bytes]:
        """Return status and body of a page."""
        self.visitor.session = self.sessions[page.user]
        return self.visitor.ask("GET", page.url)

    def cpu(self, page: Page, times: int) -> float:
        """Return the milliseconds of processor time of one request."""
        self.visitor.session = self.sessions[page.user]
        return cpu_per_request(self.server, self.visitor, page.url, times)


def rows_of(body: bytes) -> int:
    """Return how many rows, things or people to choose from or shown programs a page lists."""
    return max(body.count(b"<tr") - 1, *map(body.count, (b'name="items"', b'name="mentee"', b"story-side")))


def answering(run: Run, sites: list[Site]) -> list[Page]:
    """Return the pages that all sites answer with 200; each of the others is a miss."""
    good = []
    for page in sites[0].pages:
        answers = [site.open(page)[0] for site in sites]
        if set(answers) == {200}:
            good.append(page)
        else:
            run.table.add(f"{page}: ответ {answers}, не измерено", 1, 0, " ошибок", page.url)
    return good


def measure_pages(run: Run):
    """Processor time of each page in costs of the bare view, both as medians of the same rounds, and its queries."""
    times = 4 if run.quick else 8
    with ExitStack() as stack:
        bare = stack.enter_context(Server(run.schools.demo, YARDSTICK))
        visitor = Visitor(bare.port)
        site = stack.enter_context(Site(run.schools.demo))
        old = stack.enter_context(Site(run.before.demo)) if run.before else None
        pages = answering(run, [site])
        former = {str(page): page for page in old.pages if old.open(page)[0] == 200} if old else {}
        neighbours = Neighbours([bare, site.server] + ([old.server] if old else []))
        sticks, costs, earlier = [], {page: [] for page in pages}, {page: [] for page in pages}
        for turn in range(run.rounds):
            say(f"раунд {turn + 1} из {run.rounds}")
            for page in pages:
                sticks.append(cpu_per_request(bare, visitor, "/", YARDSTICK_REQUESTS))
                costs[page].append(site.cpu(page, times))
                if str(page) in former:
                    earlier[page].append(old.cpu(former[str(page)], times))
        spread = f"от {min(sticks):.3f} до {max(sticks):.3f}; {neighbours}"
        run.table.add("мерка: процессор на запрос голого Django", median(sticks), None, " мс", spread)
        for page in pages:
            _add_page(run, site, page, median(sticks), costs[page], earlier[page])


def _add_page(run: Run, site: Site, page: Page, stick: float, costs: list[float], earlier: list[float]):
    """Add the row of a page, and a row for each further goal that it misses; all costs are milliseconds."""
    spent, body, queries = median(costs), site.open(page)[1], site.queries[page]
    note = f"{spent:5.1f} мс, запросов {queries['number']:2}, SQL до {queries['longest']:4} знаков"
    note += f", строк {rows_of(body):2}, {len(body) // 1024} КБ"
    if earlier:
        growth = median(ours / theirs for ours, theirs in zip(costs, earlier, strict=True))
        note += f", было {median(earlier) / stick:.1f}×"
    run.table.add(str(page), spent / stick, GOALS[page.group], note=note)
    if queries["number"] > QUERIES:
        run.table.add("    запросов", queries["number"], QUERIES, " запр.")
    if earlier and growth > DEARER:
        run.table.add("    дороже прежнего", growth, DEARER)


def measure_scale(run: Run):
    """The same pages in a school a hundred times larger: how much dearer, and whether a query was added."""
    times = 4 if run.quick else 8
    with ExitStack() as stack:
        small = stack.enter_context(Site(run.schools.demo))
        large = stack.enter_context(Site(run.schools.large, small.pages))
        pages = answering(run, [small, large])
        costs = {page: [] for page in pages}
        for turn in range(run.rounds):
            say(f"раунд {turn + 1} из {run.rounds}")
            for page in pages:
                costs[page].append((small.cpu(page, times), large.cpu(page, times)))
        for page in pages:
            _add_growth(run, small, large, page, costs[page])


def _add_growth(run: Run, small: Site, large: Site, page: Page, costs: list[tuple[float, float]]):
    """Add the row of a page in the large school; a list that the small one does not fill counts by the row."""
    growth = median(many / few for few, many in costs)
    few, many = median(few for few, _ in costs), median(many for _, many in costs)
    label, note = f"рост, {page}", f"{few:.1f} и {many:.1f} мс"
    less, more = (rows_of(site.open(page)[1]) for site in (small, large))
    if page.group != "объект" and more > less > 0:
        label, note = f"{label}, на строку", f"{note}, строк {less} и {more}, всего {growth:.2f}×"
        growth *= less / max(less, min(more, MOST_ROWS))
    run.table.add(label, growth, GROWTH, note=note)
    added = large.queries[page]["number"] - small.queries[page]["number"]
    if added > 0:
        run.table.add("    запросов больше", added, 0, " запр.")
