"""Publication of results: the words, their approval, what is missing, what a visitor sees (п. 8.1, 8.2)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.accounts.models import User
from people.consents.dissemination import allowed_fields
from people.language.mentions import named_without_permission
from people.register.models import Person
from people.rights import Right
from people.roles.instead import require_impartial
from people.roles.letters import mail_person
from programs.completion.models import Completion
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.states import ENDED

MAX_LENGTH = 4000


@transaction.atomic
def write_public(completion: Completion, *, by: User, public_text: str, version: int | None = None) -> Completion:
    """Write the results for the public; a new wording asks the mentee again (п. 8.1, 8.2).

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    leads = (
        present()
        .filter(pairing=completion.program.pairing_id, person=by.person_id, part=Participation.Part.MENTOR)
        .exists()
    )
    require(by, Right.PROGRAMS_PUBLISH, unless=leads, also="наставник")
    if completion.state == Completion.State.WITHDRAWN:
        raise Refused("Завершение отменено")
    if not public_text.strip():
        raise Refused("Напишите результаты")
    if len(public_text) > MAX_LENGTH:
        raise Refused(f"Слишком длинно: можно не больше {MAX_LENGTH} знаков")
    claim_version(completion, completion.version if version is None else version)
    _set(completion, public_text=public_text.strip(), public_approved_at=None, public_approved_by=None)
    record(completion, "write_public", by=by, words="написан текст результатов для сайта")
    person = completion.participation.person
    if person.pk != by.person_id:
        about = {"person": person, "completion": completion, "program": completion.program}
        mail_person(person, "public_text_to_approve", asks=str(completion.pk), **about)
    return completion


@transaction.atomic
def approve_public(completion: Completion, *, by: User, version: int | None = None) -> Completion:
    """The mentee approves the wording of ``version`` for the public; the curator may record it from paper.

    Raises ``NotAllowed``, ``Refused``, ``Already``, ``Stale``.
    """
    own = completion.participation.person_id == by.person_id
    concerned = persons_of([completion.program])
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, concerned, unless=own, also="наставляемый")
    if completion.state == Completion.State.WITHDRAWN:
        raise Refused("Завершение отменено")
    if not completion.public_text.strip():
        raise Refused("Текста для сайта ещё нет: его пишут куратор и наставник")
    if completion.public_approved_at:
        raise Already("Текст уже одобрен")
    claim_version(completion, completion.version if version is None else version)
    _set(completion, public_approved_at=timezone.now(), public_approved_by=by)
    note = "" if own else " (записано с бумаги)"
    record(completion, "approve_public", by=by, words=f"наставляемый одобрил текст результатов{note}")
    program = completion.program
    if program.state in ENDED and program.curator_id != by.person_id:
        about = {"person": program.curator, "program": program}
        mail_person(program.curator, "public_text_approved", asks=str(program.pk), **about)
    return completion


def _set(completion: Completion, **columns: Any) -> None:
    Completion.objects.filter(pk=completion.pk).update(**columns)
    completion.refresh_from_db()


def for_showing(programs: QuerySet[Program]) -> QuerySet[Program]:
    """Prefetch what showing a program to a visitor reads."""
    sides = Participation.objects.select_related("person", "employment__department")
    return programs.select_related("pairing").prefetch_related(
        Prefetch("pairing__participations", sides),
        Prefetch("completions", Completion.objects.select_related("participation__person")),
    )


def persons_of(programs: Iterable[Program]) -> set[int]:
    """Return the ids of everybody who took part in the programs (prefetched).

    Of an ended program nobody takes part any more, and all who did have an interest in what is shown of it.
    """
    return {p.person_id for program in programs for p in program.pairing.participations.all()}


def showable(completion: Completion, allowed: dict) -> bool:
    """Whether a mentee's results may be shown: ended by order, wording approved, a live consent to publish results."""
    return bool(
        completion.state == Completion.State.REGISTERED
        and completion.public_approved_at
        and "results" in allowed.get(completion.participation.person_id, ())
    )


def visible(completion: Completion, people: Iterable[Person], allowed: dict) -> bool:
    """Whether a visitor sees a mentee's results: they may be shown, and their words name nobody without leave.

    ``people`` took part in the pair or group, ``allowed`` is what ``allowed_fields`` gave for them.
    """
    return showable(completion, allowed) and not named_without_permission(completion.public_text, people, allowed)


def hidden_names(program: Program, allowed: dict) -> list[str]:
    """Say which words a visitor will not see because they name somebody who has not allowed it (п. 8.1; 152-ФЗ)."""
    people = [p.person for p in program.pairing.participations.all()]
    found = []
    if who := named_without_permission(program.title, people, allowed):
        found.append(f"Название программы не покажем: в нём {_names(who)}")
    for completion in program.completions.all():
        if showable(completion, allowed) and (who := named_without_permission(completion.public_text, people, allowed)):
            whose = completion.participation.person.short_name
            found.append(f"Текст результатов ({whose}) не покажем: в нём {_names(who)}")
    return found


def _names(people: Iterable[Person]) -> str:
    names = ", ".join(dict.fromkeys(p.short_name for p in people))
    return f"{names}, а согласия назвать имя нет. Исправьте слова или получите согласие"


def publishable(program: Program, allowed: dict | None = None) -> list[str]:
    """Return what is missing before the results may be published (п. 8.2); an empty list means nothing.

    ``allowed`` is what ``allowed_fields`` gave for the people of a whole list, so that a list asks once.
    """
    missing = []
    if program.state not in ENDED:
        missing.append("Результаты публикуются после завершения программы (п. 8.2)")
    approved = [c for c in program.completions.all() if c.state == Completion.State.REGISTERED and c.public_approved_at]
    if allowed is None:
        allowed = allowed_fields(persons_of([program]))
    if not approved:
        missing.append(
            "Ни один наставляемый ещё не одобрил текст результатов. Текст пишут куратор и наставник, одобряет"
            " наставляемый"
        )
        return missing
    shown = [c for c in approved if showable(c, allowed)]
    people = [p.person for p in program.pairing.participations.all()]
    if not shown:
        missing.append(
            "Ни у одного наставляемого нет согласия на распространение результатов. Получить его должен куратор"
        )
    elif not any(visible(c, people, allowed) for c in shown):
        missing += [line for line in hidden_names(program, allowed) if line.startswith("Текст")]
    return missing


@transaction.atomic
def publish(program: Program, *, by: User) -> Program:
    """Publish the results of a finished program; what is shown depends on live consents.

    Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    fresh = for_showing(Program.objects.filter(pk=program.pk)).get()
    require_impartial(by, Right.PROGRAMS_PUBLISH, persons_of([fresh]))
    if missing := publishable(fresh):
        raise Refused(missing)
    if not Program.objects.filter(pk=program.pk, results_published_at__isnull=True, state__in=ENDED).update(
        results_published_at=timezone.now(), results_published_by=by
    ):
        raise Already("Результаты уже опубликованы")
    record(program, "publish", by=by, words="результаты опубликованы")
    program.refresh_from_db()
    return program


@transaction.atomic
def unpublish(program: Program, *, by: User) -> Program:
    """Take the results off the public section. Raises ``NotAllowed``, ``Already``."""
    require_impartial(by, Right.PROGRAMS_PUBLISH, persons_of([program]))
    if not Program.objects.filter(pk=program.pk, results_published_at__isnull=False).update(
        results_published_at=None, results_published_by=None
    ):
        raise Already("Результаты уже сняты с публикации")
    record(program, "unpublish", by=by, words="публикация результатов снята")
    program.refresh_from_db()
    return program
