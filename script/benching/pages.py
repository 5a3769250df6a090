"""Pages: CPU time against the yardstick, query counts, and what a hundred times more people cost."""

import json
import subprocess
import sys

from benching.numbers import median, say
from benching.school import ROOT, environment
from benching.worker import YARDSTICK

LISTS = {
    "люди": ("curator", "/people/"),
    "банк наставляемых": ("curator", "/banks/mentees/"),
    "банк наставников": ("curator", "/banks/mentors/"),
    "согласия": ("curator", "/consents/"),
    "пары": ("curator", "/pairings/"),
    "программы": ("curator", "/programs/"),
    "подбор пар": ("curator", "/pairings/new/"),
    "приказы": ("clerk", "/orders/"),
    "что ждёт приказа": ("clerk", "/orders/new/?kind=assignment"),
    "дорожные карты": ("curator", "/roadmap/"),
    "учётные записи": ("sysadmin", "/settings/accounts/"),
    "сайт: программы": ("", "/programmes/"),
    "сайт: результаты": ("", "/results/"),
    "сайт: результаты после входа": ("mentor", "/results/"),
}
OBJECTS = {
    "человек": ("curator", "/people/{person}/"),
    "история человека": ("curator", "/people/{person}/history/"),
    "кандидат": ("curator", "/banks/candidates/{candidate}/"),
    "согласие": ("curator", "/consents/{consent}/"),
    "пара": ("curator", "/pairings/{pairing}/"),
    "предложенная пара": ("curator", "/pairings/{proposed}/"),
    "программа": ("curator", "/programs/{program}/"),
    "проект программы": ("curator", "/programs/{draft}/"),
    "история программы": ("curator", "/programs/{program}/history/"),
    "мероприятие программы": ("curator", "/activities/{activity}/"),
    "журнал": ("curator", "/programs/{program}/journal/"),
    "завершение": ("curator", "/completions/{completion}/"),
    "приказ": ("clerk", "/orders/{order}/"),
    "неподписанный приказ": ("clerk", "/orders/{open_order}/"),
    "дорожная карта": ("curator", "/roadmap/{roadmap}/"),
    "мероприятие карты": ("curator", "/roadmap/{roadmap}/tasks/{task}/"),
    "учётная запись": ("sysadmin", "/settings/accounts/{account}/"),
    "программа глазами совета": ("council", "/programs/{program}/"),
}
HOMES = {
    f"главная: {who}": (who, "/home/")
    for who in ("director", "curator", "chair", "council", "mentor", "mentee", "clerk", "sysadmin")
}
GOALS = {"список": (20, 12, 1.3), "объект": (20, 12, 1.3), "главная": (40, 25, 2.0)}  # ratio, queries, growth


class Worker:
    """A process that holds one school open (benching/worker.py)."""

    def __init__(self, data):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benching.worker"],
            cwd=ROOT,
            env=environment(data),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)

    def ask(self, what: str, **details) -> dict:
        """Ask the process and wait for its answer."""
        self.process.stdin.write(json.dumps({"ask": what} | details) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"измеритель остановился на вопросе {what} {details}")
        return json.loads(line)


def every_page(found: dict):
    """Yield (kind, name, user, address) of all measured pages."""
    for kind, table in (("список", LISTS), ("объект", OBJECTS), ("главная", HOMES)):
        for name, (user, url) in table.items():
            yield kind, name, user, url.format(**found)


def measure_pages(schools, table, quick=False):
    """Lists of 25 rows, object pages and homes against a view that returns «ok» behind the same middleware."""
    rounds, times = (3, 4) if quick else (5, 10)
    with Worker(schools.small) as worker:
        found = worker.ask("objects")
        all_pages = list(every_page(found))
        counts = {}
        for _, name, user, url in all_pages:
            counts[name] = worker.ask("queries", user=user, url=url)
            if counts[name]["status"] != 200:
                table.add(f"{name}: ответ {counts[name]['status']}, не измерено", 1, 0, " ошибок", url)
        all_pages = [page for page in all_pages if counts[page[1]]["status"] == 200]
        worker.ask("cpu", user="curator", url=YARDSTICK, times=50)
        ratios, costs = {page[1]: [] for page in all_pages}, {page[1]: [] for page in all_pages}
        sticks = []
        for _ in range(rounds):
            for _, name, user, url in all_pages:
                stick = worker.ask("cpu", user="curator", url=YARDSTICK, times=times * 3)["ms"]
                cost = worker.ask("cpu", user=user, url=url, times=times)["ms"]
                sticks.append(stick)
                ratios[name].append(cost / stick)
                costs[name].append(cost)
    say(f"мерка: {median(sticks):.2f} мс процессора на запрос")
    for kind, name, _, _ in all_pages:
        goal, most, _ = GOALS[kind]
        rows = f"{median(costs[name]):.1f} мс, строк {counts[name]['rows']}, {counts[name]['size'] // 1024} КБ"
        table.add(f"{kind}: {name}" if kind != "главная" else name, median(ratios[name]), goal, note=rows)
        table.add(f"    запросов: {name}", counts[name]["queries"], most, " запр.")


def measure_scale(schools, table, quick=False):
    """The same pages in a school a hundred times larger: how much slower, and whether a query was added."""
    rounds, times = (3, 3) if quick else (5, 8)
    with Worker(schools.small) as small, Worker(schools.large) as large:
        here, there = small.ask("objects"), large.ask("objects")
        say(
            f"в большой школе людей {there['people']}, программ {there['programs']}; в малой {here['people']} и"
            f" {here['programs']}"
        )
        pairs = list(zip(every_page(here), every_page(there), strict=True))
        growth, added, fuller = {page[1]: [] for page, _ in pairs}, {}, {}
        for page, other in pairs:
            few, many = (
                small.ask("queries", user=page[2], url=page[3]),
                large.ask("queries", user=page[2], url=other[3]),
            )
            added[page[1]] = many["queries"] - few["queries"]
            if page[0] == "список" and many["rows"] > few["rows"] > 0:  # the small school does not fill the page
                fuller[page[1]] = many["rows"] / few["rows"]
        for _ in range(rounds):
            for page, other in pairs:
                few = small.ask("cpu", user=page[2], url=page[3], times=times)
                many = large.ask("cpu", user=page[2], url=other[3], times=times)
                if few["status"] == many["status"] == 200:
                    growth[page[1]].append((many["ms"] / few["ms"], few["ms"], many["ms"]))
    for page, _ in pairs:
        kind, name = page[:2]
        if len(growth[name]) < rounds:
            table.add(f"{name}: не измерено", 1, 0, " ошибок", page[3])
            continue
        ratio, less, more = (median(figures) for figures in zip(*growth[name], strict=True))
        label = f"рост, {kind}: {name}" if kind != "главная" else f"рост, {name}"
        note = f"{less:.1f} и {more:.1f} мс"
        if name in fuller:
            label, ratio, note = (
                f"{label}, на строку",
                ratio / fuller[name],
                f"{note}, строк больше в {fuller[name]:.1f} раза",
            )
        table.add(label, ratio, GOALS[kind][2], note=note)
        if added[name] > 0:
            table.add(f"    запросов больше: {name}", added[name], 0, " запр.")
