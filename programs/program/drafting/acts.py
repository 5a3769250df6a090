"""Drafting of a program by its people: start, edit, plan, special term, confirmation by mentees
(п. 1.2, 2.3, 5.1).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.russian import add_months, full_stop, joined, rudate
from mentoring_site.workflow import Already, Refused, Stale, claim_version, complaints, record, reload
from people.accounts.models import User
from people.banks.models import Statement
from people.consents.closed import refuse_closed
from people.language.names import agree
from people.register.models import Person
from people.rights import Right
from people.roles.instead import require_impartial
from people.school import workdays
from programs.catalogs.models import Category, ProgramTemplate
from programs.pairings.models import Pairing, Participation
from programs.pairings.terms import bounds, usual_end
from programs.program.content import EDIT_WORDS, FIELDS, LISTS, confirmed_by, content_sha256
from programs.program.kinds.registry import EVENTS
from programs.program.kinds.speed import NO_PROGRAM, ORIGIN, SPEED
from programs.program.letters import write
from programs.program.models import Activity, DraftConfirmation, Program
from programs.program.rules import AUTHORS, parties, require_drafting
from programs.program.states import NOT_AGREED, State
from programs.program.terms import complaint_of, set_term

BEHALF = " (записано со слов или с бумаги)"
MENTEE_HIMSELF = "сам наставляемый"


def _takes_part(pairing: Pairing, user: User) -> bool:
    return pairing.participations.live().filter(person=user.person_id).exists()


def require_start(pairing: Pairing, user: User) -> None:
    """Refuse a user who may not open a draft: participants, curator and council may (п. 3.4, 3.5, 5.1)."""
    require(user, Right.PROGRAMS_WRITE, unless=_takes_part(pairing, user), also=AUTHORS)


@transaction.atomic
def start(
    pairing: Pairing,
    *,
    by: User,
    title: str,
    curator: Person,
    template: ProgramTemplate | None = None,
    origin: str = "",
    request_key: UUID | None = None,
) -> Program:
    """Open the draft of a program for an assigned pair or group, from a template or empty (п. 3.4, 3.5).

    Difficulties, requests and strengths of the mentees are taken over; ``origin`` says of which single meeting the
    program grows (п. 2.3). Returns the draft, or the one made by the same
    ``request_key``. Raises ``NotAllowed``, ``Refused`` when the pair is not assigned or has a live program.
    """
    require_start(pairing, by)
    pairing = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if request_key and (made := Program.objects.filter(request_key=request_key, pairing=pairing).first()):
        return made
    if pairing.state != Pairing.State.ASSIGNED:
        raise Refused("Программу составляют для пары, закреплённой приказом. Приказ готовит куратор")
    if pairing.programs.live().exists():
        raise Already("У этой пары уже есть программа")
    if not title.strip():
        raise Refused("Назовите программу")
    program = Program(
        pairing=pairing, title=" ".join(title.split()), curator=curator, created_by=by, request_key=request_key
    )
    if origin.strip():
        program.details = {SPEED.code: {ORIGIN: origin.strip()}}
    starts_on = max(day for day in (pairing.planned_from, pairing.assigned_on) if day)
    set_term(program, starts_on, _planned_end(pairing, template, starts_on))
    if template:
        program.goal, program.directions = template.goal, template.directions
    try:
        with transaction.atomic():
            program.save()
    except IntegrityError as clash:  # somebody opened a draft at this very moment
        raise Already("У этой пары уже есть программа") from clash
    _take_over(program)
    if template:
        _add_template(program, template)
    record(program, "start", by=by, words="проект заведён", target="draft")
    return program


def _planned_end(pairing: Pairing, template: ProgramTemplate | None, starts_on: date) -> date:
    earliest, latest = bounds(starts_on)
    wanted = add_months(starts_on, template.months) if template else pairing.planned_to or usual_end(starts_on)
    return min(max(wanted, earliest), latest)


def _take_over(program: Program) -> None:
    """Difficulties, requests and strengths that the mentees stated in the bank (п. 1.2)."""
    candidates = program.pairing.participations.live().filter(part="mentee").values("candidate")
    stated = list(Statement.objects.filter(candidate__in=candidates, resolved_on__isnull=True))
    for kind, related in (
        ("difficulty", program.difficulties),
        ("request", program.requests),
        ("strength", program.strengths),
    ):
        related.set([s for s in stated if s.kind == kind])


def _add_template(program: Program, template: ProgramTemplate) -> int:
    """Add the activities of a template, by weeks from the first day, inside the term; return how many."""
    rows = list(template.activities.prefetch_related("materials"))
    first, last = program.starts_on, program.ends_on
    if first is None or last is None:
        raise Refused("Сначала укажите срок программы: мероприятия образца ставятся по неделям от её начала")
    if program.template_id is None:
        program.template, program.template_seen_at = template, timezone.now()
        Program.objects.filter(pk=program.pk).update(template=template, template_seen_at=program.template_seen_at)
    special = workdays.special_days(first - timedelta(days=workdays.HORIZON), last + timedelta(days=workdays.HORIZON))
    difficulties = list(program.difficulties.all())
    for row in rows:
        activity = Activity.objects.create(
            program=program,
            title=row.title,
            due_on=workdays.inside(first + timedelta(weeks=row.week), first, last, special),
            responsible=row.responsible,
            expected_result=row.expected_result,
            evidence=row.evidence,
            position=row.position,
            source=row,
            category=row.category if row.category != Category.STRUCTURES else "",
        )
        activity.materials.set(row.materials.all())
        activity.statements.set(difficulties)  # what the plan is for (п. 1.2); each line may be narrowed later
    return len(rows)


def edit_refusal(program: Program, user: User | None = None) -> str:
    """Say why a program cannot be edited now, or return an empty string.

    A program entered from paper is transcribed by whoever enters papers; anything approved here stays as it is.
    """
    if program.state == State.DRAFT:
        return ""
    if program.from_paper and user is not None and user.can(Right.PAPER_ENTER):
        return ""
    if program.state in (State.SUBMITTED, State.AGREED):
        return "Проект на согласовании и закрыт для правки. Вернуть его на доработку могут куратор и методический совет"
    if program.state == State.DROPPED:
        return "Проект снят вместе с закреплением пары и закрыт для правки"
    return (
        f"Утверждённая программа закрыта для правки: {program.approval}. Изменить её можно только по обоюдному согласию"
        " (п. 7.2)"
    )


def require_editable(program: Program, by: User) -> None:
    """Refuse a user who may not edit the draft, or a draft that is closed. Raises ``NotAllowed``, ``Refused``."""
    require_drafting(program, by)
    if why := edit_refusal(program, by):
        raise Refused(why)


@transaction.atomic
def edit(program: Program, *, by: User, version: int, **fields: Any) -> Program:
    """Change fields and lists of a draft, if nobody else changed it since ``version``.

    Raises ``Stale``, ``NotAllowed``, ``Refused`` (locked; a term outside 3 months – 1 year, п. 1.2; forms before the
    goal, п. 2.3). Saving what is already there changes nothing.
    """
    program = reload(program)
    require_editable(program, by)
    if unknown := set(fields) - set(FIELDS) - set(LISTS):
        raise TypeError(f"not fields of a program: {unknown}")
    if program.version != version:
        raise _stale(program)
    changed = [name for name in fields if _differs(program, name, fields[name])]
    if not changed:
        return program
    lists = {name: fields.pop(name) for name in LISTS if name in fields}
    if (lists.get("forms") or lists.get("kinds")) and not fields.get("goal", program.goal).strip():
        raise Refused("Сначала напишите цель: форма выбирается в зависимости от цели (п. 2.3 Положения)")
    if any(kind.code in EVENTS for kind in lists.get("kinds", ())):
        raise Refused(NO_PROGRAM)
    starts_on, ends_on = fields.pop("starts_on", program.starts_on), fields.pop("ends_on", program.ends_on)
    set_term(program, starts_on, ends_on)
    if wrong := complaint_of(program):
        raise Refused(wrong)
    for name, value in fields.items():
        setattr(program, name, value)
    _refuse_closed(program)
    claim_version(program, version)
    program.save()
    for name, values in lists.items():
        getattr(program, name).set(values)
    record(program, "edit", by=by, words=_changed_words(changed), fields=changed)
    return program


def _differs(program: Program, name: str, value: Any) -> bool:
    if name in LISTS:
        return {x.pk for x in getattr(program, name).all()} != {x.pk for x in value}
    return getattr(program, name) != value


def _changed_words(names: Iterable[str]) -> str:
    words = list(dict.fromkeys(EDIT_WORDS[name].lower() for name in names))
    return f"изменено: {joined(words)}"[:300]


def _stale(program: Program) -> Stale:
    """«Пока Вы вносили правки, Манджиева Б. О. изменила программу (14:05)…»."""
    last = Act.objects.about(program).select_related("actor__person").last()
    if last is None or last.actor is None:
        return Stale("Пока Вы вносили правки, программа изменилась. Ваш текст сохранён, изменения показаны ниже")
    person = last.actor.person
    when = f"{timezone.localtime(last.at):%H:%M}"
    return Stale(
        f"Пока Вы вносили правки, {person.short_name} {agree(person.gender, 'изменил')} программу ({when}). "
        "Ваш текст сохранён, изменения показаны ниже"
    )


def _refuse_closed(program: Program) -> None:
    """Nothing new is written about whose consent to processing has ended (152-ФЗ, ст. 21)."""
    refuse_closed(p.person for p in program.pairing.participations.live().select_related("person"))


def claim(program: Program, version: int) -> None:
    """Claim an edit of a draft. Raises ``Stale`` with who changed it, ``Refused`` for a closed consent."""
    _refuse_closed(program)
    try:
        claim_version(program, version)
    except Stale as stale:
        raise _stale(program) from stale


@transaction.atomic
def save_activity(
    program: Program, activity: Activity, statements: Iterable[Statement], *, by: User, version: int
) -> Activity:
    """Add or change a line of the plan of a draft. Raises as ``edit`` does; ``Refused`` for a date outside the term."""
    program = reload(program)
    require_editable(program, by)
    if activity.starts_on and activity.starts_on > activity.due_on:
        raise Refused("Мероприятие не может закончиться раньше, чем началось")
    first = activity.starts_on or activity.due_on
    if program.starts_on and program.ends_on and not program.starts_on <= first <= activity.due_on <= program.ends_on:
        raise Refused(
            f"Срок мероприятия выходит за срок программы: {rudate(program.starts_on)} – {rudate(program.ends_on)}"
        )
    claim(program, version)
    new = activity.pk is None
    activity.program = program
    activity.save()
    activity.statements.set(statements)
    words = f"{'добавлено' if new else 'изменено'} мероприятие «{activity.title}»"
    record(program, "activity", by=by, words=words[:300], activity=activity.pk)
    return activity


@transaction.atomic
def drop_activity(program: Program, activity: Activity, *, by: User, version: int) -> None:
    """Take a line out of the plan of a draft. Raises as ``edit`` does; ``Refused`` when it was already carried out."""
    locked(program)  # no result is written meanwhile
    program = reload(program)
    require_editable(program, by)
    if activity.results.exists():
        raise Refused("По этому мероприятию уже есть результат: из плана его не убирают")
    claim(program, version)
    words = f"мероприятие «{activity.title}» убрано из плана"
    record(program, "drop_activity", by=by, words=words[:300], activity=activity.pk)
    activity.delete()


@transaction.atomic
def add_from_template(program: Program, template: ProgramTemplate, *, by: User, version: int) -> int:
    """Add the activities of a template to the plan of a draft; returns how many. Raises as ``edit`` does."""
    program = reload(program)
    require_editable(program, by)
    claim(program, version)
    added = _add_template(program, template)
    record(program, "add_from_template", by=by, words=f"план дополнен по образцу «{template.name}»"[:300])
    return added


@transaction.atomic
def confirm_draft(program: Program, participation: Participation, *, by: User, seen: str = "") -> DraftConfirmation:
    """A mentee confirms the present content of the draft (п. 5.1); the curator may record it from paper.

    ``seen`` is the hash of the content that was shown. Raises ``NotAllowed``; ``Refused`` when the participation is
    not of a mentee of this program; ``Stale`` when the content has changed since; ``Already``.
    """
    locked(program)
    program = reload(program)
    own = by.person_id == participation.person_id
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(program), unless=own, also=MENTEE_HIMSELF)
    if participation.part != "mentee" or participation.pairing_id != program.pairing_id or participation.until:
        raise Refused("Подтверждает проект только наставляемый этой программы")
    if program.state not in NOT_AGREED:
        raise Already("Проект уже согласован, подтверждать его больше не нужно")
    now = content_sha256(program)
    if seen and seen != now:
        raise Stale("Пока Вы читали, проект изменили. Прочитайте его ещё раз и подтвердите")
    made, created = DraftConfirmation.objects.get_or_create(
        program=program, participation=participation, content_sha256=now, defaults={"by": by}
    )
    if not created:
        raise Already("Проект в этой редакции уже подтверждён")
    words = f"проект подтверждён: {participation.person.short_name}{'' if own else BEHALF}"
    record(program, "confirm_draft", by=by, words=words, participation=participation.pk)
    program = reload(program)
    if program.state == State.DRAFT and not complaints(program, "submit"):
        write(
            "confirmed",
            [p.person for p in program.pairing.people if p.part == "mentor" and p.person_id != by.person_id],
            program,
        )
    return made


@transaction.atomic
def ask_to_confirm(program: Program, *, by: User) -> int:
    """Write to mentees who have not confirmed the present content, at most once a day; returns how many letters.

    Raises ``NotAllowed``; ``Already`` when asked today or nobody is left; ``Refused`` when none has an e-mail.
    """
    locked(program)
    program = reload(program)
    require_drafting(program, by)
    if program.state != State.DRAFT:
        raise Already("Проект уже передан куратору")
    yes = confirmed_by(program)
    people = [p.person for p in program.pairing.people if p.part == "mentee" and p.pk not in yes]
    if not people:
        raise Already("Все наставляемые уже подтвердили проект")
    today = Act.objects.about(program).filter(verb="ask", at__gte=timezone.now() - timedelta(days=1))
    if today.exists():
        raise Already("Сегодня об этом уже просили. Следующий раз — завтра")
    if not (sent := write("to_confirm", people, program)):
        raise Refused(f"Не записан e-mail: {full_stop(joined([p.short_name for p in people]))} Попросите лично")
    record(program, "ask", by=by, words=f"попросили подтвердить проект: {joined([p.short_name for p in people])}"[:300])
    return sent


@transaction.atomic
def decide_term(program: Program, *, by: User, decision: str, earliest_end: date, latest_end: date) -> Program:
    """Record a decision on a special term (п. 7.2), which moves the bounds.

    Raises ``NotAllowed``; ``Refused`` without words, without a first day or when the program is not a draft.
    """
    require_impartial(by, Right.PROGRAMS_TERM, parties(program))
    _refuse_decided(program)
    if not decision.strip():
        raise Refused("Напишите, кто и почему решил об особом сроке")
    if not program.starts_on:
        raise Refused("Сначала укажите первый день программы")
    if not program.starts_on < earliest_end <= latest_end:
        raise Refused("Границы срока указаны неверно: первая — после начала программы, вторая — не раньше первой")
    claim(program, program.version)
    Program.objects.filter(pk=program.pk).update(
        term_decision=decision.strip(),
        term_decided_at=timezone.now(),
        term_decided_by=by,
        earliest_end=earliest_end,
        latest_end=latest_end,
        ends_on=min(max(program.ends_on or earliest_end, earliest_end), latest_end),
    )
    record(program, "decide_term", by=by, words="записано решение об особом сроке")
    program.refresh_from_db()
    return program


@transaction.atomic
def undecide_term(program: Program, *, by: User) -> Program:
    """Take a decision on a special term back: the usual limits hold again (п. 1.2), and the last day moves into them.

    Raises ``NotAllowed``; ``Already`` when there is none; ``Refused`` when the program is not a draft.
    """
    require_impartial(by, Right.PROGRAMS_TERM, parties(program))
    program = locked(program)
    _refuse_decided(program)
    if not program.term_decision:
        raise Already("Решения об особом сроке уже нет")
    ends_on = program.ends_on
    program.term_decision = ""
    set_term(program, program.starts_on, ends_on)
    if ends_on and program.earliest_end and program.latest_end:
        ends_on = min(max(ends_on, program.earliest_end), program.latest_end)
    Program.objects.filter(pk=program.pk).update(
        term_decision="",
        term_decided_at=None,
        term_decided_by=None,
        earliest_end=program.earliest_end,
        latest_end=program.latest_end,
        ends_on=ends_on,
        version=F("version") + 1,
    )
    record(program, "undecide_term", by=by, words="решение об особом сроке отменено")
    program.refresh_from_db()
    return program


def _refuse_decided(program: Program) -> None:
    if program.state != State.DRAFT:
        raise Refused("Особый срок записывают и отменяют, пока программа в черновике")
