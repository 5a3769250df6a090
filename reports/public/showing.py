"""What a visitor may see: only what a live consent allows, read at each look (п. 8.1, 8.2; 152-ФЗ, ст. 10.1)."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from mentoring_site.russian import joined, period
from people.consents import allowed_fields
from people.declined import post_of
from people.models import Candidate, Person
from people.names import agree
from programs.models import Completion, Outcome, Program

NAMED = {"name", "programme"}  # a name beside a programme needs both


@dataclass
class Result:
    """A finished programme as a visitor sees it."""

    pk: int
    title: str
    term: str
    kinds: str
    department: str
    texts: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def _person_line(participation, allowed, role: str) -> str:
    """Return «Наставник Манджиева Байрта Очировна, преподаватель …» as far as consents go."""
    person = participation.person
    fields = allowed.get(person.pk, frozenset())
    if not fields >= NAMED:
        return f"{role} — без имени, по {agree(person.gender, 'его', 'её')} желанию"
    parts = [f"{role} {person.full_name}"]
    if "post" in fields and participation.employment:
        parts.append(participation.employment.post)
    if "category" in fields and person.category in ("first", "highest"):
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(parts)


def _published(programs):
    return programs.prefetch_related(
        "kinds",
        "pairing__participations__person",
        "pairing__participations__employment__department",
        "completions__participation",
    )


def _result(program, allowed) -> Result:
    sides = list(program.pairing.participations.all())
    mentors = [p for p in sides if p.part == "mentor"]
    done = [
        c
        for c in program.completions.all()
        if c.state == "registered" and c.public_approved_at and "results" in allowed.get(c.participation.person_id, ())
    ]
    shown = {c.participation_id for c in done}
    mentees = [p for p in sides if p.part == "mentee" and p.pk in shown]
    departments = {p.employment.department.name for p in mentees if p.employment and p.employment.department}
    return Result(
        pk=program.pk,
        title=program.title,
        term=period(program.started_on, program.ended_on),
        department=joined(sorted(departments)),
        kinds=joined([k.name.lower() for k in program.kinds.all()]),
        texts=list(dict.fromkeys(c.public_text for c in done)),
        people=[_person_line(p, allowed, "Наставник") for p in mentors]
        + [_person_line(p, allowed, agree(p.person.gender, "Наставляемый", "Наставляемая")) for p in mentees],
    )


def _shown(programs) -> list[Result]:
    people = {p.person_id for program in programs for p in program.pairing.participations.all()}
    allowed = allowed_fields(people)
    results = [_result(program, allowed) for program in programs]
    return [r for r in results if r.texts]


def results() -> list[Result]:
    """Return the published results that live consents allow, the newest first."""
    return _shown(
        list(_published(Program.objects.filter(results_published_at__isnull=False).order_by("-ended_on", "-pk")))
    )


def preview(program) -> Result | None:
    """Return one finished programme as a visitor would see it now, published or not; None when nothing may be shown."""
    found = _shown(list(_published(Program.objects.filter(pk=program.pk))))
    return found[0] if found else None


def running() -> list[dict]:
    """Return the programmes that run now (п. 8.1): titles and terms, names only as consents allow."""
    programs = list(_published(Program.objects.filter(state="running").order_by("title")))
    allowed = allowed_fields({p.person_id for program in programs for p in program.pairing.participations.all()})
    rows = []
    for program in programs:
        live = [p for p in program.pairing.participations.all() if p.until is None]
        names = [
            _person_line(
                p,
                allowed,
                "Наставник" if p.part == "mentor" else agree(p.person.gender, "Наставляемый", "Наставляемая"),
            )
            for p in live
            if allowed.get(p.person_id, frozenset()) >= NAMED
        ]
        departments = {
            p.employment.department.name
            for p in live
            if p.part == "mentee" and p.employment and p.employment.department
        }
        rows.append(
            {
                "title": program.title,
                "term": period(program.starts_on, program.ends_on),
                "kinds": joined([k.name.lower() for k in program.kinds.all()]),
                "department": joined(sorted(departments)),
                "people": names,
            }
        )
    return rows


def banks() -> dict[str, list[dict]]:
    """Return mentors and mentees who let their names stand on the site (п. 8.1)."""
    rows = list(Candidate.objects.standing().values_list("person", "part"))
    allowed = {pk: fields for pk, fields in allowed_fields({pk for pk, _ in rows}).items() if "name" in fields}
    people = {p.pk: p for p in Person.objects.filter(pk__in=allowed).with_posts()}
    found: dict[str, list[dict]] = {"mentor": [], "mentee": []}
    for pk, part in rows:
        if person := people.get(pk):
            department = next((e.department.name for e in person.posts if e.department), "")
            found[part].append(
                {
                    "name": person.full_name,
                    "post": post_of(person) if "post" in allowed[pk] else "",
                    "department": department if "post" in allowed[pk] else "",
                    "category": f"{person.get_category_display()} категория"
                    if "category" in allowed[pk] and person.category in ("first", "highest")
                    else "",
                }
            )
    return {part: sorted(rows, key=lambda row: row["name"]) for part, rows in found.items()}


def figures() -> list[dict]:
    """Return the year in figures; numbers name nobody."""
    today = timezone.localdate()
    counts = Program.objects.aggregate(
        running=Count("pk", filter=Q(state="running")),
        ended=Count(
            "pk",
            filter=Q(state__in=["completed", "terminated"], ended_on__gt=today.replace(year=today.year - 2, day=1)),
        ),
    )
    outcomes = Outcome.objects.filter(completion__state="registered").aggregate(
        all=Count("pk"), resolved=Count("pk", filter=Q(level="resolved"))
    )
    people = Completion.objects.filter(state="registered").values("participation__person").distinct().count()
    rows = [
        (str(counts["running"]), "программ идут сейчас", counts["running"]),
        (str(counts["ended"]), "завершены за два года", counts["ended"]),
        (f"{outcomes['resolved']} из {outcomes['all']}", "затруднений снято", outcomes["all"]),
        (str(people), "педагогов прошли программу", people),
    ]
    return [{"value": value, "label": label} for value, label, there in rows if there]
