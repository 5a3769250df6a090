"""What a visitor may see: only what a live consent allows, read at each look (п. 8.1, 8.2; 152-ФЗ, ст. 10.1).

Difficulties are never shown. A free text that names somebody without leave is replaced by nothing.
"""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from mentoring_site.russian import joined, period, plural_word
from people.banks.models import Candidate
from people.consents.dissemination import allowed_fields, public_name, published_conditions
from people.consents.models import DISSEMINATION, Consent
from people.language.declension import post_of
from people.language.mentions import FULL_NAME_FIELDS, allows_full_name, named_without_permission
from people.language.names import agree
from people.register.models import Person
from programs.completion.models import Completion
from programs.completion.publication import for_showing, hidden_names, persons_of, showable
from programs.program.models import Program

UNTITLED = "Программа наставничества"
ENOUGH = 5  # people: a figure about fewer could tell of one of them
YEARS = 2


@dataclass
class Shown:
    """A programme as a visitor sees it."""

    pk: int
    title: str
    term: str
    kinds: str
    department: str
    texts: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


def _role(participation) -> str:
    if participation.part == "mentor":
        return "Наставник"
    return agree(participation.person.gender, "Наставляемый", "Наставляемая")


def _named(participation, allowed) -> bool:
    return allowed.get(participation.person_id, frozenset()) >= FULL_NAME_FIELDS


def _person_line(participation, allowed) -> str:
    """«Наставник Манджиева Байрта Очировна, преподаватель, высшая категория», as far as consents go."""
    person, role = participation.person, _role(participation)
    fields = allowed.get(person.pk, frozenset())
    if not _named(participation, allowed):
        return f"{role} — без имени"
    parts = [f"{role} {public_name(person, fields)}"]
    if "post" in fields and participation.employment:
        parts.append(participation.employment.post)
    if "category" in fields and person.category in ("first", "highest"):
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(parts)


def _conditions(sides, allowed) -> list[str]:
    """Conditions and prohibitions of those who are named, for everybody to read (ст. 10.1, ч. 10)."""
    return [
        f"{public_name(p.person, allowed[p.person_id])}: {told}"
        for p in sides
        if _named(p, allowed) and (told := published_conditions(allowed[p.person_id]))
    ]


def _departments(sides, allowed) -> str:
    """Departments of those who let their post stand beside the programme."""
    names = {
        p.employment.department.name
        for p in sides
        if p.employment and p.employment.department and allowed.get(p.person_id, frozenset()) >= {"post", "programme"}
    }
    return joined(sorted(names))


def _frame(program, sides, allowed, since, until) -> Shown:
    people = [p.person for p in program.pairing.participations.all()]
    return Shown(
        pk=program.pk,
        title=UNTITLED if named_without_permission(program.title, people, allowed) else program.title,
        term=period(since, until),
        kinds=joined([k.name.lower() for k in program.kinds.all()]),
        department=_departments(sides, allowed),
    )


def _result(program, allowed) -> Shown:
    sides = list(program.pairing.participations.all())
    people = [p.person for p in sides]
    done = [
        c
        for c in program.completions.all()
        if showable(c, allowed) and not named_without_permission(c.public_text, people, allowed)
    ]
    theirs = {c.participation_id for c in done}
    mentors = [p for p in sides if p.part == "mentor"]
    mentees = [p for p in sides if p.pk in theirs]
    result = _frame(program, mentees, allowed, program.started_on, program.ended_on)
    result.texts = list(dict.fromkeys(c.public_text for c in done))
    result.people = [_person_line(p, allowed) for p in [*mentors, *mentees]]
    result.conditions = _conditions([*mentors, *mentees], allowed)
    return result


def _shown(programs) -> list[Shown]:
    allowed = allowed_fields(persons_of(programs))
    return [r for r in (_result(program, allowed) for program in programs) if r.texts]


def published() -> list[int]:
    """Return the ids of programmes whose results may be shown now, the newest first; one query,
    whatever their number.
    """
    live = Consent.objects.live().filter(purpose=DISSEMINATION, person=OuterRef("participation__person"))
    rows = Completion.objects.filter(
        state="registered", public_approved_at__isnull=False, program__results_published_at__isnull=False
    ).annotate(allowed=Subquery(live.values("fields")[:1]))
    rows = rows.order_by("-program__ended_on", "-program").values_list("program", "allowed")
    return list(dict.fromkeys(program for program, fields in rows if "results" in (fields or ())))


def results(pks) -> list[Shown]:
    """Return the named published results in the order given, as far as live consents allow."""
    found = for_showing(Program.objects.filter(pk__in=list(pks), results_published_at__isnull=False))
    found = found.prefetch_related("kinds")
    order = {pk: n for n, pk in enumerate(pks)}
    return sorted(_shown(list(found)), key=lambda r: order[r.pk])


def preview(program) -> tuple[Shown | None, list[str]]:
    """Return a finished programme as a visitor would see it now, published or not, and what stays hidden and why.

    Takes a programme read ``for_showing``.
    """
    allowed = allowed_fields(persons_of([program]))
    result = _result(program, allowed)
    return (result if result.texts else None), hidden_names(program, allowed)


def running(programs) -> list[Shown]:
    """Return programmes that run now (п. 8.1): titles and terms, names only as consents allow."""
    programs = list(for_showing(programs).prefetch_related("kinds"))
    allowed = allowed_fields(persons_of(programs))
    found = []
    for program in programs:
        live = [p for p in program.pairing.participations.all() if p.until is None]
        row = _frame(program, live, allowed, program.starts_on, program.ends_on)
        row.people = [_person_line(p, allowed) for p in live if _named(p, allowed)]
        row.conditions = _conditions(live, allowed)
        found.append(row)
    return found


def banks() -> dict[str, list[dict]]:
    """Return mentors and mentees who let their names and their part stand on the site (п. 8.1)."""
    allowed = {pk: fields for pk, fields in allowed_fields().items() if fields >= FULL_NAME_FIELDS}
    rows = list(Candidate.objects.standing().filter(person__in=list(allowed)).values_list("person", "part"))
    people = {p.pk: p for p in Person.objects.filter(pk__in={pk for pk, _ in rows}).with_posts()}
    found: dict[str, list[dict]] = {"mentor": [], "mentee": []}
    for pk, part in rows:
        found[part].append(_bank_row(people[pk], allowed[pk]))
    return {part: sorted(rows, key=lambda row: row["name"].replace("ё", "е")) for part, rows in found.items()}


def _bank_row(person, fields) -> dict:
    department = next((e.department.name for e in person.posts if e.department), "")
    category = person.category in ("first", "highest") and "category" in fields
    return {
        "name": public_name(person, fields),
        "conditions": published_conditions(fields),
        "post": post_of(person) if "post" in fields else "",
        "department": department if "post" in fields else "",
        "category": f"{person.get_category_display()} категория" if category else "",
    }


def willing() -> set[int]:
    """Return the ids of everybody who lets the surname stand on the site beside a programme; one query."""
    return {pk for pk, fields in allowed_fields().items() if allows_full_name(fields)}


def figures() -> list[dict]:
    """Return the year in figures. Numbers name nobody: about fewer than five people nothing is told."""
    today = timezone.localdate()
    counts = Program.objects.aggregate(
        running=Count("pk", filter=Q(state="running")),
        ended=Count(
            "pk",
            filter=Q(state__in=["completed", "terminated"], ended_on__gt=today.replace(year=today.year - YEARS, day=1)),
        ),
    )
    done = Completion.objects.filter(state="registered").aggregate(
        people=Count("participation__person", distinct=True),
        resolved=Count("outcomes", filter=Q(outcomes__level="resolved")),
        judged=Count("outcomes"),
    )
    people, running_now, ended = done["people"], counts["running"], counts["ended"]
    found = [
        (running_now, running_now, f"{plural_word(running_now, 'программа идёт,программы идут,программ идут')} сейчас"),
        (
            ended,
            ended,
            f"{plural_word(ended, 'программа завершена,программы завершены,программ завершены')} за два года",
        ),
    ]
    if people >= ENOUGH:
        resolved, total = done["resolved"], done["judged"]
        words = f"{plural_word(resolved, 'затруднение снято,затруднения снято,затруднений снято')} из {total}"
        found.append((resolved, total, words))
        found.append(
            (
                people,
                people,
                plural_word(people, "педагог прошёл программу,педагога прошли программу,педагогов прошли программу"),
            )
        )
    return [{"value": str(value), "label": label} for value, there, label in found if there]
