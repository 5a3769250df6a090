"""Acts of completion and of publishing results (п. 5.2, 7.1, 8.1, 8.2)."""

from django.db import transaction
from django.utils import timezone

from mentoring_site.mail import send_template
from mentoring_site.workflow import Already, NotAllowed, Refused, claim, perform, record
from people.consents import allowed_fields
from programs.models import Completion, Outcome, Participation, Program

INITIATIVES = {"mentor": "mentor", "mentee": "mentee"}
CURATOR_REASONS = {"improper", "force"}


def _part(program, by) -> str:
    """Return the live part of the user in the programme's pairing, or an empty string."""
    mine = program.pairing.participations.live().filter(person=by.person_id).first()
    return mine.part if mine else ""


@transaction.atomic
def propose(
    program, participation, *, by, reason: str, circumstances: str = "", notice_on=None, request_key=None
) -> Completion:
    """Open the completion of a running programme for one mentee, with one of the reasons of п. 7.1.

    A mentor or mentee may name only their own initiative, the mutual decision or the finished plan; the curator any.
    Returns the completion, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    if request_key and (made := Completion.objects.filter(request_key=request_key).first()):
        return made
    part = _part(program, by)
    curator = by.can("programs.act_for_others")
    if not part and not curator:
        raise NotAllowed("Завершение начинают участники программы и куратор")
    if reason in CURATOR_REASONS and not curator:
        raise NotAllowed("По инициативе куратора программу завершает только куратор (п. 7.1)")
    if INITIATIVES.get(reason, part) != part and not curator:
        raise NotAllowed("Заявление подаёт сам наставник или сам наставляемый (п. 7.1)")
    if program.state != "running":
        raise Refused("Завершают программу, которая реализуется")
    if participation.part != "mentee" or participation.pairing_id != program.pairing_id or participation.until:
        raise Refused("Завершение готовят для наставляемого этой программы")
    if reason != "plan" and not circumstances.strip():
        raise Refused("Укажите уважительные обстоятельства (п. 7.1)")
    if Completion.objects.filter(program=program, participation=participation).exclude(state="withdrawn").exists():
        raise Refused("Завершение для этого наставляемого уже готовится")
    now = timezone.now()
    if reason in INITIATIVES and notice_on is None:
        notice_on = timezone.localdate()
    completion = Completion.objects.create(
        program=program,
        participation=participation,
        reason=reason,
        circumstances=circumstances,
        notice_on=notice_on,
        created_by=by,
        request_key=request_key,
        mentor_agreed_at=now if part == "mentor" else None,
        mentee_agreed_at=now if part == "mentee" else None,
    )
    record(program, "propose_completion", by=by, words="начато завершение", completion=completion.pk)
    for other in program.pairing.participations.live().exclude(person=by.person_id).select_related("person"):
        _write(other.person, "completion_proposed", completion)
    return completion


@transaction.atomic
def agree_to(completion, *, by, part: str = "") -> Completion:
    """A side agrees to a mutual completion (п. 7.1); the curator records it for the named ``part``. Raises ``NotAllowed``, ``Already``."""
    own = _part(completion.program, by)
    part = own or (part if by.can("programs.act_for_others") else "")
    if own == "mentee" and completion.participation.person_id != by.person_id:
        part = ""
    if part not in ("mentor", "mentee"):
        raise NotAllowed("Согласие на завершение дают наставник и наставляемый, с бумаги записывает куратор")
    column = f"{part}_agreed_at"
    if not Completion.objects.filter(pk=completion.pk, state="proposed", **{f"{column}__isnull": True}).update(
        **{column: timezone.now()}
    ):
        raise Already("Согласие уже записано")
    record(
        completion.program,
        "agree_completion",
        by=by,
        words=f"согласие {'наставника' if part == 'mentor' else 'наставляемого'} на завершение",
        completion=completion.pk,
    )
    completion.refresh_from_db()
    return completion


def _open(completion, version):
    if completion.state != "proposed":
        raise Refused("Завершение уже передано на приказ или отменено")
    claim(completion, version)


@transaction.atomic
def conclude(
    completion, *, by, conclusion: str, verdict: str, discipline: str, outcomes: dict, version: int | None = None
) -> Completion:
    """The mentor's conclusion with results against the difficulties (п. 5.2); the curator may record it from paper.

    ``outcomes`` maps the pk of a difficulty to (level, comment). Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    if _part(completion.program, by) != "mentor" and not by.can("programs.act_for_others"):
        raise NotAllowed("Заключение пишет наставник, с бумаги — куратор")
    if not conclusion.strip() or not verdict:
        raise Refused("Напишите заключение и выберите вывод")
    _open(completion, version or completion.version)
    known = {d.pk for d in completion.program.difficulties.all()}
    for pk, (level, comment) in outcomes.items():
        if pk not in known:
            raise Refused("Итог записывают по затруднению этой программы")
        Outcome.objects.update_or_create(
            completion=completion, difficulty_id=pk, defaults={"level": level, "comment": comment}
        )
    _set(
        completion,
        conclusion=conclusion,
        verdict=verdict,
        discipline=discipline,
        concluded_at=timezone.now(),
        concluded_by=by,
    )
    record(completion.program, "conclude", by=by, words="написано заключение наставника", completion=completion.pk)
    return completion


@transaction.atomic
def review(completion, *, by, review: str, version: int | None = None) -> Completion:
    """The mentee's review; the curator may record it from paper. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    if completion.participation.person_id != by.person_id and not by.can("programs.act_for_others"):
        raise NotAllowed("Отзыв пишет наставляемый, с бумаги — куратор")
    if not review.strip():
        raise Refused("Напишите отзыв")
    _open(completion, version or completion.version)
    _set(completion, review=review, reviewed_at=timezone.now(), reviewed_by=by)
    record(completion.program, "review", by=by, words="написан отзыв наставляемого", completion=completion.pk)
    return completion


@transaction.atomic
def write_public(completion, *, by, public_text: str, version: int | None = None) -> Completion:
    """Write the results for the public; a new wording asks the mentee again (п. 8.1, 8.2). Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    if not by.can("programs.publish") and _part(completion.program, by) != "mentor":
        raise NotAllowed("Текст для сайта пишут куратор и наставник")
    if completion.state == "withdrawn":
        raise Refused("Завершение отменено")
    if not public_text.strip():
        raise Refused("Напишите результаты")
    claim(completion, version or completion.version)
    _set(completion, public_text=public_text, public_approved_at=None, public_approved_by=None)
    record(
        completion.program, "write_public", by=by, words="написан текст результатов для сайта", completion=completion.pk
    )
    _write(completion.participation.person, "public_text_to_approve", completion)
    return completion


@transaction.atomic
def approve_public(completion, *, by, version: int | None = None) -> Completion:
    """The mentee approves the wording for the public; the curator may record it from paper. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    if completion.participation.person_id != by.person_id and not by.can("programs.act_for_others"):
        raise NotAllowed("Текст одобряет наставляемый, с бумаги — куратор")
    if not completion.public_text.strip():
        raise Refused("Текста для сайта ещё нет: его пишут куратор и наставник")
    if completion.public_approved_at:
        raise Already("Текст уже одобрен")
    claim(completion, version or completion.version)
    _set(completion, public_approved_at=timezone.now(), public_approved_by=by)
    record(
        completion.program,
        "approve_public",
        by=by,
        words="наставляемый одобрил текст результатов",
        completion=completion.pk,
    )
    return completion


def _set(completion, **columns):
    Completion.objects.filter(pk=completion.pk).update(**columns)
    completion.refresh_from_db()


def ready(completion, *, by) -> Completion:
    """The curator hands a completion over to an order. Raises what ``perform`` raises."""
    return perform(completion, "ready", by=by)


def withdraw(completion, *, by) -> Completion:
    """The curator calls a completion off. Raises what ``perform`` raises; ``Refused`` when it stands in an order at signature."""
    if completion.order_items.filter(order__state__in=["agreed", "at_signature"]).exists():
        raise Refused("Завершение стоит в приказе, который уже на подписи. Сначала верните приказ в проекты")
    return perform(completion, "withdraw", by=by)


@transaction.atomic
def register(completion, *, by, number: str, date, on) -> Completion:
    """Enact the director's order of completion for one mentee (п. 7.1); the last one ends the programme and the pair."""
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
        until=max(on, completion.participation.since or on), end_reason=completion.get_reason_display()
    )
    program = completion.program
    if not program.pairing.participations.live().filter(part="mentee").exists():
        _end_program(program, by=by, on=on)
    return completion


def _end_program(program, *, by, on):
    from programs.pairings import dissolve

    finished = program.completions.filter(state="registered")
    name = "complete" if any(c.reason == "plan" for c in finished) else "terminate"
    perform(program, name, by=by, columns={"ended_on": on})
    dissolve(program.pairing, by=by, on=on, reason="Программа завершена")


def publishable(program, allowed: dict | None = None) -> list[str]:
    """Return what is missing before the results may be published (п. 8.2); an empty list means nothing.

    ``allowed`` is what ``allowed_fields`` gave for the people of a whole list, so that a list asks once.
    """
    missing = []
    if program.state not in ("completed", "terminated"):
        missing.append("Результаты публикуются после завершения программы (п. 8.2)")
    approved = [c for c in program.completions.all() if c.state == "registered" and c.public_approved_at]
    if allowed is None:
        allowed = allowed_fields([c.participation.person_id for c in approved])
    if approved and not any("results" in allowed.get(c.participation.person_id, ()) for c in approved):
        missing.append("Ни у одного наставляемого нет согласия на распространение результатов. Получить его должен куратор")
    if not approved:
        missing.append(
            "Ни один наставляемый ещё не одобрил текст результатов. Текст пишут куратор и наставник, одобряет наставляемый"
        )
    return missing


@transaction.atomic
def publish(program, *, by) -> Program:
    """Publish the results of a finished programme; what is shown depends on live consents. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    if not by.can("programs.publish"):
        raise NotAllowed("Результаты публикует куратор")
    if missing := publishable(program):
        raise Refused(missing)
    if not Program.objects.filter(pk=program.pk, results_published_at__isnull=True).update(
        results_published_at=timezone.now(), results_published_by=by
    ):
        raise Already("Результаты уже опубликованы")
    record(program, "publish", by=by, words="результаты опубликованы")
    program.refresh_from_db()
    return program


@transaction.atomic
def unpublish(program, *, by) -> Program:
    """Take the results off the public section. Raises ``NotAllowed``, ``Already``."""
    if not by.can("programs.publish"):
        raise NotAllowed("Публикацию снимает куратор")
    if not Program.objects.filter(pk=program.pk, results_published_at__isnull=False).update(
        results_published_at=None, results_published_by=None
    ):
        raise Already("Результаты уже сняты с публикации")
    record(program, "unpublish", by=by, words="публикация результатов снята")
    program.refresh_from_db()
    return program


def _write(person, name: str, completion):
    if person.email:
        send_template(
            name,
            to=person.email,
            context={"person": person, "completion": completion, "program": completion.program},
            person_id=person.pk,
        )
