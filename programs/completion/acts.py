"""Acts of completion: begin, agree, conclude, review, hand over, enact (п. 5.2, 7.1). Publishing is apart."""

from django.db import transaction
from django.utils import timezone

from mentoring_site.holds import held_by
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, complaints, perform, record, reload
from people.rights import Right
from people.roles.letters import mail_person
from programs.completion.models import Completion, Outcome
from programs.completion.rules import reviewed
from programs.pairings.models import Participation, present
from programs.program.models import Program

INITIATIVES = {"mentor": "mentor", "mentee": "mentee"}
CURATOR_REASONS = {"improper", "force"}
CHARACTERISTIC = ("norms", "motivation", "independence")  # and the discipline (п. 5.2)


def part_of(program, by) -> str:
    """Return the part of the user in the programme, also after its end, or an empty string."""
    mine = present().filter(pairing=program.pairing_id, person=by.person_id).first()
    return mine.part if mine else ""


@transaction.atomic
def propose(
    program, participation, *, by, reason: str, circumstances: str = "", notice_on=None, request_key=None
) -> Completion:
    """Open the completion of a running programme for one mentee, with one of the reasons of п. 7.1.

    A mentor or mentee may name only their own initiative, the mutual decision or the finished plan; the curator any.
    Returns the completion, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    if request_key and (made := Completion.objects.filter(request_key=request_key, program=program).first()):
        return made
    part = part_of(program, by)
    _check_hand(part, participation, reason, by)
    _check_reason(program, participation, reason, circumstances, notice_on, own=INITIATIVES.get(reason) == part)
    now = timezone.now()
    if reason in INITIATIVES and notice_on is None:
        notice_on = timezone.localdate()
    completion = Completion.objects.create(
        program=program,
        participation=participation,
        reason=reason,
        circumstances="" if reason == "plan" else circumstances.strip(),
        notice_on=notice_on,
        created_by=by,
        request_key=request_key,
        mentor_agreed_at=now if part == "mentor" else None,
        mentee_agreed_at=now if part == "mentee" else None,
    )
    person = participation.person
    words = f"начато завершение, {person.short_name}: {completion.get_reason_display()}"
    record(completion, "propose", by=by, words=words, target="proposed")
    mentors = program.pairing.participations.live().filter(part="mentor").select_related("person__user")
    for concerned in {p.person for p in mentors} | {person}:
        if concerned.pk != by.person_id:
            _write(concerned, "completion_proposed", completion)
    return completion


def _check_hand(part, participation, reason, by):
    """Who may name which reason for whom (п. 7.1)."""
    if by.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return
    if not part:
        raise NotAllowed("Завершение начинают участники программы и куратор")
    if part == "mentee" and participation.person_id != by.person_id:
        raise NotAllowed("Наставляемый завершает программу только для себя")
    if reason in CURATOR_REASONS:
        raise NotAllowed("По инициативе куратора программу завершает только куратор (п. 7.1)")
    if INITIATIVES.get(reason, part) != part:
        raise NotAllowed("Заявление подаёт сам наставник или сам наставляемый (п. 7.1)")


def _check_reason(program, participation, reason, circumstances, notice_on, *, own):
    if program.state != "running":
        raise Refused("Завершают программу, которая реализуется")
    if participation.part != "mentee" or participation.pairing_id != program.pairing_id or participation.until:
        raise Refused("Завершение готовят для наставляемого этой программы")
    if reason not in Completion.Reason.values:
        raise Refused("Такого основания в п. 7.1 Положения нет")
    if reason != "plan" and not circumstances.strip():
        raise Refused("Укажите уважительные обстоятельства (п. 7.1)")
    if reason in INITIATIVES and notice_on is None and not own:
        raise Refused("Укажите дату заявления: завершение начинают с него")
    if notice_on and notice_on > timezone.localdate():
        raise Refused("Заявление не может быть подано будущим числом")
    if notice_on and program.started_on and notice_on < program.started_on:
        raise Refused(f"Программа началась {rudate(program.started_on)}: заявление не может быть раньше")
    if Completion.objects.filter(program=program, participation=participation).exclude(state="withdrawn").exists():
        raise Refused("Завершение для этого наставляемого уже готовится")


@transaction.atomic
def agree_to(completion, *, by, part: str = "") -> Completion:
    """A side agrees to a mutual completion (п. 7.1); the curator records it for the named ``part``.

    Raises ``NotAllowed``; ``Refused`` when the reason asks no agreement; ``Already``.
    """
    own = part_of(completion.program, by)
    if own == "mentee" and completion.participation.person_id != by.person_id:
        own = ""
    curator = by.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    part = part if part and curator else own
    if part not in ("mentor", "mentee"):
        raise NotAllowed("Согласие на завершение дают наставник и наставляемый, с бумаги записывает куратор")
    if completion.reason != "mutual":
        raise Refused("Согласия обеих сторон просит только завершение по обоюдному решению (п. 7.1)")
    column = f"{part}_agreed_at"
    if not Completion.objects.filter(pk=completion.pk, state="proposed", **{f"{column}__isnull": True}).update(
        **{column: timezone.now()}
    ):
        raise Already("Это согласие уже записано, или завершение больше не готовится")
    whose = "наставника" if part == "mentor" else "наставляемого"
    record(completion, "agree", by=by, words=f"дано согласие {whose} на завершение{_aside(part != own)}", part=part)
    completion.refresh_from_db()
    tell_if_ready(completion, by=by)
    return completion


@transaction.atomic
def conclude(
    completion,
    *,
    by,
    conclusion: str,
    verdict: str,
    discipline: str,
    outcomes: dict,
    points: dict | None = None,
    version: int | None = None,
) -> Completion:
    """The mentor's conclusion with results against the difficulties (п. 5.2); the curator may record it from paper.

    ``outcomes`` maps the pk of a difficulty to (level, comment), ``points`` the other lines of the short characteristic
    (``CHARACTERISTIC``) to their words. Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    own = part_of(completion.program, by) == "mentor"
    if not own and not by.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise NotAllowed("Заключение пишет наставник, с бумаги — куратор")
    if not conclusion.strip() or verdict not in Completion.Verdict.values:
        raise Refused("Напишите заключение и выберите вывод")
    known = set(difficulties_of(completion).values_list("pk", flat=True))
    if any(pk not in known or level not in Outcome.Level.values for pk, (level, _) in outcomes.items()):
        raise Refused("Итог записывают по затруднению этого наставляемого")
    _open(completion, version)
    was_ready, told = is_ready(completion), completion.reviewed_at and _unread(completion)
    for pk, (level, comment) in outcomes.items():
        Outcome.objects.update_or_create(
            completion=completion, difficulty_id=pk, defaults={"level": level, "comment": comment.strip()}
        )
    _set(
        completion,
        conclusion=conclusion.strip(),
        verdict=verdict,
        discipline=discipline.strip(),
        **{name: (text or "").strip() for name, text in (points or {}).items() if name in CHARACTERISTIC},
        concluded_at=timezone.now(),
        concluded_by=by,
    )
    record(completion, "conclude", by=by, words=f"написано заключение наставника{_aside(not own)}")
    person = completion.participation.person
    if completion.reviewed_at and not told and _unread(completion) and person.pk != by.person_id:
        _write(person, "completion_outcomes", completion)
    if not was_ready:
        tell_if_ready(completion, by=by)
    return completion


def _unread(completion) -> bool:
    """Whether the mentee's review is older than the outcomes: the mentee has still to confirm them (п. 5.2)."""
    return bool(reviewed.complaints(reload(completion)))


def is_ready(completion) -> bool:
    """Whether nothing is missing before the curator hands the completion over to an order."""
    return completion.state == "proposed" and not complaints(reload(completion), "ready")


def tell_if_ready(completion, *, by) -> None:
    """Write to the responsible curator that now the completion waits for the curator."""
    curator = completion.program.curator
    if curator.pk != by.person_id and is_ready(completion):
        _write(curator, "completion_ready", completion)


def difficulties_of(completion):
    """Return the difficulties of this mentee that the programme addressed."""
    return completion.program.difficulties.filter(candidate=completion.participation.candidate_id)


@transaction.atomic
def review(completion, *, by, review: str, version: int | None = None) -> Completion:
    """The mentee's review, which also confirms the outcomes that stand there (п. 5.2); the curator may
    record it from paper.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    own = completion.participation.person_id == by.person_id
    if not own and not by.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise NotAllowed("Отзыв пишет наставляемый, с бумаги — куратор")
    if not review.strip():
        raise Refused("Напишите отзыв")
    _open(completion, version)
    was_ready = is_ready(completion)
    _set(completion, review=review.strip(), reviewed_at=timezone.now(), reviewed_by=by)
    record(completion, "review", by=by, words=f"написан отзыв наставляемого{_aside(not own)}")
    if not was_ready:
        tell_if_ready(completion, by=by)
    return completion


def _open(completion, version):
    """Claim an edit of a completion that is still being prepared. Raises ``Refused``, ``Stale``."""
    if completion.state != "proposed":
        raise Refused("Завершение уже передано на приказ или отменено: правка закрыта")
    claim_version(completion, completion.version if version is None else version)


def _set(completion, **columns):
    Completion.objects.filter(pk=completion.pk).update(**columns)
    completion.refresh_from_db()


def _aside(on_behalf: bool) -> str:
    return " (записано с бумаги)" if on_behalf else ""


def ready(completion, *, by) -> Completion:
    """The curator hands a completion over to an order. Raises what ``perform`` raises."""
    return perform(completion, "ready", by=by)


@transaction.atomic
def reopen(completion, *, by) -> Completion:
    """The curator takes a completion back for corrections.

    Raises what ``perform`` raises; ``Refused`` when it stands in an order.
    """
    _refuse_held(completion)
    return perform(completion, "reopen", by=by)


@transaction.atomic
def withdraw(completion, *, by) -> Completion:
    """The curator calls a completion off. Raises what ``perform`` raises; ``Refused`` when it stands in an order."""
    _refuse_held(completion)
    return perform(completion, "withdraw", by=by)


def _refuse_held(completion) -> None:
    """Refuse while an order in preparation is about the completion."""
    if held_by(completion):
        raise Refused("Завершение стоит в проекте приказа. Сначала уберите его оттуда или верните приказ в проекты")


@transaction.atomic
def register(completion, *, by, number: str, date, on) -> Completion:
    """Enact the director's order of completion for one mentee (п. 7.1); the last one ends the programme and the pair.

    Raises what ``perform`` raises; ``Refused`` for a day before the programme or the part in it began.
    """
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
    for outcome in completion.outcomes.filter(level="resolved").select_related("difficulty"):
        outcome.difficulty.resolved_on = on
        outcome.difficulty.save(update_fields=["resolved_on"])
    Participation.objects.filter(pk=completion.participation_id, until__isnull=True).update(
        until=on, end_reason=completion.get_reason_display()
    )
    program = completion.program
    if not program.pairing.participations.live().filter(part="mentee").exists():
        _end_program(program, by=by, on=on)
    return completion


def _end_program(program, *, by, on):
    from programs.pairings.acts import dissolve

    finished = list(program.completions.filter(state="registered"))
    on = max([on, *(c.ended_on for c in finished)])
    name = "complete" if any(c.reason == "plan" for c in finished) else "terminate"
    perform(program, name, by=by, columns={"ended_on": on})
    dissolve(program.pairing, by=by, on=on, reason="Программа завершена")


def _write(person, name: str, completion):
    mail_person(person, name, person=person, completion=completion, program=completion.program)
