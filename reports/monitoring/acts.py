"""Acts about a monitoring: begun by an order, written by the curator, assessed by the council, completed (п. 3.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, check, claim_version, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from reports.monitoring import documents, gathering
from reports.monitoring.models import Monitoring, MonitoringFigure, MonitoringMember
from reports.orders.models import Order
from roadmap.council.models import Minutes

COMPLETED = "Мониторинг завершён: в нём больше ничего не меняют"
NO_ORDER = "Укажите приказ о мониторинге: зарегистрированный в программе или скан бумажного с его номером и датой"
Part = Monitoring.Part


def days_of(school_year: int, part: str) -> tuple[date, date]:
    """Return the first and the last day of a school year (1 August to 31 July) or of its half (until 31 December)."""
    middle, end = date(school_year, 12, 31), date(school_year + 1, 8, 1) - timedelta(days=1)
    if part == Part.FIRST:
        return date(school_year, 8, 1), middle
    if part == Part.SECOND:
        return middle + timedelta(days=1), end
    return date(school_year, 8, 1), end


def _by_order(order: Order | None, words: str, scan: StoredFile | None) -> None:
    """Refuse a monitoring without an order. Raises ``Refused``."""
    if order is None and not (words.strip() and scan):
        raise Refused(NO_ORDER)
    if order is not None and order.state != Order.State.REGISTERED:
        raise Refused("Этот приказ ещё не зарегистрирован. Выберите зарегистрированный или приложите скан бумажного")


def _named(monitoring: Monitoring, head: Person, members: Iterable[Person]) -> list[Person]:
    """Write who is in the working group; returns those who were not in it before. The head is of the group too."""
    people = {head.pk: head} | {one.pk: one for one in members}
    known = set(monitoring.members.values_list("person", flat=True))
    MonitoringMember.objects.filter(monitoring=monitoring).delete()
    MonitoringMember.objects.bulk_create(
        MonitoringMember(monitoring=monitoring, person=one, is_head=one.pk == head.pk) for one in people.values()
    )
    return [one for one in people.values() if one.pk not in known]


def _tell(monitoring: Monitoring, act: Any, people: Iterable[Person], name: str, by: User) -> None:
    with letters_of(act):
        for person in people:
            if person.pk != by.person_id:
                mail_person(person, name, asks=str(monitoring.pk), person=person, monitoring=monitoring)


@transaction.atomic
def begin(
    *,
    by: User,
    school_year: int,
    part: str,
    head: Person,
    members: Iterable[Person] = (),
    order: Order | None = None,
    order_words: str = "",
    order_scan: StoredFile | None = None,
    request_key: UUID | None = None,
) -> Monitoring:
    """Begin a monitoring by an order; the working group gets a letter.

    Returns it, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Already`` when there is one for
    these days; ``Refused`` without an order and before the days have come.
    """
    require(by, Right.MONITORING_WRITE)
    one_at_a_time("monitorings")
    if request_key and (made := Monitoring.objects.filter(request_key=request_key).first()):
        return made
    _by_order(order, order_words, order_scan)
    first, last = days_of(school_year, part)
    if first > timezone.localdate():
        raise Refused("Это время ещё не наступило: собирать пока нечего")
    if Monitoring.objects.filter(school_year=school_year, part=part).exists():
        raise Already("Мониторинг за это время уже есть")
    made = Monitoring.objects.create(
        school_year=school_year,
        part=part,
        first=first,
        last=last,
        order=order,
        order_words=order_words.strip() if order is None else "",
        order_scan=order_scan if order is None else None,
        created_by=by,
        request_key=request_key,
    )
    new = _named(made, head, members)
    act = record(made, "begin", by=by, words="мониторинг начат")
    _tell(made, act, new, "monitoring_begun", by)
    return made


def _going(monitoring: Monitoring, version: int) -> Monitoring:
    """Claim the version of a monitoring that goes on, and read it under a lock. Raises ``Stale``, ``Refused``."""
    claim_version(monitoring, version)
    fresh = locked(monitoring)
    if fresh.is_completed:
        raise Refused(COMPLETED)
    return fresh


@transaction.atomic
def edit(
    monitoring: Monitoring,
    *,
    by: User,
    version: int,
    head: Person,
    members: Iterable[Person] = (),
    order: Order | None = None,
    order_words: str = "",
    order_scan: StoredFile | None = None,
) -> Monitoring:
    """Change the order and the working group; who is new in it gets a letter. Without a scan the old one stays.

    Raises ``NotAllowed``, ``Stale``, ``Refused``.
    """
    require(by, Right.MONITORING_WRITE)
    fresh = _going(monitoring, version)
    scan = order_scan or fresh.order_scan
    _by_order(order, order_words, scan)
    fresh.order = order
    fresh.order_words, fresh.order_scan = ("", None) if order else (order_words.strip(), scan)
    fresh.save()
    new = _named(fresh, head, members)
    act = record(fresh, "edit", by=by, words="изменены приказ или рабочая группа")
    _tell(fresh, act, new, "monitoring_begun", by)
    return fresh


def _write(monitoring: Monitoring, by: User, version: int, verb: str, words: str, **values: Any) -> Monitoring:
    fresh = _going(monitoring, version)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, verb, by=by, words=words)
    return fresh


@transaction.atomic
def weigh(
    monitoring: Monitoring,
    *,
    by: User,
    version: int,
    strengths: str,
    weaknesses: str,
    opportunities: str,
    threats: str,
) -> Monitoring:
    """Write SWOT. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.MONITORING_WRITE)
    texts = {"strengths": strengths, "weaknesses": weaknesses, "opportunities": opportunities, "threats": threats}
    return _write(monitoring, by, version, "weigh", "записан SWOT-анализ", **texts)


@transaction.atomic
def conclude(monitoring: Monitoring, *, by: User, version: int, conclusions: str, proposals: str) -> Monitoring:
    """Write what follows and what is proposed. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.MONITORING_WRITE)
    texts = {"conclusions": conclusions, "proposals": proposals}
    return _write(monitoring, by, version, "conclude", "записаны выводы и предложения", **texts)


@transaction.atomic
def minute(
    monitoring: Monitoring,
    *,
    by: User,
    version: int,
    minutes_number: str,
    minutes_on: date,
    minutes_text: str,
    minutes_scan: StoredFile | None = None,
) -> Monitoring:
    """Write down the minutes of the working group. Without a scan the old one stays.

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for a day to come and one before the period.
    """
    require(by, Right.MONITORING_WRITE)
    if minutes_on > timezone.localdate():
        raise Refused("Этот день ещё не наступил")
    if minutes_on < monitoring.first:
        raise Refused("Протокол не может быть раньше начала периода мониторинга")
    values = {"minutes_number": minutes_number.strip(), "minutes_on": minutes_on, "minutes_text": minutes_text}
    values |= {"minutes_scan": minutes_scan or monitoring.minutes_scan}
    return _write(monitoring, by, version, "minute", "записан протокол рабочей группы", **values)


@transaction.atomic
def assess(
    monitoring: Monitoring,
    *,
    by: User,
    version: int,
    verdict: str,
    assessment: str,
    meeting: Minutes | None = None,
) -> Monitoring:
    """Record the council's assessment, with its meeting (п. 3.5). Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.MONITORING_ASSESS)
    if not assessment.strip():
        raise Refused("Напишите, в чём состоит оценка")
    values: dict[str, Any] = {"verdict": verdict, "assessment": assessment.strip(), "meeting": meeting}
    values |= {"assessed_at": timezone.now(), "assessed_by": by}
    return _write(monitoring, by, version, "assess", "записана оценка методического совета", **values)


@transaction.atomic
def complete(monitoring: Monitoring, *, by: User) -> Monitoring:
    """Complete a monitoring: the paper and the indicators are kept as they stand now; the group gets a letter.

    Raises what ``perform`` raises.
    """
    fresh = Monitoring.objects.with_requirements().get(pk=locked(monitoring).pk)
    check(fresh, "complete", by=by)
    fresh.completed_at = timezone.now()
    found = gathering.indicators(fresh.counted)
    facts = documents.facts(fresh, found)
    columns = {"completed_at": fresh.completed_at, "completed_by": by, "facts": facts}
    done = perform(monitoring, "complete", by=by, columns=columns)
    MonitoringFigure.objects.bulk_create(
        MonitoringFigure(
            monitoring=done,
            position=place,
            code=one.code,
            group=one.group,
            name=one.name,
            value=one.value,
            words=one.words,
            made_of=one.made_of,
            before=one.before,
            clause=one.clause,
        )
        for place, one in enumerate(found, 1)
    )
    act = record(done, "keep", by=by, words="показатели мониторинга сохранены")
    _tell(done, act, [member.person for member in fresh.members.all()], "monitoring_completed", by)
    return done
