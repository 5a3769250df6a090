"""Acts of completion: propose, agree, conclude, review, submit for an order, register (п. 5.2, 7.1).

Publishing of results: ``publication.py``.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.holds import refuse_held
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, complaints, perform, record, reload
from people.accounts.models import User
from people.banks.models import Statement
from people.consents.closed import closed_on, refuse_closed
from people.register.models import Person
from people.rights import Right
from people.roles.instead import decides, require_impartial
from people.roles.letters import mail_person
from programs.changes.petitions import acts as petition_acts
from programs.completion.models import Completion, Outcome
from programs.completion.rules import reviewed
from programs.difficulties.models import Difficulty
from programs.pairings.acts import dissolve
from programs.pairings.models import Participation, present
from programs.program.models import ActivityResult, Program
from programs.program.rules import parties

INITIATIVES: dict[str, str] = {
    Completion.Reason.MENTOR: Participation.Part.MENTOR,
    Completion.Reason.MENTEE: Participation.Part.MENTEE,
}
"""Reasons that are the initiative of one part (п. 7.1)."""
WITHOUT_CIRCUMSTANCES = (Completion.Reason.PLAN_DONE, Completion.Reason.MENTOR)
"""Reasons that need no circumstances: a mentor may refuse without saying why (ТК 351.8)."""
DATED = (*INITIATIVES, Completion.Reason.IMPROPER, Completion.Reason.FORCE)
"""Reasons for which somebody hands in a paper: a statement of a side, a memo of the curator (п. 7.1)."""
CURATOR_REASONS = (Completion.Reason.IMPROPER, Completion.Reason.FORCE, Completion.Reason.CONSENT)
PARTICIPANT = "участник программы"
AGREED_BY = (
    f"Согласие на завершение дают наставник и наставляемый, с бумаги его записывает {Right.PROGRAMS_ACT_FOR_OTHERS.who}"
)
CHARACTERISTIC = ("norms", "motivation", "independence")  # and the discipline (п. 5.2)


def part_of(program: Program, by: User) -> str:
    """Return the part of the user in the program, also after its end, or an empty string."""
    mine = present().filter(pairing=program.pairing_id, person=by.person_id).first()
    return mine.part if mine else ""


@transaction.atomic
def propose(
    program: Program,
    participation: Participation,
    *,
    by: User,
    reason: str,
    circumstances: str = "",
    notice_on: dt.date | None = None,
    request_key: UUID | None = None,
) -> Completion:
    """Open the completion of a running program for one mentee, with one of the reasons of п. 7.1.

    A mentor or mentee may name only their own initiative, the mutual decision or the finished plan; the curator any.
    Returns the completion, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    program = locked(program)
    if request_key and (made := Completion.objects.filter(request_key=request_key, program=program).first()):
        return made
    part = part_of(program, by)
    _require_reason(part, participation, reason, by)
    _check_reason(program, participation, reason, circumstances, notice_on, own=INITIATIVES.get(reason) == part)
    now = timezone.now()
    if reason in DATED and notice_on is None:
        notice_on = timezone.localdate()
    completion = Completion.objects.create(
        program=program,
        participation=participation,
        reason=reason,
        circumstances="" if reason == Completion.Reason.PLAN_DONE else circumstances.strip(),
        notice_on=notice_on,
        created_by=by,
        request_key=request_key,
        mentor_agreed_at=now if part == Participation.Part.MENTOR else None,
        mentee_agreed_at=now if part == Participation.Part.MENTEE else None,
    )
    person = participation.person
    words = f"начато завершение, {person.short_name}: {completion.get_reason_display()}"
    record(completion, "propose", by=by, words=words, target=Completion.State.PROPOSED)
    _mail_proposed(completion, by=by)
    return completion


def _people(program: Program) -> list[int]:
    return list(program.pairing.participations.live().values_list("person", flat=True))


def _mail_proposed(completion: Completion, *, by: User) -> None:
    """Write to the mentor and the mentee that the completion has begun."""
    mentors = (
        completion.program.pairing.participations.live()
        .filter(part=Participation.Part.MENTOR)
        .select_related("person__user")
    )
    for concerned in {p.person for p in mentors} | {completion.participation.person}:
        if concerned.pk != by.person_id:
            _mail(concerned, "completion_proposed", completion)


def _require_reason(part: str, participation: Participation, reason: str, by: User) -> None:
    """Refuse a user who may not name this reason for this mentee (п. 7.1). Raises ``NotAllowed``."""
    require_completing(part, by)
    if by.can(Right.PROGRAMS_CHANGE) and not part:  # a curator who takes part names what other participants name
        return
    if part == Participation.Part.MENTEE and participation.person_id != by.person_id:
        raise NotAllowed("Наставляемый завершает программу только для себя")
    if reason in CURATOR_REASONS:
        raise NotAllowed(f"По инициативе куратора программу завершает {Right.PROGRAMS_CHANGE.who} (п. 7.1)")
    if INITIATIVES.get(reason, part) != part:
        raise NotAllowed("Заявление подаёт сам наставник или сам наставляемый (п. 7.1)")


def require_completing(part: str, user: User) -> None:
    """Refuse a user who neither takes part in the program nor ends programs for others. Raises ``NotAllowed``."""
    require(user, Right.PROGRAMS_CHANGE, unless=bool(part), also=PARTICIPANT)


def _check_reason(
    program: Program,
    participation: Participation,
    reason: str,
    circumstances: str,
    notice_on: dt.date | None,
    *,
    own: bool,
) -> None:
    if program.state != Program.State.RUNNING:
        raise Refused("Завершают программу, которая реализуется")
    if (
        participation.part != Participation.Part.MENTEE
        or participation.pairing_id != program.pairing_id
        or participation.until
    ):
        raise Refused("Завершение готовят для наставляемого этой программы")
    if reason not in Completion.Reason.values:
        raise Refused("Такого основания в п. 7.1 Положения нет")
    if reason == Completion.Reason.CONSENT and not closed_on(_people(program)):
        raise Refused("Согласия участников на обработку персональных данных действуют: выберите другое основание")
    if reason not in WITHOUT_CIRCUMSTANCES and not circumstances.strip():
        raise Refused("Укажите уважительные обстоятельства (п. 7.1)")
    if reason in INITIATIVES and notice_on is None and not own:
        raise Refused("Укажите дату заявления: завершение начинают с него")
    if notice_on and notice_on > timezone.localdate():
        raise Refused("Заявление не может быть подано будущим числом")
    if notice_on and program.started_on and notice_on < program.started_on:
        raise Refused(f"Программа началась {rudate(program.started_on)}: заявление не может быть раньше")
    if (
        Completion.objects.filter(program=program, participation=participation)
        .exclude(state=Completion.State.WITHDRAWN)
        .exists()
    ):
        raise Refused("Завершение для этого наставляемого уже готовится")


@transaction.atomic
def agree_to(completion: Completion, *, by: User, part: str = "") -> Completion:
    """A side agrees to a mutual completion (п. 7.1); the curator records it for the named ``part``.

    Raises ``NotAllowed``; ``Refused`` when the reason asks no agreement; ``Already``.
    """
    own = part_of(completion.program, by)
    if own == Participation.Part.MENTEE and completion.participation.person_id != by.person_id:
        own = ""
    curator = decides(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(completion.program))
    part = part if part and curator else own
    if part not in Participation.Part.values:
        raise NotAllowed(AGREED_BY)
    if completion.reason != Completion.Reason.MUTUAL:
        raise Refused("Согласия обеих сторон просит только завершение по обоюдному решению (п. 7.1)")
    column = f"{part}_agreed_at"
    if not Completion.objects.filter(
        pk=completion.pk, state=Completion.State.PROPOSED, **{f"{column}__isnull": True}
    ).update(**{column: timezone.now()}):
        raise Already("Это согласие уже записано, или завершение больше не готовится")
    whose = "наставника" if part == Participation.Part.MENTOR else "наставляемого"
    record(
        completion, "agree", by=by, words=f"дано согласие {whose} на завершение{_from_paper(part != own)}", part=part
    )
    completion.refresh_from_db()
    mail_if_ready(completion, by=by)
    return completion


@transaction.atomic
def conclude(
    completion: Completion,
    *,
    by: User,
    conclusion: str,
    verdict: str,
    discipline: str,
    outcomes: dict[int, tuple[str, str]],
    points: dict[str, str] | None = None,
    version: int | None = None,
) -> Completion:
    """The mentor's conclusion with results against the difficulties (п. 5.2); the curator may record it from paper.

    ``outcomes`` maps the pk of a difficulty to (level, comment), ``points`` the other lines of the short characteristic
    (``CHARACTERISTIC``) to their words. Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    own = part_of(completion.program, by) == Participation.Part.MENTOR
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(completion.program), unless=own, also="наставник")
    if not conclusion.strip() or verdict not in Completion.Verdict.values:
        raise Refused("Напишите заключение и выберите вывод")
    _check_outcomes(completion, outcomes)
    _claim_edit(completion, version)
    was_ready, asked = is_ready(completion), completion.reviewed_at and has_unread_outcomes(completion)
    _save_outcomes(completion, outcomes)
    _set(
        completion,
        conclusion=conclusion.strip(),
        verdict=verdict,
        discipline=discipline.strip(),
        **{name: (text or "").strip() for name, text in (points or {}).items() if name in CHARACTERISTIC},
        concluded_at=timezone.now(),
        concluded_by=by,
    )
    record(completion, "conclude", by=by, words=f"написано заключение наставника{_from_paper(not own)}")
    person = completion.participation.person
    if completion.reviewed_at and not asked and has_unread_outcomes(completion) and person.pk != by.person_id:
        _mail(person, "completion_outcomes", completion)
    if not was_ready:
        mail_if_ready(completion, by=by)
    return completion


def _check_outcomes(completion: Completion, outcomes: dict[int, tuple[str, str]]) -> None:
    """Refuse outcomes of difficulties that are not this mentee's, or of an unknown level."""
    known = set(difficulties_of(completion).values_list("pk", flat=True))
    if any(pk not in known or level not in Outcome.Level.values for pk, (level, _) in outcomes.items()):
        raise Refused("Итог записывают по затруднению этого наставляемого")


def _save_outcomes(completion: Completion, outcomes: dict[int, tuple[str, str]]) -> None:
    for pk, (level, comment) in outcomes.items():
        Outcome.objects.update_or_create(
            completion=completion, difficulty_id=pk, defaults={"level": level, "comment": comment.strip()}
        )


def has_unread_outcomes(completion: Completion) -> bool:
    """Whether the mentee's review is older than the outcomes: the mentee has still to confirm them (п. 5.2)."""
    return bool(reviewed.complaints(reload(completion)))


def is_ready(completion: Completion) -> bool:
    """Whether the completion can be submitted for an order: nothing is missing."""
    return completion.state == Completion.State.PROPOSED and not complaints(reload(completion), "ready")


def mail_if_ready(completion: Completion, *, by: User) -> None:
    """Write to the responsible curator when the completion can be submitted for an order."""
    curator = completion.program.curator
    if curator.pk != by.person_id and is_ready(completion):
        _mail(curator, "completion_ready", completion)


def after_result_checked(result: ActivityResult, *, by: User) -> None:
    """Write to the curator when the checked activity was the last thing that a completion waited for."""
    found = Completion.objects.filter(
        program=result.activity.program_id,
        participation=result.participation_id,
        reason=Completion.Reason.PLAN_DONE,
        state=Completion.State.PROPOSED,
    )
    for completion in found.select_related("program__curator"):
        mail_if_ready(completion, by=by)


def difficulties_of(completion: Completion) -> QuerySet[Statement]:
    """Return the difficulties of this mentee that the program addressed."""
    return completion.program.difficulties.filter(candidate=completion.participation.candidate_id)


def closed_signs(completion: Completion) -> dict[int, str]:
    """Return difficulty -> what showed that it is gone, of those that both sides have closed by now (п. 5.2)."""
    rows = Difficulty.objects.filter(program=completion.program_id, state=Difficulty.State.CLOSED)
    return dict(rows.order_by().values_list("statement", "sign"))


@transaction.atomic
def review(completion: Completion, *, by: User, review: str, version: int | None = None) -> Completion:
    """The mentee's review, which also confirms the outcomes (п. 5.2); the curator may record it from paper.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    own = completion.participation.person_id == by.person_id
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(completion.program), unless=own, also="наставляемый")
    if not review.strip():
        raise Refused("Напишите отзыв")
    _claim_edit(completion, version)
    was_ready = is_ready(completion)
    _set(completion, review=review.strip(), reviewed_at=timezone.now(), reviewed_by=by)
    record(completion, "review", by=by, words=f"написан отзыв наставляемого{_from_paper(not own)}")
    if not was_ready:
        mail_if_ready(completion, by=by)
    return completion


def _claim_edit(completion: Completion, version: int | None) -> None:
    """Claim an edit of a completion that is still being prepared. Raises ``Refused``, ``Stale``."""
    if completion.state != Completion.State.PROPOSED:
        raise Refused("Завершение уже передано на приказ или отменено: правка закрыта")
    refuse_closed([completion.participation.person])
    claim_version(completion, completion.version if version is None else version)


def _set(completion: Completion, **columns: Any) -> None:
    Completion.objects.filter(pk=completion.pk).update(**columns)
    completion.refresh_from_db()


def _from_paper(on_behalf: bool) -> str:
    return " (записано с бумаги)" if on_behalf else ""


def submit_for_order(completion: Completion, *, by: User) -> Completion:
    """Close a completion for edits: an order may be drafted about it now. Raises what ``perform`` raises."""
    return perform(completion, "ready", by=by)


@transaction.atomic
def reopen(completion: Completion, *, by: User) -> Completion:
    """Open a completion for edits. Raises what ``perform`` raises; ``Refused`` while a draft of an order has it."""
    _refuse_held(completion)
    return perform(completion, "reopen", by=by)


@transaction.atomic
def withdraw(completion: Completion, *, by: User) -> Completion:
    """Call a completion off. Raises what ``perform`` raises; ``Refused`` while a draft of an order has it."""
    _refuse_held(completion)
    return perform(completion, "withdraw", by=by)


def _refuse_held(completion: Completion) -> None:
    """Refuse while an order in preparation is about the completion."""
    refuse_held(
        completion, "Завершение стоит в проекте приказа. Сначала уберите его оттуда или верните приказ в проекты"
    )


@transaction.atomic
def enact(completion: Completion, *, by: User, number: str, date: dt.date, on: dt.date) -> Completion:
    """Enact the director's order of completion for one mentee (п. 7.1); the last one ends the program and the pair.

    Raises what ``perform`` raises; ``Refused`` for a day before the program or the part in it began.
    """
    locked(completion.program)  # of two last mentees one is the last
    if on > timezone.localdate():
        raise Refused("Приказ о завершении регистрируют, когда он начинает действовать: дата действия ещё не наступила")
    began = max(filter(None, [completion.program.started_on, completion.participation.since]))
    if on < began:
        raise Refused(f"{completion.participation.person.short_name}: завершение не раньше начала, {rudate(began)}")
    completion = perform(
        completion,
        "register",
        by=by,
        columns={"order_number": number, "order_date": date, "ended_on": on},
        number=number,
    )
    for outcome in completion.outcomes.filter(level=Outcome.Level.RESOLVED).select_related("difficulty"):
        outcome.difficulty.resolved_on = on
        outcome.difficulty.save(update_fields=["resolved_on"])
    Participation.objects.filter(pk=completion.participation_id, until__isnull=True).update(
        until=on, end_reason=completion.get_reason_display()
    )
    program = completion.program
    if not program.pairing.participations.live().filter(part=Participation.Part.MENTEE).exists():
        _end_program(program, by=by, on=on)
    petition_acts.lapse_ended(program.pairing)
    return completion


def _end_program(program: Program, *, by: User, on: dt.date) -> None:
    finished = list(program.completions.filter(state=Completion.State.REGISTERED))
    on = max([on, *(c.ended_on for c in finished)])
    name = "complete" if any(c.reason == Completion.Reason.PLAN_DONE for c in finished) else "terminate"
    perform(program, name, by=by, columns={"ended_on": on})
    dissolve(program.pairing, by=by, on=on, reason="Программа завершена")


def _mail(person: Person, name: str, completion: Completion) -> None:
    about = {"person": person, "completion": completion, "program": completion.program}
    mail_person(person, name, asks=str(completion.pk), **about)
