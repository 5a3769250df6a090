"""What a staff list would change in the register: a plan that writes nothing (п. 1.2, 3.4).

The same plan is shown on the page, printed by the command and written by ``commit``: a dry run by the same code.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from mentoring_site.russian import DASH, add_months, months_between
from people.register.models import Employment, Person
from people.school.models import Organisation
from people.staff_list.cells import DOUBT, REFUSAL
from people.staff_list.checking import DOUBTFUL, REFUSED, CheckedRow, StaffList
from people.staff_list.cleaning import CONFIRM, GENDER, Finding, StaffRow

NEW, CHANGED, UNCHANGED, SKIPPED = "new", "changed", "unchanged", "skipped"
TAKEN = (NEW, CHANGED, UNCHANGED)
CHUNK = 500  # names in one query
CORRECTION = "Исправить"  # the sheet of refused rows begins so; such a list says nothing about who has left

# field of a row -> field of Person, label
PERSONAL = {
    "birth_date": ("birth_date", "дата рождения"),
    "phone": ("phone", "телефон"),
    "email": ("email", "e-mail"),
    "education_level": ("education", "образование"),
    "education_place": ("education_place", "что окончил(а)"),
    "category": ("category", "категория"),
    "order": ("category_order", "приказ о категории"),
    "teaching_since": ("teaching_since", "педагогический стаж с"),
    "remarks": ("note", "примечание"),
}


@dataclass(frozen=True)
class Change:
    """One field that becomes different, for people: «телефон: +79991112233 → +79994445566»."""

    label: str
    old: str
    new: str

    def __str__(self):
        return f"{self.label}: {self.old or DASH} → {self.new or DASH}"


@dataclass(eq=False)
class PersonPlan:
    """One person as the list knows them: found in the register or new, what is written, which employments."""

    person: Person | None
    gender: str | None
    rows: list["PlannedRow"] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    employments: list["EmploymentPlan"] = field(default_factory=list)

    @property
    def name(self) -> StaffRow:
        """The row that gives the name."""
        return self.rows[0].checked.staff


@dataclass(eq=False)
class EmploymentPlan:
    """One place of work of a row: found in the register or new, and what becomes different."""

    row: "PlannedRow"
    employment: Employment | None
    values: dict[str, object]


@dataclass(eq=False)
class PlannedRow:
    """What becomes of one row: its outcome, everything noticed, the fields that change."""

    checked: CheckedRow
    outcome: str
    findings: list[Finding]
    changes: list[Change] = field(default_factory=list)
    answer: dict = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Row of the sheet, from 1."""
        return self.checked.number

    @property
    def reasons(self) -> list[Finding]:
        """The findings that keep the row from being written without a word."""
        return [finding for finding in self.findings if finding.level in (DOUBT, REFUSAL)]


@dataclass(eq=False)
class Plan:
    """The whole plan: rows in the order of the list, persons to write, who is in the register but not in the list."""

    rows: list[PlannedRow]
    persons: list[PersonPlan]
    vanished: list[Person]

    def outcome(self, *outcomes: str) -> list[PlannedRow]:
        """Rows with one of the outcomes."""
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def counts(self) -> dict[str, int]:
        """Outcome -> how many rows, and ``people``: how many persons will stand in the register because of the list."""
        counts = dict.fromkeys((NEW, CHANGED, UNCHANGED, DOUBTFUL, REFUSED, SKIPPED), 0)
        for row in self.rows:
            counts[row.outcome] += 1
        return counts | {"people": len(self.persons)}

    @property
    def to_write(self) -> list[PersonPlan]:
        """Persons about whom anything is written."""
        return [plan for plan in self.persons if any(row.outcome in (NEW, CHANGED) for row in plan.rows)]


def make_plan(staff_list: StaffList, answers: dict | None = None) -> Plan:
    """Compare a list with the register.

    Takes the list and answers to doubts ({"26": {"take": True, "gender": "f"}}); returns a :class:`Plan`; reads only.
    """
    return _Planner(staff_list, answers or {}).plan()


class _Planner:
    """The comparison of one list with the register as it is now."""

    def __init__(self, staff_list: StaffList, answers: dict):
        self.list, self.answers = staff_list, answers
        self.register = _namesakes({row.staff.name_key for row in staff_list.rows if row.staff.last})
        self.claimed: dict[int, date | None] = {}
        self.mentioned: set[int] = set()

    def plan(self) -> Plan:
        groups: dict[object, PersonPlan] = {}
        rows = []
        for checked in self.list.rows:
            person, found = self._match(checked.staff)
            row = self._judge(checked, person, found)
            rows.append(row)
            if row.outcome in TAKEN:
                key = ("register", person.pk) if person else ("list", checked.same_as or checked.number)
                plan = groups.setdefault(key, PersonPlan(person, row.answer.get("gender") or checked.staff.gender))
                plan.gender = plan.gender or row.answer.get("gender")
                plan.rows.append(row)
        for plan in groups.values():
            self._fill(plan)
        return Plan(rows, list(groups.values()), self._vanished())

    def _match(self, staff: StaffRow) -> tuple[Person | None, list[Finding]]:
        """The person of the register whom a row is about, by full name and birth date."""
        namesakes = self.register.get(staff.name_key, []) if staff.last else []
        self.mentioned.update(person.pk for person in namesakes)
        if not namesakes:
            return None, []
        born = staff.birth_date
        if born is None:
            if len(namesakes) == 1:
                return namesakes[0], []
            sentence = "В реестре несколько полных тёзок: укажите в списке дату рождения"
            return None, [Finding(staff.number, "Дата рождения", REFUSAL, sentence, "birth_date")]
        same = next((person for person in namesakes if person.birth_date == born), None)
        if same:
            return same, []
        undated = [person for person in namesakes if person.birth_date is None]
        if len(namesakes) == 1 and undated and self.claimed.setdefault(undated[0].pk, born) == born:
            return undated[0], []
        sentence = (
            f"В реестре уже есть {_born(namesakes[0])}: будет записан ещё один человек, полный тёзка. "
            "Если это он же, исправьте дату рождения в списке или в реестре"
        )
        return None, [Finding(staff.number, "Дата рождения", DOUBT, sentence, "birth_date", CONFIRM)]

    def _judge(self, checked: CheckedRow, person: Person | None, found: list[Finding]) -> PlannedRow:
        """The outcome of a row before its fields are compared: refused, doubtful, skipped, or taken."""
        findings = [*checked.findings, *found]
        if person:  # the register knows the gender: nothing to ask
            findings = [finding for finding in findings if finding.ask != GENDER]
        answer = self.answers.get(str(checked.number), {})
        levels = {finding.level for finding in findings}
        outcome = UNCHANGED
        if REFUSAL in levels:
            outcome = REFUSED
        elif DOUBT in levels:
            asks = any(finding.ask == GENDER for finding in findings)
            answered = answer.get("gender") in ("m", "f") or not asks
            outcome = SKIPPED if answer.get("take") is False else DOUBTFUL
            if answer.get("take") and answered:
                outcome = UNCHANGED
        return PlannedRow(checked, outcome, findings, answer=answer)

    def _fill(self, plan: PersonPlan) -> None:
        """Compare a person's fields and employments; set outcomes and changes of the rows."""
        values = _merged([row.checked.staff for row in plan.rows], self.list.as_of)
        first = plan.rows[0]
        if plan.person is None:
            plan.values = values
            for row in plan.rows:
                row.outcome = NEW
        else:
            for name, label, old, new in _differences(plan.person, values, first.checked.staff, self.list.as_of):
                plan.values[name] = new
                first.changes.append(Change(label, _shown(plan.person, name, old), _shown(plan.person, name, new)))
        plan.employments = _employments(plan)
        for row in plan.rows:
            if row.changes and plan.person is not None:
                row.outcome = CHANGED

    def _vanished(self) -> list[Person]:
        """People of our school whom the list does not name in any row."""
        if self.list.mapping.sheet.startswith(CORRECTION):
            return []
        here = Employment.objects.filter(organisation__kind=Organisation.Kind.OWN).filter(_lasting())
        people = Person.objects.filter(pk__in=here.values("person")).only(
            "last_name", "first_name", "middle_name", "birth_date"
        )
        return [person for person in people if person.pk not in self.mentioned]


def _lasting() -> Q:
    """Employments that have not ended, begun or not."""
    from django.utils import timezone

    return Q(until__isnull=True) | Q(until__gte=timezone.localdate())


def _namesakes(keys: set[str]) -> dict[str, list[Person]]:
    """Persons of the register by normalised full name, with their employments in our school."""
    found: dict[str, list[Person]] = defaultdict(list)
    keys, people = sorted(keys), {}
    for start in range(0, len(keys), CHUNK):
        for person in Person.objects.filter(search__in=keys[start : start + CHUNK]):
            person.employments_in_school = []
            people[person.pk] = person
            found[person.search].append(person)
    pks = list(people)
    for start in range(0, len(pks), CHUNK):
        employments = Employment.objects.filter(_lasting(), organisation__kind=Organisation.Kind.OWN)
        for employment in employments.filter(person__in=pks[start : start + CHUNK]).select_related("department"):
            people[employment.person_id].employments_in_school.append(employment)
    return found


def _merged(rows: list[StaffRow], as_of: date) -> dict[str, object]:
    """Fields of the person from all rows about them: the first row that says something counts."""
    values: dict[str, object] = {}
    for staff in rows:
        said = {name: getattr(staff, name, "") for name in PERSONAL}
        said["order"] = _order(staff)
        if staff.service_months is not None:
            said["teaching_since"] = add_months(as_of, -staff.service_months)
        for name, value in said.items():
            column = PERSONAL[name][0]
            values[column] = values.get(column) or value
    return {
        column: value or (None if column in ("birth_date", "teaching_since") else "")
        for column, value in values.items()
    }


def _order(staff: StaffRow) -> str:
    """«№ 866 от 20.12.2024»."""
    if not staff.category_order:
        return ""
    return (
        f"№ {staff.category_order} от {staff.category_date:%d.%m.%Y}"
        if staff.category_date
        else f"№ {staff.category_order}"
    )


def _differences(person: Person, values: dict, staff: StaffRow, as_of: date):
    """(field, label, old, new) for what the list says otherwise; silence of the list changes nothing."""
    for column, label in PERSONAL.values():
        old, new = getattr(person, column), values.get(column)
        if not new or old == new:
            continue
        if column == "teaching_since" and old and _same_service(old, staff, as_of):
            continue
        yield column, label, old, new


def _same_service(since: date, staff: StaffRow, as_of: date) -> bool:
    """Whether the stored beginning of service gives what the list states, in the units of the list."""
    unit = 12 if staff.service_in_years else 1
    return staff.service_months is not None and months_between(since, as_of) // unit == staff.service_months // unit


def _shown(person: Person, column: str, value) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    choices = dict(person._meta.get_field(column).flatchoices)
    return str(choices.get(value, value or ""))


def _employments(plan: PersonPlan) -> list[EmploymentPlan]:
    """Pair the rows of a person with the employments of the register: the same one, then a changed one,
    else a new one.
    """
    known = list(plan.person.employments_in_school) if plan.person else []
    wanted: dict[tuple, PlannedRow] = {}
    for row in plan.rows:
        staff = row.checked.staff
        wanted.setdefault((staff.post.casefold(), staff.department.casefold(), staff.kind), row)
    exact = {_employment_key(employment): employment for employment in known}
    left = [employment for employment in known if _employment_key(employment) not in wanted]
    pairs = []
    for key, row in wanted.items():
        employment = exact.get(key)
        if employment is None:
            of_kind = [e for e in left if e.kind == key[2]]
            rivals = [other for other in wanted if other[2] == key[2] and other not in exact]
            if len(of_kind) == len(rivals) == 1:
                employment = of_kind[0]
        pairs.append(_compared(row, employment, bool(plan.person)))
    return pairs


def _employment_key(employment: Employment) -> tuple[str, str, str]:
    department = employment.department.name.casefold() if employment.department else ""
    return employment.post.casefold(), department, employment.kind


def _compared(row: PlannedRow, employment: Employment | None, known_person: bool) -> EmploymentPlan:
    """What is written about one place of work; notes the changes in its row."""
    staff = row.checked.staff
    if employment is None:
        if known_person:
            place = ", ".join(filter(None, (staff.post, staff.department, Employment.Kind(staff.kind).label)))
            row.changes.append(Change("место работы", "", place))
        values = {
            "post": staff.post,
            "department": staff.department,
            "kind": staff.kind,
            "is_teaching": staff.is_teaching,
            "since": staff.hired,
        }
        return EmploymentPlan(row, None, values)
    values = {}
    department = employment.department.name if employment.department else ""
    if employment.post.casefold() != staff.post.casefold():
        values["post"], values["is_teaching"] = staff.post, staff.is_teaching
        row.changes.append(Change("должность", employment.post, staff.post))
    if staff.department and department.casefold() != staff.department.casefold():
        values["department"] = staff.department
        row.changes.append(Change("отделение", department, staff.department))
    if staff.hired and employment.since is None:
        values["since"] = staff.hired
        row.changes.append(Change("работает с", "", f"{staff.hired:%d.%m.%Y}"))
    return EmploymentPlan(row, employment, values)


def _born(person: Person) -> str:
    """«Иванова Анна Петровна, 05.05.1980»."""
    return f"{person.full_name}, {person.birth_date:%d.%m.%Y}" if person.birth_date else person.full_name
