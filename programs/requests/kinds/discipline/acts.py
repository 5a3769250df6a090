"""Acts of a disciplinary case: the explanation or the act of a refusal, the outcome, reminders of terms (ТК 193)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.locks import locked
from mentoring_site.models import Act, StoredFile
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.register.models import Person
from people.retention.rules import kept
from people.rights import Right
from people.roles.letters import mail_person
from programs.requests import retention
from programs.requests.deciding import deciders, interested
from programs.requests.kinds.base import ACCEPTED, FILED, WITHDRAWN
from programs.requests.kinds.discipline import terms
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.models import Request

WITHOUT_PENALTY = dt.timedelta(days=365)
"""How long words are kept of what ended without a penalty: no archive asks for them."""


def may_record(case: Discipline, user: User) -> bool:
    """Whether the user writes down an explanation that has come on paper, or the act of a refusal."""
    if not user.can(Right.DISCIPLINE_SEE) or user.person_id == case.request.author_id:
        return False
    return user.person_id not in interested(Request.objects.with_requirements().get(pk=case.request_id), user)


def ask(request: Request, *, by: User, demand: str, known_on: dt.date) -> None:
    """Ask the worker for a written explanation, inside the act that takes the proposal up. Raises ``Refused``."""
    case = locked(request.discipline)
    if not demand.strip():
        raise Refused("Напишите, что нужно объяснить: это прочтёт работник")
    today = timezone.localdate()
    if not case.deed_on <= known_on <= today:
        raise Refused("День, когда узнал руководитель, не раньше проступка и не позже сегодняшнего")
    Discipline.objects.filter(pk=case.pk).update(
        demand=demand.strip(), known_on=known_on, asked_on=today, explain_by=terms.explain_by(today)
    )
    case.refresh_from_db()
    worker = request.person
    assert worker is not None  # ``save`` of the kind has refused a proposal without one
    mail_person(worker, "explanation_asked", asks=str(case.pk), person=worker, case=case)


def take_back(request: Request) -> None:
    """Ask for nothing, inside the act that takes the decision back. Raises ``Refused`` when it is answered."""
    case = locked(request.discipline)
    if case.is_answered:
        raise Refused("Работник уже ответил: дело можно только закрыть")
    Discipline.objects.filter(pk=case.pk).update(demand="", asked_on=None, explain_by=None)


@transaction.atomic
def explain(
    case: Discipline, *, by: User, text: str, explained_on: dt.date | None = None, files: Iterable[StoredFile] = ()
) -> Discipline:
    """Write down the explanation: the worker oneself, or from paper with its date and scan.

    Raises ``NotAllowed``; ``Refused`` without words and files; ``Already``.
    """
    request = locked(case.request)
    fresh, files = locked(case), list(files)
    own = by.person_id == request.person_id
    if not own and not may_record(fresh, by):
        raise NotAllowed("Объяснение даёт сам работник; с бумаги его записывает директор или куратор")
    _refuse_closed(request, fresh)
    if fresh.is_answered:
        raise Already("Ответ уже записан")
    if not text.strip() and not files:
        raise Refused("Напишите объяснение или приложите его скан")
    day = timezone.localdate() if own or explained_on is None else explained_on
    if day > timezone.localdate() or (fresh.asked_on and day < fresh.asked_on):
        raise Refused("Дата объяснения — не раньше запроса и не позже сегодняшнего дня")
    Discipline.objects.filter(pk=fresh.pk).update(explanation=text.strip(), explained_on=day, recorded_by=by)
    evidence_acts.attach(fresh, files, by=by)
    record(request, "explain", by=by, words=f"получено письменное объяснение {rudate(day)}")
    if own:
        _tell_deciders(request, fresh, "explanation_given", by)
    fresh.refresh_from_db()
    return fresh


def _refuse_closed(request: Request, case: Discipline) -> None:
    if request.state != ACCEPTED or case.asked_on is None:
        raise Refused("Объяснения сейчас не ждут")


@transaction.atomic
def refuse(
    case: Discipline, *, by: User, number: str, refused_on: dt.date, files: Iterable[StoredFile] = ()
) -> Discipline:
    """Note the act that no explanation was given. Raises ``NotAllowed``; ``Refused`` before the term has passed."""
    request = locked(case.request)
    fresh = locked(case)
    if not may_record(fresh, by):
        raise NotAllowed("Акт записывает директор или куратор")
    _refuse_closed(request, fresh)
    if fresh.is_answered:
        raise Already("Ответ уже записан")
    assert fresh.explain_by is not None  # constraint discipline_asked_whole
    if refused_on <= fresh.explain_by or refused_on > timezone.localdate():
        words = f"Акт составляют, когда прошли два рабочих дня: после {rudate(fresh.explain_by)} (ТК РФ, ст. 193)"
        raise Refused(words)
    if not number.strip():
        raise Refused("Напишите номер акта")
    Discipline.objects.filter(pk=fresh.pk).update(refused_on=refused_on, refusal_number=number.strip(), recorded_by=by)
    evidence_acts.attach(fresh, files, by=by)
    record(request, "refuse", by=by, words=f"записан акт о непредставлении объяснения {rudate(refused_on)}")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def unrecord(case: Discipline, *, by: User) -> Discipline:
    """Whoever wrote an answer down takes it back while the case is open. Raises ``NotAllowed``, ``Refused``."""
    request = locked(case.request)
    fresh = locked(case)
    _refuse_closed(request, fresh)
    if not fresh.is_answered:
        raise Already("Ответа пока нет: убирать нечего")
    if fresh.recorded_by_id != by.pk:
        raise NotAllowed("Ответ убирает тот, кто его записал")
    evidence_acts.destroy(fresh.evidence.all())
    Discipline.objects.filter(pk=fresh.pk).update(
        explanation="", explained_on=None, refused_on=None, refusal_number="", recorded_by=None
    )
    record(request, "unrecord", by=by, words="ответ убран")
    fresh.refresh_from_db()
    return fresh


def finish(request: Request, *, by: User, data: dict[str, Any]) -> None:
    """Write the outcome, inside the act that closes the case. Raises ``Refused``.

    A penalty without an explanation or an act, before the explanation was due, or with a date ahead is none.
    """
    case = locked(request.discipline)
    outcome, number, day = data.get("outcome", ""), data.get("order_number", "").strip(), data.get("order_date")
    if outcome not in Discipline.Outcome.values:
        raise Refused("Выберите, чем закончилось")
    values: dict[str, Any] = {"outcome": outcome, "closed_on": timezone.localdate()}
    if outcome == Discipline.Outcome.PENALTY:
        if not number or not day:
            raise Refused("Укажите номер и дату приказа о взыскании")
        if not case.is_answered:
            raise Refused("Взыскание без письменного объяснения или акта о его отсутствии незаконно (ТК РФ, ст. 193)")
        if day > timezone.localdate() or day < (case.explained_on or case.refused_on or day):
            raise Refused("Приказ — не раньше объяснения или акта и не позже сегодняшнего дня")
        values |= {"order_number": number, "order_date": day}
    Discipline.objects.filter(pk=case.pk).update(**values)


def tick() -> int:
    """Remind the director of terms, once of each; destroy words whose time has passed; return how many."""
    today, done = timezone.localdate(), 0
    live = Discipline.objects.filter(request__state__in=(FILED, ACCEPTED)).select_related("request")
    for case in live.order_by("pk")[:100]:
        for code in _due(case, today):
            with transaction.atomic():
                fresh = locked(case)
                if code not in fresh.reminded:
                    Discipline.objects.filter(pk=case.pk).update(reminded=[*fresh.reminded, code])
                    _tell_deciders(case.request, case, "discipline_term", None)
                    done += 1
    return done + _destroy_old(today)


def _due(case: Discipline, today: dt.date) -> Iterator[str]:
    if case.explain_by and case.explain_by <= today and not case.is_answered:
        yield "explain"
    if terms.month_from_discovery(case).last - terms.MONTH_AHEAD <= today:
        yield "month"
    if terms.half_year_from_deed(case).last - terms.HALF_AHEAD <= today:
        yield "half"


def _tell_deciders(request: Request, case: Discipline, name: str, by: User | None) -> None:
    people = deciders(reload(request))[1]
    for person in Person.objects.filter(pk__in=people).select_related("user").order_by("pk"):
        if by is None or person.pk != by.person_id:
            mail_person(person, name, asks=str(case.pk), person=person, asked=request)


def kept_until(case: Discipline) -> dt.date | None:
    """Return the last day on which the words are kept: the archive's term after a penalty, a year otherwise."""
    request = case.request
    if case.outcome == Discipline.Outcome.PENALTY:
        return kept("order_discipline", case.order_date).until
    ended = case.closed_on or (request.decided_at and timezone.localdate(request.decided_at)) or _withdrawn_on(request)
    return ended + WITHOUT_PENALTY if ended and request.state not in (FILED, ACCEPTED) else None


def stays(person: Person) -> Q:
    """Return the condition of cases whose words stay for now: open ones, and a penalty in the archive's term."""
    mine = Q(request__author=person) | Q(request__person=person)
    fined = Discipline.objects.filter(mine, outcome=Discipline.Outcome.PENALTY).select_related("request")
    kept_ones = [one.request_id for one in fined if (kept_until(one) or dt.date.max) >= timezone.localdate()]
    return Q(state__in=(FILED, ACCEPTED)) | Q(pk__in=kept_ones)


def _withdrawn_on(request: Request) -> dt.date | None:
    """Return the day on which whoever proposed has taken it back: nothing was decided then."""
    act = Act.objects.about(request).filter(verb="withdraw").last() if request.state == WITHDRAWN else None
    return timezone.localdate(act.at) if act else None


def _destroy_old(today: dt.date) -> int:
    ended = Discipline.objects.exclude(request__state__in=(FILED, ACCEPTED)).exclude(request__text=retention.ERASED)
    old = ended.filter(Q(closed_on__lt=today - WITHOUT_PENALTY) | Q(closed_on=None)).select_related("request")
    over = [case.request_id for case in old[:100] if (until := kept_until(case)) and until < today]
    with transaction.atomic():
        return retention.erase(Request.objects.filter(pk__in=over)) if over else 0


def erase(rows: Any) -> None:
    """Destroy what was written in cases, and the scans."""
    for case in Discipline.objects.filter(request__in=rows):
        evidence_acts.destroy(case.evidence.all())
    Discipline.objects.filter(request__in=rows).exclude(demand="").update(demand=retention.ERASED)
    Discipline.objects.filter(request__in=rows).exclude(explanation="").update(explanation=retention.ERASED)


def _unexplained(key: str, person: int | None) -> bool:
    open_ones = Discipline.objects.filter(pk=key, request__state=ACCEPTED, explained_on=None, refused_on=None)
    return open_ones.exclude(asked_on=None).exists()


def _undecided(key: str, person: int | None) -> bool:
    return Discipline.objects.filter(pk=key, request__state__in=(FILED, ACCEPTED)).exists()


NEEDED = {"explanation_asked": _unexplained, "discipline_term": _undecided, "explanation_given": _undecided}
