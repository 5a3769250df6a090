"""Acts of the council's secretary: minutes are drafted, edited, signed on paper, their scan attached (п. 3.5)."""

import hashlib
import json

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, perform, record
from people.rights import Right
from programs.pairings.acts import year_of
from roadmap.council import agenda, documents
from roadmap.council.models import BODIES, AgendaItem, Minutes

HEAD = ("body", "body_genitive", "held_on", "place", "chair", "secretary", "invited", "absent_words")
ITEM = ("title", "heard", "spoke", "decided", "votes_for", "votes_against", "votes_abstained")
TAKEN = "Протокол № {number} этого органа в этом учебном году уже есть. Следующий свободный — № {next}"


def next_number(body: str, held_on) -> int:
    """Return the number that follows the last one of this body in the school year of the day."""
    last = Minutes.objects.filter(body=body, school_year=year_of(held_on)).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def clean_body(body: str) -> str:
    """Return the name of a body as it is compared: one space between words, a small first letter."""
    body = " ".join(body.split())
    return body[:1].lower() + body[1:]


def _may(by) -> None:
    if not by.can(Right.MINUTES_WRITE):
        raise NotAllowed("Протоколы ведут председатель и секретарь совета и куратор")


def _head(values: dict) -> dict:
    """Return the columns of a head. Raises ``Refused`` for a future day or an unknown genitive."""
    found = {name: values[name] for name in HEAD if name in values}
    found["body"] = clean_body(found["body"])
    found["body_genitive"] = " ".join(found.get("body_genitive", "").split()) or BODIES.get(found["body"], "")
    if not found["body"] or not found["body_genitive"]:
        raise Refused(
            "Напишите название органа и как оно звучит после слова «заседания»: «заседания методического совета»"
        )
    if found["held_on"] > timezone.localdate():
        raise Refused(
            f"Заседание ещё не прошло: {rudate(found['held_on'])}. Протокол составляют по прошедшему заседанию"
        )
    return found | {"school_year": year_of(found["held_on"])}


def _taken(body, held_on, number) -> Refused:
    return Refused(TAKEN.format(number=number, next=next_number(body, held_on)))


@transaction.atomic
def draft(
    *, by, number: int | None = None, present=(), absent=(), programs=(), pairings=(), request_key=None, **head
) -> Minutes:
    """Draft minutes with ready questions for the chosen programmes and pairs; the number is the next
    one if none is given.

    Returns the minutes, or those made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    _may(by)
    if request_key and (made := Minutes.objects.filter(request_key=request_key).first()):
        return made
    columns = _head(head)
    number = number or next_number(columns["body"], columns["held_on"])
    try:
        with transaction.atomic():
            minutes = Minutes.objects.create(number=number, created_by=by, request_key=request_key, **columns)
    except IntegrityError as error:
        raise _taken(columns["body"], columns["held_on"], number) from error
    _people(minutes, present, absent)
    for position, (item, matters) in enumerate(agenda.ready(programs, pairings), 1):
        made = AgendaItem.objects.create(minutes=minutes, number=position, **item)
        made.programs.set(matters.get("programs", ()))
        made.pairings.set(matters.get("pairings", ()))
    record(minutes, "draft", by=by, words="составлен проект протокола", target="draft")
    return minutes


def _people(minutes, present, absent) -> None:
    both = {p.pk for p in present} & {p.pk for p in absent}
    if both:
        names = ", ".join(p.short_name for p in present if p.pk in both)
        raise Refused(f"Отмечены сразу и среди присутствовавших, и среди отсутствовавших: {names}")
    minutes.present.set(present)
    minutes.absent.set(absent)


def _open(minutes, version) -> None:
    """Claim an edit of a draft. Raises ``Refused`` for signed minutes, ``Stale`` when they have changed since."""
    if not Minutes.objects.filter(pk=minutes.pk, state="draft").exists():
        raise Refused("Протокол подписан: правка закрыта. Исправляют его решением следующего заседания")
    claim_version(minutes, minutes.version if version is None else version)


@transaction.atomic
def edit(minutes, *, by, number: int, present=(), absent=(), version: int | None = None, **head) -> Minutes:
    """Change the head of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _may(by)
    _open(minutes, version)
    columns = _head(head)
    try:
        with transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(number=number, **columns)
    except IntegrityError as error:
        raise _taken(columns["body"], columns["held_on"], number) from error
    _people(minutes, present, absent)
    record(minutes, "edit", by=by, words="исправлены сведения о заседании")
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def save_item(minutes, item: AgendaItem | None, *, by, version: int | None = None, **values) -> AgendaItem:
    """Add a question to a draft or change it. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _may(by)
    _open(minutes, version)
    columns = {name: values[name] for name in ITEM if name in values}
    if not (columns.get("title") or "").strip():
        raise Refused("Напишите вопрос повестки")
    if item is None:
        last = minutes.items.aggregate(last=Max("number"))["last"] or 0
        item = AgendaItem(minutes=minutes, number=last + 1)
    for name, value in columns.items():
        setattr(item, name, value)
    item.save()
    record(minutes, "item", by=by, words=f"записан вопрос {item.number}: {item.title}"[:300], item=item.pk)
    return item


@transaction.atomic
def drop_item(item: AgendaItem, *, by) -> None:
    """Take a question out of a draft; those after it move up. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    _may(by)
    minutes, number = item.minutes, item.number
    _open(minutes, None)
    if not AgendaItem.objects.filter(pk=item.pk).exists():
        raise Already("Этого вопроса в повестке уже нет")
    item.delete()
    for later in minutes.items.filter(number__gt=number).order_by("number"):
        AgendaItem.objects.filter(pk=later.pk).update(number=F("number") - 1)
    record(minutes, "drop_item", by=by, words=f"убран вопрос {number}: {item.title}"[:300])


@transaction.atomic
def sign(minutes, *, by, signed_on, scan=None) -> Minutes:
    """Record that the minutes are signed on paper; from now on they are frozen.

    Raises what ``perform`` raises, ``Refused``.
    """
    if signed_on > timezone.localdate():
        raise Refused("Подписать будущим числом нельзя")
    if signed_on < minutes.held_on:
        raise Refused(f"Заседание было {rudate(minutes.held_on)}: подписать протокол раньше нельзя")
    whole = Minutes.objects.with_requirements().select_for_update(of=("self",)).get(pk=minutes.pk)
    facts = documents.facts(whole)
    columns = {
        "signed_on": signed_on,
        "signed_at": timezone.now(),
        "signed_by": by,
        "scan": scan,
        "facts": facts,
        "facts_sha256": sha256_of(facts),
    }
    return perform(minutes, "sign", by=by, columns=columns)


def sha256_of(facts: dict) -> str:
    """Return the hash of frozen facts, independent of the order of keys."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def attach_scan(minutes, scan, *, by) -> Minutes:
    """Attach the scan of signed minutes once.

    Raises ``NotAllowed``; ``Already`` when there is one, ``Refused`` for a draft.
    """
    _may(by)
    if minutes.state != "signed":
        raise Refused("Скан прикладывают к подписанному протоколу")
    if not Minutes.objects.filter(pk=minutes.pk, scan__isnull=True).update(scan=scan, version=F("version") + 1):
        raise Already("Скан уже приложен")
    record(minutes, "scan", by=by, words="приложен скан подписанного протокола", file=scan.pk)
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def discard(minutes, *, by) -> None:
    """Throw a draft away: its number is free again. Raises ``NotAllowed``, ``Refused`` for signed minutes."""
    _may(by)
    _open(minutes, None)
    record(minutes, "discard", by=by, words=f"проект протокола № {minutes.number} удалён", number=minutes.number)
    minutes.delete()
