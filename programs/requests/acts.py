"""Acts of a request: filed, decided, ended, taken back, reminded of (п. 1.4, 2.3, 4.1, 5.1)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused, perform, record, reload
from people.accounts.models import User
from people.language.names import agree
from people.register.models import Person
from people.school.models import School
from people.school.workdays import add_workdays
from programs.pairings.models import Pairing
from programs.requests import filing, letters, registry
from programs.requests.deciding import deciders, decides, moves, parties
from programs.requests.interests import Interest
from programs.requests.kinds.base import FILED, RequestKind, Term, nothing
from programs.requests.models import Request
from programs.requests.subjects import Subject

LONGEST = 4000


@transaction.atomic
def file(
    kind: RequestKind,
    subject: Subject,
    *,
    by: User,
    text: str,
    route: str = "",
    term: str = "",
    person: Person | None = None,
    author: Person | None = None,
    filed_on: dt.date | None = None,
    request_key: UUID | None = None,
    columns: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Request:
    """File a request oneself, or record the paper of ``author``; ``data`` goes into the table of the kind.

    ``person`` is whom it names; ``columns`` narrow what it is about, down to an activity of the program.

    Returns the request, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    if request_key and (made := Request.objects.filter(request_key=request_key, created_by=by).first()):
        return made
    if subject.pairing:
        locked(subject.pairing)  # it does not end meanwhile
        subject.pairing.refresh_from_db(fields=["state"])
    person_by = _author(kind, subject, by, author)
    if closed := filing.closed(kind, subject):
        raise Refused(closed)
    if not text.strip():
        raise Refused(f"Напишите, {kind.ask[:1].lower()}{kind.ask[1:]}")
    if len(text.strip()) > LONGEST:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST} знаков, сейчас {len(text.strip())}")
    filed_on = filed_on or timezone.localdate()
    if filed_on > timezone.localdate():
        raise Refused("Бумага не может быть датирована будущим числом")
    way, when = kind.route(route), kind.term(term)
    narrowed = subject.columns | (columns or {}) | ({"person": person} if person else {})
    if person and person.pk == person_by.pk:
        raise Refused("Просят другого человека, а не себя")
    try:
        with transaction.atomic():
            made = Request.objects.create(
                kind=kind.code,
                route=way.code,
                term=when.code,
                author=person_by,
                text=text.strip(),
                filed_on=filed_on,
                due_on=due_on(when, filed_on, subject),
                on_paper=person_by.pk != by.person_id,
                created_by=by,
                request_key=request_key,
                **narrowed,
            )
    except IntegrityError as clash:
        raise Already("Это уже подано") from clash
    _refuse_without_deciders(made)
    kind.save(made, data or {})
    word = {"m": "подан", "f": "подана", "n": "подано"}[kind.gender]
    note = " (записано с бумаги)" if made.on_paper else ""
    act = record(made, "file", by=by, words=f"{word}{note}", target=FILED)
    with letters_of(act):
        letters.tell_deciders(reload(made), by=by)
        letters.tell_notified(reload(made), by=by)
    return made


def _refuse_without_deciders(request: Request) -> None:
    """Raise ``Refused`` when nobody impartial is left to decide and the kind wants somebody appointed first."""
    if request.type.nobody_left and not deciders(reload(request))[1]:
        raise Refused(request.type.nobody_left)


def due_on(term: Term, since: dt.date, subject: Subject) -> dt.date:
    """Return the last day of a term in working days: the school's, or sooner where the pair has promised so."""
    days, promised = term.days(School.get()), term.promised(subject)
    return add_workdays(since, days if promised is None else min(days, promised))


def _author(kind: RequestKind, subject: Subject, by: User, author: Person | None) -> Person:
    """Return who asks. Raises ``NotAllowed``."""
    if (author is None or author.pk == by.person_id) and filing.files_oneself(kind, subject, by):
        return by.person
    known = {p.person_id: p.person for p in filing.authors(kind, subject, by)}
    if not known:
        raise NotAllowed(f"«{kind.offer}» может {filing.filers_words(kind)}")
    if author is None or author.pk not in known:
        raise Refused("Выберите, чью бумагу Вы записываете")
    return known[author.pk]


def decide(
    request: Request,
    verb: str,
    *,
    by: User,
    answer: str = "",
    paper_number: str = "",
    paper_date: dt.date | None = None,
    data: dict[str, Any] | None = None,
) -> Request:
    """Accept or decline with the words that the kind asks for; acceptance enacts what the kind says.

    ``paper_date`` is the day of the founder's letter, or of the paper on which whoever was asked has answered. Raises
    what ``perform`` raises; ``Refused`` without words.
    """
    with transaction.atomic():
        locked(request)
        fresh = reload(request)
        fresh.WORKFLOW[verb].require(fresh, by)
        step = fresh.type.steps[verb]
        if step.ask and not answer.strip():
            raise Refused("Напишите, что решено и почему" if verb == "accept" else "Напишите причину")
        _write_paper(fresh, by, paper_number, paper_date)
        columns = {"answer": answer.strip(), "decided_at": timezone.now(), "decided_by": by}
        request = perform(fresh, verb, by=by, columns=columns)
        request = reload(request)
        with letters_of(_last(request, verb)):
            if verb == "accept":
                _enact(request, by, data or {})
            letters.tell_decision(request, by=by)
        return reload(request)


def _write_paper(request: Request, by: User, number: str, date: dt.date | None) -> None:
    if date and date > timezone.localdate():
        raise Refused("Бумага не может быть датирована будущим днём")
    if request.type.by_word and not decides(request, by) and not date:
        raise Refused("Укажите дату бумаги, на которой дан ответ")
    if date:
        Request.objects.filter(pk=request.pk).update(paper_number=number.strip(), paper_date=date)


def _enact(request: Request, by: User, data: dict[str, Any]) -> None:
    led_to = request.type.enact(request, by=by, data=data)
    if led_to is not None:
        kind = ContentType.objects.get_for_model(led_to)
        Request.objects.filter(pk=request.pk).update(led_to_type=kind, led_to_id=led_to.pk)


def _last(request: Request, verb: str) -> Act:
    found = Act.objects.about(request).filter(verb=verb).last()
    assert found is not None  # ``perform`` has just written it
    return found


@transaction.atomic
def close(request: Request, *, by: User | None, answer: str = "", data: dict[str, Any] | None = None) -> Request:
    """End what was granted. Raises what ``perform`` raises; ``Refused`` without the words that the kind asks for."""
    step = request.type.close
    if by is not None and step and step.ask and not answer.strip():
        raise Refused(f"Напишите: {step.ask[:1].lower()}{step.ask[1:]}")
    columns = {"answer": "\n".join(filter(None, [request.answer, answer.strip()]))[:LONGEST]} if answer.strip() else {}
    if request.type.finish is not nothing:
        locked(request)
        fresh = reload(request)
        if by is not None:
            fresh.WORKFLOW["close"].require(fresh, by)
        request.type.finish(fresh, by=by, data=data or {})
    request = perform(request, "close", by=by, columns=columns)
    request.type.ended(reload(request))
    return request


def withdraw(request: Request, *, by: User) -> Request:
    """Whoever filed a request takes it back. Raises what ``perform`` raises."""
    return perform(request, "withdraw", by=by)


def lapse_ended(pairing: Pairing, on: dt.date | None = None) -> None:
    """Close the requests that fall with the pair: those that wait, and what was granted and does not outlive it.

    Called in the transaction of the end.
    """
    for request in Request.objects.filter(pairing=pairing, state__in=("filed", "accepted")).with_requirements():
        kind = request.type
        if not kind.lapses or (request.state == "accepted" and (kind.granted_outlives or not kind.close)):
            continue
        waited = request.state == FILED
        request = perform(request, "lapse", by=None)
        kind.ended(request)
        if waited:
            letters.tell_lapse(request)


@transaction.atomic
def declare_interest(request: Request, *, by: User, about: Person, reason: str) -> Interest:
    """Whoever decides says that one is a relative or not impartial: this request and others go to the next.

    Raises ``NotAllowed``; ``Refused`` without a reason or when nobody is left to decide; ``Already``.
    """
    locked(request)
    fresh = reload(request)
    if not moves(fresh, by):
        raise NotAllowed("О заинтересованности заявляет тот, кто решает")
    if about.pk not in parties(fresh):
        raise Refused("Выберите одного из тех, кого касается просьба")
    if not reason.strip():
        raise Refused("Напишите, в чём заинтересованность: например, «двоюродная сестра»")
    try:
        with transaction.atomic():
            made = Interest.objects.create(person=by.person, about=about, reason=reason.strip(), declared_by=by)
    except IntegrityError as clash:
        raise Already("Вы уже заявили об этом") from clash
    _refuse_without_deciders(fresh)
    said = agree(by.person.gender, "заявил", "заявила")
    words = f"{by.person.short_name} {said} о личной заинтересованности: решает следующий"
    act = record(fresh, "interest", by=by, words=words, interest=made.pk)
    if hasattr(by, "_interests"):
        del by._interests
    with letters_of(act):
        letters.tell_deciders(reload(fresh), by=by)
    return made


def remind(request: Request, *, by: User) -> Request:
    """Whoever asks or sees that nobody answers writes to those who decide, at most once a day.

    Raises ``Already`` when it is decided or somebody has reminded today; ``NotAllowed`` for whoever decides.
    """
    today = timezone.localdate()
    with transaction.atomic():
        locked(request)
        fresh = reload(request)
        if fresh.state != FILED:
            raise Already("Напоминать уже не о чем: ответ есть")
        if moves(fresh, by):
            raise NotAllowed("Напоминает тот, кто ждёт ответа")
        if fresh.reminded_on == today:
            raise Already("Сегодня уже напоминали. Следующий раз — завтра")
        Request.objects.filter(pk=fresh.pk).update(reminded_on=today)
        letters.remind_deciders(fresh, by=by)
        record(fresh, "remind", by=by, words="написано напоминание")
        return fresh


def remind_due() -> int:
    """Remind of what is due by the next working day, and tell once of what is late; called by the clock every minute.

    Returns how many requests were reminded of.
    """
    today, done = timezone.localdate(), 0
    waiting = Request.objects.filter(state=FILED, filed_on__lt=today)
    for request in waiting.filter(_unreminded(today)).with_requirements().order_by("pk")[:100]:
        still = Request.objects.filter(_unreminded(today), pk=request.pk, state=FILED)
        with transaction.atomic():
            if still.update(reminded_on=today):
                letters.remind_deciders(request, by=None)
                done += 1
    return done + sum(kind.tick() for kind in registry.kinds().values())


def _unreminded(today: dt.date) -> Q:
    """Return the condition of what is due by the next working day or is late, each told once."""
    soon = Q(due_on__gte=today, due_on__lte=add_workdays(today, 1)) & Q(reminded_on__isnull=True)
    late = Q(due_on__lt=today) & (Q(reminded_on__isnull=True) | Q(reminded_on__lte=F("due_on")))
    return soon | late


def people_of(request: Request) -> list[Person]:
    """Return those whom a request concerns, for a declaration of an interest in one of them."""
    return list(Person.objects.filter(pk__in=parties(request)).order_by("last_name", "first_name", "pk"))
