"""What a visitor may see: only what a live consent allows, read at each look (п. 8.1, 8.2; 152-ФЗ, ст. 10.1).

Difficulties are never shown. A free text that names somebody without leave is replaced by nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.russian import joined, period, plural_word
from people.banks.models import Candidate
from people.consents.dissemination import Allowed, allowed_fields, public_name, published_conditions
from people.language.declension import post_of
from people.language.mentions import FULL_NAME_FIELDS, named_without_permission
from people.language.names import agree
from people.photos.models import Photo
from people.register.models import Person
from programs.completion.models import Completion, Outcome
from programs.completion.publication import hidden_names, persons_of, visible
from programs.pairings.models import Participation
from programs.program.models import Program, past_end
from programs.program.states import ENDED, EXPIRED

UNTITLED = "Программа наставничества"
ENOUGH = 5  # people: a figure about fewer could reveal one of them
YEARS = 2
SHOWN_CATEGORIES = ("first", "highest")
AllowedFields = dict[int, Allowed]
"""What each person allows to publish, by the person's id (``allowed_fields``)."""


@dataclass
class PublicProgram:
    """A program as a visitor sees it."""

    pk: int
    title: str
    term: str
    kinds: str
    department: str
    note: str = ""
    texts: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PublicPerson:
    """Somebody of a bank as a visitor sees it."""

    name: str
    conditions: str
    post: str
    department: str
    category: str
    photo_url: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the year and what it counts."""

    value: str
    label: str


def _role(participation: Participation) -> str:
    if participation.part == Participation.Part.MENTOR:
        return "Наставник"
    return agree(participation.person.gender, "Наставляемый", "Наставляемая")


def _is_named(participation: Participation, allowed: AllowedFields) -> bool:
    return allowed.get(participation.person_id, frozenset()) >= FULL_NAME_FIELDS


def _person_line(participation: Participation, allowed: AllowedFields) -> str:
    """«Наставник Манджиева Байрта Очировна, преподаватель, высшая категория», as far as consents go."""
    person, role = participation.person, _role(participation)
    if not _is_named(participation, allowed):
        return f"{role} — без имени"
    fields = allowed[person.pk]
    parts = [f"{role} {public_name(person, fields)}"]
    if "post" in fields and participation.employment:
        parts.append(participation.employment.post)
    if "category" in fields and person.category in SHOWN_CATEGORIES:
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(parts)


def _conditions(sides: Iterable[Participation], allowed: AllowedFields) -> list[str]:
    """Conditions and prohibitions of those who are named, for everybody to read (ст. 10.1, ч. 10)."""
    return [
        f"{public_name(p.person, allowed[p.person_id])}: {words}"
        for p in sides
        if _is_named(p, allowed) and (words := published_conditions(allowed[p.person_id]))
    ]


def _departments(sides: Iterable[Participation], allowed: AllowedFields) -> str:
    """Departments of those who let their post stand next to the program."""
    names = {
        p.employment.department.name
        for p in sides
        if p.employment and p.employment.department and allowed.get(p.person_id, frozenset()) >= {"post", "program"}
    }
    return joined(sorted(names))


def _public_program(
    program: Program, sides: Iterable[Participation], allowed: AllowedFields, since: date | None, until: date | None
) -> PublicProgram:
    people = [p.person for p in program.pairing.participations.all()]
    return PublicProgram(
        pk=program.pk,
        title=UNTITLED if named_without_permission(program.title, people, allowed) else program.title,
        term=period(since, until),
        kinds=joined([kind.name.lower() for kind in program.kinds.all()]),
        department=_departments(sides, allowed),
    )


def _result(program: Program, allowed: AllowedFields) -> PublicProgram:
    sides = {p.pk: p for p in program.pairing.participations.all()}
    people = [p.person for p in sides.values()]
    shown = []
    for completion in program.completions.all():
        completion.participation = sides[completion.participation_id]  # read already
        if visible(completion, people, allowed):
            shown.append(completion)
    mentors = [p for p in sides.values() if p.part == Participation.Part.MENTOR]
    mentees = [p for p in sides.values() if p.pk in {c.participation_id for c in shown}]
    result = _public_program(program, mentees, allowed, program.started_on, program.ended_on)
    result.texts = list(dict.fromkeys(c.public_text for c in shown))
    result.people = [_person_line(p, allowed) for p in [*mentors, *mentees]]
    result.conditions = _conditions([*mentors, *mentees], allowed)
    return result


NAMED = tuple(f"person__{name}" for name in ("last_name", "first_name", "middle_name", "gender", "former_search"))
"""What it takes to find a person named in a text, beside the former names."""


def _for_visitors(programs: QuerySet[Program, Any]) -> QuerySet[Program, Any]:
    """Read the few columns of programs, their people and their published words that a visitor may see."""
    columns_of_sides = ("pairing_id", "part", "until", "employment__post", "employment__department__name")
    sides = (
        Participation.objects.select_related("person", "employment__department")
        .prefetch_related("person__former_names")
        .only(*columns_of_sides, "person__category", *NAMED)
    )
    words = Completion.objects.only("program_id", "participation_id", "state", "public_text", "public_approved_at")
    columns = ("pairing_id", "title", "starts_on", "ends_on", "started_on", "ended_on")
    return programs.only(*columns).prefetch_related(
        Prefetch("pairing__participations", sides),
        Prefetch("completions", words.filter(state=Completion.State.REGISTERED)),
        "kinds",
    )


def published() -> list[int]:
    """Return the ids of programs that ``results`` shows now, the newest first; three queries for any number."""
    found = Completion.objects.filter(
        state=Completion.State.REGISTERED,
        public_approved_at__isnull=False,
        program__results_published_at__isnull=False,
    ).order_by("-program__ended_on", "-program")
    columns = ("program", "state", "public_text", "public_approved_at", "participation__person", "program__pairing")
    rows = list(found.select_related("participation", "program").only(*columns))
    people: dict[int, list[Person]] = defaultdict(list)
    for side in _sides().filter(pairing__in={row.program.pairing_id for row in rows}):
        people[side.pairing_id].append(side.person)
    allowed = allowed_fields({person.pk for sides in people.values() for person in sides})
    return list(dict.fromkeys(r.program_id for r in rows if visible(r, people[r.program.pairing_id], allowed)))


def _sides() -> QuerySet[Participation]:
    """Read of participations what it takes to find their people named in a text."""
    sides = Participation.objects.select_related("person").prefetch_related("person__former_names")
    return sides.only("pairing", *NAMED)


def results(pks: Sequence[int]) -> list[PublicProgram]:
    """Return the published results of the programs in the order given, as far as live consents allow."""
    found = _for_visitors(Program.objects.filter(results_published_at__isnull=False)).in_bulk(pks)
    allowed = allowed_fields(persons_of(found.values()))
    shown = [_result(found[pk], allowed) for pk in pks if pk in found]
    return [result for result in shown if result.texts]


def preview(program: Program) -> tuple[PublicProgram | None, list[str]]:
    """Return a finished program as a visitor would see it now, published or not, and what stays hidden and why.

    Takes a program read ``for_showing``.
    """
    allowed = allowed_fields(persons_of([program]))
    result = _result(program, allowed)
    return (result if result.texts else None), hidden_names(program, allowed)


def running(pks: Sequence[int]) -> list[PublicProgram]:
    """Return programs that run or are summed up now (п. 8.1): titles and terms, names only as consents allow."""
    found = _for_visitors(Program.objects.running()).in_bulk(pks)
    allowed = allowed_fields(persons_of(found.values()))
    return [_running(found[pk], allowed) for pk in pks if pk in found]


def _running(program: Program, allowed: AllowedFields) -> PublicProgram:
    sides = [p for p in program.pairing.participations.all() if p.until is None]
    shown = _public_program(program, sides, allowed, program.starts_on, program.ends_on)
    shown.people = [_person_line(p, allowed) for p in sides if _is_named(p, allowed)]
    shown.conditions = _conditions(sides, allowed)
    shown.note = EXPIRED if program.is_expired else ""
    return shown


def banks() -> dict[str, list[PublicPerson]]:
    """Return mentors and mentees who let their names and their part stand on the site (п. 8.1), by part."""
    allowed = {pk: fields for pk, fields in allowed_fields().items() if fields >= FULL_NAME_FIELDS}
    rows = list(Candidate.objects.standing().filter(person__in=list(allowed)).values_list("person", "part"))
    people = {
        p.pk: p for p in Person.objects.filter(pk__in={pk for pk, _ in rows}).select_related("photo").with_posts()
    }
    found: dict[str, list[PublicPerson]] = {"mentor": [], "mentee": []}
    for pk, part in rows:
        found[part].append(_public_person(people[pk], allowed[pk]))
    return {part: sorted(rows, key=lambda row: row.name.replace("ё", "е")) for part, rows in found.items()}


def _public_person(person: Person, fields: Allowed) -> PublicPerson:
    shows_post = "post" in fields
    shows_category = "category" in fields and person.category in SHOWN_CATEGORIES
    return PublicPerson(
        name=public_name(person, fields),
        conditions=published_conditions(fields),
        post=post_of(person) if shows_post else "",
        department=next((e.department.name for e in person.posts if e.department), "") if shows_post else "",
        category=f"{person.get_category_display()} категория" if shows_category else "",
        photo_url=_photo_url(person, fields),
    )


def _photo_url(person: Person, fields: Allowed) -> str:
    photo = getattr(person, "photo", None) if "photo" in fields else None
    return reverse("public:photo", args=[photo.key]) if photo else ""


def photo_file(key: UUID) -> StoredFile:
    """Return the file of a photograph that a visitor may see now. Raises ``Http404``."""
    photo = get_object_or_404(Photo.objects.select_related("file"), key=key)
    fields = allowed_fields([photo.person_id]).get(photo.person_id, Allowed())
    standing = Candidate.objects.standing().filter(person=photo.person_id).exists()
    if "photo" not in fields or not fields >= FULL_NAME_FIELDS or not standing:  # as on the card
        raise Http404
    return photo.file


def figures() -> Sequence[Figure]:
    """Return the year in figures. Numbers name nobody: nothing is shown about fewer than five people."""
    today = timezone.localdate()
    State = Program.State
    since = today.replace(year=today.year - YEARS, day=1)
    programs = Program.objects.aggregate(
        running=Count("pk", filter=Q(state=State.RUNNING) & ~past_end()),
        expired=Count("pk", filter=Q(state=State.RUNNING) & past_end()),
        ended=Count("pk", filter=Q(state__in=ENDED, ended_on__gt=since)),
    )
    done = Completion.objects.filter(state=Completion.State.REGISTERED).aggregate(
        people=Count("participation__person", distinct=True),
        resolved=Count("outcomes", filter=Q(outcomes__level=Outcome.Level.RESOLVED)),
        judged=Count("outcomes"),
    )
    now, over, ended, people = programs["running"], programs["expired"], programs["ended"], done["people"]
    found = [
        (now, f"{plural_word(now, 'программа идёт,программы идут,программ идут')} сейчас"),
        (over, f"{plural_word(over, 'программа завершается,программы завершаются,программ завершаются')}: {EXPIRED}"),
        (ended, f"{plural_word(ended, 'программа завершена,программы завершены,программ завершены')} за два года"),
    ]
    found = [(value, label) for value, label in found if value]
    if people >= ENOUGH:
        if judged := done["judged"]:
            words = plural_word(done["resolved"], "затруднение снято,затруднения снято,затруднений снято")
            found.append((done["resolved"], f"{words} из {judged}"))
        words = "педагог прошёл программу,педагога прошли программу,педагогов прошли программу"
        found.append((people, plural_word(people, words)))
    return [Figure(str(value), label) for value, label in found]
