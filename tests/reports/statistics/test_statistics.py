"""How many take part: every number by raw rows, every number its list, nothing missing guessed (п. 3.4)."""

import io
from datetime import timedelta
from itertools import pairwise

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, NotAllowed
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.pairings.models import Participation
from programs.program.models import Program
from reports.compliance.declared import DECLARED
from reports.compliance.proofs import Year
from reports.indicators.periods import Period
from reports.statistics import acts
from reports.statistics.counting import AGES, COLUMNS, SERVICE, UNKNOWN, tables
from reports.statistics.documents import NOT_FEDERAL
from reports.statistics.models import StatisticsNote
from tests.programs.program.test_documents import text_of_pdf
from tests.reports.indicators.kit import days, make_counted

pytestmark = pytest.mark.django_db
PERIODS = (Period(days(-90), days(0)), Period(days(0), days(0)), Period(days(-500), days(-370)))


@pytest.fixture
def school(cast):
    """People with and without a birth date, service and a place of work; one works elsewhere, one has a second post."""
    make_counted(cast)
    people = list(Person.objects.filter(participations__isnull=False).distinct().order_by("pk"))
    assert len(people) > 5
    for n, person in enumerate(people):
        born = None if n == 0 else days(-365 * (23 + 4 * n))
        Person.objects.filter(pk=person.pk).update(
            birth_date=born, teaching_since=None if n == 1 else days(-365 * 3 * n - 100), gender="fm"[n % 2]
        )
    Employment.objects.filter(person=people[2]).update(since=None, until=days(-600))
    Employment.objects.filter(person=people[3]).update(kind="external")
    other = Organisation.objects.create(kind="partner", name="Колледж", short_name="Колледж")
    Employment.objects.filter(person=people[4]).update(organisation=other, department=None)
    return cast


def stands(period, part):
    """Return the people of a column, by hand."""
    found = {}
    for row in Participation.objects.select_related("pairing", "person"):
        pair = row.pairing
        if not pair.assigned_on or pair.assigned_on > period.last:
            continue
        if pair.ended_on and pair.ended_on < period.first:
            continue
        if (row.since and row.since > period.last) or (row.until and row.until < period.first):
            continue
        if not part or row.part == part:
            found.setdefault(row.person, []).append(row)
    return found


def band(years, limits, below):
    if years is None:
        return UNKNOWN
    if years < limits[0]:
        return f"{below} {limits[0]}"
    for low, high in pairwise(limits):
        if low <= years < high:
            return f"{low}–{high - 1}"
    return f"{limits[-1]} и больше"


def employed(person, day):
    current = [
        one
        for one in person.employments.select_related("organisation")
        if (not one.since or one.since <= day) and (not one.until or one.until >= day)
    ]
    own = {one.kind for one in current if one.organisation.kind == "own"}
    for kind, words in (
        ("main", "штатные (основное место работы)"),
        ("external", "внешние совместители"),
        ("internal", "только внутреннее совместительство"),
    ):
        if kind in own:
            return words
    return "не работают в школе, работают в другой организации" if current else UNKNOWN


def program_rows(rows, period):
    """Return the words of the states of the programs of a person's pairs."""
    said = set()
    for row in rows:
        held = [
            one
            for one in Program.objects.filter(pairing=row.pairing_id, started_on__lte=period.last)
            if not one.ended_on or one.ended_on >= period.first
        ]
        for one in held:
            if not one.ended_on or one.ended_on > period.last:
                said.add("программа идёт")
            else:
                said.add("программа завершена" if one.state == "completed" else "программа прекращена")
        if not held:
            said.add("без программы в эти дни")
    return said


def by_hand(period, part):
    """Return {(table, row): number}, counted from raw rows in another way."""
    found: dict = {}

    def add(table, row):
        found[table, row] = found.get((table, row), 0) + 1

    mentors, mentees = stands(period, "mentor"), stands(period, "mentee")
    for person, rows in stands(period, part).items():
        add("Всего", "участники")
        if person in mentors and person in mentees:
            add("Всего", "из них и наставники, и наставляемые")
        add("Пол", {"f": "женщины", "m": "мужчины"}[person.gender])
        add("Возраст, полных лет", band(person.age(period.last), AGES, "моложе"))
        add("Педагогический стаж, полных лет", band(person.service(period.last), SERVICE, "меньше"))
        add("Занятость", employed(person, period.last))
        there = person in stands(Period(period.last, period.last), part)
        add("Состояние пары или группы", "состоят на последний день" if there else "выбыли раньше")
        for words in program_rows(rows, period):
            add("Состояние программы", words)
        forms = set()
        for row in rows:
            for one in Program.objects.filter(pairing=row.pairing_id, started_on__lte=period.last):
                if not one.ended_on or one.ended_on >= period.first:
                    forms |= {form.name for form in one.forms.all()}
        for name in forms or {UNKNOWN}:
            add("Форма наставничества", name)
    return found


@pytest.mark.clause("3.4-l")
@pytest.mark.parametrize("period", PERIODS, ids=["days", "today", "past"])
def test_every_number_is_counted_another_way(school, period):
    made = tables(period)
    for place, part in enumerate(("mentor", "mentee", "")):
        shown = {(t.title, line.label): line.numbers[place] for t in made for line in t.lines if line.numbers[place]}
        assert shown == by_hand(period, part), part
    assert sum(line.numbers[2] for t in made for line in t.lines)


@pytest.mark.clause("3.4-l")
def test_every_number_equals_its_list(school, client):
    client.force_login(school.director)
    shown = client.get(reverse("reports:statistics"), {"since": str(days(-90)), "until": str(days(0))})
    cells = [cell for t in shown.context["tables"] for row in t["rows"] for cell in row["cells"]]
    assert len([cell for cell in cells if cell.url]) > 20
    for cell in cells:
        assert bool(cell.url) == bool(cell.number)
        if cell.url:
            assert client.get(cell.url).context["listing"].page.paginator.count == cell.number, cell.url


def test_what_is_missing_is_a_row_and_is_not_guessed(school):
    made = {table.title: table for table in tables(PERIODS[0])}
    for title in ("Возраст, полных лет", "Педагогический стаж, полных лет", "Занятость"):
        unknown = next(line for line in made[title].lines if line.label == UNKNOWN)
        assert unknown.numbers[2] >= 1, title
        everybody = made["Всего"].lines[0].numbers
        for place in range(3):
            assert sum(line.numbers[place] for line in made[title].lines) == everybody[place], title


def test_page_paper_and_workbook_say_the_same_and_that_it_is_no_federal_form(school, client):
    client.force_login(school.curator)
    period = PERIODS[0]
    query = {"since": str(period.first), "until": str(period.last)}
    assert NOT_FEDERAL in client.get(reverse("reports:statistics"), query).content.decode()
    text = text_of_pdf(client.get(reverse("reports:statistics_pdf"), query))
    assert "не заменяет форм федерального" in text.replace("\u00a0", " ") and UNKNOWN in text
    answered = client.get(reverse("reports:statistics"), query | {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answered.streaming_content)), read_only=True)
    rows = [row for row in book.active.iter_rows(values_only=True) if len(row) > 4 and isinstance(row[4], int)]
    assert rows == [(t.title, line.label, *line.numbers) for t in tables(period) for line in t.lines]


@pytest.mark.clause("3.4-l")
def test_a_kept_note_does_not_change_and_proves_the_clause(school, client):
    proof = next(one for one in DECLARED["3.4-l"].proofs if "справка" in one.label)
    year = Year.on(year_now(), timezone.localdate())
    assert not proof.found(year).is_whole
    client.force_login(school.curator)
    period = PERIODS[0]
    url = f"{reverse('reports:statistics_keep')}?{period.query}"
    assert client.get(url).status_code == 200 and not StatisticsNote.objects.exists()
    client.post(url)
    note = StatisticsNote.objects.get()
    assert (note.first, note.last, note.kept_by) == (period.first, period.last, school.curator)
    assert Act.objects.about(note).get().verb == "keep"
    assert proof.found(year).is_whole and proof.found(year).url == note.get_absolute_url()
    page = client.get(note.get_absolute_url())
    numbers = [cell.number for t in page.context["tables"] for row in t["rows"] for cell in row["cells"]]
    assert numbers == [n for t in tables(period) for line in t.lines for n in line.numbers]
    paper = text_of_pdf(client.get(reverse("reports:statistics_note_pdf", args=[note.pk])))
    Person.objects.update(birth_date=None)
    page = client.get(note.get_absolute_url())
    assert [cell.number for t in page.context["tables"] for row in t["rows"] for cell in row["cells"]] == numbers
    assert text_of_pdf(client.get(reverse("reports:statistics_note_pdf", args=[note.pk]))) == paper
    assert len(client.get(reverse("reports:statistics_notes")).context["listing"].rows) == 1


def test_the_same_numbers_are_kept_once_and_by_the_curator(school):
    acts.keep(PERIODS[0], by=school.curator)
    with pytest.raises(Already):
        acts.keep(PERIODS[0], by=school.curator)
    Person.objects.update(birth_date=timezone.localdate() - timedelta(days=365 * 40))
    acts.keep(PERIODS[0], by=school.curator)
    assert StatisticsNote.objects.count() == 2
    for user in (school.director, school.chair, school.clerk, school.mentor):
        with pytest.raises(NotAllowed):
            acts.keep(PERIODS[1], by=user)


def test_the_columns_are_those_of_the_lists():
    assert list(COLUMNS) == ["mentors", "mentees", "people"]
