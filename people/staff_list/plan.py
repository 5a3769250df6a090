"""What a staff list would change in the register: a plan that writes nothing (п. 1.2, 3.4).

The same plan is shown on the page, printed by the command and written by ``commit``: a dry run by the same code.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from mentoring_site.russian import DASH, add_months, months_between
from people.language.name_text import search_key
from people.register.likeness import Described, Likeness, lookalikes
from people.register.models import Employment, FormerName, Person
from people.school.models import Organisation
from people.staff_list.cells import DOUBT, REFUSAL, REPAIR, read_post
from people.staff_list.checking import DOUBTFUL, REFUSED, CheckedRow, StaffList
from people.staff_list.cleaning import CONFIRM, GENDER, SAME, WAIT, Finding, StaffRow

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
    "education_place": ("education_place", "учебное заведение"),
    "category": ("category", "категория"),
    "order": ("category_order", "приказ о категории"),
    "extra_category": ("extra_category", "категория наставника или методиста"),
    "teaching_since": ("teaching_since", "педагогический стаж с"),
    "remarks": ("note", "примечание"),
}


# field of a finding -> field of a row, field of Person: a doubt about a value that is in the register is settled
SETTLED = {
    "name": ("", ""),
    "last_name": ("", ""),
    "first_name": ("", ""),
    "middle_name": ("", ""),
    "service": ("", ""),
    "kind": ("", ""),
    "birth_date": ("birth_date", "birth_date"),
    "phone": ("phone", "phone"),
    "email": ("email", "email"),
    "education": ("education_level", "education"),
    "category": ("category", "category"),
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
    """One person as the list knows them: found in the register or new, what is written, which employments.

    ``renamed`` is a person of the register who bears another name in the list, as somebody confirmed.
    """

    person: Any  # of Person with ``employments_in_school``, or None
    gender: str | None
    renamed: bool = False
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
    like: Likeness | None = None
    foreign: bool = False  # works in another organisation: nothing about the place of work is ours

    @property
    def asked(self) -> bool:
        """Whether the row has a question of its own, beside one about several rows."""
        return any(finding.level == DOUBT and finding.ask != WAIT for finding in self.findings)

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
        named = [row.staff for row in staff_list.rows if row.staff.last]
        self.register = _namesakes({staff.name_key for staff in named})
        strangers = [staff for staff in named if staff.name_key not in self.register]
        self.former = _former_names({staff.name_key for staff in strangers})
        self.mentioned = {person.pk for namesakes in self.register.values() for person in namesakes}
        self.likes = self._likes([staff for staff in strangers if staff.name_key not in self.former])
        self.claimed: dict[int, date | None] = {}
        self.organisations = _organisations() if any(staff.organisation for staff in named) else None

    def _likes(self, strangers: list[StaffRow]) -> dict[int, Likeness]:
        """Row -> who of the register it may be about, under another name; not those whom the list names too."""
        described = {
            Described(s.last, s.first, s.middle, s.birth_date, s.phone, s.email): s.number for s in reversed(strangers)
        }
        found: dict[Described, Likeness] = {}
        for one, like in lookalikes(described):
            if like.person.pk not in self.mentioned:
                found.setdefault(one, like)
        by_row = {
            s.number: found[key]
            for s in strangers
            if (key := Described(s.last, s.first, s.middle, s.birth_date, s.phone, s.email)) in found
        }
        _with_employments([like.person for like in by_row.values()])
        return by_row

    def plan(self) -> Plan:
        groups: dict[object, PersonPlan] = {}
        rows = []
        for checked in self.list.rows:
            person, found = self._match(checked.staff)
            row = self._judge(checked, person, found)
            rows.append(row)
            if row.outcome in TAKEN:
                renamed = person is None and row.like is not None and bool(row.answer.get("same"))
                person = row.like.person if renamed and row.like else person
                key = ("register", person.pk) if person else ("list", checked.same_as or checked.number)
                gender = row.answer.get("gender") or checked.staff.gender
                plan = groups.setdefault(key, PersonPlan(person, gender, renamed))
                plan.gender = plan.gender or row.answer.get("gender")
                plan.rows.append(row)
        for plan in groups.values():
            self._fill(plan)
        return Plan(rows, list(groups.values()), self._vanished())

    def _match(self, staff: StaffRow) -> tuple[Person | None, list[Finding]]:
        """The person of the register whom a row is about, by full name and birth date."""
        namesakes = self.register.get(staff.name_key, []) if staff.last else []
        if not namesakes:
            return self._match_former(staff)
        born = staff.birth_date
        if born is None:
            if len(namesakes) == 1:
                return namesakes[0], _only_the_name(staff, namesakes[0])
            sentence = "В реестре несколько полных тёзок: укажите в списке дату рождения"
            return None, [Finding(staff.number, "Дата рождения", REFUSAL, sentence, "birth_date")]
        same = next((person for person in namesakes if person.birth_date == born), None)
        if same:
            return same, []
        undated = [person for person in namesakes if person.birth_date is None]
        if len(namesakes) == 1 and undated and self.claimed.setdefault(undated[0].pk, born) == born:
            return undated[0], _only_the_name(staff, undated[0])
        sentence = (
            f"В реестре уже есть {_born(namesakes[0])}: будет записан ещё один человек, полный тёзка. "
            "Если это он же, исправьте дату рождения в списке или в реестре"
        )
        return None, [Finding(staff.number, "Дата рождения", DOUBT, sentence, "birth_date", CONFIRM)]

    def _match_former(self, staff: StaffRow) -> tuple[Person | None, list[Finding]]:
        """The person who bore the name of a row before, when the birth date is the same."""
        for person in self.former.get(staff.name_key, ()):
            if staff.birth_date and person.birth_date == staff.birth_date:
                self.mentioned.add(person.pk)
                sentence = f"В списке прежнее имя: в реестре это {person.full_name}"
                return person, [Finding(staff.number, "Ф. И. О.", REPAIR, sentence, "name")]
        return None, []

    def _judge(self, checked: CheckedRow, person: Person | None, found: list[Finding]) -> PlannedRow:
        """The outcome of a row before its fields are compared: refused, doubtful, skipped, or taken."""
        findings = [*checked.findings, *found]
        answer = self.answers.get(str(checked.number), {})
        like = self.likes.get(checked.number) if person is None else None
        if like:
            self.mentioned.add(like.person.pk)
            findings.append(Finding(checked.number, "Ф. И. О.", DOUBT, like.sentence, "name", SAME))
        if person or (like and answer.get("same")):  # the register knows the gender: nothing to ask
            findings = [finding for finding in findings if finding.ask != GENDER]
        if person:
            findings = [f for f in findings if not _known_already(f, checked.staff, person, self.list.as_of)]
        if person and not checked.staff.post:
            findings = [_without_post(finding) if finding.field == "post" else finding for finding in findings]
        foreign = self._foreign(checked.staff, person, findings)
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
            only_waits = all(finding.ask == WAIT for finding in findings if finding.level == DOUBT)
            if any(finding.ask == WAIT for finding in findings) and (outcome == UNCHANGED or only_waits):
                outcome = DOUBTFUL
        return PlannedRow(checked, outcome, findings, answer=answer, like=like, foreign=foreign)

    def _foreign(self, staff: StaffRow, person: Person | None, findings: list[Finding]) -> bool:
        """Whether a row is about work in another organisation; asked when that organisation is not in the register."""
        if self.organisations is None or not staff.organisation:
            return False
        own, partners = self.organisations
        name = staff.organisation.casefold()
        if name in own:
            return False
        if name in partners and person:
            return True
        sentence = f"В списке организация «{staff.organisation}»: место работы будет записано в нашей школе"
        findings.append(Finding(staff.number, "Организация", DOUBT, sentence, "organisation", CONFIRM))
        return False

    def _fill(self, plan: PersonPlan) -> None:
        """Compare a person's fields and employments; set outcomes and changes of the rows."""
        values = _merged([row.checked.staff for row in plan.rows], self.list.as_of)
        first = plan.rows[0]
        if plan.person is None:
            plan.values = values
            for row in plan.rows:
                row.outcome = NEW
        else:
            if plan.renamed:
                first.changes.append(Change("имя", plan.person.full_name, first.checked.staff.full_name))
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
            "last_name", "first_name", "middle_name", "birth_date", "search"
        )
        return [p for p in people if p.pk not in self.mentioned and p.search not in self.list.elsewhere]


def _lasting() -> Q:
    """Employments that have not ended, begun or not."""
    from django.utils import timezone

    return Q(until__isnull=True) | Q(until__gte=timezone.localdate())


def _known_already(finding: Finding, staff: StaffRow, person: Any, as_of: date) -> bool:
    """Whether a doubt is about what the register holds already: somebody has decided about it before."""
    if finding.level != DOUBT or finding.ask != CONFIRM or finding.field not in SETTLED:
        return False
    if finding.field in ("name", "last_name", "first_name", "middle_name"):
        return True  # the name was read as the register has it
    if finding.field == "service":
        return person.teaching_since is not None and _same_service(person.teaching_since, staff, as_of)
    if finding.field == "kind":
        return any(_employment_key(employment) == _wanted_key(staff) for employment in person.employments_in_school)
    mine, theirs = SETTLED[finding.field]
    return (getattr(staff, mine) or None) == (getattr(person, theirs) or None)


def _only_the_name(staff: StaffRow, person: Any) -> list[Finding]:
    """A doubt when a row and a person have nothing in common but the name: another telephone, another post."""
    posts = {_title(employment.post) for employment in person.employments_in_school}
    if not (staff.phone and person.phone and staff.post and posts):
        return []
    if staff.phone == person.phone or _title(staff.post) in posts or (staff.email and staff.email == person.email):
        return []
    sentence = (
        f"В реестре у полного тёзки другие телефон ({person.phone}) и должность, а даты рождения не сравнить: "
        "если это он же, сведения будут изменены"
    )
    return [Finding(staff.number, "Ф. И. О.", DOUBT, sentence, "same", CONFIRM)]


def _without_post(finding: Finding) -> Finding:
    """A known person needs no post in the list: the place of work of the register stays."""
    return replace(finding, level=REPAIR, sentence="Должность не указана: место работы останется прежним")


def _organisations() -> tuple[set[str], set[str]]:
    """Names of our school, and of partners, in small letters."""
    own: set[str] = set()
    partners: set[str] = set()
    for organisation in Organisation.objects.only("kind", "name", "short_name"):
        names = own if organisation.kind == Organisation.Kind.OWN else partners
        names |= {organisation.name.casefold(), organisation.short_name.casefold()}
    return own, partners


def _namesakes(keys: set[str]) -> dict[str, list[Person]]:
    """Persons of the register by normalised full name, with their employments in our school."""
    found: dict[str, list[Person]] = defaultdict(list)
    keys = sorted(keys)
    for start in range(0, len(keys), CHUNK):
        for person in Person.objects.filter(search__in=keys[start : start + CHUNK]):
            found[person.search].append(person)
    _with_employments([person for namesakes in found.values() for person in namesakes])
    return found


def _former_names(keys: set[str]) -> dict[str, list[Person]]:
    """Persons of the register by a name that they bore before, with their employments in our school."""
    found: dict[str, list[Person]] = defaultdict(list)
    for former in FormerName.objects.select_related("person") if keys else ():
        key = search_key(former.last_name, former.first_name, former.middle_name)
        if key in keys:
            found[key].append(former.person)
    _with_employments([person for persons in found.values() for person in persons])
    return found


def _with_employments(persons: list[Person]) -> None:
    """Give every person ``employments_in_school``, those that last, in a few queries."""
    people: dict[int, list[Person]] = defaultdict(list)
    for person in persons:
        person.employments_in_school = []
        people[person.pk].append(person)
    pks = list(people)
    for start in range(0, len(pks), CHUNK):
        employments = Employment.objects.filter(_lasting(), organisation__kind=Organisation.Kind.OWN)
        for employment in employments.filter(person__in=pks[start : start + CHUNK]).select_related("department"):
            for person in people[employment.person_id]:
                person.employments_in_school.append(employment)


def _merged(rows: list[StaffRow], as_of: date) -> dict[str, object]:
    """Fields of the person from all rows about them: the first row that says something counts."""
    values: dict[str, object] = {}
    for staff in rows:
        said = {name: getattr(staff, name, "") for name in PERSONAL}
        said["order"] = _order(staff)
        if staff.service_months is not None:
            said["teaching_since"] = staff.service_since or add_months(as_of, -staff.service_months)
        for name, value in said.items():
            column = PERSONAL[name][0]
            values[column] = values.get(column) or value
    return {
        column: value or (None if column in ("birth_date", "teaching_since") else "")
        for column, value in values.items()
    }


def _order(staff: StaffRow) -> str:
    """«№ 866 от 20.12.2024», or the half of it that is known."""
    number = f"№ {staff.category_order}" if staff.category_order else ""
    day = f"от {staff.category_date:%d.%m.%Y}" if staff.category_date else ""
    return " ".join(filter(None, [number, day]))


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
    if staff.service_since:
        return since == staff.service_since
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
    left = list(plan.person.employments_in_school) if plan.person else []
    wanted: dict[tuple, PlannedRow] = {}
    for row in plan.rows:
        if row.checked.staff.post and not row.foreign:
            wanted.setdefault(_wanted_key(row.checked.staff), row)
    found: dict[tuple, Employment | None] = {}
    for key in wanted:  # exactly the same
        if same := next((e for e in left if _employment_key(e) == key), None):
            found[key] = same
            left.remove(same)
    for key in wanted:  # the list does not say the department, or says another
        post, department, kind = key
        of_post = [e for e in left if _employment_key(e)[0] == post and e.kind == kind]
        if key not in found and of_post and (not department or len(of_post) == 1):
            found[key] = of_post[0]
            left.remove(of_post[0])
    rivals = [key for key in wanted if key not in found]
    for key in rivals:  # the only one of its kind has another post now
        of_kind = [e for e in left if e.kind == key[2]]
        if len(of_kind) == 1 == sum(other[2] == key[2] for other in rivals):
            found[key] = of_kind[0]
            left.remove(of_kind[0])
    return [_compared(row, found.get(key), bool(plan.person)) for key, row in wanted.items()]


def _title(post: str) -> str:
    """A post for comparison: «и. о.» and abbreviations in whole words, without remarks."""
    return read_post(post).value.title.casefold()


def _wanted_key(staff: StaffRow) -> tuple[str, str, str]:
    return _title(staff.post), staff.department.casefold(), staff.kind


def _employment_key(employment: Employment) -> tuple[str, str, str]:
    department = employment.department.name.casefold() if employment.department else ""
    return _title(employment.post), department, employment.kind


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
    if _title(employment.post) != _title(staff.post):
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
