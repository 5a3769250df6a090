"""Acts of the council's secretary: minutes are drafted, edited, signed on paper, their scan attached (п. 3.5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.locks import one_at_a_time
from mentoring_site.models import StoredFile
from mentoring_site.paper_numbers import clean_number, number_columns, problem
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, rudate
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.bodies.models import Body
from roadmap.council import agenda, documents
from roadmap.council.models import BODIES, COUNCIL, AgendaItem, AgendaMatter, Minutes

State = Minutes.State
HEADER_FIELDS = ("body", "body_genitive", "held_on", "place", "chair", "secretary", "invited", "absent_words")
ITEM_FIELDS = (
    "title",
    "heard",
    "spoke",
    "decided",
    "votes_for",
    "votes_against",
    "votes_abstained",
    "remarks",
    "postponed",
)
OPEN = (State.PLANNED, State.DRAFT)
NUMBER_TAKEN = "Протокол № {number} этого органа в этом учебном году уже есть. Следующий свободный — № {next}"


def next_number(body: str, held_on: date) -> int:
    """Return the number that follows the last plain one of this body in the school year of the day."""
    last = Minutes.objects.filter(body=body, school_year=year_of(held_on)).aggregate(last=Max("number_plain"))["last"]
    return (last or 0) + 1


def clean_body(body: str) -> str:
    """Return the name of a body as it is compared: one space between words, a small first letter."""
    body = " ".join(body.split())
    return body[:1].lower() + body[1:]


KIND_OF_NAME = {
    COUNCIL: Body.Kind.METHODICAL,
    "педагогический совет": Body.Kind.PEDAGOGICAL,
    "методическое объединение наставников": Body.Kind.ASSOCIATION,
}


def organ_named(name: str, genitive: str) -> Body:
    """Return the body of this name, recorded when it was not known yet."""
    one_at_a_time("bodies")
    kind = KIND_OF_NAME.get(name, Body.Kind.OTHER)
    if kind == Body.Kind.METHODICAL and (found := Body.objects.filter(kind=kind).first()):
        return found
    return Body.objects.get_or_create(name=name, defaults={"genitive": genitive, "kind": kind})[0]


def _header_columns(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of what stands above the agenda.

    Raises ``Refused`` for a future day or an unknown genitive.
    """
    found = {name: values[name] for name in HEADER_FIELDS if name in values}
    found["body"] = clean_body(found["body"])
    found["body_genitive"] = " ".join(found.get("body_genitive", "").split()) or BODIES.get(found["body"], "")
    if not found["body"] or not found["body_genitive"]:
        raise Refused(
            "Напишите название органа и как оно звучит после слова «заседания»: «заседания методического совета»"
        )
    if found["held_on"] > timezone.localdate():
        raise Refused(
            f"Заседание ещё не прошло: {full_stop(rudate(found['held_on']))}"
            " Протокол составляют по прошедшему заседанию"
        )
    return found | {
        "school_year": year_of(found["held_on"]),
        "organ": organ_named(found["body"], found["body_genitive"]),
    }


def checked(number: str) -> str:
    """Return the number as minutes bear it. Raises ``Refused``."""
    number = clean_number(number)
    if wrong := problem(number):
        raise Refused(wrong)
    return number


def number_taken(body: str, held_on: date, number: str) -> Refused:
    return Refused(NUMBER_TAKEN.format(number=number, next=next_number(body, held_on)))


@transaction.atomic
def draft(
    *,
    by: User,
    number: str = "",
    present: Iterable[Person] = (),
    absent: Iterable[Person] = (),
    programs: Iterable[Program] = (),
    pairings: Iterable[Pairing] = (),
    request_key: UUID | None = None,
    **header: Any,
) -> Minutes:
    """Draft minutes with ready questions for the chosen programs and pairs; without a number they take the next one.

    Returns the minutes, or those made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.MINUTES_WRITE)
    if request_key and (made := Minutes.objects.filter(request_key=request_key).first()):
        return made
    columns = _header_columns(header)
    number = checked(number or str(next_number(columns["body"], columns["held_on"])))
    try:
        with transaction.atomic():
            minutes = Minutes.objects.create(
                **number_columns(number), state=State.DRAFT, created_by=by, request_key=request_key, **columns
            )
    except IntegrityError as error:
        raise number_taken(columns["body"], columns["held_on"], number) from error
    set_people(minutes, present, absent)
    write_agenda(minutes, agenda.ready_questions(programs, pairings))
    record(minutes, "draft", by=by, words="составлен проект протокола", target=State.DRAFT)
    return minutes


def write_agenda(minutes: Minutes, questions: Iterable[agenda.Question]) -> None:
    """Write questions of a new meeting, numbered in their order."""
    for position, question in enumerate(questions, 1):
        item = AgendaItem.objects.create(
            minutes=minutes, number=position, title=question.title, heard=question.heard, decided=question.decided
        )
        item.programs.set(question.programs)
        item.pairings.set(question.pairings)
        for thing in question.matters:
            AgendaMatter.objects.create(item=item, object=thing)


def set_people(minutes: Minutes, present: Iterable[Person], absent: Iterable[Person]) -> None:
    both = {p.pk for p in present} & {p.pk for p in absent}
    if both:
        names = ", ".join(p.short_name for p in present if p.pk in both)
        raise Refused(f"Отмечены сразу и среди присутствовавших, и среди отсутствовавших: {names}")
    minutes.present.set(present)
    minutes.absent.set(absent)


def _claim_draft(minutes: Minutes, version: int | None) -> None:
    """Claim an edit of a draft. Raises ``Refused`` for signed minutes, ``Stale`` when they have changed since."""
    if not Minutes.objects.filter(pk=minutes.pk, state__in=OPEN).exists():
        raise Refused("Протокол подписан: правка закрыта. Исправляют его решением следующего заседания")
    claim_version(minutes, minutes.version if version is None else version)


@transaction.atomic
def edit(
    minutes: Minutes,
    *,
    by: User,
    number: str,
    present: Iterable[Person] = (),
    absent: Iterable[Person] = (),
    version: int | None = None,
    **header: Any,
) -> Minutes:
    """Change what stands above the agenda of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    require(by, Right.MINUTES_WRITE)
    _claim_draft(minutes, version)
    columns, number = _header_columns(header), checked(number)
    try:
        with transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(**number_columns(number), **columns)
    except IntegrityError as error:
        raise number_taken(columns["body"], columns["held_on"], number) from error
    set_people(minutes, present, absent)
    record(minutes, "edit", by=by, words="исправлены сведения о заседании")
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def save_item(
    minutes: Minutes,
    item: AgendaItem | None,
    *,
    by: User,
    version: int | None = None,
    recused: Iterable[Person] | None = None,
    **values: Any,
) -> AgendaItem:
    """Add a question to a draft or change it. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    require(by, Right.MINUTES_WRITE)
    _claim_draft(minutes, version)
    columns = {name: values[name] for name in ITEM_FIELDS if name in values}
    if not (columns.get("title") or "").strip():
        raise Refused("Напишите вопрос повестки")
    if item is None:
        last = minutes.items.aggregate(last=Max("number"))["last"] or 0
        item = AgendaItem(minutes=minutes, number=last + 1)
    for name, value in columns.items():
        setattr(item, name, value)
    item.save()
    if recused is not None:
        item.recused.set(recused)
    record(minutes, "item", by=by, words=f"записан вопрос {item.number}: {item.title}"[:300], item=item.pk)
    return item


@transaction.atomic
def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take a question out of a draft; those after it move up. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.MINUTES_WRITE)
    minutes, number = item.minutes, item.number
    _claim_draft(minutes, None)
    if not AgendaItem.objects.filter(pk=item.pk).exists():
        raise Already("Этого вопроса в повестке уже нет")
    item.delete()
    for later in minutes.items.filter(number__gt=number).order_by("number"):
        AgendaItem.objects.filter(pk=later.pk).update(number=F("number") - 1)
    record(minutes, "drop_item", by=by, words=f"убран вопрос {number}: {item.title}"[:300])


@transaction.atomic
def sign(minutes: Minutes, *, by: User, signed_on: date, scan: StoredFile | None = None) -> Minutes:
    """Record that the minutes are signed on paper; from now on they are frozen.

    Raises what ``perform`` raises, ``Refused``.
    """
    if signed_on > timezone.localdate():
        raise Refused("Подписать будущим числом нельзя")
    if signed_on < minutes.held_on:
        raise Refused(f"Заседание было {rudate(minutes.held_on)}: подписать протокол раньше нельзя")
    locked = Minutes.objects.with_requirements().select_for_update(of=("self",)).get(pk=minutes.pk)
    facts = documents.minutes_facts(locked)
    columns = {
        "signed_on": signed_on,
        "signed_at": timezone.now(),
        "signed_by": by,
        "scan": scan,
        "facts": facts,
        "facts_sha256": sha256_of_json(facts),
    }
    return perform(minutes, "sign", by=by, columns=columns)


@transaction.atomic
def attach_scan(minutes: Minutes, scan: StoredFile, *, by: User, reason: str = "") -> Minutes:
    """Attach the scan of signed minutes once, or replace a wrong one with a reason; the former one is kept.

    Raises ``NotAllowed``; ``Already`` when there is one, ``Refused`` for a draft.
    """
    require(by, Right.MINUTES_WRITE)
    if minutes.state != State.SIGNED:
        raise Refused("Скан прикладывают к подписанному протоколу")
    put_scan(minutes, "scan", scan, by=by, words="скан подписанного протокола", reason=reason)
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def discard(minutes: Minutes, *, by: User) -> None:
    """Throw a draft away: its number is free again. Raises ``NotAllowed``, ``Refused`` for signed minutes."""
    require(by, Right.MINUTES_WRITE)
    _claim_draft(minutes, None)
    record(minutes, "discard", by=by, words=f"проект удалён: {minutes}"[:300], number=minutes.number)
    minutes.delete()
