"""Choosing pairs: the assignment with scores given, its growth, the scoring apart, and the page of 60 by 60."""

import subprocess
import sys
from contextlib import ExitStack

from benching.numbers import median
from benching.run import Run
from benching.school import Worker
from benching.servers import Server, Visitor, cpu_per_request

GOAL, PAGE_GOAL = 25, 300  # milliseconds of processor time
SIZES = ((200, 60, 4), (400, 120, 4), (1000, 300, 4))
GROWTH = 60  # a thousand mentees against two hundred: not dearer than the square of the size with a half more
CODE = """
import random, sys, time
from programs.pairings.assignment import assign
from programs.pairings.matching import Pool, Post, Profile, Said
rows, columns, places, alike, seed, scoring = map(int, sys.argv[1:])
dice = random.Random(seed)
quality = [dice.randint(0, 40) if alike else 0 for _ in range(columns)]
spread = 20 if alike else 100
if scoring:
    texts = ["открытый урок", "ансамбль", "чтение с листа", "академический концерт", "гаммы", "работа с родителями"]
    crafts = ["домры", "баяна", "фортепиано", "скрипки"]
    def one(key, kind, **more):
        said = [Said(kind, dice.choice(texts), dice.randint(1, 8), "Тема") for _ in range(3)]
        post = Post(f"преподаватель по классу {dice.choice(crafts)}", dice.randint(1, 8), "Отделение", 1)
        return Profile(key, key, "Имя", said=said, posts=[post], **more)
    led = [one(key, "request") for key in range(rows)]
    lead = [one(rows + key, "competence", capacity_persons=places, years=key % 30) for key in range(columns)]
    Pool(led[:1], lead[:1]).scores()
    began = time.process_time()
    Pool(led, lead).scores()
else:
    scores = [[quality[k] + dice.randint(0, spread) for k in range(columns)] for _ in range(rows)]
    began = time.process_time()
    assign(scores, [places] * columns)
print((time.process_time() - began) * 1000)
"""

FILL = """
import django; django.setup()
from datetime import date
from django.utils import timezone
from people.accounts.models import User
from people.banks.models import Candidate, Statement, Topic
from people.consents.models import Consent
from people.register.models import Employment, Person
from people.school.models import Department, Organisation
who, own, today = User.objects.get(username="curator"), Organisation.objects.get(kind="own"), timezone.localdate()
topics, rooms = list(Topic.objects.all()), list(Department.objects.filter(organisation=own))
texts = ["открытый урок", "ансамбль", "чтение с листа", "академический концерт", "гаммы", "работа с родителями"]
crafts = ["домры", "баяна", "фортепиано", "скрипки"]
kinds = {"mentee": ("difficulty", "request", "request"), "mentor": ("competence", "competence", "interest")}
lacking = {part: 60 - Candidate.objects.standing().filter(part=part).count() for part in kinds}
for part, number in lacking.items():
    for n in range(number):
        one = Person.objects.create(
            last_name=f"Мерная{chr(1072 + n % 32)}{chr(1072 + n // 32)}", first_name="Анна", middle_name="Ильинична",
            gender="f", birth_date=date(1980, 1, 1), teaching_since=date(2000 + n % 20, 9, 1))
        Employment.objects.create(person=one, organisation=own, department=rooms[n % len(rooms)],
                                  post=f"преподаватель по классу {crafts[n % 4]}")
        Consent.objects.create(person=one, purpose="processing", text_date=today, text="текст", text_sha256="0" * 64,
                               given_on=today, recorded_by=who)
        made = Candidate.objects.create(person=one, part=part, proposed_by=who, state="approved", decided_by=who,
            decided_at=timezone.now(), capacity_hours=8, capacity_persons=3 if part == "mentor" else None)
        for place, kind in enumerate(kinds[part]):
            Statement.objects.create(candidate=made, kind=kind, topic=topics[(n + place) % len(topics)],
                                     text=texts[(n * (place + 1)) % 6])
"""


def _spent(run: Run, size: tuple[int, int, int], *, alike: bool, scoring: bool = False) -> float:
    """Return the milliseconds of a run in a process of its own: the median of the rounds, a new school in each."""
    asked = [
        [sys.executable, "-c", CODE, *map(str, (*size, int(alike), seed, int(scoring)))] for seed in range(run.rounds)
    ]
    folder = run.schools.tree
    return median(
        float(subprocess.run(one, cwd=folder, check=True, capture_output=True, text=True).stdout) for one in asked
    )


def measure_matching(run: Run):
    """The exact assignment of 200 mentees to 60 mentors of four places, of schools up to 1,000, and the scoring."""
    for alike, words in ((False, "мнения разные"), (True, "всем нужны одни и те же наставники")):
        spent = {size: _spent(run, size, alike=alike) for size in SIZES}
        first = spent[SIZES[0]]
        note = ", ".join(f"{rows} на {columns}: {spent[rows, columns, k]:.0f} мс" for rows, columns, k in SIZES[1:])
        run.table.add(f"расстановка 200 на 60 по 4, {words}", first, GOAL, " мс", note)
        run.table.add(f"    рост до 1000 на 300, {words}", spent[SIZES[-1]] / first, GROWTH)
    run.table.add("баллы 200 на 60", _spent(run, SIZES[0], alike=False, scoring=True), None, " мс")
    _measure_pages(run)


def _measure_pages(run: Run):
    """Processor time of the two pages of the choice with 60 mentees and 60 mentors."""
    school = run.schools.copy("choosing")
    school.run("-c", FILL)
    with ExitStack() as stack:
        with Worker(school) as worker:
            session = worker.ask("session", user="curator")["key"]
        server = Server(school)
        stack.callback(server.stop)
        visitor = Visitor(server.port)
        visitor.session = session
        for url in ("/pairings/new/", "/pairings/new/school/"):
            spent = [cpu_per_request(server, visitor, url, 4) for _ in range(run.rounds)]
            body = visitor.ask("GET", url)[1]
            run.table.add(f"страница {url}, 60 на 60", median(spent), PAGE_GOAL, " мс", f"{len(body) // 1024} КБ")
